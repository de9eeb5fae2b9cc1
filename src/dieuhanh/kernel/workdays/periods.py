"""Report periods: the 15th to the 14th for administrative reports, whole months for statistics.

The two regimes stand side by side in one report (BC-10, BC-11), so every figure says which.
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """How long a report period is."""

    MONTH = "month"  # tháng
    QUARTER = "quarter"  # quý
    HALF = "half"  # 6 tháng
    NINE_MONTHS = "nine_months"  # 9 tháng; by analogy, the decree does not name it (BC-03: GK)
    YEAR = "year"  # năm


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}


def administrative(kind: PeriodKind | str, year: int, index: int = 1) -> tuple[date, date]:
    """First and last day (data cut-off) of an administrative report period (BC-03).

    From day 15 of the month before the period to day 14 of its last month: the first half of
    2024 is 15/12/2023 to 14/6/2024.

    Args:
        index: which month, quarter or half of ``year``, from 1; 1 for nine months and the year.

    Raises:
        ValueError: there is no such period.

    Law: 09/2019/NĐ-CP, Điều 12.
    """
    first, last = _months(kind, index)
    before = date(year - 1, 12, 15) if first == 1 else date(year, first - 1, 15)
    return before, date(year, last, 14)


def statistical(kind: PeriodKind | str, year: int, index: int = 1) -> tuple[date, date]:
    """First and last day of a statistical period: whole calendar months (BC-10).

    Args:
        index: which month, quarter or half of ``year``, from 1; 1 for nine months and the year.

    Raises:
        ValueError: there is no such period.

    Law: 60/2018/NĐ-CP.
    """
    first, last = _months(kind, index)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _months(kind: PeriodKind | str, index: int) -> tuple[int, int]:
    """First and last month of a period."""
    length = _MONTHS[PeriodKind(kind)]
    first, last = (index - 1) * length + 1, index * length
    if index < 1 or last > 12:
        raise ValueError(f"there is no {kind} {index} in a year")
    return first, last
