"""Paragraphs as one reads them: one line of composed Unicode with single spaces, every character of
which knows where it stands in the text as read."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dieuhanh.proof.reading.source import Block, Kind, Range, Source

_SPACE = re.compile(r"\s+")
#: A word or range cut at its hyphen by the end of a line: "143-" / "KL/TU", "2021-" / "2030".
_CUT_AT_HYPHEN = re.compile(r"[^\W_]-\Z")
#: A letter with the marks that were written after it.
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


Add = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Passage:
    """A block of the source, as one line.

    Attributes:
        text: composed (NFC), single spaces, without the marks of notes.
        number: its place in the report, from 0.
    """

    text: str
    block: Block
    number: int
    _here: tuple[int, ...]  # where each stretch begins in `text`
    _there: tuple[Range, ...]  # the same stretch in the source

    def place(self, start: int, end: int) -> Range:
        """Where ``text[start:end]`` stands in the source: first and last character, end excluded."""
        return self._at(start), self._at(max(start, end - 1)) + 1

    def _at(self, index: int) -> int:
        stretch = bisect_right(self._here, index) - 1
        start, end = self._there[stretch]
        return min(start + index - self._here[stretch], end - 1)


def passages(source: Source) -> Iterator[Passage]:
    """The blocks that are part of the report, in order; page furniture is left out."""
    marks = sorted(source.note_marks)
    number = 0
    for block in source.blocks:
        if block.kind is Kind.FURNITURE:
            continue
        passage = _passage(source.text, block, marks, number)
        if passage.text:
            yield passage
            number += 1


def _passage(text: str, block: Block, marks: list[Range], number: int) -> Passage:
    said: list[str] = []
    here: list[int] = []
    there: list[Range] = []
    length = 0
    spaced = True  # nothing to separate yet

    def add(words: str, start: int, end: int) -> None:
        nonlocal length
        here.append(length)
        there.append((start, end))
        said.append(words)
        length += len(words)

    for piece in block.pieces:
        whole = said[-1] if said else ""
        if said and not spaced and not _CUT_AT_HYPHEN.search(whole):
            add(" ", piece[0], piece[0] + 1)
            spaced = True
        for start, end in _without(piece, marks):
            at = start
            for gap in _SPACE.finditer(text, start, end):
                if gap.start() > at:
                    _stretch(text, at, gap.start(), add)
                    spaced = False
                if not spaced and gap.end() < piece[1]:
                    add(" ", gap.start(), gap.end())
                    spaced = True
                at = gap.end()
            if at < end:
                _stretch(text, at, end, add)
                spaced = False
    joined = "".join(said).rstrip()
    return Passage(joined, block, number, tuple(here), tuple(there))


def _without(piece: Range, marks: list[Range]) -> Iterator[Range]:
    """A piece, cut where a mark of a note stands in it."""
    at, end = piece
    for start, stop in marks[bisect_left(marks, piece) :]:
        if start >= end:
            break
        yield at, start
        at = stop
    if at < end:
        yield at, end


def _stretch(text: str, start: int, end: int, add: Add) -> None:
    """Add a stretch without spaces, letter by letter only where its marks stand apart."""
    words = text[start:end]
    if unicodedata.is_normalized("NFC", words):
        add(words, start, end)
        return
    for cluster in _CLUSTER.finditer(words):
        composed = unicodedata.normalize("NFC", cluster[0])
        add(composed, start + cluster.start(), start + cluster.end())
