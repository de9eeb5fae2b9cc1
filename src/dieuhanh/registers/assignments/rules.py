"""Pure rules of assignments: what is clear in a task, which level stands under which, when a
programme's item is due. No Django."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTHS_PER_QUARTER = 3

#: level of an action programme's entry → the level it may stand under
PARENT_OF = {"task_group": "focus_area", "specific_task": "task_group"}


def unclear_parts(*, process: str, authority: str, head: str, check_result: str) -> tuple[str, ...]:
    """Which of the three "rõ" a task lacks; empty where all three are clear (NV-05).

    Clear process, progress and quality; clear authority and responsibility, which takes a head who
    answers for it; clear result of checking.
    """
    clear = {
        "process": bool(process.strip()),
        "authority": bool(authority.strip() and head.strip()),
        "check_result": bool(check_result.strip()),
    }
    return tuple(part for part, known in clear.items() if not known)


def parent_fits(level: str, parent_level: str | None) -> bool:
    """Whether an entry of ``level`` may stand under one of ``parent_level`` (None: under none)."""
    return parent_level is None or PARENT_OF.get(level) == parent_level


def due_fits(level: str, due_on: date | None) -> bool:
    """Whether a level may have this deadline: a specific task must, areas and groups have none."""
    if level == "specific_task":
        return due_on is not None
    return level == "major_task" or due_on is None


def quarter_of(month: int) -> int:
    return (month - 1) // MONTHS_PER_QUARTER + 1


def half_of(year: int, quarter: int) -> tuple[int, int]:
    """Year and half-year (1 or 2) of a quarter."""
    return year, 1 if quarter <= 2 else 2


def next_half(year: int, quarter: int) -> tuple[int, int]:
    """Year and half-year that follow those of a quarter (NV-07)."""
    year, half = half_of(year, quarter)
    return (year, 2) if half == 1 else (year + 1, 1)


@dataclass(frozen=True)
class Planned:
    """When an item of the work programme is planned for (NV-07).

    Args:
        quarter: 1 to 4; ``month``: 1 to 12 in that quarter, or None where only the quarter is set.
    """

    year: int
    quarter: int
    month: int | None = None

    @property
    def half(self) -> tuple[int, int]:
        return half_of(self.year, self.quarter)

    @property
    def end(self) -> date:
        """The last day of the month, or of the quarter where no month is planned.

        Raises:
            ValueError: the month lies outside the quarter.
        """
        month = self.month or self.quarter * MONTHS_PER_QUARTER
        if quarter_of(month) != self.quarter:
            raise ValueError(f"month {month} is not in quarter {self.quarter}")
        return date(self.year, month, monthrange(self.year, month)[1])
