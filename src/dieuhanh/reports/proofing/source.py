"""A composed report as proof reads it: nothing is rendered and read back."""

from __future__ import annotations

from collections.abc import Iterator

from dieuhanh.proof.reading.source import Block, Cell, Kind, Source
from dieuhanh.reports.compose.document import Chart, Document, Heading, Paragraph, Table

#: Between two fields of a table in one line.
_BESIDE = " | "


def source_of(document: Document) -> Source:
    """The text of a report, paragraph by paragraph; tables field by field, of charts their table."""
    written = _Written()
    written.line(Kind.HEADING, document.kind, level=1)
    written.line(Kind.HEADING, document.subject, level=1)
    for block in document.blocks:
        match block:
            case Heading():
                written.line(Kind.HEADING, block.text, level=block.level)
            case Paragraph():
                said = "".join(run.text for run in block.runs)
                written.line(Kind.PARAGRAPH, f"- {said}" if block.bullet else said)
            case Chart():
                written.line(Kind.PARAGRAPH, block.title)
                written.table(block.table)
            case Table():
                written.table(block)
    for appendix in document.appendices:
        written.line(Kind.HEADING, f"{appendix.number}. {appendix.title}", level=1)
        written.table(appendix.table)
        for note in appendix.notes:
            written.line(Kind.PARAGRAPH, note)
    return Source(document.title, "".join(written.text), tuple(written.blocks))


class _Written:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self._length = 0
        self._tables = 0

    def _add(self, words: str) -> tuple[int, int]:
        start = self._length
        self.text.append(words)
        self._length += len(words)
        return start, self._length

    def line(self, kind: Kind, words: str, *, level: int = 0) -> None:
        words = " ".join(words.split("\n")).strip()
        if words:
            self.blocks.append(Block(kind, (self._add(words),), level=level))
            self._add("\n")

    def table(self, table: Table) -> None:
        if table.title:
            self.line(Kind.PARAGRAPH, table.title)
        for number, row in enumerate(_rows(table)):
            for column, words in row:
                if words:
                    place = Cell(self._tables, number, column)
                    self.blocks.append(Block(Kind.CELL, (self._add(words),), cell=place))
                    self._add(_BESIDE)
            self._add("\n")
        self._tables += 1
        if table.note:
            self.line(Kind.PARAGRAPH, table.note)


def _rows(table: Table) -> Iterator[list[tuple[int, str]]]:
    """Rows as (column, words): heads first; a field over several columns stands in its first."""
    for head in table.heads:
        yield [(one.column, one.text) for one in head]
    for row in table.grid:
        fields, column = [], 0
        for cell in row:
            fields.append((column, " ".join(cell.text.split())))
            column += cell.span
        yield fields
