"""Deadlines that were set by whoever asked: owed, corrected, postponed (NV-04, NV-11, NV-13)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.actions import (
    close_entry,
    owe,
    postpone_entry,
    reschedule,
    restart,
    start_of_business,
)
from dieuhanh.kernel.obligations.queries import with_state

pytestmark = pytest.mark.django_db
DUE = dt.date(2024, 6, 10)


@pytest.fixture
def entry():
    """A feedback of Monday 03/6/2024 on which nothing is owed yet."""
    unit = Unit.objects.get(code="UBND")
    return Entry.objects.create(
        register="feedback", agency=unit, book="test.deadline", year=2024, number=1,
        kind="conduct", title="Việc có hạn giao", unit=unit, opened_on=dt.date(2024, 6, 3),
    )  # fmt: skip


@pytest.fixture
def owed(entry):
    return owe(entry, duty="Báo cáo", start=start_of_business(entry.opened_on), due_on=DUE)


def state(owed, day):
    return with_state(clock.end_of(day)).get(pk=owed.pk).state


def test_the_last_day_counts_whole(owed):
    assert (owed.limit, owed.due_at, owed.first_due_at) == (None, clock.end_of(DUE), owed.due_at)
    assert state(owed, DUE - dt.timedelta(1)) == "open_in_time"
    assert state(owed, DUE + dt.timedelta(1)) == "open_late"


def test_a_deadline_before_the_start_is_refused(entry):
    with pytest.raises(WrongDate) as refusal:
        owe(entry, duty="x", start=start_of_business(entry.opened_on), due_on=dt.date(2024, 6, 2))
    assert refusal.value.field == "due_on"


def test_postponed_the_first_deadline_stays(chuyen_vien, entry, owed):
    postpone_entry(entry.pk, actor=chuyen_vien, to=dt.date(2024, 6, 20), reason="Chờ ý kiến bộ")
    owed.refresh_from_db()
    assert (owed.due_at, owed.first_due_at) == (
        clock.end_of(dt.date(2024, 6, 20)),
        clock.end_of(DUE),
    )
    # NV-16: it was late before it was postponed, and is not since.
    assert state(owed, dt.date(2024, 6, 15)) == "open_late"
    assert state(owed, clock.today()) == "open_in_time"
    move = owed.due_changes.get()
    assert (move.at, move.due_before, move.due_after, move.reason) == (
        clock.now(), clock.end_of(DUE), owed.due_at, "Chờ ý kiến bộ",
    )  # fmt: skip
    line = Line.objects.filter(entry_id=entry.pk).latest("pk")
    assert (line.verb, line.reason, line.details["to"]) == (
        "entry.postponed", "Chờ ý kiến bộ", "2024-06-20",
    )  # fmt: skip


@pytest.mark.parametrize("to", [DUE, dt.date(2024, 6, 1)])
def test_not_to_an_earlier_day(chuyen_vien, entry, owed, to):
    with pytest.raises(WrongDate):
        postpone_entry(entry.pk, actor=chuyen_vien, to=to, reason="x")
    owed.refresh_from_db()
    assert owed.due_at == clock.end_of(DUE)
    assert not owed.extensions.exists()


def test_not_when_it_is_done_or_has_a_limit_of_law(chuyen_vien, entry, owed):
    close_entry(entry.pk, actor=chuyen_vien, on=dt.date(2024, 6, 7))
    with pytest.raises(WrongState):
        postpone_entry(entry.pk, actor=chuyen_vien, to=dt.date(2024, 6, 20), reason="x")
    lawful = Entry.objects.filter(register="feedback").exclude(pk=entry.pk).first()
    Entry.objects.filter(pk=lawful.pk).update(closed_on=None)
    with pytest.raises(WrongState):
        postpone_entry(lawful.pk, actor=chuyen_vien, to=dt.date(2030, 1, 1), reason="x")


def test_not_by_somebody_else(van_thu, entry, owed):
    with pytest.raises(Forbidden):
        postpone_entry(entry.pk, actor=van_thu, to=dt.date(2024, 6, 20), reason="x")


def test_a_corrected_day_is_no_postponement(entry, owed):
    reschedule(entry, dt.date(2024, 6, 12))
    owed.refresh_from_db()
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 12))
    assert not owed.extensions.exists()
    reschedule(entry, None)
    owed.refresh_from_db()
    assert (owed.due_at, state(owed, DUE)) == (None, "no_deadline")


def test_the_start_does_not_move_beyond_the_deadline(entry, owed):
    with pytest.raises(WrongDate):
        restart(entry, start_of_business(dt.date(2024, 6, 11)))
