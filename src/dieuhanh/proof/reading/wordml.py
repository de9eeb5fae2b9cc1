"""The paragraphs of a part of a DOCX: of its body, its notes, its headers and footers.

Deleted and moved-away text is not read, inserted text is; of drawings given twice, for new and old
programs, the first is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dieuhanh.proof.reading import limits, refusals
from dieuhanh.proof.reading.source import Cell

#: The usual one and the strict one.
WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_W, _STRICT = (f"{{{one}}}" for one in WORD_NAMESPACES)
_OFF = ("0", "false", "off", "none")
SKIPPED = frozenset(
    ("moveFrom", "del", "Fallback", "instrText", "delText", "rPrChange", "pPrChange")
)
#: Elements inside a run that stand for a sign.
SIGNS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": "\t"}
#: What is drawn with lines alone, such as the rule under a letterhead, holds no words.
_PICTURES = frozenset(("blip", "imagedata", "chart"))
_MOST_COLUMNS = 1_000


@dataclass
class Mark:
    """Where a paragraph refers to a note."""

    at: int
    kind: str  # footnote, endnote
    note: str  # its id in the file


@dataclass
class Paragraph:
    """A paragraph in the order of its beginning; empty ones count."""

    text: str = ""
    style: str = ""
    outline: int = -1
    bold: bool = False
    cell: Cell | None = None
    note: str = ""  # the id of the note in which it stands
    marks: list[Mark] = field(default_factory=list)


@dataclass
class _Open:
    """A paragraph that is being read; those of text boxes stand inside others."""

    paragraph: Paragraph
    words: list[str] = field(default_factory=list)
    length: int = 0
    letters: int = 0
    bold_letters: int = 0
    bold: bool = False
    hidden: bool = False
    in_run: bool = False


@dataclass
class _Table:
    number: int
    row: int = -1
    column: int = -1
    span: int = 1


class Paragraphs:
    """Reads a part; ``paragraphs`` then holds what it says."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.pictures = 0
        self._open: list[_Open] = []
        self._tables: list[_Table] = []
        self._tables_met = 0
        self._skipped = 0
        self._text = False
        self._note = ""
        self._characters = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self._skipped or name in SKIPPED:
            self._skipped += 1
            if name == "p" and tag in (_W + name, _STRICT + name):
                self.paragraphs.append(Paragraph())  # it still counts
            return
        if not tag.startswith((_W, _STRICT)):
            self.pictures += name in _PICTURES
            return
        if name == "t":
            self._text = True
        elif name == "p":
            self._begins()
        elif name in ("tbl", "tr", "tc", "gridSpan"):
            self._table(name, _value(attributes))
        elif name in ("footnote", "endnote"):
            # Separators are notes of a special type.
            special = _attribute(attributes, "type") not in ("", "normal")
            self._note = "" if special else _attribute(attributes, "id")
        elif self._open:
            self._inside(self._open[-1], name, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        if not tag.startswith((_W, _STRICT)):
            return
        name = tag.rpartition("}")[2]
        if name == "t":
            self._text = False
        elif name == "r" and self._open:
            self._open[-1].in_run = False
        elif name == "p" and self._open:
            self._ends()
        elif name == "tbl" and self._tables:
            self._tables.pop()

    def data(self, words: str) -> None:
        if self._text and self._open and not self._skipped:
            self._adds(words)

    def _begins(self) -> None:
        table = self._tables[-1] if self._tables else None
        cell = None
        if table and table.row >= 0 and table.column >= 0:
            cell = Cell(table.number, table.row, table.column)
        paragraph = Paragraph(cell=cell, note=self._note)
        self.paragraphs.append(paragraph)
        self._open.append(_Open(paragraph))

    def _ends(self) -> None:
        done = self._open.pop()
        done.paragraph.text = "".join(done.words)
        done.paragraph.bold = done.letters > 0 and done.bold_letters >= 0.95 * done.letters

    def _adds(self, words: str) -> None:
        here = self._open[-1]
        if here.hidden:
            return
        # One paragraph is one line, whatever signs it holds.
        words = words.replace("\n", " ").replace("\r", " ")
        here.words.append(words)
        here.length += len(words)
        self._characters += len(words)
        if self._characters > limits.CHARACTERS or here.length > limits.LINE_CHARACTERS:
            raise refusals.too_large()
        letters = len(words.strip())
        here.letters += letters
        here.bold_letters += letters if here.bold else 0

    def _inside(self, here: _Open, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            here.in_run, here.bold, here.hidden = True, False, False
        elif name == "b" and here.in_run:
            here.bold = _is_on(attributes)
        elif name == "vanish" and here.in_run:
            here.hidden = _is_on(attributes)
        elif name in SIGNS and here.in_run:
            self._adds(SIGNS[name])
        elif name == "pStyle":
            here.paragraph.style = _value(attributes)
        elif name == "outlineLvl":
            here.paragraph.outline = _number(_value(attributes), -1)
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            here.paragraph.marks.append(Mark(here.length, kind, _attribute(attributes, "id")))

    def _table(self, name: str, value: str) -> None:
        if name == "tbl":
            self._tables.append(_Table(self._tables_met))
            self._tables_met += 1
        elif self._tables:
            table = self._tables[-1]
            if name == "tr":
                table.row, table.column, table.span = table.row + 1, -1, 1
            elif name == "tc":
                table.column, table.span = table.column + table.span, 1
            else:
                table.span = min(max(1, _number(value, 1)), _MOST_COLUMNS)


class Styles:
    """Outline levels of paragraph styles, from 0; a style without one has that of its base."""

    def __init__(self) -> None:
        self._levels: dict[str, int] = {}
        self._bases: dict[str, str] = {}
        self._style = ""

    def level(self, style: str) -> int:
        """-1 for text."""
        for _ in range(20):
            if style in self._levels:
                return self._levels[style]
            if style not in self._bases:
                return -1
            style = self._bases[style]
        return -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition("}")[2]:
            case "style":
                self._style = _attribute(attributes, "styleId")
            case "basedOn":
                self._bases[self._style] = _value(attributes)
            case "outlineLvl":
                self._levels[self._style] = _number(_value(attributes), -1)
            case "name" if _value(attributes).lower() == "title":
                self._levels.setdefault(self._style, 0)

    def end(self, tag: str) -> None:
        """What a style says is in its attributes."""

    def data(self, words: str) -> None:
        """See `end`."""


def _attribute(attributes: dict[str, str], name: str) -> str:
    return attributes.get(_W + name) or attributes.get(_STRICT + name) or ""


def _value(attributes: dict[str, str]) -> str:
    return _attribute(attributes, "val")


def _is_on(attributes: dict[str, str]) -> bool:
    return _value(attributes) not in _OFF


def _number(value: str, otherwise: int) -> int:
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise
