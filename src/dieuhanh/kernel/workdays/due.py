"""When something is due: a start, a length, a unit, a calendar.

Day 0 (the day of the event) is never counted (TG-01). A limit in days ends at the end of its
last day; where that is a day off, at the end of the next working day (TG-02). All moments have a
time zone and are answered on the clock of Hà Nội (X-05). No function here reads the clock.

Law: 91/2015/QH13, Điều 147–148.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dieuhanh.kernel.text.dates import ZONE, local
from dieuhanh.kernel.workdays.calendar import Calendar

END_OF_DAY = time(23, 59, 59)
QUARTER_HOUR = timedelta(minutes=15)


class Unit(StrEnum):
    """In what a limit is counted; part of every limit (TG-11)."""

    CALENDAR_DAY = "calendar_day"  # ngày
    WORKING_DAY = "working_day"  # ngày làm việc
    WORKING_HOUR = "working_hour"  # giờ làm việc
    NATURAL_HOUR = "natural_hour"  # giờ
    MONTH = "month"  # tháng


HOUR_UNITS = frozenset({Unit.WORKING_HOUR, Unit.NATURAL_HOUR})


def due_moment(
    start: datetime,
    length: int,
    unit: Unit | str,
    calendar: Calendar,
    *,
    backwards: bool = False,
) -> datetime:
    """The last moment in time to do what is owed.

    Args:
        start: when the event happened.
        length: how many of ``unit``; 0 is "the same day", or at once for hours.
        backwards: count towards the past ("at least 3 working days before the session").

    Units: as ``unit`` says. Days and months end at 23:59:59; working hours walk the sessions of
    the calendar and are rounded up to a quarter of an hour (TG-04); natural hours are plain.

    Raises:
        ValueError: ``start`` has no time zone, ``length`` is negative, ``unit`` is unknown, or
            working hours are asked backwards.
    """
    unit = _check(length, unit)
    here = local(start)
    if unit is Unit.NATURAL_HOUR:
        return here + timedelta(hours=-length if backwards else length)
    if unit is Unit.WORKING_HOUR:
        if backwards:
            raise ValueError("working hours are not counted backwards")
        return _up_to_quarter(_walk(here, timedelta(hours=length), calendar))
    day = last_day(here.date(), length, unit, calendar, backwards=backwards)
    return datetime.combine(day, END_OF_DAY, tzinfo=ZONE)


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
    if unit is Unit.WORKING_DAY:
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


def due_next_morning(start: datetime, calendar: Calendar) -> datetime:
    """The end of the morning session of the next working day (TL-02): 12:00 in most offices.

    Raises:
        ValueError: ``start`` has no time zone.

    Law: 28/2018/QĐ-TTg.
    """
    day = calendar.next_working(local(start).date())
    return datetime.combine(day, calendar.sessions[0][1], tzinfo=ZONE)


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
