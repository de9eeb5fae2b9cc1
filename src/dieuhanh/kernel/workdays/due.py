"""When something is due: a start, a length, a unit, a calendar.

Day 0 (the day of the event) is never counted (TG-01). A limit in days ends at the end of its
last day; where that is a day off, at the end of the next working day (TG-02). All moments have a
time zone and are answered on the clock of Hà Nội (X-05). No function here reads the clock.

Law: 91/2015/QH13, Điều 147–148.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.text.dates import ZONE, local, local_day

END_OF_DAY = time(23, 59, 59)
QUARTER_HOUR = timedelta(minutes=15)


class Unit(StrEnum):
    """In what a limit is counted; part of every limit (TG-11)."""

    CALENDAR_DAY = "calendar_day"  # ngày
    WORKING_DAY = "working_day"  # ngày làm việc
    WORKING_MORNING = "working_morning"  # hết buổi sáng của ngày làm việc (TL-02)
    WORKING_HOUR = "working_hour"  # giờ làm việc
    NATURAL_HOUR = "natural_hour"  # giờ
    MONTH = "month"  # tháng


HOUR_UNITS = frozenset({Unit.WORKING_HOUR, Unit.NATURAL_HOUR})
WORKING_DAY_UNITS = frozenset({Unit.WORKING_DAY, Unit.WORKING_MORNING})

#: A pause of the clock: from when to when it stood.
Stop = tuple[datetime, datetime]


def due_moment(
    start: datetime,
    length: int,
    unit: Unit | str,
    calendar: Calendar,
    *,
    backwards: bool = False,
    stops: Iterable[Stop] = (),
) -> datetime:
    """The last moment in time to do what is owed.

    Args:
        start: when the event happened.
        length: how many of ``unit``; 0 is "the same day", or at once for hours.
        backwards: count towards the past ("at least 3 working days before the session").
        stops: pauses of the clock, (from, to). The day on which one begins is still counted as
            it was, the day on which it ends is not: n working days of pause move a limit in
            working days by n, n days one in calendar days, working time one in working hours.
            No limit is over before its clock runs again: one that stood at its end ends with the
            first working day (morning, quarter of an hour) from then on.

    Units: as ``unit`` says. Days and months end at 23:59:59, mornings with the morning session;
    working hours walk the sessions of the calendar and are rounded up to a quarter of an hour
    (TG-04); natural hours are plain.

    Raises:
        ValueError: ``start`` has no time zone, ``length`` is negative, ``unit`` is unknown, or
            working hours or a limit that was paused are asked backwards.
    """
    unit = _check(length, unit)
    here, stops = local(start), tuple(stops)
    if backwards and (stops or unit is Unit.WORKING_HOUR):
        raise ValueError("working hours and pauses are not counted backwards")
    due = _end(here, length, unit, calendar, backwards=backwards, stops=stops)
    runs_again = max((local(end) for _begin, end in stops), default=due)
    return due if runs_again <= due else _next_end(runs_again, unit, calendar)


def _end(
    here: datetime,
    length: int,
    unit: Unit,
    calendar: Calendar,
    *,
    backwards: bool,
    stops: tuple[Stop, ...],
) -> datetime:
    """The end of a limit, moved by what its clock stood."""
    if unit is Unit.NATURAL_HOUR:
        stood = sum((end - begin for begin, end in stops), timedelta())
        return here + timedelta(hours=-length if backwards else length) + stood
    if unit is Unit.WORKING_HOUR:
        worked = (working_time(begin, end, calendar) for begin, end in stops)
        return _up_to_quarter(_walk(here, sum(worked, timedelta(hours=length)), calendar))
    if unit in WORKING_DAY_UNITS:
        days = sum(calendar.working_days(local_day(a), local_day(b)) for a, b in stops)
        day = last_day(here.date(), length, unit, calendar, backwards=backwards)
        day = calendar.add_working(day, days)
    else:
        end = nominal_end(here.date(), length, unit, backwards=backwards)
        end += sum((local_day(b) - local_day(a) for a, b in stops), timedelta())
        day = calendar.working_or_previous(end) if backwards else calendar.working_or_next(end)
    return datetime.combine(day, end_of_day(unit, calendar), tzinfo=ZONE)


def _next_end(moment: datetime, unit: Unit, calendar: Calendar) -> datetime:
    """The first moment from ``moment`` on at which a limit in ``unit`` can end."""
    if unit is Unit.NATURAL_HOUR:
        return moment
    if unit is Unit.WORKING_HOUR:
        return _up_to_quarter(_walk(moment, timedelta(), calendar))
    day = calendar.working_or_next(moment.date())
    end = datetime.combine(day, end_of_day(unit, calendar), tzinfo=ZONE)
    if end >= moment:
        return end
    return datetime.combine(calendar.next_working(day), end.timetz(), tzinfo=ZONE)


def end_of_day(unit: Unit, calendar: Calendar) -> time:
    """When the last day of a limit ends: at midnight, or with the morning session (TL-02)."""
    return calendar.sessions[0][1] if unit is Unit.WORKING_MORNING else END_OF_DAY


def last_day(
    start: date,
    length: int,
    unit: Unit | str,
    calendar: Calendar,
    backwards: bool = False,
) -> date:
    """The last day of a limit in days or months; it is always a working day.

    Backwards, it is the last day on which the minimum is still kept: a day off moves it to the
    working day before, never nearer to ``start``.

    Args:
        start: the day of the event, not counted.
        length: how many of ``unit``; 0 is "the same day".

    Units: calendar days, working days or months.

    Raises:
        ValueError: ``unit`` is one of hours or unknown, or ``length`` is negative.

    Law: 91/2015/QH13, Điều 147–148.
    """
    unit = _check(length, unit)
    if unit in HOUR_UNITS:
        raise ValueError("a limit in hours needs a moment; ask due_moment()")
    if isinstance(start, datetime):
        start = local(start).date()
    if unit in WORKING_DAY_UNITS:
        end = calendar.add_working(start, -length if backwards else length)
    else:
        end = nominal_end(start, length, unit, backwards=backwards)
    return calendar.working_or_previous(end) if backwards else calendar.working_or_next(end)


def nominal_end(start: date, length: int, unit: Unit, *, backwards: bool = False) -> date:
    """Where calendar days or months end before TG-02 moves them off a day of rest.

    A month ends on the day with the same number; where the month has none, on its last day.
    """
    signed = -length if backwards else length
    if unit is Unit.CALENDAR_DAY:
        return start + timedelta(days=signed)
    if unit is not Unit.MONTH:
        raise ValueError(f"{unit} is not a calendar unit")
    months = start.year * 12 + start.month - 1 + signed
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Working time between two moments; negative if ``end`` is earlier.

    Raises:
        ValueError: a moment has no time zone.
    """
    start, end = local(start), local(end)
    if end < start:
        return -working_time(end, start, calendar)
    one = timedelta(days=1)
    days = calendar.working_days(start.date() - one, end.date() - one)  # the last day left out
    whole = days * calendar.day_length()
    return whole - _worked_by(start, calendar) + _worked_by(end, calendar)


