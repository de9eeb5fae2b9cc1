"""Time limits are data: a change of law is a new row (X-01)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import WrongDate
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.actions import complete, owe, restart, start_of_business
from dieuhanh.kernel.obligations.models import Obligation, TimeLimit
from dieuhanh.kernel.obligations.queries import limit_in_force, with_state
from dieuhanh.kernel.obligations.reckoning import due_of
from dieuhanh.kernel.workdays.queries import calendar

pytestmark = pytest.mark.django_db
CHANGE = dt.date(2024, 6, 1)


@pytest.fixture
def entry():
    return Entry.objects.filter(register="complaints.visits").first()


def version(**values):
    common = {
        "key": "complaint.1", "label": "thử", "start_event": "ngày thụ lý", "length": 20,
        "unit": "calendar_day", "legal_basis": "thử", "rule": "KN-03", "confirmed": True,
        "effective_from": CHANGE,
    }  # fmt: skip
    common |= values
    before = TimeLimit.objects.filter(key=common["key"], effective_to=None)
    before.update(effective_to=common["effective_from"] - dt.timedelta(1))
    return TimeLimit.objects.create(**common)


def test_the_version_of_the_starting_day_governs(entry):
    """X-01: what began before the change keeps the old limit."""
    old = TimeLimit.objects.get(key="complaint.1")
    new = version()
    assert limit_in_force("complaint.1", dt.date(2024, 5, 31)) == old
    assert limit_in_force("complaint.1", CHANGE) == new
    before = owe(entry, duty="trước", start=start_of_business(dt.date(2024, 5, 31)),
                 limit_key="complaint.1")  # fmt: skip
    after = owe(entry, duty="sau", start=start_of_business(CHANGE), limit_key="complaint.1")
    assert (before.limit, before.due_at) == (old, clock.end_of(dt.date(2024, 7, 1)))
    assert (after.limit, after.due_at) == (new, clock.end_of(dt.date(2024, 6, 21)))


def test_a_limit_that_ended_governs_nothing():
    TimeLimit.objects.filter(key="complaint.1").update(effective_to=dt.date(2024, 5, 31))
    with pytest.raises(TimeLimit.DoesNotExist):
        limit_in_force("complaint.1", CHANGE)
    with pytest.raises(TimeLimit.DoesNotExist):
        limit_in_force("no.such", CHANGE)


def test_a_day_before_any_version_is_refused(entry):
    count = Obligation.objects.count()
    with pytest.raises(WrongDate) as refused:
        owe(entry, duty="thử", start=start_of_business(dt.date(2012, 6, 30)),
            limit_key="complaint.1")  # fmt: skip
    assert refused.value.field == "opened_on"
    assert Obligation.objects.count() == count


def test_without_a_limit_there_is_no_deadline(entry):
    owed = owe(entry, duty="thử", start=start_of_business(CHANGE))
    assert (owed.due_at, owed.limit, owed.unit) == (None, None, entry.unit)
    restart(entry, start_of_business(dt.date(2024, 6, 5)))
    owed.refresh_from_db()
    assert (owed.due_at, owed.started_at) == (None, start_of_business(dt.date(2024, 6, 5)))


def test_restarting_takes_the_version_of_the_new_day(entry):
    owed = owe(entry, duty="thử", start=start_of_business(CHANGE), limit_key="complaint.1")
    new = version(effective_from=dt.date(2024, 6, 3), length=10)
    restart(entry, start_of_business(dt.date(2024, 6, 3)))
    owed.refresh_from_db()
    assert (owed.limit, owed.due_at) == (new, clock.end_of(dt.date(2024, 6, 13)))


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("feedback.answer", dt.date(2024, 4, 25), dt.datetime(2024, 5, 6, 23, 59, 59)),  # A1
        ("doc.in.forward", dt.date(2024, 4, 26), dt.datetime(2024, 5, 2, 23, 59, 59)),  # A2
        ("complaint.1", dt.date(2024, 1, 2), dt.datetime(2024, 2, 1, 23, 59, 59)),  # A4
        ("complaint.2", dt.date(2024, 1, 2), dt.datetime(2024, 2, 16, 23, 59, 59)),  # A4
        ("denounce.settle", dt.date(2024, 1, 11), dt.datetime(2024, 2, 15, 23, 59, 59)),  # A5
        ("meeting.conclusion", dt.date(2024, 6, 13), dt.datetime(2024, 6, 20, 23, 59, 59)),  # A6
        ("denounce.notice", dt.date(2024, 4, 26), dt.datetime(2024, 5, 7, 23, 59, 59)),  # A8
    ],
)
def test_the_limits_of_the_reference_data_meet_the_vectors(key, start, due):
    """Appendix A of the rule book, with Saturday 04/5/2024 worked."""
    limit = limit_in_force(key, start)
    assert due_of(limit, start_of_business(start), calendar()) == due.replace(tzinfo=clock.ZONE)


@pytest.mark.parametrize(("begun", "state"), [((8, 30), "done_late"), ((9, 0), "done_in_time")])
def test_a_limit_in_hours_is_judged_by_the_hour(entry, begun, state):
    """MC-07: 8 working hours from Friday 14/6 end on Monday 17/6 at 8:30 or 9:00; it is 8:40."""
    start = dt.datetime(2024, 6, 14, *begun, tzinfo=clock.ZONE)
    owed = owe(entry, duty="Kiểm tra hồ sơ", start=start, limit_key="tthc.online.ack")
    assert owed.due_at == dt.datetime(2024, 6, 17, *begun, tzinfo=clock.ZONE)
    complete(owed, on=clock.today(), product="")
    assert with_state(clock.now()).get(pk=owed.pk).state == state
