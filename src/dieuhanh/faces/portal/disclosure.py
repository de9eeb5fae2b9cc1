"""Which counts are shown in the open, so that nobody can be told from a small one. Pure.

A count from 1 to ``least`` − 1 is small. It is not shown, and neither is anything from which it
could be worked back: the parts of its row, and, where the sums of the columns are public, as many
other rows as it takes. Zero is shown: it tells nothing about anybody. The rule is one of rows, not
of cells, so that what an attacker can know is a two-way table with its sums, for which the bounds
of each cell are exact (Fréchet).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What stands where a count is not shown."""

    SMALL = "small"  # from 1 to least − 1
    KEPT = "protected"  # another count could be worked back from it


Cell = int | Mark


@dataclass(frozen=True)
class Shown:
    """A row as it is shown: its total, and the parts that add up to it."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def whole(self) -> bool:
        """Whether every count of the row is shown."""
        return not any(isinstance(one, Mark) for one in (self.total, *self.parts))


def _is_small(count: int, least: int) -> bool:
    return 0 < count < least


def _kept(row: Sequence[int]) -> tuple[Cell, ...]:
    return (Mark.KEPT,) * len(row)


def alone(parts: Sequence[int], *, least: int) -> Shown:
    """A row that shares no sum with another one; it needs two parts or more.

    >>> alone([40, 0, 9], least=5).parts
    (40, 0, 9)
    >>> shown = alone([40, 0, 2], least=5)
    >>> shown.total, shown.parts[0].value
    (42, 'protected')
    >>> alone([3, 0, 0], least=5).total.value
    'small'
    """
    total = sum(parts)
    if _is_small(total, least):
        return Shown(Mark.SMALL, _kept(parts))
    if any(_is_small(one, least) for one in parts):
        return Shown(total, _kept(parts))
    return Shown(total, tuple(parts))


def together(rows: Sequence[Sequence[int]], *, least: int) -> list[Shown] | None:
    """Rows of one table whose columns are summed in the open. None: nothing can be shown of them.

    >>> [one.total for one in together([[30, 0], [3, 0], [8, 0]], least=5)]
    [30, <Mark.SMALL: 'small'>, <Mark.KEPT: 'protected'>]
    >>> together([[30, 0], [9, 0]], least=5)[1].parts
    (9, 0)
    >>> together([[3, 0]], least=5) is None
    True
    """
    totals = [sum(row) for row in rows]
    by_size = sorted(range(len(rows)), key=lambda one: (totals[one], one))
    nameless = {one for one, total in enumerate(totals) if _is_small(total, least)}
    hidden = nameless | {
        one for one, row in enumerate(rows) if any(_is_small(part, least) for part in row)
    }
    spare = [one for one in by_size if totals[one] >= least]
    # First the totals, then the parts: each step hides the smallest row that is still shown.
    while _totals_tell(totals, nameless, least):
        left = [one for one in spare if one not in nameless]
        if not left:
            return None
        nameless.add(left[0])
    hidden |= nameless
    while _parts_tell(rows, totals, hidden, nameless, least):
        left = [one for one in spare if one not in hidden]
        if not left:
            return None
        hidden.add(left[0])
    return [
        Shown(
            (Mark.SMALL if _is_small(totals[one], least) else Mark.KEPT)
            if one in nameless
            else totals[one],
            _kept(row) if one in hidden else tuple(row),
        )
        for one, row in enumerate(rows)
    ]


def _total_bounds(totals: Sequence[int], nameless: set[int], least: int) -> dict[int, range]:
    """What each total that is not shown can be, for who knows the sum of them."""
    known = sum(totals[one] for one in nameless)
    boxes = {
        one: (1, least - 1) if _is_small(totals[one], least) else (least, known) for one in nameless
    }
    low, high = (sum(box[end] for box in boxes.values()) for end in (0, 1))
    return {
        one: range(max(box[0], known - (high - box[1])), min(box[1], known - (low - box[0])) + 1)
        for one, box in boxes.items()
    }


def _totals_tell(totals: Sequence[int], nameless: set[int], least: int) -> bool:
    bounds = _total_bounds(totals, nameless, least)
    return any(len(bounds[one]) < 2 for one in nameless if _is_small(totals[one], least))


def _parts_tell(
    rows: Sequence[Sequence[int]],
    totals: Sequence[int],
    hidden: set[int],
    nameless: set[int],
    least: int,
) -> bool:
    """Whether a small part of a hidden row can only have one value."""
    columns = (
        [sum(rows[one][column] for one in hidden) for column in range(len(rows[0]))] if rows else []
    )
    everything = sum(columns)
    bounds = _total_bounds(totals, nameless, least)
    for one in hidden:
        possible = bounds.get(one) or range(totals[one], totals[one] + 1)
        for part, column in zip(rows[one], columns, strict=True):
            low = max(0, possible[0] + column - everything)
            high = min(possible[-1], column)
            if _is_small(part, least) and low >= high:
                return True
    return False
