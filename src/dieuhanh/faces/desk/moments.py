"""The as-of moment and window that a page is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.model import Window
from dieuhanh.text import dates

EARLIEST = 1900
PERIOD = re.compile(r"[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?")


def _day(text: str | None) -> date | None:
    """None for nothing and for what is no day: an old or mistyped address shows the default."""
    try:
        found = dates.parse_day(text) if text else None
    except ValueError:
        return None
    return found if found and found.year >= EARLIEST else None


@dataclass(frozen=True)
class Moment:
    """As of when a page is shown: now, or the end of a past day that was asked for."""

    day: date
    past: bool

    @property
    def at(self) -> datetime:
        return clock.end_of(self.day) if self.past else clock.now()


def moment_of(request: HttpRequest) -> Moment:
    """From ``?tinh-den=``; a day from today on means now."""
    asked = _day(request.GET.get("tinh-den"))
    today = clock.today()
    if asked is None or asked >= today:
        return Moment(today, past=False)
    return Moment(asked, past=True)


def days_of(request: HttpRequest) -> tuple[date | None, date | None]:
    """Window of a list, from ``?tu=`` and ``?den=``."""
    return _day(request.GET.get("tu")), _day(request.GET.get("den"))


def window_of(request: HttpRequest) -> Window:
    """Window of a figure, from ``?tu=&den=&tinh-den=&ky=``; this year so far unless given.

    Days in the wrong order and what is no period show the default too.
    """
    today = clock.today()
    start, end = days_of(request)
    start, end = start or date(today.year, 1, 1), end or today
    if end < start:
        start, end = date(today.year, 1, 1), today
    as_of = _day(request.GET.get("tinh-den")) or end
    period = request.GET.get("ky", "")
    if not PERIOD.fullmatch(period):
        period = f"{end.year}-{'H1' if end.month <= 6 else 'H2'}"
    return Window(start, end, max(as_of, start), period)
