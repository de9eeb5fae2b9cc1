"""Correcting a petition: the clock follows, both values stay, the answer can be taken back."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale, WrongDate
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.petitions.actions import correct_petition
from dieuhanh.registers.petitions.models import PetitionSource

pytestmark = pytest.mark.django_db
PAGE = "/kien-nghi-cu-tri-hdnd/"
ASSEMBLY_PAGE = "/kien-nghi-cu-tri-quoc-hoi/"


def day(number, month=6):
    return dt.date(2024, month, number)


@pytest.fixture
def correct(client, petition, typed):
    def post(version=1, page=PAGE, row=petition, **changes):
        return client.post(
            f"{page}{row.pk}/dinh-chinh/",
            typed | {"version": version, "reason": "Ghi nhầm"} | changes,
        )

    return post


def test_day_source_and_places_move_and_the_journal_tells(correct, petition):
    answer = correct(
        opened_on="04/6/2024", source="people_council_session14", constituencies="Ba Đình\nTây Hồ"
    )
    assert answer.status_code == 302, answer.context["form"].errors
    petition.refresh_from_db()
    petition.entry.refresh_from_db()
    assert (petition.entry.kind, petition.source.key) == ("session", "people_council_session14")
    names = petition.constituencies.order_by("code").values_list("name", flat=True)
    assert list(names) == ["Quận Ba Đình", "Quận Tây Hồ"]
    assert petition.entry.obligations.get().due_at == clock.end_of(day(4, 7))
    changes = Line.objects.filter(entry_id=petition.pk).latest("pk").details["changes"]
    assert changes["constituencies"] == [
        "Quận Ba Đình; Quận Hoàn Kiếm", "Quận Ba Đình; Quận Tây Hồ",
    ]  # fmt: skip
    assert changes["opened_on"] == ["2024-06-03", "2024-06-04"]


def test_the_form_shows_what_is_stored(client, petition):
    form = client.get(f"{PAGE}{petition.pk}/dinh-chinh/").context["form"]
    assert form["constituencies"].value() == "Quận Ba Đình\nQuận Hoàn Kiếm"
    assert form["source"].value() == "nq44_2023"
    assert form["sphere"].value() == "environment"


def test_another_basis_is_another_limit(enter, correct):
    values = {"source": "national_assembly_session6", "basis": "voter.na.b"}
    row = enter(ASSEMBLY_PAGE, **values)
    answer = correct(page=ASSEMBLY_PAGE, row=row, **(values | {"basis": "voter.na.ac"}))
    assert answer.status_code == 302, answer.context["form"].errors
    owed = row.entry.obligations.get()
    assert (owed.limit.key, owed.due_at) == ("voter.na.ac", clock.end_of(day(23, 7)))


def test_the_day_of_an_answer_is_corrected_or_taken_back(do, correct, petition):
    do("tra-loi", on="05/6/2024", answer_symbol="12/TL")
    assert correct(2, answered_on="06/6/2024", answer_symbol="13/TL").status_code == 302
    owed = petition.entry.obligations.get()
    assert (owed.done_at, owed.product) == (clock.start_of(day(6)), "13/TL")
    assert correct(3, answered_on="", answer_symbol="13/TL").status_code == 302
    petition.refresh_from_db()
    owed.refresh_from_db()
    assert (petition.answered_on, petition.answer_symbol, owed.done_at) == (None, "", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opened_on": "06/6/2024", "answered_on": "05/6/2024"}, "opened_on"),
        ({"opened_on": "07/12/2023", "answered_on": "05/6/2024"}, "opened_on"),
        ({"answered_on": "18/6/2024"}, "answered_on"),
        ({"answered_on": "11/6/2024"}, "answered_on"),
        ({"answered_on": ""}, "answered_on"),
        ({"reason": "", "answered_on": "05/6/2024"}, "reason"),
    ],
)
def test_days_out_of_order_are_refused(do, correct, petition, written, changes, field):
    """Answered on 05/6 and solved on 10/6/2024."""
    do("tra-loi", on="05/6/2024")
    do("ket-qua", on="10/6/2024", result="resolved")
    before = written()
    answer = correct(3, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_an_answer_is_not_recorded_by_correcting(correct, petition, written):
    before = written()
    assert correct(answered_on="05/6/2024").status_code == 422
    assert written() == before


def test_the_action_itself_refuses(petition, ke_hoach, chuyen_vien, written):
    before, pk = written(), petition.pk
    other = PetitionSource.objects.get(key="national_assembly_session6")
    with pytest.raises(Forbidden):
        correct_petition(pk, actor=ke_hoach, version=1, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_petition(pk, actor=chuyen_vien, version=9, reason="thử", title="Khác")
    with pytest.raises(Refusal):
        correct_petition(pk, actor=chuyen_vien, version=1, reason="thử", source=other)
    with pytest.raises(WrongDate):
        correct_petition(pk, actor=chuyen_vien, version=1, reason="thử", opened_on=day(18))
    assert written() == before
