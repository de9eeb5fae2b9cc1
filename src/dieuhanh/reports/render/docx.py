"""A report as DOCX in the layout of issued papers, with styles that a word processor knows.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from dieuhanh.reports.compose.document import Chart, Document, Heading, Paragraph, Table, TextRun
from dieuhanh.reports.render import charts, letterhead
from dieuhanh.reports.render.text_width import column_shares, ordinals, type_size

FACE = "Times New Roman"
LINE = Mm(160)  # A4 less 30 mm left and 20 mm right
INDENT = Mm(12.7)
#: Moment in the archive and in the properties of a file that is given no other.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_RIGHT, _BLOCK = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def render(document: Document, *, created: datetime | None = None) -> bytes:
    """The report as DOCX. The same document gives the same bytes.

    Args:
        created: moment of making, written into the file's properties, with its zone.
    """
    word = docx.Document(io.BytesIO(_template()))
    _properties(word, document, created or EPOCH)
    _letterhead(word, document)
    _title(word, document)
    for block in document.blocks:
        match block:
            case Heading():
                _heading(word, block.text, block.level)
            case Paragraph():
                _paragraph(word, block)
            case Table():
                _table(word, block, title=block.title)
            case Chart():
                _chart(word, block)
    _signing(word, document)
    _notes(word, document)
    made = io.BytesIO()
    word.save(made)
    return _fixed(made.getvalue())


# The empty paper: page, styles, page number ---------------------------------------------------


@lru_cache(maxsize=1)
def _template() -> bytes:
    """An empty paper with page, styles and page number; made once a process."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])

    styles = word.styles
    normal = styles["Normal"]
    _face(normal, size=14)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "vi-VN")
        lang.set(qn("w:eastAsia"), "vi-VN")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)

    body = styles["Body Text"]
    _face(body, size=14)
    body.paragraph_format.alignment = _BLOCK
    body.paragraph_format.first_line_indent = INDENT
    body.paragraph_format.space_before = Pt(0)
    body.paragraph_format.space_after = Pt(6)
    body.paragraph_format.line_spacing = 1.1
    body.paragraph_format.widow_control = True

    caption = styles["Caption"]
    _face(caption, size=13, bold=True)
    caption.paragraph_format.alignment = _CENTRE
    caption.paragraph_format.space_before = Pt(8)
    caption.paragraph_format.space_after = Pt(4)
    caption.paragraph_format.keep_with_next = True

    for level in range(1, 5):
        style = styles[f"Heading {level}"]
        _face(style, size=14, bold=True, italic=level == 4)
        layout = style.paragraph_format
        layout.alignment = _CENTRE if level == 1 else _LEFT
        layout.first_line_indent = None if level == 1 else INDENT
        layout.space_before, layout.space_after = Pt(8 if level < 3 else 4), Pt(6)
        layout.keep_with_next = True
        layout.line_spacing = 1.1
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def _face(style: Any, *, size: float, bold: bool = False, italic: bool = False) -> None:
    """Times New Roman, black, instead of the faces and colours of a theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FACE)
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)


def _page_number(paragraph: WordParagraph) -> None:
    paragraph.alignment = _CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "2"), ("end", "")):
        if kind == "shown":
            run.add_text(text)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            order = OxmlElement("w:instrText")
            order.set(qn("xml:space"), "preserve")
            order.text = f" {text} "
            run._r.append(order)


def _properties(word: WordDocument, document: Document, created: datetime) -> None:
    moment = created.astimezone(UTC).replace(tzinfo=None)
    properties = word.core_properties
    properties.title = document.title[:255]
    properties.subject = document.subject[:255]
    properties.author = document.agency[:255]
    properties.last_modified_by = document.agency[:255]
    properties.keywords = document.period_label[:255]
    properties.comments = document.as_of_label[:255]
    properties.language = "vi-VN"
    properties.created = properties.modified = moment
    properties.revision = 1


# Letterhead and title -------------------------------------------------------------------------


def _letterhead(word: WordDocument, document: Document) -> None:
    """Agency left, nation right; the number and the date on one line below."""
    (agency, nation), (symbol, date) = _frame(word, rows=2, widths=(Mm(65), Mm(95)))
    lines = letterhead.agency_lines(document.superior) if document.superior else []
    for text in lines:
        _line(agency, text, size=12)
    for text in letterhead.agency_lines(document.agency):
        _line(agency, text, size=12, bold=True)
    _rule(agency, room=Mm(65), length=Mm(25))
    _line(nation, letterhead.NATION, size=12, bold=True)
    _line(nation, letterhead.MOTTO, size=13, bold=True)
    _rule(nation, room=Mm(95), length=Mm(56))
    number = _line(symbol, document.symbol, size=13)
    if document.draft:
        number.add_run(" ")
        mark = number.add_run(letterhead.DRAFT.replace(" ", "\N{NO-BREAK SPACE}"))
        mark.bold, mark.font.size = True, Pt(13)
    _line(date, document.place_and_date, size=13, italic=True)


def _title(word: WordDocument, document: Document) -> None:
    kind = word.add_paragraph()
    kind.alignment = _CENTRE
    kind.paragraph_format.space_before = Pt(16)
    kind.paragraph_format.keep_with_next = True
    kind.add_run(document.kind).bold = True
    subject = word.add_paragraph()
    subject.alignment = _CENTRE
    subject.paragraph_format.space_before = Pt(2)
    subject.paragraph_format.keep_with_next = True
    subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Mm(8)
    subject.add_run(letterhead.kept_together(document.subject)).bold = True
    _rule(word, room=LINE, length=Mm(50), after=Pt(8))
    if document.addressee:
        addressee = word.add_paragraph(document.addressee)
        addressee.alignment = _CENTRE
        addressee.paragraph_format.space_before = Pt(4)
        addressee.paragraph_format.space_after = Pt(10)


def _frame(word: WordDocument, *, rows: int, widths: tuple[int, int]) -> list[tuple[Any, Any]]:
    """A table without borders that only holds things side by side; cells row by row."""
    table = word.add_table(rows=rows, cols=2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    cells: list[tuple[Any, Any]] = []
    for row in table.rows:
        left, right = row.cells
        for cell, width in zip((left, right), widths, strict=True):
            cell.width = Emu(width)
        cells.append((left, right))
        _row_setting(row, "w:cantSplit")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    return cells


def _line(
    cell: _Cell,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    alignment: WD_ALIGN_PARAGRAPH = _CENTRE,
) -> WordParagraph:
    """One more line in ``cell``; the empty paragraph a cell begins with is used first."""
    fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    paragraph: WordParagraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
    paragraph.alignment = alignment
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _rule(place: Any, *, room: int, length: int, after: int = Pt(2)) -> None:
    """A centred rule of ``length`` in a place that is ``room`` wide: a border between indents."""
    paragraph = place.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Emu((room - length) // 2)
    layout.space_before, layout.space_after = Pt(4), after
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    borders = OxmlElement("w:pBdr")
    border = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    # The schema wants the border before tabs, spacing and indents.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


# Body -----------------------------------------------------------------------------------------


def _heading(word: WordDocument, text: str, level: int) -> None:
    word.add_paragraph(letterhead.kept_together(text), style=f"Heading {min(max(level, 1), 4)}")


def _paragraph(word: WordDocument, block: Paragraph) -> None:
    paragraph = word.add_paragraph(style="Body Text")
    if block.bullet:
        paragraph.add_run("- ")
    for part in block.runs:
        run = paragraph.add_run(part.text)
        if isinstance(part, TextRun) and part.strong:
            run.bold = True
        if letterhead.is_missing(part):
            run.italic = True


def _table(word: WordDocument, block: Table, *, title: str) -> None:
    """A table with its caption above, a head that repeats, figures to the right."""
    if title:
        word.add_paragraph(title, style="Caption")
    columns = len(block.head)
    table = word.add_table(rows=0, cols=columns, style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [Emu(int(share * LINE)) for share in column_shares(block)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    size = type_size(block)
    sides = [
        _CENTRE if index in ordinals(block) else _RIGHT if index in block.numeric else _LEFT
        for index in range(columns)
    ]
    _row(table, block.head, widths, [_CENTRE] * columns, size=size, bold=True)
    _row_setting(table.rows[0], "w:tblHeader")
    short = len(block.rows) <= 10
    for place, row in enumerate(block.rows):
        cells = [*row, *[""] * columns][:columns]
        # A short table stays on one page: each row but the last is kept with the next.
        keep = short and place < len(block.rows) - 1
        _row(table, cells, widths, sides, size=size, keep=keep)
    if title:
        _describe(table, title)
    note = word.add_paragraph()
    note.paragraph_format.space_before = Pt(4 if block.note else 0)
    note.paragraph_format.space_after = Pt(8 if block.note else 2)
    note.alignment = _BLOCK
    run = note.add_run(block.note)
    run.italic, run.font.size = True, Pt(12 if block.note else 6)
    if not block.note:
        note.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        note.paragraph_format.line_spacing = Pt(6)


def _row(
    table: Any,
    texts: Iterable[str],
    widths: list[Emu],
    sides: list[WD_ALIGN_PARAGRAPH],
    *,
    size: float,
    bold: bool = False,
    keep: bool = False,
) -> None:
    """One more row. Written as XML at once: adding cells one by one grows with the square."""
    row = table._tbl.add_tr()
    for text, width, side in zip(texts, widths, sides, strict=True):
        tc = row.add_tc()
        tc.width = width
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        tc.get_or_add_tcPr().append(middle)
        paragraph = WordParagraph(tc.p_lst[0], table)
        paragraph.alignment = side
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(2)
        layout.keep_with_next = keep or bold
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        if bold:
            run.bold = True
    split = OxmlElement("w:cantSplit")
    row.get_or_add_trPr().append(split)


def _row_setting(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _describe(table: Any, title: str) -> None:
    """The title of a table for screen readers."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)


