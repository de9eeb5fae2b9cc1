"""What a report is once composed: plain values that the page, DOCX and PDF are made of.

Nothing here knows where a figure came from; `FigureRun.figure_id` is the key into the list of
figures that travels beside the document (`composed.figures`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class TextRun:
    text: str
    strong: bool = False


@dataclass(frozen=True)
class FigureRun:
    """A figure inside a sentence.

    Attributes:
        text: as printed, e.g. ``"22.014"``, ``"tăng 12,3 %"`` (no-break space before the sign).
        origin: ``counted``, ``computed``, ``datapoint`` or ``stated``; empty when there is none.
        missing: the figure has no value; ``text`` is then "chưa có số liệu".
        url: path of the page that shows what is behind the figure, with window and as-of moment.
    """

    figure_id: str
    text: str
    origin: str
    missing: bool
    url: str


Run = TextRun | FigureRun


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is a part (Phần, A, B), 2 a Roman section, 3 an Arabic item, 4 a letter.

    Attributes:
        text: with its number: "II. Một số kết quả nổi bật".
        number: "Phần thứ nhất" where it stands on a line of its own; ``title`` is then the rest.
    """

    level: int
    text: str
    anchor: str
    number: str = ""
    title: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    bullet: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one field of a table; ``span`` is the number of columns it covers."""

    runs: tuple[Run, ...] = ()
    span: int = 1
    strong: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class HeadCell:
    """A field of a head: ``column`` is where it begins, ``deep`` the lines it reaches down."""

    text: str
    column: int
    span: int = 1
    deep: int = 1


@dataclass(frozen=True)
class Table:
    """``numeric`` holds the indexes of the columns that are right aligned.

    Attributes:
        groups: a second line above the head, one text a column; neighbours with the same text
            are one field, an empty text lets the column's head reach up to it.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    numeric: frozenset[int] = frozenset()
    note: str = ""
    groups: tuple[str, ...] = ()

    @property
    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows as cells; a row that is too short or too long is made to fit the head."""
        return tuple(_fitted(row, len(self.head)) for row in self.rows)

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The texts of each column; a field that covers several columns belongs to none."""
        found: tuple[list[str], ...] = tuple([] for _head in self.head)
        for row in self.grid:
            place = 0
            for cell in row:
                if cell.span == 1:
                    found[place].append(cell.text)
                place += cell.span
        return tuple(tuple(column) for column in found)

    @property
    def heads(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The head in one line, or in two where columns stand in groups."""
        columns = [HeadCell(text, place) for place, text in enumerate(self.head)]
        if not self.groups:
            return (tuple(columns),)
        above: list[HeadCell] = []
        for column, group in zip(columns, self.groups, strict=True):
            if not group:
                above.append(replace(column, deep=2))
            elif above and above[-1].deep == 1 and above[-1].text == group:
                above[-1] = replace(above[-1], span=above[-1].span + 1)
            else:
                above.append(HeadCell(group, column.column))
        below = [one for one, group in zip(columns, self.groups, strict=True) if group]
        return tuple(above), tuple(below)


def _fitted(row: tuple[Cell | str, ...], columns: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    free = columns
    for one in row:
        cell = one if isinstance(one, Cell) else Cell((TextRun(one),))
        if not free:
            break
        cells.append(replace(cell, span=min(cell.span, free)))
        free -= cells[-1].span
    return (*cells, *[Cell()] * free)


@dataclass(frozen=True)
class Chart:
    """A chart always travels with its table and a sentence that says what is to be seen.

    ``spec`` is a Vega-Lite specification (a dict), made with Altair.
    """

    title: str
    subtitle: str
    alt: str
    spec: dict[str, Any]
    table: Table


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True)
class Appendix:
    """A table after the signature, on a page of its own.

    Attributes:
        number: "Phụ lục I"; "Phụ lục" where there is only one.
        reference: "(Kèm theo Báo cáo số … của …)".
        unit: the line above the table: "Đơn vị tính: …".
        notes: lines below the table: what a reader must know, the source, the cut-off.
        wide: the page lies on its long side.
    """

    number: str
    title: str
    reference: str
    unit: str
    table: Table
    notes: tuple[str, ...]
    anchor: str
    wide: bool = False


@dataclass(frozen=True)
class Document:
    """A composed report.

    Layout of the printed forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (section 1.3 of the rules).
    """

    report: str  # "socioeconomic"
    title: str  # Báo cáo "…"
    kind: str  # tên loại: "BÁO CÁO"
    subject: str  # trích yếu
    superior: str  # cơ quan chủ quản, may be empty
    agency: str  # "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"
    symbol: str  # "Số:        /BC-UBND"; a draft has no number yet
    place_and_date: str  # "Hà Nội, ngày 15 tháng 6 năm 2024"
    addressee: str  # "Kính gửi: …", may be empty
    period_label: str  # "6 tháng đầu năm 2024"
    as_of_label: str  # "Số liệu tính đến hết ngày 15/6/2024"
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()  # lines of the signing block, top to bottom
    missing: tuple[str, ...] = ()  # labels of figures without data, listed at the end
    assumptions: tuple[str, ...] = ()  # printed as notes
    draft: bool = True
    cover: bool = False  # a page before the first, with the title alone
    appendices: tuple[Appendix, ...] = ()
    extras: dict[str, str] = field(default_factory=dict)