def _check(length: int, unit: Unit | str) -> Unit:
    if length < 0:
        raise ValueError("the length of a limit must not be negative")
    return Unit(unit)


def _walk(here: datetime, left: timedelta, calendar: Calendar) -> datetime:
    """Spend ``left`` in working sessions from ``here`` on."""
    day = here.date()
    if not calendar.is_working(day):
        day = calendar.next_working(day)
    while True:
        for opening, closing in calendar.sessions:
            end = datetime.combine(day, closing, tzinfo=ZONE)
            begin = max(here, datetime.combine(day, opening, tzinfo=ZONE))
            if begin >= end:
                continue
            if left <= end - begin:
                return begin + left
            left -= end - begin
        day = calendar.next_working(day)


def _up_to_quarter(moment: datetime) -> datetime:
    midnight = datetime.combine(moment.date(), time(), tzinfo=ZONE)
    quarters = -((midnight - moment) // QUARTER_HOUR)
    return midnight + quarters * QUARTER_HOUR


def _worked_by(moment: datetime, calendar: Calendar) -> timedelta:
    """Working time of the day of ``moment`` that is over by then."""
    worked = timedelta()
    if calendar.is_working(moment.date()):
        for opening, closing in calendar.sessions:
            begin = datetime.combine(moment.date(), opening, tzinfo=ZONE)
            end = datetime.combine(moment.date(), closing, tzinfo=ZONE)
            worked += max(min(moment, end) - begin, timedelta())
    return worked
