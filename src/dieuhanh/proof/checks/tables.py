"""Tables: columns against their total row, rows against their total column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.understanding.quantities import decimal_of
from dieuhanh.proof.written import number
from dieuhanh.text.fold import fold

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
#: "Tổng", "Tổng số đơn", "Toàn tỉnh"; not "Tổng dư nợ", which is the name of a figure.
_TOTAL = re.compile(
    r"^(?:[a-zivx\d]{1,3}[.)]?\s)?(?:tong (?:so|cong)\b|(?:tong|cong|toan (?:thanh pho|tinh|huyen|quan|xa))\W*$)"
)
#: Columns that number, divide or compare, and are never added.
_NOT_ADDED = re.compile(
    r"^(?:stt|tt|so tt)$|ty le|ti le|%|thu hang|ghi chu|binh quan|so voi|\b(?:tang|giam)\b"
)


@dataclass(frozen=True)
class Figure:
    """A number that fills a cell."""

    span: Span
    value: Decimal


class Grid:
    """The passages of one table by row and column."""

    def __init__(self, cells: dict[tuple[int, int], Passage]) -> None:
        self.cells = cells
        self.rows = sorted({row for row, _column in cells})
        self.columns = sorted({column for _row, column in cells})

    def words(self, row: int, column: int) -> str:
        passage = self.cells.get((row, column))
        return fold(passage.text) if passage else ""

    def figure(self, row: int, column: int) -> Figure | None:
        passage = self.cells.get((row, column))
        if passage is None or not _NUMBER.fullmatch(passage.text):
            return None
        return Figure(Span(passage, 0, len(passage.text)), decimal_of(passage.text))

    def label(self, row: int) -> str:
        """The words that name a row: its first cell that is no number."""
        return next(
            (
                self.words(row, column)
                for column in self.columns
                if not _numeric(self.words(row, column))
            ),
            "",
        )

    def heading(self, column: int) -> str:
        return self.words(self.rows[0], column)


def _numeric(words: str) -> bool:
    return not words or bool(re.fullmatch(r"[\d.,%ivx)-]+", words))


def grids(report: Report) -> Iterator[Grid]:
    tables: dict[int, dict[tuple[int, int], Passage]] = {}
    for passage in report.passages:
        cell = passage.block.cell
        if cell is not None:
            tables.setdefault(cell.table, {})[cell.row, cell.column] = passage
    yield from (Grid(cells) for cells in tables.values())


@check(
    "tables.column", Severity.ERROR,
    "Cột của bảng cộng lại phải bằng dòng tổng", "A column adds up to its total row",
)  # fmt: skip
def column(report: Report) -> Iterator[Remark]:
    for grid in grids(report):
        totals = [row for row in grid.rows if _TOTAL.match(grid.label(row))]
        filled = [row for row in grid.rows if any(grid.figure(row, at) for at in grid.columns)]
        if len(totals) != 1 or totals[0] not in (filled[:1] + filled[-1:]):
            continue  # none; subtotals whose parts nobody marked; the total of one part of the table
        for at in grid.columns:
            if _NOT_ADDED.search(grid.heading(at)):
                continue
            total = grid.figure(totals[0], at)
            parts = [
                one
                for row in grid.rows
                if row != totals[0] and (one := grid.figure(row, at)) is not None
            ]
            if total is None or len(parts) < 2 or _is_count(parts):
                continue
            summed = sum((one.value for one in parts), Decimal(0))
            if summed != total.value and abs(summed - total.value) > _slack([total, *parts]):
                yield _remark(total, parts, summed, "Cột", "The column")


def _is_count(parts: list[Figure]) -> bool:
    """1, 2, 3, …: a column that numbers its rows."""
    return [one.value for one in parts] == [Decimal(at + 1) for at in range(len(parts))]


def _slack(figures: list[Figure]) -> Decimal:
    return sum(
        (Decimal(5).scaleb(int(one.value.as_tuple().exponent) - 1) for one in figures
         if int(one.value.as_tuple().exponent) < 0), Decimal(0),
    )  # fmt: skip


def _decimals(one: Figure) -> int:
    return max(0, -int(one.value.as_tuple().exponent))


def _remark(total: Figure, parts: list[Figure], summed: Decimal, vi: str, en: str) -> Remark:
    shown = [one.span.words for one in parts]
    listed = " + ".join(shown if len(shown) <= 8 else [*shown[:4], "…", shown[-1]])
    return Remark(
        total.span,
        f"{vi} cộng lại được {number(summed)}, dòng hoặc cột tổng ghi {total.span.words}.",
        f"{en} adds up to {number(summed)}; the total says {total.span.words}.",
        f"{listed} = {number(summed)} ≠ {total.span.words}", number(summed, _decimals(total)), tuple(one.span for one in parts),
    )  # fmt: skip


@check(
    "tables.row", Severity.ERROR,
    "Dòng của bảng cộng lại phải bằng cột tổng", "A row adds up to its total column",
)  # fmt: skip
def row_sum(report: Report) -> Iterator[Remark]:
    """Only where the other rows of the table keep the rule: at least two, and more than break it."""
    for grid in grids(report):
        totals = [at for at in grid.columns if _TOTAL.match(grid.heading(at))]
        if len(totals) != 1:
            continue
        kept, broken = 0, []
        for row in grid.rows[1:]:
            total = grid.figure(row, totals[0])
            parts = [
                one for at in grid.columns
                if at != totals[0] and not _NOT_ADDED.search(grid.heading(at)) and at > grid.columns[0]
                and (one := grid.figure(row, at)) is not None
            ]  # fmt: skip
            if total is None or len(parts) < 2:
                continue
            summed = sum((one.value for one in parts), Decimal(0))
            if abs(summed - total.value) <= _slack([total, *parts]):
                kept += 1
            else:
                broken.append(_remark(total, parts, summed, "Dòng", "The row"))
        if kept >= 2 and len(broken) < kept:
            yield from broken


#: How a column of per cents comes from two others: share, its reverse, growth.
_FORMULAS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "{b} : {a} × 100": lambda a, b: b * 100 / a,
    "{a} : {b} × 100": lambda a, b: a * 100 / b,
    "({b} − {a}) : {a} × 100": lambda a, b: (b - a) * 100 / a,
}
_PER_CENT = re.compile(r"%|ty le|ti le|phan tram|\b(?:tang|giam)\b")
_Row = tuple[Figure, Figure, Figure, Decimal]


@check(
    "tables.percent", Severity.ERROR,
    "Cột tỷ lệ của bảng phải khớp với hai cột khác, như ở các dòng còn lại",
    "A column of per cents fits two others, as in the other rows",
)  # fmt: skip
def per_cent(report: Report) -> Iterator[Remark]:
    """Only where at least three rows keep one rule, and at most one in four breaks it."""
    for grid in grids(report):
        for at in grid.columns:
            if _PER_CENT.search(grid.heading(at)):
                yield from _of_others(grid, at)


def _of_others(grid: Grid, at: int) -> Iterator[Remark]:
    most, rule, odd = 0, "", list[_Row]()
    for first, second in combinations([one for one in grid.columns if one < at], 2):
        for name, formula in _FORMULAS.items():
            kept, broken = _kept(grid, (first, second, at), formula)
            if kept >= max(3, most + 1) and len(broken) * 4 <= kept + len(broken):
                most, rule, odd = kept, name, broken
    for a, b, shown, exact in odd:
        places = max(-int(shown.value.as_tuple().exponent), 0)
        right = number(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)
        yield Remark(
            shown.span,
            f"Tỷ lệ tính ra {right}, bảng ghi {shown.span.words}; các dòng khác đều khớp.",
            f"Reckoned {right}, the table says {shown.span.words}; the other rows fit.",
            f"{rule.format(a=a.span.words, b=b.span.words)} = {right}", right, (a.span, b.span),
        )  # fmt: skip


def _kept(
    grid: Grid, columns: tuple[int, int, int], formula: Callable[[Decimal, Decimal], Decimal]
) -> tuple[int, list[_Row]]:
    """How many rows keep a rule, and those that do not; a step of rounding is kept."""
    kept, broken = 0, []
    for row in grid.rows:
        a, b, shown = (grid.figure(row, one) for one in columns)
        if a is None or b is None or shown is None or not a.value or not b.value:
            continue
        exact = formula(a.value, b.value)
        if abs(exact - shown.value) <= Decimal(1).scaleb(int(shown.value.as_tuple().exponent)):
            kept += 1
        else:
            broken.append((a, b, shown, exact))
    return kept, broken
