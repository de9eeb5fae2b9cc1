"""Tables of a DOCX: heads that repeat, fields over several columns, figures to the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from dieuhanh.reports.compose.document import Cell, Table, TextRun
from dieuhanh.reports.render import letterhead
from dieuhanh.reports.render.text_width import column_shares, ordinals, type_size

LINE = Mm(160)  # A4 less 30 mm left and 20 mm right
LYING_LINE = Mm(257)  # A4 on its long side less 20 mm on both sides

_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def grid(
    word: WordDocument,
    block: Table,
    *,
    title: str,
    wide: bool = False,
    whole: bool = False,
    tight: bool = False,
) -> None:
    """The lines of a table.

    Args:
        whole: the table stays on one page: each row but the last is kept with the next.
        tight: a long table of an appendix; its last rows are kept with what is below.
    """
    columns = len(block.head)
    table = word.add_table(rows=0, cols=columns, style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    line = LYING_LINE if wide else LINE
    widths = [Emu(int(share * line)) for share in column_shares(block, wide=wide)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    size = type_size(block, wide=wide)
    sides = [
        _CENTRE if index in ordinals(block) else _RIGHT if index in block.numeric else _LEFT
        for index in range(columns)
    ]
    for fields in _head(block):
        _row(table, fields, widths, [_CENTRE] * columns, size=size, bold=True)
        _row_setting(table.rows[-1], "w:tblHeader")
    for place, row in enumerate(block.grid):
        # A heading inside the table stays with its rows, the notes below with the last of them.
        left = len(block.rows) - 1 - place
        keep = (whole and left > 0) or row[-1].strong or (tight and left < 2)
        fields = [(cell, "") for cell in row]
        _row(table, fields, widths, sides, size=size, keep=keep, gap=1 if tight else 2)
    if title:
        _describe(table, title)


def _head(block: Table) -> list[list[tuple[Cell, str]]]:
    """The lines of the head; a field that reaches down goes on in the second line, empty."""
    above, *rest = block.heads
    lines = [
        [(Cell((TextRun(one.text),), one.span), "restart" if one.deep > 1 else "") for one in above]
    ]
    for below in rest:
        known = {one.column: (Cell((TextRun(one.text),)), "") for one in below}
        lines.append([known.get(at, (Cell(), "continue")) for at in range(len(block.head))])
    return lines


def _row(
    table: Any,
    fields: Iterable[tuple[Cell, str]],
    widths: list[Emu],
    sides: list[WD_ALIGN_PARAGRAPH],
    *,
    size: float,
    bold: bool = False,
    keep: bool = False,
    gap: float = 2,
) -> None:
    """One more row. Written as XML at once: adding cells one by one grows with the square.

    Args:
        fields: each cell, and its part in a field of several lines: "restart", "continue" or "".
        gap: room above and below the words, in points.
    """
    row = table._tbl.add_tr()
    place = 0
    for cell, merged in fields:
        tc = row.add_tc()
        tc.width = Emu(sum(widths[place : place + cell.span]))
        settings = tc.get_or_add_tcPr()
        if cell.span > 1:
            tc.grid_span = cell.span
        if merged:
            tc.vMerge = merged
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        settings.append(middle)
        paragraph = WordParagraph(tc.p_lst[0], table)
        spread = sides[place] if cell.span == 1 else _LEFT if cell.strong else _CENTRE
        paragraph.alignment = _CENTRE if bold else spread
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(gap)
        layout.keep_with_next = keep or bold
        for part in cell.runs:
            run = paragraph.add_run(part.text)
            run.font.size = Pt(size)
            if bold or cell.strong or (isinstance(part, TextRun) and part.strong):
                run.bold = True
            if letterhead.is_missing(part):
                run.italic = True
        place += cell.span
    split = OxmlElement("w:cantSplit")
    row.get_or_add_trPr().append(split)


def _row_setting(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _describe(table: Any, title: str) -> None:
    """The title of a table for screen readers."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)
