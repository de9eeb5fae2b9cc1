"""Tables in a text: those of Markdown, with or without the line under their head, and rows with tabs,
as they are pasted from a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dieuhanh.proof.reading.lines import Line
from dieuhanh.proof.reading.source import Block, Cell, Kind

#: The line under the head of a table: |---|:--:|
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-{1,200}:?[ \t]*(?:\||\Z)")

_LONGEST_CELL = 40
#: Fewer lines between bars, or fewer cells in them, are no table.
_FEWEST_ROWS, _FEWEST_BARS = 3, 3

Rows = dict[int, tuple[Block, ...]]


def tables(text: str, lines: Sequence[Line]) -> Rows:
    """The rows of all tables as cells, by where their lines begin."""
    rows = _ruled(text, lines)
    table = len(rows)  # more than there are tables so far
    for run in _barred(text, [line for line in lines if line.start not in rows]):
        rows.update((line.start, _cells(text, line, table, at)) for at, line in enumerate(run))
        table += 1
    row = 0
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if line.gap or not row:
            table, row = table + 1, 0
        tabbed = _has_tab(text, line) or (row > 0 and _is_end_of_row(text, line))
        goes_on = after is not None and not after.gap and _has_tab(text, after)
        if line.start not in rows and tabbed and (row or goes_on):
            rows[line.start] = _tabbed(text, line, table, row)
            row += 1
        else:
            row = 0
    return rows


def _has_tab(text: str, line: Line) -> bool:
    return text.find("\t", line.start, line.end) >= 0


def _is_end_of_row(text: str, line: Line) -> bool:
    """A single cell after empty ones; a longer one would be an indented paragraph."""
    return line.end - line.start <= _LONGEST_CELL and text[line.start - 1] == "\t"


def _tabbed(text: str, line: Line, table: int, row: int) -> tuple[Block, ...]:
    # Empty cells at the beginning were taken for space.
    first = text.rfind("\n", 0, line.start) + 1
    column = text.count("\t", first, line.start)
    cells = []
    at = line.start
    for part in text[line.start : line.end].split("\t"):
        if said := part.strip():
            start = at + part.index(said)
            place = Cell(table, row, column)
            cells.append(Block(Kind.CELL, ((start, start + len(said)),), cell=place))
        at += len(part) + 1
        column += 1
    return tuple(cells)


def _ruled(text: str, lines: Sequence[Line]) -> dict[int, tuple[Block, ...]]:
    """Tables of Markdown."""
    rows: dict[int, tuple[Block, ...]] = {}
    table = 0
    for index, line in enumerate(lines[1:], start=1):
        head = lines[index - 1]
        if line.gap or line.start in rows or "|" not in text[head.start : head.end]:
            continue
        if not is_table_rule(text[line.start : line.end]):
            continue
        rows[head.start] = _cells(text, head, table, 0)
        rows[line.start] = (Block(Kind.FURNITURE, ((line.start, line.end),)),)
        below = index + 1
        while below < len(lines) and not lines[below].gap:
            row = lines[below]
            if "|" not in text[row.start : row.end]:
                break
            rows[row.start] = _cells(text, row, table, below - index)
            below += 1
        table += 1
    return rows


def _barred(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that begin and end with a bar, and have as many of them as their neighbours."""
    run: list[Line] = []
    bars = 0
    for line in lines:
        said = text[line.start : line.end]
        count = said.count("|") if len(said) > 1 and said[0] == said[-1] == "|" else 0
        if run and (line.gap or count != bars):
            if len(run) >= _FEWEST_ROWS:
                yield run
            run = []
        if count >= _FEWEST_BARS:
            run.append(line)
        bars = count
    if len(run) >= _FEWEST_ROWS:
        yield run


def is_table_rule(line: str) -> bool:
    line = line.strip()
    return _TABLE_RULE.match(line) is not None and set(line) <= set("|-: \t") and "-" in line


def _cells(text: str, line: Line, table: int, row: int) -> tuple[Block, ...]:
    """The cells of a row; an empty one makes no block, but counts as a column."""
    start = line.start + (text[line.start] == "|")
    cells = []
    column = 0
    while start < line.end:
        end = text.find("|", start, line.end)
        while end > 0 and text[end - 1] == "\\":
            end = text.find("|", end + 1, line.end)
        end = line.end if end < 0 else end
        said = text[start:end].strip()
        if said:
            at = start + text[start:end].index(said)
            place = Cell(table, row, column)
            cells.append(Block(Kind.CELL, ((at, at + len(said)),), cell=place))
        start, column = end + 1, column + 1
    return tuple(cells)
