"""Whether a value keeps to its target (KT-08), and what days a period has. Pure: no database, no
clock, no words.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OPEN = "open"  # cannot be said yet; the reason says why


class Reason(StrEnum):
    MET = "met"
    BELOW = "below"
    ABOVE = "above"
    VAGUE = "vague"  # "more than 91" against 95
    NO_DIRECTION = "no_direction"
    NO_TARGET = "no_target"
    NO_VALUE = "no_value"
    CONFLICT = "conflict"
    ANNUAL = "annual"  # assessed when its year is over (KT-09)


@dataclass(frozen=True)
class Verdict:
    """
    Attributes:
        elapsed: the part of the target's time that an amount was held against; None for a rate,
            which is held against the whole target at any time.
    """

    standing: Standing
    reason: Reason
    elapsed: Decimal | None = None


def undecided(reason: Reason) -> Verdict:
    return Verdict(Standing.OPEN, reason)


#: What "more than" and "below" reach to.
ANY_MORE, ANY_LESS = Decimal("Infinity"), Decimal("-Infinity")


def judge(
    direction: str,
    *,
    low: Decimal,
    high: Decimal,
    lower: Decimal | None,
    upper: Decimal | None,
    elapsed: Decimal,
    accrues: bool,
    estimated: bool,
) -> Verdict:
    """Hold a value against its target.

    An amount that accrues is held against the part of the target that belongs to the time gone
    by; a higher-better one that is already whole is reached early. A rate is held against the
    target itself. Nothing is reached by an estimate, nor (but for that case) before its time is over.

    Args:
        direction: ``higher_better``, ``lower_better``, ``range``, ``ceiling`` or ``none``. A
            ceiling is not kept by a value equal to it ("dưới 4 %"); the other bounds are.
        low, high: the ends of the value; equal where it is one number. In the target's unit.
        lower, upper: the bounds of the target; one may be None. Higher-better needs ``lower``,
            lower-better and ceiling ``upper``; the other bound stands in where it is missing.
        elapsed: part of the target's time that the value covers, 0 to 1.

    Raises:
        ValueError: the direction is none that is known.

    >>> from decimal import Decimal as D
    >>> def cpi(value, **more):
    ...     end = {"lower": None, "upper": D(4), "elapsed": D("0.5"), "accrues": False}
    ...     return judge("ceiling", low=D(value), high=D(value), estimated=False, **end | more)
    >>> [str(cpi(one).standing) for one in ("3.99", "4", "5.31")]
    ['on_track', 'behind', 'behind']
    >>> str(cpi("3.99", elapsed=D(1)).standing)
    'reached'
    """
    if direction == "none":
        return undecided(Reason.NO_DIRECTION)
    if lower is None and upper is None:
        return undecided(Reason.NO_TARGET)
    part = min(max(elapsed, Decimal(0)), Decimal(1)) if accrues else Decimal(1)
    shown = part if accrues else None
    if direction == "higher_better":
        least, most = lower if lower is not None else upper, None
        if accrues and not estimated and least is not None and low >= least:
            return Verdict(Standing.REACHED, Reason.MET, shown)
    elif direction in ("lower_better", "ceiling"):
        least, most = None, upper if upper is not None else lower
    elif direction == "range":
        least, most = lower, upper
    else:
        raise ValueError(direction)
    found = {
        _place(end, least, most, part, strict=direction == "ceiling") for end in (low, high)
    }  # fmt: skip
    if len(found) > 1:
        return undecided(Reason.VAGUE)
    reason = found.pop()
    if reason != Reason.MET:
        return Verdict(Standing.BEHIND, reason, shown)
    final = elapsed >= 1 and not estimated
    return Verdict(Standing.REACHED if final else Standing.ON_TRACK, reason, shown)


def _place(
    value: Decimal, least: Decimal | None, most: Decimal | None, part: Decimal, *, strict: bool
) -> Reason:
    if least is not None and value < least * part:
        return Reason.BELOW
    if most is not None and (value > most * part or (strict and value == most * part)):
        return Reason.ABOVE
    return Reason.MET


def days_of(period: str) -> tuple[date, date]:
    """First and last day that a published period speaks of; months count from January
    (lũy kế).

    Raises:
        ValueError: no such period.

    >>> [str(days_of(one)[1]) for one in ("2024", "2024-H1", "2024-Q3", "2024-M02", "2024-05-24")]
    ['2024-12-31', '2024-06-30', '2024-09-30', '2024-02-29', '2024-05-24']
    >>> str(days_of("2024-M05")[0]), str(days_of("2024-H2")[0])
    ('2024-01-01', '2024-07-01')
    """
    year, _dash, part = period.partition("-")
    if not part:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    kind, rest = part[0], part[1:]
    if kind in "HQ":
        months = 6 if kind == "H" else 3
        last = int(rest) * months
        return date(int(year), last - months + 1, 1), _month_end(int(year), last)
    if kind == "M":
        return date(int(year), 1, 1), _month_end(int(year), int(rest))
    day = date.fromisoformat(period)
    return day, day


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def covered_to(period: str, *, as_of: date, estimated: bool) -> date:
    """The last day that a value covers: an estimate speaks of its whole period."""
    end = days_of(period)[1]
    return end if estimated else min(end, as_of)


def elapsed_part(period: str, covered: date) -> Decimal:
    """The part of ``period`` that is over on ``covered``, 0 to 1, by calendar days.

    >>> from datetime import date
    >>> round(elapsed_part("2024", date(2024, 6, 30)), 3)
    Decimal('0.497')
    """
    start, end = days_of(period)
    whole, gone = (end - start).days + 1, (covered - start).days + 1
    return min(max(Decimal(gone) / whole, Decimal(0)), Decimal(1))
