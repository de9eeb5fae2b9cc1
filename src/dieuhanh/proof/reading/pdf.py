"""PDF: the text layer, line by line as it stands on its pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2

from dieuhanh.proof.reading import limits, refusals
from dieuhanh.proof.reading.assembly import assembled, in_order
from dieuhanh.proof.reading.furniture import furniture
from dieuhanh.proof.reading.lines import Line
from dieuhanh.proof.reading.pages import Page, SetLine, read_page
from dieuhanh.proof.reading.source import Block, Kind, Range, Source, Unread
from dieuhanh.proof.reading.streams import check_streams

#: The engine is one for the whole process and not made for threads.
_ENGINE = threading.Lock()
#: Smaller type than this share of the text's is that of notes.
_SMALL = 0.93
#: A line that begins so far to the right of the one before, in letters, opens a paragraph.
_INDENT_LETTERS = 1.5
#: So much further below than lines usually are, a line has a gap above it.
_SPACED = 1.2
_LOCKED = (4, 5)  # of the engine: a password is needed, an unknown protection


def pdf_source(data: bytes, name: str) -> Source:
    """The text of a PDF; page numbers and running heads are furniture, scanned pages unread.

    Raises:
        Unreadable: broken, locked, images only, or too large.
    """
    check_streams(data)
    with _ENGINE:
        pages = _pages(data)
    if not any(page.lines for page in pages):
        raise refusals.images_only() if any(page.pictures for page in pages) else refusals.empty()
    laid = _laid(pages)
    text, lines = laid.text, laid.lines
    aside = furniture(text, pages, lines)
    body = list(_body(lines, aside))
    made, marks = assembled(text, body, laid.raised)
    blocks = [one for block in made for one in _cells(block, laid.rows)]
    for line in lines:
        if line.start in aside:
            blocks.append(Block(Kind.FURNITURE, ((line.start, line.end),), page=line.page))
    return Source(name, text, tuple(in_order(blocks)), tuple(marks), tuple(_unread(pages)))


def _body(lines: Sequence[Line], aside: set[int]) -> Iterator[Line]:
    """The lines without furniture; the room below a page's number is no gap in its text."""
    after_aside = False
    for line in lines:
        if line.start in aside:
            after_aside = True
            continue
        yield replace(line, gap=False, opens_page=True) if after_aside else line
        after_aside = False


def _cells(block: Block, rows: dict[int, tuple[Range, ...]]) -> list[Block]:
    """A row of a table as its cells.

    Which column of which table they belong to is not told: a cell of several lines, or an empty
    one, would shift them.
    """
    cells = rows.get(block.pieces[0][0])
    if cells is None or block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return [block]
    return [Block(Kind.CELL, (place,), page=block.page) for place in cells]


@dataclass
class _Laid:
    """The pages one after the other.

    Attributes:
        raised: digits that stand higher than their line.
        rows: of tables, by where their line begins: the places of their cells.
    """

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    raised: list[Range] = field(default_factory=list)
    rows: dict[int, tuple[Range, ...]] = field(default_factory=dict)


def _pages(data: bytes) -> list[Page]:
    until = time.monotonic() + limits.PDF_SECONDS
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (
            refusals.locked() if getattr(error, "err_code", 0) in _LOCKED else (refusals.broken())
        ) from None
    pages = []
    characters = 0
    try:
        if len(document) > limits.PAGES:
            raise refusals.too_large()
        for number in range(len(document)):
            page = read_page(document, number)
            characters += sum(len(line.said) + 1 for line in page.lines)
            if characters > limits.CHARACTERS or time.monotonic() > until:
                raise refusals.too_large()
            pages.append(page)
    finally:
        document.close()
    return pages


def _laid(pages: Sequence[Page]) -> _Laid:
    usual = _usual_size(pages)
    columns = _columns(pages)
    pitch = _pitch(pages)
    written: list[str] = []
    laid = _Laid()
    at = 0
    for number, page in enumerate(pages, start=1):
        left, right = columns.get(round(page.width), (0.0, 1.0))
        last: SetLine | None = None
        for one in page.lines:
            width = max(one.right - one.left, 1.0)
            laid.lines.append(
                Line(
                    at,
                    at + len(one.said),
                    fill=(one.right - left) / (right - left),
                    letter=width / len(one.said) / (right - left),
                    gap=last is not None and _is_below(one, last, pitch, usual),
                    indent=_is_indented(one, last, left),
                    alone=bool(one.cells),
                    page=number,
                    opens_page=last is None,
                    small=one.size < _SMALL * usual,
                )
            )
            laid.raised.extend((at + start, at + end) for start, end in one.raised)
            if one.cells:
                laid.rows[at] = tuple((at + start, at + end) for start, end in one.cells)
            written.append(one.said + "\n")
            at += len(one.said) + 1
            last = one
    laid.text = "".join(written)
    return laid


def _is_below(one: SetLine, last: SetLine, pitch: float, usual: float) -> bool:
    """More room than usual stands above a line."""
    return one.top - last.top > _SPACED * pitch * max(1.0, one.size / usual)


def _is_indented(one: SetLine, last: SetLine | None, left: float) -> bool:
    letter = max(one.right - one.left, 1.0) / len(one.said)
    left = left if last is None else max(left, last.left)
    return one.left - left > _INDENT_LETTERS * letter


def _pitch(pages: Sequence[Page]) -> float:
    """How far one line usually stands below another."""
    steps = sorted(
        below.top - above.top
        for page in pages
        for above, below in zip(page.lines, page.lines[1:], strict=False)
        if below.top > above.top
    )
    return steps[len(steps) // 2] if steps else 0.0


def _columns(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """Where lines begin and end on pages of each width."""
    edges: dict[int, tuple[list[float], list[float]]] = {}
    for page in pages:
        lefts, rights = edges.setdefault(round(page.width), ([], []))
        lefts.extend(line.left for line in page.lines)
        rights.extend(line.right for line in page.lines)
    found = {}
    for width, (lefts, rights) in edges.items():
        if lefts:
            left = sorted(lefts)[len(lefts) // 10]
            right = sorted(rights)[int(0.9 * (len(rights) - 1))]
            found[width] = left, max(right, left + 1.0)
    return found


def _usual_size(pages: Sequence[Page]) -> float:
    """The size of most letters."""
    letters: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            size = round(line.size, 1)
            letters[size] = letters.get(size, 0) + len(line.said)
    return max(letters, key=lambda size: letters[size]) or 1.0  # broken fonts have none


def _unread(pages: Sequence[Page]) -> list[Unread]:
    return [
        Unread(
            f"Trang {number} không có lớp chữ (trang quét), không đọc được.",
            f"Page {number} has no text layer (a scan) and was not read.",
            page=number,
        )
        for number, page in enumerate(pages, start=1)
        if page.pictures and not page.legible
    ]
