"""The state of obligations, for a set, as of any moment (NV-10, NV-11, NV-16)."""

import datetime as dt

import pytest
from django.db.models import F

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import (
    State,
    entries_in_state,
    in_state,
    is_done,
    of_entries,
    owed_by,
    with_state,
)

pytestmark = pytest.mark.django_db


def at(day, hour=12, minute=0, second=0):
    return dt.datetime(2024, 6, day, hour, minute, second, tzinfo=clock.ZONE)


DUE = at(10, 23, 59, 59)
#: case → (due, done, reopened), then the state as of the 5th, the 11th and the 20th at noon
CASES = {
    "never done": ((DUE, None, None), "open_in_time open_late open_late"),
    "done in time": ((DUE, at(8), None), "open_in_time done_in_time done_in_time"),
    "done exactly at due": ((DUE, DUE, None), "open_in_time done_in_time done_in_time"),
    "a second late": ((DUE, at(11, 0), None), "open_in_time done_late done_late"),
    "done late": ((DUE, at(15), None), "open_in_time open_late done_late"),
    "done before noon of the 5th": ((DUE, at(5, 11), None), "done_in_time " * 3),
    "done at noon of the 5th": ((DUE, at(5), None), "done_in_time " * 3),
    "reopened": ((DUE, at(4), at(11)), "done_in_time open_late open_late"),
    "reopened later": ((DUE, at(4), at(12)), "done_in_time done_in_time open_late"),
    "due later": ((at(20), None, None), "open_in_time open_in_time open_in_time"),
    "no deadline": ((None, None, None), "no_deadline " * 3),
    "no deadline, done": ((None, at(6), None), "no_deadline " * 3),
}


#: case → the earlier completion and its reopening, then due, done, reopened, and the states
DONE_AGAIN = {
    "done again in time": (
        (at(4), at(6)), (DUE, at(9), None), "done_in_time done_in_time done_in_time",
    ),
    "done again late": ((at(4), at(6)), (DUE, at(15), None), "done_in_time open_late done_late"),
    "late, then later": ((at(11, 9), at(12)), (DUE, at(25), None), "open_in_time done_late open_late"),
    "undone twice": ((at(4), at(11, 13)), (DUE, at(12), at(19)), "done_in_time " * 2 + "open_late"),
}  # fmt: skip
CASES |= {name: (now, states) for name, (_before, now, states) in DONE_AGAIN.items()}


@pytest.fixture
def cases():
    unit = Unit.objects.get(code="UBND")
    made = {}
    for number, (name, ((due, done, reopened), _states)) in enumerate(CASES.items(), 1):
        entry = Entry.objects.create(
            register="feedback", agency=unit, book="test.state", year=2024, number=number,
            kind="conduct", title=name, unit=unit, opened_on=dt.date(2024, 6, 1),
        )  # fmt: skip
        owed = Obligation.objects.create(
            entry=entry, duty=name, unit=unit, started_at=at(1), due_at=due, first_due_at=due,
            done_at=done, reopened_at=reopened,
        )  # fmt: skip
        if name in DONE_AGAIN:
            done, reopened = DONE_AGAIN[name][0]
            owed.past_completions.create(done_at=done, reopened_at=reopened)
        made[entry.pk] = name
    return made


@pytest.mark.parametrize(("index", "day"), [(0, 5), (1, 11), (2, 20)])
def test_the_table_of_cases(cases, index, day):
    rows = with_state(at(day)).filter(entry__in=cases)
    found = {cases[row.entry_id]: row.state for row in rows}
    assert found == {name: states.split()[index] for name, (_facts, states) in CASES.items()}


@pytest.mark.parametrize("day", [5, 11, 20])
def test_each_obligation_is_in_one_state_and_the_filter_agrees(cases, day):
    moment = at(day)
    annotated = {row.entry_id: row.state for row in with_state(moment).filter(entry__in=cases)}
    for state in State.values:
        expected = {pk for pk, value in annotated.items() if value == state}
        rows = Obligation.objects.filter(in_state(state, moment), entry__in=cases)
        assert set(rows.values_list("entry_id", flat=True)) == expected
        entries = Entry.objects.filter(entries_in_state(state, moment), pk__in=cases)
        assert set(entries.values_list("pk", flat=True)) == expected


def test_before_it_began_there_is_none(cases):
    assert not with_state(at(1, 11)).filter(entry__in=cases).exists()
    assert of_entries(list(cases), at(1, 11)) == {}


def test_an_entry_on_which_nothing_is_owed_has_no_deadline(cases):
    pk = next(iter(cases))
    visit = Entry.objects.filter(register="complaints.visits", obligations=None).first()
    found = Entry.objects.filter(entries_in_state("no_deadline", at(20)), pk__in=[pk, visit.pk])
    assert list(found) == [visit]


def test_one_query_for_a_page_and_the_open_one_first(cases, django_assert_num_queries):
    pk = next(iter(cases))
    first = Obligation.objects.get(entry_id=pk)
    done = Obligation.objects.create(
        entry_id=pk, duty="xong", unit=first.unit, started_at=at(1), due_at=at(3), done_at=at(2)
    )
    with django_assert_num_queries(1):
        found = of_entries(list(cases), at(20))
    assert [one.pk for one in found[pk]] == [first.pk, done.pk]


def test_what_is_open_for_a_unit_the_most_pressing_first(cases):
    unit = Unit.objects.get(code="UBND")
    rows = with_state(at(20)).filter(~is_done(at(20)), owed_by([unit.pk], at(20)), entry__in=cases)
    rows = rows.order_by(F("due_at").asc(nulls_last=True), "pk")
    names = [row.duty for row in rows]
    assert set(names) == {
        "never done", "reopened", "reopened later", "due later", "no deadline",
        "late, then later", "undone twice",
    }  # fmt: skip
    assert names[-2:] == ["due later", "no deadline"]
