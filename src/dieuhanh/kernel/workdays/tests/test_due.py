"""Due days and moments: TG-01, TG-02, TG-04, TG-11, BC-02, TL-02, X-05."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.due import (
    Unit,
    due_moment,
    last_day,
    working_time,
)
from dieuhanh.kernel.workdays.periods import administrative
from dieuhanh.text.dates import ZONE

C, W, H, N = Unit.CALENDAR_DAY, Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.NATURAL_HOUR
DAY_UNITS = [C, W, Unit.MONTH]
HOUR = timedelta(hours=1)


def at(month, day, hour, minute=0, second=0):
    return datetime(2024, month, day, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize("unit", DAY_UNITS)
@pytest.mark.parametrize("length", [0, 1, 3, 10, 30])
def test_tg02_a_limit_in_days_never_ends_on_a_day_off(either, unit, length):
    for offset in range(3000):
        start = date(2022, 1, 1) + timedelta(days=offset)
        end = last_day(start, length, unit, either)
        before = last_day(start, length, unit, either, backwards=True)

        assert either.is_working(end)
        assert either.is_working(before)
        assert before <= start <= end
        if unit is C:
            assert (end - start).days >= length
            assert (start - before).days >= length
            assert not any(
                either.is_working(start + timedelta(days=n))
                for n in range(length, (end - start).days)
            )
        if unit is W and length:
            assert either.working_days(start, end) == length


def test_tg01_the_day_of_the_event_is_not_counted(n):
    assert last_day(date(2024, 6, 17), 1, C, n) == date(2024, 6, 18)
    assert last_day(date(2024, 6, 17), 1, W, n) == date(2024, 6, 18)
    assert last_day(date(2024, 6, 15), 1, W, n) == date(2024, 6, 17)  # Saturday


def test_the_same_day_is_length_0_and_moves_off_a_day_of_rest(n):
    assert last_day(date(2024, 6, 17), 0, C, n) == date(2024, 6, 17)
    assert last_day(date(2024, 6, 15), 0, W, n) == date(2024, 6, 17)
    assert due_moment(at(6, 15, 9), 0, N, n) == at(6, 15, 9)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # no 31/02: last day of the month
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 15), 3, date(2024, 6, 17)),  # 15/6 is Saturday
        (date(2024, 11, 29), 3, date(2025, 2, 28)),
        (date(2024, 6, 14), 12, date(2025, 6, 16)),  # Saturday
    ],
)
def test_months_end_on_the_day_of_the_same_number(n, start, months, end):
    assert last_day(start, months, Unit.MONTH, n) == end


def test_backwards_a_day_off_moves_away_from_the_start(n):
    monday = date(2024, 6, 17)

    assert last_day(monday, 1, C, n, backwards=True) == date(2024, 6, 14)
    assert last_day(monday, 1, Unit.MONTH, n, backwards=True) == date(2024, 5, 17)
    assert due_moment(at(6, 17, 8), 1, W, n, backwards=True) == at(6, 14, 23, 59, 59)


def test_a_limit_in_days_ends_at_the_end_of_its_last_day(n):
    due = due_moment(at(6, 13, 8, 40), 5, W, n)

    assert due == at(6, 20, 23, 59, 59)
    assert due.tzinfo is ZONE


def test_x05_the_day_of_a_moment_is_that_of_ha_noi(n):
    evening = datetime(2024, 6, 13, 17, 30, tzinfo=UTC)  # 14/6 at 00:30

    assert due_moment(evening, 1, W, n).date() == date(2024, 6, 17)
    assert last_day(evening, 1, W, n) == date(2024, 6, 17)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(6, 17, 6), 4, at(6, 17, 12)),  # before the morning: from 08:00
        (at(6, 17, 12, 20), 2, at(6, 17, 15)),  # in the lunch break: from 13:00
        (at(6, 17, 12), 2, at(6, 17, 15)),
        (at(6, 17, 17), 1, at(6, 18, 9)),  # after hours: next working day
        (at(6, 17, 19), 8, at(6, 18, 17)),
        (at(6, 15, 10), 1, at(6, 17, 9)),  # Saturday
        (at(6, 14, 16, 30), 1, at(6, 17, 8, 30)),  # over the weekend
        (at(6, 17, 8, 1), 1, at(6, 17, 9, 15)),  # up to a quarter of an hour
        (at(6, 17, 8, 0, 1), 1, at(6, 17, 9, 15)),
        (at(6, 17, 16, 52), 8, at(6, 18, 17)),
        (at(6, 17, 8), 40, at(6, 21, 17)),
    ],
)
def test_tg04_working_hours_walk_the_sessions(n, start, hours, end):
    assert due_moment(start, hours, H, n) == end


def test_tg04_days_times_eight_is_the_same_as_days(n):
    for offset in range(400):
        day = n.working_or_next(date(2024, 1, 1) + timedelta(days=offset))
        start = datetime.combine(day, time(17), tzinfo=ZONE)

        assert due_moment(start, 24, H, n).date() == last_day(day, 3, W, n)


def test_tg04_a_make_up_saturday_has_working_hours(m, n):
    assert due_moment(at(5, 3, 16), 2, H, m) == at(5, 4, 9)
    assert due_moment(at(5, 3, 16), 2, H, n) == at(5, 6, 9)


def test_tg10_hours_belong_to_the_calendar_of_the_agency():
    summer = Calendar(sessions=((time(7, 30), time(11, 30)), (time(13, 30), time(16, 30))))

    assert due_moment(at(6, 17, 11), 1, H, summer) == at(6, 17, 14)
    assert due_moment(at(6, 17, 11), 1, Unit.WORKING_MORNING, summer) == at(6, 18, 11, 30)


def test_tl02_the_next_morning_also_from_a_day_off(n):
    assert due_moment(at(6, 15, 10), 1, Unit.WORKING_MORNING, n) == at(6, 17, 12)
    assert due_moment(at(6, 17, 7), 1, Unit.WORKING_MORNING, n) == at(6, 18, 12)


def test_tg11_the_unit_decides(n):
    friday = at(4, 26, 17)

    assert due_moment(friday, 24, N, n) == at(4, 27, 17)
    assert due_moment(friday, 24, H, n) == at(5, 6, 17)
    assert due_moment(friday, 3, C, n) == at(5, 2, 23, 59, 59)
    assert due_moment(friday, 3, "working_day", n) == at(5, 6, 23, 59, 59)


def test_bc02_a_working_day_between_cut_off_and_submission(n):
    _start, cut_off = administrative("half", 2024, 1)

    assert cut_off == date(2024, 6, 14)  # Friday
    assert last_day(cut_off, 1, W, n) == date(2024, 6, 17)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(6, 17, 8), at(6, 17, 17), 8),
        (at(6, 17, 11), at(6, 17, 14), 2),
        (at(6, 14, 16), at(6, 17, 9), 2),
        (at(6, 15, 9), at(6, 16, 20), 0),
        (at(4, 26, 15), at(5, 2, 15), 8),
        (at(5, 2, 15), at(4, 26, 15), -8),
    ],
)
def test_working_time_between_two_moments(n, start, end, hours):
    assert working_time(start, end, n) == hours * HOUR


def test_working_time_undoes_due_moment(either):
    for quarter in range(24 * 4 * 14):
        start = at(4, 24, 0) + quarter * timedelta(minutes=15)
        assert working_time(start, due_moment(start, 11, H, either), either) == 11 * HOUR


def test_what_cannot_be_counted_is_refused(n):
    start = at(6, 17, 8)
    for call in (
        lambda: due_moment(start.replace(tzinfo=None), 1, W, n),
        lambda: due_moment(start.replace(tzinfo=None), 1, N, n),
        lambda: due_moment(start, -1, W, n),
        lambda: due_moment(start, 1, "fortnight", n),
        lambda: due_moment(start, 1, H, n, backwards=True),
        lambda: last_day(start.date(), 1, H, n),
        lambda: last_day(start.date(), 1, N, n),
        lambda: last_day(start.date(), -1, C, n),
        lambda: due_moment(start.replace(tzinfo=None), 1, Unit.WORKING_MORNING, n),
    ):
        with pytest.raises(ValueError, match=r"."):
            call()
