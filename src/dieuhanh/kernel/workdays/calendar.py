"""Which days a committee works: the week, the public holidays, and the committee's own notices.

The lowest layer is the week: Saturday and Sunday rest (TG-03). Above it lie the public holidays
of Việt Nam with their lunar dates and compensations (nghỉ bù), from the ``holidays`` package.
Above both lie the notices (thông báo) of the committee, which always win: which days of Tết are
off, which day is swapped and made up is announced every year, so it is data (TG-05 to TG-08).

Law: 45/2019/QH14, Điều 111–112.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from holidays import country_holidays

from dieuhanh.text.dates import weekday

Session = tuple[time, time]

OFFICE_HOURS: tuple[Session, ...] = ((time(8), time(12)), (time(13), time(17)))
FIRST_YEAR, LAST_YEAR = 1945, 2099  # beyond these no lunar dates are known

_HOLIDAY_NAMES = (  # what the package calls a holiday, and what this program says
    ("Tết Dương lịch", "Tết Dương lịch"),
    ("Tết", "Tết Nguyên đán"),
    ("Giỗ Tổ", "Giỗ Tổ Hùng Vương"),
    ("Chiến thắng", "Ngày Chiến thắng 30/4"),
    ("Quốc tế Lao động", "Ngày Quốc tế Lao động 01/5"),
    ("Quốc khánh", "Quốc khánh 02/9"),
)
# TG-09: announced, enactment not verified. A notice adds it once the law is in force.
_NOT_IN_FORCE = "Ngày Văn hóa Việt Nam"


class DayKind(StrEnum):
    """What a day is to an office."""

    WORKING = "working"  # ngày làm việc
    WEEKLY_REST = "weekly_rest"  # ngày nghỉ hằng tuần
    OFF = "off"  # nghỉ lễ, nghỉ bù, nghỉ hoán đổi
    MAKE_UP = "make_up"  # ngày nghỉ hằng tuần phải làm bù


@dataclass(frozen=True)
class Notice:
    """One day of a committee's notice: off although it would be worked, or the reverse.

    A day of rest declared ``working`` is a make-up day (làm bù); a holiday on a weekday declared
    ``working`` is an ordinary working day again. ``source`` names the document or rule.
    """

    day: date
    kind: Literal["off", "working"]
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class _Year:
    """One year, counted out beforehand. Lists are indexed by day of the year, from 0."""

    first: int  # ordinal of 1 January
    kinds: list[DayKind]
    reasons: list[str]
    working: list[bool]
    workdays: list[date]
    upto: list[int]  # working days of this year on or before the day


@dataclass(frozen=True)
class Calendar:
    """The working calendar of one committee.

    Args:
        notices: win over weekends and public holidays; of two for one day the later one wins.
        sessions: working hours of a working day as (start, end), in order (TG-04).

    Raises:
        ValueError: the sessions are not in order, or a day lies outside 1945–2099.
    """

    notices: Iterable[Notice] = ()
    sessions: tuple[Session, ...] = OFFICE_HOURS
    _noticed: dict[date, Notice] = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        notices = tuple(self.notices)
        object.__setattr__(self, "notices", notices)
        object.__setattr__(self, "_noticed", {notice.day: notice for notice in notices})
        edges = [edge for session in self.sessions for edge in session]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("sessions must be in order, each ending after it starts")

    def kind(self, day: date) -> DayKind:
        """What ``day`` is: working, weekly rest, off, or a made-up day."""
        year = self._year(day.year)
        return year.kinds[day.toordinal() - year.first]

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        year = self._year(day.year)
        return year.working[day.toordinal() - year.first]

    def reason(self, day: date) -> str:
        """Why ``day`` is off ("thứ Bảy", "nghỉ Tết Nguyên đán") or made up; "" if it is plain."""
        year = self._year(day.year)
        return year.reasons[day.toordinal() - year.first]

    def next_working(self, day: date) -> date:
        """The first working day after ``day``."""
        return self.add_working(day, 1)

    def working_or_next(self, day: date) -> date:
        """``day`` if it is worked, otherwise the first working day after it (TG-02)."""
        return day if self.is_working(day) else self.add_working(day, 1)

    def working_or_previous(self, day: date) -> date:
        """``day`` if it is worked, otherwise the last working day before it."""
        return day if self.is_working(day) else self.add_working(day, -1)

    def add_working(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, before it if negative; ``day`` if 0.

        ``day`` itself is never counted (TG-01). Takes the same time for 1 day as for 200.
        """
        if count == 0:
            return day
        number = day.year
        year = self._year(number)
        index = day.toordinal() - year.first
        position = year.upto[index] + count - 1
        if count < 0:
            position += 0 if year.working[index] else 1
        while position >= len(year.workdays):
            position -= len(year.workdays)
            number += 1
            year = self._year(number)
        while position < 0:
            number -= 1
            year = self._year(number)
            position += len(year.workdays)
        return year.workdays[position]

    def working_days(self, after: date, until: date) -> int:
        """Working days after ``after`` and up to ``until``; negative if ``until`` is earlier."""
        if until < after:
            return -self.working_days(until, after)
        start, end = self._year(after.year), self._year(until.year)
        count = end.upto[until.toordinal() - end.first]
        count -= start.upto[after.toordinal() - start.first]
        return count + sum(
            len(self._year(number).workdays) for number in range(after.year, until.year)
        )

    def day_length(self) -> timedelta:
        """Working time of one working day: 8 hours in ordinary offices (TG-04)."""
        on_one_day = [
            datetime.combine(date.min, end) - datetime.combine(date.min, start)
            for start, end in self.sessions
        ]
        return sum(on_one_day, timedelta())

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = self._count_out(number)
        return year

    def _count_out(self, number: int) -> _Year:
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise ValueError(
                f"Chưa có lịch làm việc của năm {number}; chỉ tính được từ năm {FIRST_YEAR} "
                f"đến năm {LAST_YEAR}."
            )
        holidays = _public_holidays(number)
        first = date(number, 1, 1).toordinal()
        year = _Year(first, [], [], [], [], [])
        for ordinal in range(first, date(number, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            kind, reason = _day(day, self._noticed.get(day), holidays.get(day))
            works = kind in (DayKind.WORKING, DayKind.MAKE_UP)
            year.kinds.append(kind)
            year.reasons.append(reason)
            year.working.append(works)
            if works:
                year.workdays.append(day)
            year.upto.append(len(year.workdays))
        return year


def _day(day: date, notice: Notice | None, holiday: str | None) -> tuple[DayKind, str]:
    """The kind and the reason of one day: notice over holiday over week."""
    weekend = day.weekday() >= 5
    if notice is not None and notice.kind == "off":
        return DayKind.OFF, notice.reason or "nghỉ theo thông báo"
    if notice is not None:
        return (
            (DayKind.MAKE_UP, notice.reason or "làm bù")
            if weekend
            else (DayKind.WORKING, notice.reason)
        )
    if holiday is not None:
        return DayKind.OFF, holiday
    if weekend:
        return DayKind.WEEKLY_REST, weekday(day)
    return DayKind.WORKING, ""


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> dict[date, str]:
    """Public holidays of one year and the reason shown for each.

    The days that the package knows to be made up for a swap are left out: TG-08 leaves them to
    notices.
    """
    return {
        day: _holiday_reason(name)
        for day, name in country_holidays("VN", years=year, language="vi").items()
        if _NOT_IN_FORCE not in name
    }


def _holiday_reason(name: str) -> str:
    if "thay cho" in name:
        return "nghỉ hoán đổi"
    verb = "nghỉ bù" if "nghỉ bù" in name else "nghỉ"
    for written, said in _HOLIDAY_NAMES:
        if written in name:
            return f"{verb} {said}"
    return f"{verb} {name}"