def _chart(word: WordDocument, block: Chart) -> None:
    """Title, window, picture with its sentence, then the table the picture is made of."""
    title = word.add_paragraph(block.title, style="Caption")
    title.paragraph_format.space_before = Pt(10)
    if block.subtitle:
        subtitle = word.add_paragraph()
        subtitle.alignment = _CENTRE
        subtitle.paragraph_format.keep_with_next = True
        subtitle.paragraph_format.space_after = Pt(6)
        run = subtitle.add_run(block.subtitle)
        run.italic, run.font.size = True, Pt(12)
    holder = word.add_paragraph()
    holder.alignment = _CENTRE
    holder.paragraph_format.keep_with_next = True
    holder.paragraph_format.space_after = Pt(4)
    image = charts.png({**block.spec, "description": block.alt})
    picture = holder.add_run().add_picture(io.BytesIO(image), width=LINE)
    picture._inline.docPr.set("descr", block.alt)
    picture._inline.docPr.set("title", block.title)
    _table(word, block.table, title=letterhead.caption_below(block))


# End of the paper -----------------------------------------------------------------------------


def _signing(word: WordDocument, document: Document) -> None:
    """Recipients left and signature right; they never part."""
    above, signer = letterhead.signature_parts(document)
    recipients = letterhead.recipient_lines(document)
    if not (above or signer or recipients):
        return
    gap = word.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    gap.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    gap.paragraph_format.line_spacing = Pt(8)
    ((left, right),) = _frame(word, rows=1, widths=(Mm(80), Mm(80)))
    if recipients:
        _line(left, letterhead.RECIPIENTS, size=12, bold=True, italic=True, alignment=_LEFT)
    for text in recipients:
        _line(left, text, size=11, alignment=_LEFT)
    for text in above:
        _line(right, text, size=14, bold=True)
    for text in signer:
        line = _line(right, text, size=14, bold=True)
        if text == signer[0]:
            line.paragraph_format.space_before = Mm(26)


def _notes(word: WordDocument, document: Document) -> None:
    groups = letterhead.notes(document)
    if not groups:
        return
    heading = word.add_paragraph(letterhead.NOTES, style="Heading 1")
    heading.paragraph_format.page_break_before = True
    for label, lines in groups:
        if label:
            head = word.add_paragraph(style="Body Text")
            head.paragraph_format.keep_with_next = True
            head.add_run(label).bold = True
        for line in lines:
            word.add_paragraph(f"- {line}" if label else line, style="Body Text")


def _fixed(archive: bytes) -> bytes:
    """The same archive with one moment on every member, so that equal papers are equal bytes."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return made.getvalue()
