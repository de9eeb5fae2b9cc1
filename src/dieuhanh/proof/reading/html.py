"""HTML: what a reader of the page sees, laid out one block a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dieuhanh.proof.reading import limits, refusals
from dieuhanh.proof.reading.decoding import checked
from dieuhanh.proof.reading.headings import heading_level
from dieuhanh.proof.reading.openings import opening
from dieuhanh.proof.reading.source import Block, Cell, Kind, Range, Source
from dieuhanh.proof.reading.tags import Tag, tags_and_words
from dieuhanh.text.fold import nfc

_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLOCK_NAMES = """
    address article aside blockquote body button caption center dd div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section select
    table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: How footnotes are called by Word, by pandoc and by the sites of law.
_NOTE = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|ftn|fn|edn)[-_:]?(\d{0,3})(?:$|[\s_-])", re.I
)
_NOTE_MARK = re.compile(r"\s?[\[(]?(\d{1,3})[\])]?[.)]?\s")
_SUPERSCRIPT = re.compile(r"[\[(]?(\d{1,3})[\])]?")
_MOST_COLUMNS = 1_000


def html_source(html: str, name: str) -> Source:
    """A page as its reader sees it.

    Raises:
        Unreadable: it is too large, or holds no words.
    """
    if len(html) > limits.HTML_CHARACTERS:
        raise refusals.too_large()
    page = _Page()
    pictures = False
    for one in tags_and_words(html):
        if isinstance(one, str):
            page.words(one)
        else:
            pictures = pictures or one.name in ("img", "picture", "canvas")
            page.tag(one)
    page.ends_block()
    text = "".join(page.written)
    if pictures and not text.strip():
        raise refusals.images_only()
    checked(text)
    return Source(name, text, tuple(page.blocks), tuple(page.marks()))


@dataclass
class _Table:
    number: int
    row: int = -1
    column: int = -1
    span: int = 1


@dataclass
class _Page:
    """What was laid out so far."""

    written: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    pieces: list[Range] = field(default_factory=list)  # of the block that is being laid out
    line: list[str] = field(default_factory=list)
    length: int = 0  # of the line
    level: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)  # open elements of notes, their mark
    tables: list[_Table] = field(default_factory=list)
    tables_met: int = 0
    hidden: str = ""  # the element whose words are not shown
    hidden_depth: int = 0
    raised: tuple[int, int] | None = None  # part and character of the line: a superscript's begin
    candidates: list[tuple[Range, str]] = field(default_factory=list)

    def words(self, words: str) -> None:
        said = _SPACES.sub(" ", words.replace("\x00", ""))
        if not self.line or self.line[-1].endswith(" "):
            said = said.removeprefix(" ")
        if said and not self.hidden:
            self.line.append(said)
            self.length += len(said)

    def tag(self, tag: Tag) -> None:
        if self._is_hidden(tag):
            return
        if tag.name == "br":
            self._ends_line()
        elif tag.name == "sup":
            self._superscript(tag.closes)
        if tag.name not in _BLOCKS:
            return
        self.ends_block()
        self._table(tag)
        if tag.name in _HEADINGS:
            self.level = 0 if tag.closes else _HEADINGS[tag.name]
        self._note(tag)

    def _is_hidden(self, tag: Tag) -> bool:
        if self.hidden:
            if tag.name == self.hidden and not tag.rest.endswith("/"):
                self.hidden_depth += -1 if tag.closes else 1
                if not self.hidden_depth:
                    self.hidden = ""
            return True
        if tag.closes or tag.name in ("br", "img", "hr", "input", "meta", "link", "p", "td", "tr"):
            return False
        shown = "style" not in tag.rest.lower() or not re.search(
            r"display\s?:\s?none", tag.attributes().get("style", ""), re.I
        )
        if not shown:
            self.hidden, self.hidden_depth = tag.name, 1
        return not shown

    def _table(self, tag: Tag) -> None:
        if tag.name == "table":
            if not tag.closes:
                self.tables.append(_Table(self.tables_met))
                self.tables_met += 1
            elif self.tables:
                self.tables.pop()
        elif self.tables and not tag.closes:
            table = self.tables[-1]
            if tag.name == "tr":
                table.row, table.column, table.span = table.row + 1, -1, 1
            elif tag.name in ("td", "th"):
                table.column += table.span
                span = tag.attributes().get("colspan", "1")
                table.span = (
                    min(int(span), _MOST_COLUMNS) if re.fullmatch(r"[1-9]\d{0,3}", span) else 1
                )

    def _note(self, tag: Tag) -> None:
        """Elements that hold notes are told by their id or class."""
        if tag.name in ("hr", "p"):
            return
        if tag.closes:
            if self.notes and tag.name == self.notes[-1][0]:
                self.notes.pop()
            return
        names = tag.attributes()
        found = _NOTE.search(names.get("id", "")) or _NOTE.search(names.get("class", ""))
        if found or (self.notes and tag.name == self.notes[-1][0]):
            self.notes.append((tag.name, found[1] if found else ""))

    def _superscript(self, closes: bool) -> None:
        if not closes:
            self.raised = len(self.line), self.length
            return
        if self.raised is None:
            return
        part, start = self.raised
        said = "".join(self.line[part:])
        found = _SUPERSCRIPT.fullmatch(said)
        if found and part and not self.line[part - 1].endswith(" "):
            place = self.at + start, self.at + start + len(said)
            self.candidates.append((place, found[1]))
        self.raised = None

    def _ends_line(self) -> None:
        """A line of the block ends: what follows goes on in it, or opens an item of its own."""
        said = "".join(self.line).rstrip(" ")
        self.line.clear()
        self.length, self.raised = 0, None
        if not said.strip():
            return
        if self.pieces and opening(nfc(said[:120])):
            self._writes_block()
        self.pieces.append((self.at, self.at + len(said)))
        self.written.append(said + "\n")
        self.at += len(said) + 1

    def ends_block(self) -> None:
        self._ends_line()
        self._writes_block()

    def _writes_block(self) -> None:
        if not self.pieces:
            return
        block = Block(Kind.PARAGRAPH, tuple(self.pieces), paragraph=len(self.blocks) + 1)
        self.pieces = []
        table = self.tables[-1] if self.tables else None
        said = self._said(block)
        printed = _NOTE_MARK.match(said + " ") if self.notes else None
        if self.notes and (mark := printed[1] if printed else self.notes[-1][1]):
            block = replace(block, kind=Kind.NOTE, mark=mark)
        elif table and table.row >= 0 and table.column >= 0:
            block = replace(block, kind=Kind.CELL, cell=Cell(table.number, table.row, table.column))
        elif level := self.level or heading_level(nfc(said)):
            block = replace(block, kind=Kind.HEADING, level=level)
        self.blocks.append(block)

    def _said(self, block: Block) -> str:
        lines = self.written[-len(block.pieces) :]
        return " ".join(line[:-1] for line in lines)

    def marks(self) -> list[Range]:
        """Superscripts that refer to a note that is there; "m²" written so does not."""
        notes = {block.mark: block.pieces[0][0] for block in self.blocks if block.kind is Kind.NOTE}
        return sorted(place for place, mark in self.candidates if place[1] <= notes.get(mark, -1))
