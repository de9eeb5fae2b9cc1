"""Whoever subtracts, finds nothing: all tables that fit what is shown are tried."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from dieuhanh.faces.portal.disclosure import Mark, Shown, alone, together

LEAST = 3
#: Few and small, so that every table that fits can be tried.
COUNTS = st.integers(0, 5)
ROWS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=5)


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def _possible(shown: Shown, most: int) -> list[tuple[int, ...]]:
    """Every row that reads like this one; of all rows together there are ``most``."""
    if shown.whole:
        return [shown.parts]  # type: ignore[list-item]
    assert all(one is Mark.KEPT for one in shown.parts), "A row is shown whole or not at all."
    totals: range = range(0)
    if shown.total is Mark.SMALL:
        totals = range(1, LEAST)
    elif shown.total is Mark.KEPT:
        totals = range(LEAST, most + 1)
    else:
        totals = range(shown.total, shown.total + 1)
    return [split for total in totals for split in _splits(total, len(shown.parts))]


def _fitting(shown: list[Shown], sums: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """Every table that reads like this and has these sums of columns."""
    if not shown:
        if not any(sums):
            yield []
        return
    for row in _possible(shown[0], sum(sums)):
        rest = tuple(whole - part for whole, part in zip(sums, row, strict=True))
        if min(rest) >= 0:
            for others in _fitting(shown[1:], rest):
                yield [row, *others]


def _require_nothing_small_is_told(rows: list[tuple[int, ...]], shown: list[Shown]) -> None:
    sums = tuple(sum(column) for column in zip(*rows, strict=True))
    known: list[list[set[int]]] = [[set() for _ in range(len(sums) + 1)] for _ in rows]
    for table in _fitting(shown, sums):
        for place, row in enumerate(table):
            for column, count in enumerate((*row, sum(row))):
                known[place][column].add(count)
        if all(len(values) > 1 for row in known for values in row):
            break
    for place, row in enumerate(rows):
        assert row in _possible(shown[place], sum(sums)), "What is shown must fit the row itself."
        for column, count in enumerate((*row, sum(row))):
            if 0 < count < LEAST:
                assert len(known[place][column]) > 1, (
                    f"{rows} shown as {shown}: the {count} in row {place} can be worked back. "
                    "Hide one row more."
                )


@settings(max_examples=600, deadline=None)
@given(ROWS)
def test_no_small_count_of_a_table_can_be_worked_back(rows) -> None:
    shown = together(rows, least=LEAST)
    if shown is not None:
        _require_nothing_small_is_told(rows, shown)


@settings(max_examples=300, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_no_small_count_of_a_single_row_can_be_worked_back(parts) -> None:
    shown = alone(parts, least=LEAST)
    possible = _possible(shown, sum(parts))
    for place, count in enumerate(parts):
        if 0 < count < LEAST:
            assert len({row[place] for row in possible}) > 1, f"{parts} shown as {shown}"


@given(ROWS)
def test_what_is_large_enough_is_shown(rows) -> None:
    large = [tuple(part * LEAST for part in row) for row in rows]
    assert together(large, least=LEAST) == [Shown(sum(row), row) for row in large]


def test_one_small_row_takes_another_one_with_it() -> None:
    shown = together([(40, 0), (2, 0), (9, 0), (30, 7)], least=5)
    assert shown is not None
    assert shown[1].total is Mark.SMALL
    assert shown[2] == Shown(Mark.KEPT, (Mark.KEPT, Mark.KEPT)), (
        "One row alone comes out of the sum less the others: hide the next smallest too."
    )
    assert shown[0].whole
    assert shown[3].whole


def test_a_total_large_enough_stays_beside_parts_that_do_not() -> None:
    shown = together([(40, 2), (30, 3), (50, 10)], least=5)
    assert shown is not None
    assert [one.total for one in shown] == [42, 33, 60]
    assert [one.whole for one in shown] == [False, False, True]


def test_many_small_rows_that_leave_no_doubt_are_not_shown() -> None:
    # Five units with one each: their sum, five, would say so.
    assert together([(1, 0)] * 5, least=3) is None
