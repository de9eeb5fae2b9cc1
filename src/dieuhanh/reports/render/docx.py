"""A report as DOCX in the layout of issued papers, with styles that a word processor knows.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from dieuhanh.reports.compose.document import (
    Appendix,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
    TextRun,
)
from dieuhanh.reports.render import charts, letterhead
from dieuhanh.reports.render.docx_tables import LINE, LYING_LINE, grid

FACE = "Times New Roman"
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
    if document.cover:
        _cover(word, document)
    _letterhead(word, document)
    _title(word, document)
    for block in document.blocks:
        match block:
            case Heading():
                _heading(word, block)
            case Paragraph():
                _paragraph(word, block)
            case Table():
                _table(word, block, title=block.title)
            case Chart():
                _chart(word, block)
    _signing(word, document)
    for appendix in document.appendices:
        _appendix(word, appendix)
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
        _face(style, size=14, bold=level < 4, italic=level == 4)
        layout = style.paragraph_format
        layout.alignment = _LEFT
        layout.first_line_indent = INDENT
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
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
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


def _heading(word: WordDocument, block: Heading) -> None:
    style = f"Heading {min(max(block.level, 1), 4)}"
    if not block.number:
        word.add_paragraph(letterhead.kept_together(block.text), style=style)
        return
    paragraph = word.add_paragraph(block.number, style=style)
    paragraph.alignment, paragraph.paragraph_format.first_line_indent = _CENTRE, Mm(0)
    paragraph.runs[0].add_break()
    paragraph.add_run(letterhead.kept_together(block.title)).font.all_caps = True


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
    grid(word, block, title=title, whole=len(block.rows) <= 10)
    note = word.add_paragraph()
    note.paragraph_format.space_before = Pt(4 if block.note else 0)
    note.paragraph_format.space_after = Pt(8 if block.note else 2)
    note.alignment = _BLOCK
    run = note.add_run(block.note)
    run.italic, run.font.size = True, Pt(12 if block.note else 6)
    if not block.note:
        note.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        note.paragraph_format.line_spacing = Pt(6)


def _chart(word: WordDocument, block: Chart) -> None:
    """Title, window, picture with its sentence; its table, which has a caption of its own."""
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
    holder.paragraph_format.space_after = Pt(4)
    image = charts.png({**block.spec, "description": block.alt})
    picture = holder.add_run().add_picture(io.BytesIO(image), width=LINE)
    picture._inline.docPr.set("descr", block.alt)
    picture._inline.docPr.set("title", block.title)
    _table(word, block.table, title=letterhead.caption_below(block))


# Cover and appendices: sections with page numbers of their own ---------------------------------


def _cover(word: WordDocument, document: Document) -> None:
    """A framed page before the first: no number, and not counted."""
    section = word.sections[0]
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    _framed(section)
    (agency, nation), *_none = _frame(word, rows=1, widths=(Mm(68), Mm(92)))
    for text in letterhead.agency_lines(document.superior) if document.superior else []:
        _line(agency, text, size=12)
    for text in letterhead.agency_lines(document.agency):
        _line(agency, text, size=12, bold=True)
    _rule(agency, room=Mm(68), length=Mm(25))
    _line(nation, letterhead.NATION, size=12, bold=True)
    _line(nation, letterhead.MOTTO, size=13, bold=True)
    _rule(nation, room=Mm(92), length=Mm(56))
    _cover_line(word, document.kind, size=24, bold=True, above=Mm(62))
    subject = letterhead.kept_together(document.subject)
    title = _cover_line(word, subject, size=17, bold=True, above=Mm(7))
    title.runs[0].font.all_caps = True
    title.paragraph_format.line_spacing = 1.25
    _rule(word, room=LINE, length=Mm(50), after=Pt(8))
    _cover_line(word, f"({document.as_of_label})", size=13, italic=True, above=Mm(3))
    if document.draft:
        _cover_line(word, letterhead.DRAFT, size=14, bold=True, above=Mm(5))
    place = _cover_line(word, document.place_and_date, size=14, italic=True, above=Mm(82))
    place.paragraph_format.space_after = Pt(0)
    _new_section(word)


def _cover_line(
    word: WordDocument,
    text: str,
    *,
    size: float,
    above: int,
    bold: bool = False,
    italic: bool = False,
) -> WordParagraph:
    paragraph = word.add_paragraph()
    paragraph.alignment = _CENTRE
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = above, Pt(6)
    layout.left_indent = layout.right_indent = Mm(10)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _framed(section: Section) -> None:
    """A double frame around the page."""
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "text")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        drawn = {"val": "thickThinSmallGap", "sz": "18", "space": "22", "color": "000000"}
        for name, value in drawn.items():
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    # The schema wants the frame after the margins and before the page numbers.
    section._sectPr.insert_element_before(
        borders, "w:lnNumType", "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid"
    )


def _new_section(word: WordDocument, *, wide: bool = False) -> None:
    """Begin a new page whose number is 1 and is not shown."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    for old in section._sectPr.findall(qn("w:pgBorders")):
        section._sectPr.remove(old)
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin, section.right_margin = Mm(20 if wide else 30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(25 if wide else 20), Mm(20)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def _appendix(word: WordDocument, appendix: Appendix) -> None:
    _new_section(word, wide=appendix.wide)
    heading = Heading(1, "", appendix.anchor, number=appendix.number, title=appendix.title)
    _heading(word, heading)
    room = LYING_LINE if appendix.wide else LINE
    if appendix.reference:
        _small(word, appendix.reference, size=13, alignment=_CENTRE)
    _rule(word, room=room, length=Mm(50), after=Pt(6))
    if appendix.unit:
        _small(word, appendix.unit, size=12, alignment=_RIGHT)
    title = f"{appendix.number}. {appendix.title}"
    grid(word, appendix.table, title=title, wide=appendix.wide, tight=True)
    for note in appendix.notes:
        line = _small(word, note, size=11, alignment=_BLOCK)
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.keep_with_next = note != appendix.notes[-1]


def _small(
    word: WordDocument, text: str, *, size: float, alignment: WD_ALIGN_PARAGRAPH
) -> WordParagraph:
    """A line in italics that stays with what follows."""
    paragraph = word.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(text)
    run.italic, run.font.size = True, Pt(size)
    return paragraph


# End of the paper -----------------------------------------------------------------------------


def _signing(word: WordDocument, document: Document) -> None:
    """Recipients left and signature right; they never part."""
    above, signer = letterhead.signature_parts(document)
    recipients = letterhead.recipient_lines(document)
    if not (above or signer or recipients):
        return
    word.paragraphs[-1].paragraph_format.keep_with_next = True  # never on a page alone
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
    if document.appendices:
        _new_section(word)
    heading = word.add_paragraph(letterhead.NOTES, style="Heading 1")
    heading.paragraph_format.page_break_before = not document.appendices
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
