"""The strip of days under "why is it due that day": each day, its number, and why not."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dieuhanh.kernel.text.dates import ZONE, local, local_day, weekday_short
from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.due import (
    HOUR_UNITS,
    Unit,
    due_moment,
    last_day,
    nominal_end,
    working_time,
)

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class DayCell:
    """One square of the strip.

    ``number`` is the count reached on this day: days for limits in days and months, full hours
    passed by the end of the day for limits in hours; None on the first day, on days that are not
    counted, and on days that only carry the end past a rest. ``off`` days may have a number:
    calendar days count them. ``reason`` says why the day is off or made up, else it is "".
    """

    day: date
    weekday: str
    number: int | None
    off: bool
    reason: str
    today: bool
    last: bool


def explain(
    start: date,
    length: int,
    unit: Unit | str,
    calendar: Calendar,
    today: date | None = None,
    *,
    backwards: bool = False,
) -> list[DayCell]:
    """The days from the event to the due day, both included, in the order of the calendar.

    Args:
        start: day or moment of the event; limits in hours need a moment.
        length: how many of ``unit``.
        today: marked if it is one of the days.
        backwards: the strip ends on ``start`` and its first day is the last possible one.

    Raises:
        ValueError: as ``due_moment`` and ``last_day``; a limit in hours from a plain date.
    """
    unit = Unit(unit)
    first = local_day(start)
    numbers: dict[date, int]
    if unit in HOUR_UNITS:
        if not isinstance(start, datetime) or backwards:
            raise ValueError("a limit in hours is explained from a moment, forwards")
        due = due_moment(start, length, unit, calendar)
        last = due.date()
        numbers = _hours_by_day(local(start), due, length, unit, calendar)
    else:
        last = last_day(first, length, unit, calendar, backwards)
        numbers = _days_counted(first, last, length, unit, calendar, backwards=backwards)
    return [
        DayCell(
            day=day,
            weekday=weekday_short(day),
            number=numbers.get(day),
            off=not calendar.is_working(day),
            reason=calendar.reason(day),
            today=day == today,
            last=day == last,
        )
        for day in _days(min(first, last), max(first, last))
    ]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _days_counted(
    first: date,
    last: date,
    length: int,
    unit: Unit,
    calendar: Calendar,
    *,
    backwards: bool,
) -> dict[date, int]:
    """The number of each counted day, day 0 left out."""
    walked = _days(last, first)[-2::-1] if backwards else _days(first, last)[1:]
    if unit is Unit.WORKING_DAY:
        counted = [day for day in walked if calendar.is_working(day)][:length]
    else:
        end = nominal_end(first, length, unit, backwards=backwards)
        counted = [day for day in walked if (day >= end if backwards else day <= end)]
    return {day: number for number, day in enumerate(counted, start=1)}


def _hours_by_day(
    start: datetime, due: datetime, length: int, unit: Unit, calendar: Calendar
) -> dict[date, int]:
    """Full hours of the limit that have passed by the end of each counted day."""
    passed: dict[date, int] = {}
    for day in _days(start.date(), due.date()):
        end = min(due, datetime.combine(day + timedelta(days=1), time(), tzinfo=ZONE))
        if unit is Unit.NATURAL_HOUR:
            passed[day] = (end - start) // _HOUR
        elif calendar.is_working(day):
            passed[day] = min(working_time(start, end, calendar) // _HOUR, length)
    return passed
