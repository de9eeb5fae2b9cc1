"""What a reader makes of a file: the text as read, and which parts of it are paragraphs, headings,
notes and cells. Every place in it is a range of characters of that text, so a finding can be shown
in the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Range = tuple[int, int]


class Unreadable(Exception):
    """The file cannot be read as a report.

    Attributes:
        vi, en: one sentence each, for whoever gave the file.
    """

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en


class Kind(StrEnum):
    """What a block is in its report."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    NOTE = "note"  # a footnote, with the mark by which the text refers to it
    CELL = "cell"  # of a table
    FURNITURE = "furniture"  # page numbers, running heads: read, but no part of the report


@dataclass(frozen=True)
class Cell:
    """Where a block stands in a table; all count from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Block:
    """A paragraph, as one reads it.

    Attributes:
        pieces: its parts in the text as read, in order: the lines of a hard wrap, or what stands
            before and after a footnote that cut the page in two. Joined by one space.
        level: of a heading, 1 the highest; 0 otherwise.
        mark: of a note, the number by which the text refers to it.
        page, paragraph: counted from 1, where the format has them.
    """

    kind: Kind
    pieces: tuple[Range, ...]
    level: int = 0
    mark: str = ""
    cell: Cell | None = None
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True)
class Unread:
    """A part that could not be read: never passed over in silence."""

    vi: str
    en: str
    page: int | None = None


@dataclass(frozen=True)
class Source:
    """A file as read.

    Attributes:
        name: of the file, as it was given.
        text: all that was read; lines end in \\n. Exactly what the file holds where it is text.
        blocks: in the order of reading; every character of the text that says something is in
            exactly one of them.
        note_marks: where the text refers to a note: the range of the mark (of "1" in "đến nay1."),
            which is no part of the word or number before it.
        unread: what could not be read.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    note_marks: tuple[Range, ...] = ()
    unread: tuple[Unread, ...] = field(default=())

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        starts.extend(at + 1 for at, char in enumerate(self.text) if char == "\n")
        return starts

    def line(self, at: int) -> int:
        """The line, from 1, in which a character stands."""
        return bisect_right(self._starts, at)

    def line_range(self, line: int) -> Range:
        """Where a line begins and ends, its end mark left out."""
        start = self._starts[line - 1]
        end = self.text.find("\n", start)
        return start, len(self.text) if end < 0 else end

    def said(self, block: Block) -> str:
        """A block's words as they stand, its pieces joined by a space."""
        return " ".join(self.text[start:end] for start, end in block.pieces)

    def of_kind(self, kind: Kind) -> Iterator[Block]:
        return (one for one in self.blocks if one.kind is kind)
