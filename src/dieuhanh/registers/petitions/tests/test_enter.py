"""Taking petitions in: two ledgers, each with its sources and limits (CT-02, CT-05, CT-08, CT-09)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.petitions.actions import receive_petition
from dieuhanh.registers.petitions.models import Petition, PetitionSource

pytestmark = pytest.mark.django_db
PAGE = "/kien-nghi-cu-tri-hdnd/"
ASSEMBLY_PAGE = "/kien-nghi-cu-tri-quoc-hoi/"


def test_a_petition_of_a_resolution_is_to_be_answered_in_thirty_days(enter, unit):
    """CT-05: 30 C from 03/6/2024 ends with Wednesday 03/7/2024."""
    last = Series.objects.get(book="petitions.council", year=2024).last
    petition = enter()
    entry = petition.entry
    assert (entry.register, entry.number) == ("petitions.council", last + 1)
    assert (entry.kind, entry.unit, petition.source.key) == ("resolution", unit, "nq44_2023")
    places = petition.constituencies.values_list("name", flat=True).order_by("code")
    assert list(places) == ["Quận Ba Đình", "Quận Hoàn Kiếm"]
    owed = entry.obligations.get()
    assert (owed.limit.key, owed.limit.confirmed) == ("voter.city.default", False)
    assert owed.due_at == clock.end_of(dt.date(2024, 7, 3))
    line = Line.objects.get(entry_id=entry.pk)
    assert (line.verb, line.actor_name) == ("petition.received", "Nguyễn Thu Hằng")


def test_what_is_asked_around_a_session_is_another_class(enter):
    assert enter(source="people_council_session14").entry.kind == "session"


@pytest.mark.parametrize(
    ("basis", "due"), [("voter.na.b", dt.date(2024, 7, 15)), ("voter.na.ac", dt.date(2024, 7, 23))]
)
def test_the_delegations_ledger_is_its_own(enter, basis, due):
    """CT-02, CT-09: 40 days end on Saturday 13/7, so on Monday 15/7; 50 days on Tuesday 23/7."""
    petition = enter(ASSEMBLY_PAGE, source="national_assembly_session6", basis=basis)
    assert petition.entry.register == "petitions.national_assembly"
    assert (petition.entry.kind, petition.entry.book) == ("round", "petitions.national_assembly")
    assert petition.entry.obligations.get().due_at == clock.end_of(due)


def test_the_page_shows_source_places_and_state(client, petition):
    page = client.get(f"{PAGE}{petition.pk}/").content.decode()
    assert "Nghị quyết số 44/NQ-HĐND ngày 08/12/2023" in page
    assert "Quận Ba Đình; Quận Hoàn Kiếm" in page
    assert "Chưa trả lời" in page
    assert f"{PAGE}{petition.pk}/" in client.get(PAGE, {"q": "44/NQ-HDND o nhiem"}).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("opened_on", "18/6/2024", "Ngày này chưa đến"),
        ("opened_on", "07/12/2023", "được thông qua ngày 08/12/2023"),
        ("source", "national_assembly_session6", ""),
        ("source", "", ""),
        ("authority", "moon", ""),
        ("constituencies", "Quận Không Có", "Không có đơn vị bầu cử"),
        ("title", "", ""),
    ],
)
def test_a_fault_is_said_beside_its_field(
    sign_in, chuyen_vien, typed, written, field, value, words
):
    before = written()
    answer = sign_in(chuyen_vien).post(f"{PAGE}them/", typed | {field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in str(answer.context["form"].errors[field])
    assert written() == before


@pytest.mark.parametrize("who", ["van_thu", "tiep_dan", "lanh_dao", "ke_hoach", "thanh_tra"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"{PAGE}them/").status_code == 404
    assert client.post(f"{PAGE}them/", typed).status_code == 404
    assert written() == before


def test_a_head_enters_and_reads_for_the_own_unit_alone(sign_in, giam_doc_so, typed, enter):
    other = enter(unit="STP")
    client = sign_in(giam_doc_so)
    assert client.get(f"{PAGE}{other.pk}/").status_code == 404
    assert client.post(f"{PAGE}{other.pk}/tra-loi/", {"on": "04/6/2024"}).status_code == 404
    assert client.post(f"{PAGE}them/", typed).status_code == 302
    assert client.post(f"{PAGE}them/", typed | {"unit": "STP"}).status_code == 422
    joint = enter(unit="STP", co_units="STNMT")
    client = sign_in(giam_doc_so)
    assert client.get(f"{PAGE}{joint.pk}/").status_code == 200
    assert client.get(f"{PAGE}{joint.pk}/ket-qua/").status_code == 404


@pytest.mark.parametrize("who", ["van_thu", "tiep_dan", "quan_tri"])
def test_who_has_no_part_in_it_finds_no_register(sign_in, request, petition, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}{petition.pk}/").status_code == 404


def test_the_action_itself_refuses(lanh_dao, chuyen_vien, unit, written):
    before = written()
    source = PetitionSource.objects.get(key="nq44_2023")
    values = {"source": source, "title": "t", "sphere": "land", "authority": "city", "unit": unit}
    day = dt.date(2024, 6, 10)
    with pytest.raises(Forbidden):
        receive_petition(actor=lanh_dao, opened_on=day, **values)
    with pytest.raises(WrongDate):
        receive_petition(actor=chuyen_vien, opened_on=dt.date(2023, 1, 1), **values)
    with pytest.raises(Refusal):
        receive_petition(actor=chuyen_vien, opened_on=day, basis="voter.na.b", **values)
    assert written() == before
    assert not Petition.objects.filter(entry__title="t").exists()
