"""The strip of days under "why is it due that day": each day, its number, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.due import (
    HOUR_UNITS,
    WORKING_DAY_UNITS,
    Stop,
    Unit,
    due_moment,
    nominal_end,
    working_time,
)
from dieuhanh.text.dates import ZONE, local, local_day, weekday_short

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class DayCell:
    """One square of the strip.

    ``number`` is the count reached on this day: days for limits in days and months, full hours
    passed by the end of the day for limits in hours; None on the first day, on days that are not
    counted, and on days that only carry the end past a rest. ``off`` days may have a number:
    calendar days count them. ``reason`` says why the day is off or made up, else it is "".
    ``paused`` days are those on which the clock stood.
    """

    day: date
    weekday: str
    number: int | None
    off: bool
    reason: str
    today: bool
    last: bool
    paused: bool


def explain(
    start: date,
    length: int,
    unit: Unit | str,
    calendar: Calendar,
    today: date | None = None,
    *,
    backwards: bool = False,
    stops: Iterable[Stop] = (),
) -> list[DayCell]:
    """The days from the event to the due day, both included, in the order of the calendar.

    Args:
        start: day or moment of the event; limits in hours need a moment.
        length: how many of ``unit``.
        today: marked if it is one of the days.
        backwards: the strip ends on ``start`` and its first day is the last possible one.
        stops: pauses of the clock, as `due_moment` takes them.

    Raises:
        ValueError: as ``due_moment`` and ``last_day``; a limit in hours from a plain date.
    """
    unit, stops = Unit(unit), tuple(stops)
    first = local_day(start)
    paused = {day for a, b in stops for day in _days(local_day(a), local_day(b))[1:]}
    numbers: dict[date, int]
    if unit in HOUR_UNITS:
        if not isinstance(start, datetime) or backwards:
            raise ValueError("a limit in hours is explained from a moment, forwards")
        due = due_moment(start, length, unit, calendar, stops=stops)
        last = due.date()
        numbers = _hours_by_day(local(start), due, length, unit, calendar, stops)
    else:
        moment = start if isinstance(start, datetime) else datetime.combine(first, time(), ZONE)
        last = due_moment(moment, length, unit, calendar, backwards=backwards, stops=stops).date()
        numbers = _days_counted(first, last, length, unit, calendar, paused, backwards=backwards)
    return [
        DayCell(
            day=day,
            weekday=weekday_short(day),
            number=numbers.get(day),
            off=not calendar.is_working(day),
            reason=calendar.reason(day),
            today=day == today,
            last=day == last,
            paused=day in paused,
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
    paused: set[date],
    *,
    backwards: bool,
) -> dict[date, int]:
    """The number of each counted day, day 0 and days of pause left out."""
    walked = _days(last, first)[-2::-1] if backwards else _days(first, last)[1:]
    walked = [day for day in walked if day not in paused]
    if unit in WORKING_DAY_UNITS:
        counted = [day for day in walked if calendar.is_working(day)][:length]
    else:
        end = nominal_end(first, length, unit, backwards=backwards)
        counted = walked[: abs((end - first).days)]
    return {day: number for number, day in enumerate(counted, start=1)}


def _hours_by_day(
    start: datetime,
    due: datetime,
    length: int,
    unit: Unit,
    calendar: Calendar,
    stops: tuple[Stop, ...],
) -> dict[date, int]:
    """Full hours of the limit that have passed by the end of each counted day."""
    passed: dict[date, int] = {}

    def run(begin: datetime, end: datetime) -> timedelta:
        return end - begin if unit is Unit.NATURAL_HOUR else working_time(begin, end, calendar)

    for day in _days(start.date(), due.date()):
        if unit is not Unit.NATURAL_HOUR and not calendar.is_working(day):
            continue
        end = min(due, datetime.combine(day + timedelta(days=1), time(), tzinfo=ZONE))
        stood = sum((run(a, min(b, end)) for a, b in stops if a < end), timedelta())
        passed[day] = min((run(start, end) - stood) // _HOUR, length)
    return passed
