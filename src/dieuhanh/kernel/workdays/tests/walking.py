"""Due moments found by walking, one day or one minute at a time: what `due_moment` is compared with.

It shares no code with the program. A calendar is two plain sets of days; the public holidays of
three years stand here as they were announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MORNING, AFTERNOON = (time(8), time(12)), (time(13), time(17))

#: Month and day of the days off of 2023, 2024 and 2025, those on Saturdays and Sundays left out.
HOLIDAYS = frozenset(
    date(year, int(day[:2]), int(day[3:]))
    for year, days in {
        2023: "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
        2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
        2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    }.items()
    for day in days.split()
)

Stop = tuple[datetime, datetime]


@dataclass(frozen=True)
class Days:
    """Days off on weekdays, and days of rest that are worked."""

    off: frozenset[date]
    made_up: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        if day in self.made_up:
            return True
        return day.weekday() < 5 and day not in self.off

    def counted(self, after: date, until: date) -> int:
        """Days that are worked after one day and up to another."""
        found, day = 0, after
        while day < until:
            day += DAY
            found += self.works(day)
        return found


def due(
    start: datetime,
    length: int,
    unit: str,
    days: Days,
    *,
    backwards: bool = False,
    stops: tuple[Stop, ...] = (),
) -> datetime:
    """The end of a limit. Starts, and stops of limits in hours, are at whole minutes."""
    if unit in ("natural_hour", "working_hour"):
        if backwards:
            return start - timedelta(hours=length)
        return _by_minutes(start, length * 60, unit == "working_hour", days, stops)
    closing = time(12) if unit == "working_morning" else time(23, 59, 59)
    if unit == "month":
        length = _days_of_months(start.date(), length, backwards)
    if backwards:
        return _at(_back(start.date(), length, unit, days), closing)
    return _forth(start.date(), length, unit, days, stops, closing)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=HANOI)


def _stands(moment: datetime, stops: tuple[Stop, ...]) -> bool:
    return any(begin <= moment < end for begin, end in stops)


def _by_minutes(
    start: datetime, minutes: int, at_work: bool, days: Days, stops: tuple[Stop, ...]
) -> datetime:
    def runs(moment: datetime) -> bool:
        """Whether the minute that begins at ``moment`` is one of those that count."""
        if not at_work:
            return True
        return days.works(moment.date()) and any(
            opens <= moment.time() < closes for opens, closes in (MORNING, AFTERNOON)
        )

    now, used = start, 0
    if at_work and minutes == 0:
        while not runs(now):
            now += MINUTE
    while used < minutes:
        used += runs(now) and not _stands(now, stops)
        now += MINUTE
    if _stands(now, stops):
        while _stands(now, stops) or not runs(now):
            now += MINUTE
    while at_work and now.minute % 15:
        now += MINUTE
    return now


def _forth(
    start: date,
    length: int,
    unit: str,
    days: Days,
    stops: tuple[Stop, ...],
    closing: time,
) -> datetime:
    def skipped(day: date) -> bool:
        return any(begin.date() < day <= end.date() for begin, end in stops)

    working = unit in ("working_day", "working_morning")
    if working and length == 0 and not days.works(start):
        length = 1  # "the same day" of a day of rest is the next one that is worked
    day, counted = start, 0
    while counted < length:
        day += DAY
        if not skipped(day) and (days.works(day) or not working):
            counted += 1
    while not days.works(day) or _stands(_at(day, closing), stops):
        day += DAY
    return _at(day, closing)


def _back(start: date, length: int, unit: str, days: Days) -> date:
    day, counted = start, 0
    while counted < length:
        day -= DAY
        if days.works(day) or unit not in ("working_day", "working_morning"):
            counted += 1
    while not days.works(day):
        day -= DAY
    return day


def _days_of_months(start: date, months: int, backwards: bool) -> int:
    """How many days away the day with the same number is, or the last one of a shorter month."""
    day, passed, walked = start, 0, 0
    while passed < months or (day.day != start.day and not _last_of_shorter(day, start)):
        after = day - DAY if backwards else day + DAY
        passed += after.month != day.month
        day, walked = after, walked + 1
    return walked


def _last_of_shorter(day: date, start: date) -> bool:
    return (day + DAY).day == 1 and day.day < start.day
