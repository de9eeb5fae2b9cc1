"""Which periods can be asked for in the open: the last half-years, up to the last month that is over.

They do not overlap, so that no small count comes out as the difference of two periods, and there
are few of them, so that all can be kept ready. A number changes once a month and then stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dieuhanh.kernel.measures.model import Window

OFFERED = 4
HALF = 6


@dataclass(frozen=True)
class Period:
    """A half-year, or as much of it as is over. ``code``: 2024-H1.

    Attributes:
        end: the last day, and the day as of which it is told.
        over: whether the half-year itself is over.
    """

    code: str
    start: date
    end: date
    over: bool

    @property
    def window(self) -> Window:
        return Window(self.start, self.end, self.end, self.code)


def _half_before(day: date) -> Period:
    """The half-year of the day before ``day``, up to that day."""
    end = day - timedelta(1)
    first = end.month <= HALF
    whole = date(end.year, HALF, 30) if first else date(end.year, 12, 31)
    code = f"{end.year}-{'H1' if first else 'H2'}"
    return Period(code, date(end.year, 1 if first else HALF + 1, 1), end, over=end == whole)


def offered(today: date) -> list[Period]:
    """The newest first.

    >>> from datetime import date
    >>> [(one.code, str(one.end), one.over) for one in offered(date(2024, 6, 17))][:2]
    [('2024-H1', '2024-05-31', False), ('2023-H2', '2023-12-31', True)]
    >>> offered(date(2024, 7, 1))[0].over, offered(date(2024, 1, 31))[0].code
    (True, '2023-H2')
    """
    found = [_half_before(today.replace(day=1))]
    while len(found) < OFFERED:
        found.append(_half_before(found[-1].start))
    return found


def chosen(code: str, today: date) -> Period:
    """The period of this code; the newest where none has it."""
    known = offered(today)
    return next((one for one in known if one.code == code), known[0])
