"""Tables as a clerk writes them: rows of words and of references to figures, in TOML.

A row is a list of fields. A field is text in which ``[[id]]`` or ``[[id|form]]`` is a figure, or
``{ text = "…", span = 6 }`` where it covers several columns. A row of one field is a heading
inside the table; a row whose first field is ``**bold**`` is a total. A column "TT" is counted
here: Roman for headings, Arabic for rows, nothing for sub-rows that begin with "- ".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from dieuhanh.reports.compose.document import Cell, FigureRun, Table, TextRun
from dieuhanh.reports.compose.numbering import roman
from dieuhanh.reports.compose.sections import SectionError, referenced
from dieuhanh.reports.compose.writing import UNKNOWN, Writer

COUNTED = "TT"


@dataclass(frozen=True)
class Sheet:
    """A named table of a TOML file, with what is needed to tell a mistake's place in it."""

    path: Path
    name: str
    values: Mapping[str, Any]

    def line_of(self, text: str) -> int:
        """The line of the file on which ``text`` stands first; 1 where it is not found as such."""
        lines = self.path.read_text(encoding="utf-8").split("\n")
        return next((number for number, one in enumerate(lines, 1) if text and text in one), 1)

    def required(self, key: str) -> Any:
        if key not in self.values:
            place = self.line_of(f"[{self.name}]")
            raise SectionError(self.path, place, f"“{self.name}” thiếu “{key}”")
        return self.values[key]

    def words(self, key: str, writer: Writer) -> str:
        """The text of ``key`` with placeholders filled and figures written; may be empty."""
        text = str(self.values.get(key, ""))
        return writer.cell(self.path, self.line_of(text), text).text

    def figures(self) -> list[str]:
        """Ids of the figures that the sheet refers to."""
        return referenced(str(self.values))

    @cached_property
    def head(self) -> tuple[str, ...]:
        return tuple(str(one) for one in self.required("head"))


class Shelf:
    """The sheets of one file; a file that is absent holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            self._sheets: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise SectionError(path, 1, f"tệp viết sai: {error}") from None

    def get(self, name: str) -> Sheet | None:
        values = self._sheets.get(name)
        return Sheet(self.path, name, values) if isinstance(values, dict) else None


@dataclass(frozen=True)
class Row:
    """A row of a table with the values that stand in its fields, by column of the sheet."""

    cells: tuple[Cell, ...]
    values: tuple[Decimal | None, ...]

    @property
    def name(self) -> str:
        return self.cells[0].text


def rows(sheet: Sheet, writer: Writer) -> list[Row]:
    """Raises SectionError: a reference to no figure, or more fields than columns."""
    width = len(sheet.head) - (sheet.head[0] == COUNTED)
    unknown = str(sheet.values.get("unknown", UNKNOWN))
    found = []
    for raw in sheet.required("rows"):
        cells = _cells(sheet, writer, raw, width=width, unknown=unknown)
        covered = sum(cell.span for cell in cells)
        if covered > width:
            reason = f"dòng bảng có {covered} ô, bảng có {width} cột"
            raise SectionError(sheet.path, sheet.line_of(_text(raw[0])), reason)
        cells += (Cell(),) * (width - covered)
        spread = [one for cell in cells for one in (cell, *[Cell()] * (cell.span - 1))]
        found.append(Row(cells, tuple(writer.value(cell) for cell in spread)))
    return found


def _text(raw: str | Mapping[str, Any]) -> str:
    return raw if isinstance(raw, str) else str(raw["text"])


def _cells(
    sheet: Sheet,
    writer: Writer,
    raw: Sequence[str | Mapping[str, Any]],
    *,
    width: int,
    unknown: str,
) -> tuple[Cell, ...]:
    heading = len(raw) == 1 < width
    strong = heading or _text(raw[0]).startswith("**")
    cells = []
    for one in raw:
        text = _text(one)
        cell = writer.cell(sheet.path, sheet.line_of(text), text, unknown=unknown, strong=strong)
        span = width if heading else 1 if isinstance(one, str) else int(one["span"])
        cells.append(replace(cell, span=span))
    return tuple(cells)


def table(sheet: Sheet, writer: Writer, found: Sequence[Row], *, title: str, note: str) -> Table:
    """The printed table: counted, with figures to the right."""
    head = tuple(writer.cell(sheet.path, 1, one).text for one in sheet.head)
    groups = tuple(writer.cell(sheet.path, 1, one).text for one in sheet.values.get("groups", ()))
    counted = head[0] == COUNTED
    printed = list(_counted(found)) if counted else [row.cells for row in found]
    numeric = set()
    for cells in printed:
        place = 0
        for cell in cells:
            if place and cell.span == 1 and any(isinstance(run, FigureRun) for run in cell.runs):
                numeric.add(place)
            place += cell.span
    return Table(
        title=title,
        head=head,
        rows=tuple(printed),
        numeric=frozenset(numeric | ({0} if counted else set())),
        note=note,
        groups=groups,
    )


def _counted(found: Sequence[Row]) -> list[tuple[Cell, ...]]:
    parts = number = 0
    printed = []
    for row in found:
        first = row.cells[0]
        if first.span > 1:
            parts += 1
            number = 0
            count = roman(parts)
        elif first.text.startswith("- ") or first.strong:
            count = ""
        else:
            number += 1
            count = str(number)
        printed.append((Cell((TextRun(count),), strong=first.strong), *row.cells))
    return printed
