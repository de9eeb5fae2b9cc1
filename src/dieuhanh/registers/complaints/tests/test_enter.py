"""Receiving visits and letters, accepting cases, recording reviews (TD-02, DT-06, KN-03, TC-04)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.complaints import actions
from dieuhanh.registers.complaints.models import Case, Letter, Review, Visit

pytestmark = pytest.mark.django_db
BOOKS = {
    "tiep-cong-dan": ("complaints.visits", "visit.received"),
    "don-thu": ("complaints.letters", "letter.received"),
    "vu-viec": ("complaints.cases", "case.accepted"),
    "kiem-diem": ("complaints.reviews", "review.recorded"),
}


@pytest.mark.parametrize("slug", BOOKS)
def test_an_entry_gets_the_next_number_and_one_line_in_the_journal(enter, slug):
    book, verb = BOOKS[slug]
    last, lines = Series.objects.get(book=book, year=2024).last, Line.objects.count()
    entry = enter(slug)
    assert (entry.book, entry.year, entry.number) == (book, 2024, last + 1)
    assert Series.objects.get(book=book, year=2024).last == last + 1
    assert Line.objects.count() == lines + 1
    line = Line.objects.get(entry_id=entry.pk)
    assert (line.verb, line.actor_name, line.details) == (verb, "Trần Minh Đức", {})


def test_a_visit_is_neither_a_person_nor_a_case_and_owes_nothing(enter):
    """TD-02."""
    entry = enter("tiep-cong-dan")
    visit = Visit.objects.get(pk=entry.pk)
    assert (visit.people, visit.by_leader, entry.kind) == (2, True, "leader")
    assert (entry.confidentiality, entry.obligations.count()) == ("personal", 0)


def test_a_letter_is_due_in_ten_calendar_days(enter):
    """DT-06: 10 C from 10/6/2024 ends with Thursday 20/6."""
    entry = enter("don-thu")
    owed = entry.obligations.get()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 20))
    assert owed.limit.key == "petition.process"
    letter = Letter.objects.get(pk=entry.pk)
    assert (letter.sender, letter.eligible, entry.kind) == ("Ngô Văn Khiếu", True, "complaint")
    assert entry.confidentiality == "personal"
    assert "ngo" not in entry.folded.split()


@pytest.mark.parametrize(
    ("basis", "kind", "due"),
    [
        ("complaint.1", "complaint", dt.date(2024, 7, 10)),
        ("complaint.1.remote", "complaint", dt.date(2024, 7, 25)),
        ("complaint.2", "complaint", dt.date(2024, 7, 25)),
        ("complaint.2.remote", "complaint", dt.date(2024, 8, 9)),
        ("denounce.settle", "denunciation", dt.date(2024, 7, 10)),
    ],
)
def test_the_basis_of_a_case_decides_its_limit(enter, basis, kind, due):
    """KN-03, KN-04, KN-06, KN-07, TC-04: 30, 45, 45, 60 and 30 calendar days from acceptance."""
    entry = enter("vu-viec", basis=basis)
    assert entry.obligations.get().due_at == clock.end_of(due)
    assert (entry.kind, Case.objects.get(pk=entry.pk).case_class) == (kind, kind)
    assert entry.confidentiality == ("guarded" if kind == "denunciation" else "personal")


def test_a_limit_that_ends_on_a_holiday_rolls_forward(enter):
    """TG-02, A5: accepted 11/01/2024, 30 C would end on mùng 1 Tết; Thursday 15/02 it is."""
    entry = enter("vu-viec", basis="denounce.settle", opened_on="11/01/2024")
    assert entry.obligations.get().due_at == clock.end_of(dt.date(2024, 2, 15))


@pytest.mark.parametrize(("collective", "kind"), [("True", "collective"), ("False", "individual")])
def test_a_review_is_of_a_collective_or_of_a_person(enter, collective, kind):
    entry = enter("kiem-diem", collective=collective)
    assert (entry.kind, entry.confidentiality) == (kind, "guarded")
    assert Review.objects.get(pk=entry.pk).collective is (collective == "True")


@pytest.mark.parametrize(
    ("slug", "field", "value"),
    [
        ("tiep-cong-dan", "people", "0"),
        ("tiep-cong-dan", "opened_on", "18/6/2024"),
        ("don-thu", "letter_class", "gift"),
        ("don-thu", "opened_on", "18/6/2024"),
        ("don-thu", "opened_on", "01/11/2021"),
        ("vu-viec", "basis", "complaint.3"),
        ("vu-viec", "opened_on", "18/6/2024"),
        ("kiem-diem", "collective", ""),
        ("kiem-diem", "opened_on", "18/6/2024"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_what_was_typed_stays(
    sign_in, tiep_dan, typed, written, slug, field, value
):
    before = written()
    values = typed(slug) | {field: value}
    answer = sign_in(tiep_dan).post(f"/{slug}/them/", values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert values["title"] in answer.content.decode()
    assert written() == before


@pytest.mark.parametrize("slug", BOOKS)
@pytest.mark.parametrize("who", ["chuyen_vien", "giam_doc_so", "lanh_dao", "thanh_tra", "quan_tri"])
def test_whoever_does_not_receive_citizens_finds_no_form(
    sign_in, request, typed, written, slug, who
):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/{slug}/them/").status_code == 404
    assert client.post(f"/{slug}/them/", typed(slug)).status_code == 404
    assert written() == before


def test_the_actions_themselves_refuse(ke_hoach, tiep_dan, unit, written):
    before = written()
    common = {"title": "thử", "unit": unit}
    cases = (
        (actions.receive_visit, {"field": "land", "people": 1}),
        (actions.receive_letter, {"field": "land", "letter_class": "denunciation"}),
        (actions.accept_case, {"field": "land", "basis": "complaint.1"}),
        (actions.record_review, {"collective": True}),
    )
    for act, values in cases:
        with pytest.raises(Forbidden):
            act(actor=ke_hoach, opened_on=dt.date(2024, 6, 10), **common, **values)
        with pytest.raises(WrongDate):
            act(actor=tiep_dan, opened_on=dt.date(2024, 6, 18), **common, **values)
    assert written() == before
