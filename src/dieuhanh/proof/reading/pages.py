"""A page of a PDF as lines, with where and how large they are set."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from dieuhanh.proof.reading.source import Range

#: A page with fewer letters than this and a picture on it is a scan.
_FEW_LETTERS = 30
#: More than this share of letters without a meaning: the font does not say what they are.
_MEANINGLESS = 3 / 10
#: Raised digits stand above the line by this share of its size, or more.
_RAISED = 0.18
#: Words this far apart, in sizes, are columns of a table: two such gaps, or one very wide.
_COLUMN_GAP, _WIDE_GAP = 0.9, 2.5
_HYPHENS = "\x02\ufffe"  # how the engine writes a hyphen at the end of a line
_LINE_END = re.compile(r"\r\n|[\r\n\x02\ufffe]")
_DIGIT = re.compile(r"[0-9]")
_SPACE = re.compile(r"\s+")
#: Letters of symbol fonts, sign for sign.
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\x00": " "})


@dataclass
class SetLine:
    """A line as it is set; measures in points, from the left and the top of the page."""

    said: str
    left: float
    right: float
    top: float
    size: float
    raised: tuple[Range, ...] = ()
    cells: tuple[Range, ...] = ()  # of a row of a table


@dataclass
class Page:
    width: float = 0.0
    height: float = 0.0
    lines: list[SetLine] = field(default_factory=list)
    pictures: bool = False
    legible: bool = True


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """The lines of a page, from 0."""
    try:
        sheet = document[number]
    except pypdfium2.PdfiumError:
        return Page(pictures=True, legible=False)
    words = None
    try:
        page = Page(sheet.get_width(), sheet.get_height())
        words = sheet.get_textpage()
        _read_lines(words, page)
        letters = sum(char.isalpha() for line in page.lines for char in line.said)
        if letters < _FEW_LETTERS:
            page.pictures = _has_pictures(sheet)
            page.legible = not page.pictures
        meaning = sum(
            char in "\ufffd" or "\ue000" <= char <= "\uf8ff"
            for line in page.lines
            for char in line.said
        )
        if meaning > _MEANINGLESS * (letters + meaning):
            page.lines, page.pictures, page.legible = [], True, False
        return page
    except pypdfium2.PdfiumError:
        return Page(pictures=True, legible=False)
    finally:
        if words is not None:
            words.close()
        sheet.close()


def _has_pictures(sheet: pypdfium2.PdfPage) -> bool:
    return any(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


class _Box:
    """Where single characters stand."""

    def __init__(self, words: pypdfium2.PdfTextPage) -> None:
        self._words = words
        self._rect = raw.FS_RECTF()
        self._numbers = [ctypes.c_double() for _ in range(4)]

    def of(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the room a character takes."""
        rect = self._rect
        raw.FPDFText_GetLooseCharBox(self._words, index, rect)
        return rect.left, rect.bottom, rect.right, rect.top

    def line(self, index: int) -> float:
        """The height of the line on which it stands."""
        across, up = self._numbers[:2]
        raw.FPDFText_GetCharOrigin(self._words, index, across, up)
        return float(up.value)

    def foot(self, index: int) -> float:
        """Where its ink begins."""
        left, right, bottom, top = self._numbers
        raw.FPDFText_GetCharBox(self._words, index, left, right, bottom, top)
        return float(bottom.value)


def _read_lines(words: pypdfium2.PdfTextPage, page: Page) -> None:
    box = _Box(words)
    said = _said(words)
    at = 0
    for end in _LINE_END.finditer(said + "\n"):
        hyphen = end[0] in _HYPHENS
        line = said[at : end.start()] + ("-" if hyphen else "")
        _sets_line(page, box, line.translate(_BULLETS), at)
        at = end.end()


def _said(words: pypdfium2.PdfTextPage) -> str:
    """The characters of a page, each in the place the engine counts it."""
    count = words.count_chars()
    said = words.get_text_range(0, count) if count else ""
    if len(said) == count:
        return said
    # Letters outside the basic plane, and letters without a meaning, shift the engine's text.
    codes = (raw.FPDFText_GetUnicode(words, index) for index in range(count))
    return "".join(
        chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes
    )


def _sets_line(page: Page, box: _Box, text: str, at: int) -> None:
    said = text.strip()
    if not said:
        return
    first = at + text.index(said)
    middle = len(said) // 2
    middle -= said[middle].isspace()
    _, bottom, _, top = box.of(first + middle)
    size = top - bottom
    above = box.line(first + middle) + _RAISED * size
    page.lines.append(
        SetLine(
            said,
            left=box.of(first)[0],
            right=box.of(first + len(said) - 1)[2],
            top=page.height - top,
            size=size,
            raised=_raised(said, first, box, above),
            cells=_cells(said, first, box, size),
        )
    )


def _raised(said: str, first: int, box: _Box, above: float) -> tuple[Range, ...]:
    """Digits that stand high behind a word: marks of notes, or powers."""
    found: list[Range] = []
    for digit in _DIGIT.finditer(said, 1):
        index = digit.start()
        if not said[index - 1].isspace() and box.foot(first + index) > above:
            if found and found[-1][1] == index:
                found[-1] = found[-1][0], index + 1
            else:
                found.append((index, index + 1))
    return tuple(found)


def _cells(said: str, first: int, box: _Box, size: float) -> tuple[Range, ...]:
    """The parts of a line that stand so far apart that they are columns; none of a plain line."""
    cells: list[Range] = []
    wide = at = 0
    for space in _SPACE.finditer(said):
        room = box.of(first + space.end())[0] - box.of(first + space.start() - 1)[2]
        if room > _COLUMN_GAP * size:
            cells.append((at, space.start()))
            wide += room > _WIDE_GAP * size
            at = space.end()
    cells.append((at, len(said)))
    return tuple(cells) if len(cells) + wide > 2 else ()
