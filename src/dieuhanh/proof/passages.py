"""Paragraphs as one reads them: one line of composed Unicode with single spaces, every character of
which knows where it stands in the text as read."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dieuhanh.proof.reading.source import Block, Kind, Range, Source

_SPACE = re.compile(r"\s+")
#: A word or range cut at its hyphen by the end of a line: "143-" / "KL/TU", "2021-" / "2030".
_CUT_AT_HYPHEN = re.compile(r"[^\W_]-\Z")
#: Letters without marks, or one letter with the marks that were written after it.
_CLUSTER = re.compile(r"[^\u0300-\u036f]+(?![\u0300-\u036f])|.[\u0300-\u036f]*", re.DOTALL)
#: What is looked at in one go: three times the longest paragraph of a real report. Some checks look
#: about in their whole passage for each number of it.
_LONGEST = 6_000
_SENTENCE_END = re.compile(r"[.;] (?=[^\W\d_]{2})")


@dataclass
class _Stretches:
    """Where stretches of a text stand in the source. Plain numbers: a long report has a great many.

    Attributes:
        here, length: where each begins in the text, and how long it is there.
        there, until: the same stretch in the source.
    """

    here: array[int] = field(default_factory=lambda: array("q"))
    length: array[int] = field(default_factory=lambda: array("q"))
    there: array[int] = field(default_factory=lambda: array("q"))
    until: array[int] = field(default_factory=lambda: array("q"))

    def add(self, here: int, length: int, start: int, end: int) -> None:
        """One more at the end; what only goes on, letter for letter, is one with the last."""
        if length == end - start and self.here and self.until[-1] == start and self._alike(-1):
            self.length[-1] += length
            self.until[-1] = end
            return
        self.here.append(here)
        self.length.append(length)
        self.there.append(start)
        self.until.append(end)

    def at(self, index: int) -> Range:
        """Where a letter begins and ends, with its marks."""
        one = bisect_right(self.here, index) - 1
        offset = index - self.here[one]
        start = min(self.there[one] + offset, self.until[one] - 1)
        last = offset + 1 == self.length[one]
        return start, self.until[one] if last else min(start + 1, self.until[one])

    def part(self, start: int, end: int) -> _Stretches:
        """Those of ``text[start:end]``."""
        part = _Stretches()
        for one in range(bisect_right(self.here, start) - 1, bisect_left(self.here, end)):
            here, after = self.here[one], self.here[one] + self.length[one]
            there, until = self.there[one], self.until[one]
            if self._alike(one):
                there, until = there + max(0, start - here), until - max(0, after - end)
            first = max(start, here)
            part.add(first - start, min(end, after) - first, there, until)
        return part

    def _alike(self, one: int) -> bool:
        return self.length[one] == self.until[one] - self.there[one]


@dataclass(frozen=True)
class Passage:
    """A block of the source, as one line; of a very long block a part.

    Attributes:
        text: composed (NFC), single spaces, without the marks of notes.
        number: its place in the report, from 0.
    """

    text: str
    block: Block
    number: int
    _stretches: _Stretches

    def place(self, start: int, end: int) -> Range:
        """Where ``text[start:end]`` stands in the source: first and last character, end excluded."""
        return self._stretches.at(start)[0], self._stretches.at(max(start, end - 1))[1]


def passages(source: Source) -> Iterator[Passage]:
    """The blocks that are part of the report, in order; page furniture is left out."""
    marks = sorted(source.note_marks)
    number = 0
    for block in source.blocks:
        if block.kind is Kind.FURNITURE:
            continue
        text, stretches = _line(source.text, block, marks)
        for start, end in _cut(text):
            part = stretches if end - start == len(text) else stretches.part(start, end)
            yield Passage(text[start:end], block, number, part)
            number += 1


def _cut(text: str) -> Iterator[Range]:
    """The whole, or parts of what nobody would write as one paragraph."""
    start = 0
    while len(text) - start > _LONGEST:
        least, most = start + _LONGEST // 2, start + _LONGEST
        ends = [found.end() for found in _SENTENCE_END.finditer(text, least, most)]
        end = ends[-1] if ends else text.rfind(" ", least, most) + 1 or most
        yield start, start + len(text[start:end].rstrip())
        start = end
    if start < len(text):
        yield start, len(text)


def _line(text: str, block: Block, marks: list[Range]) -> tuple[str, _Stretches]:
    said: list[str] = []
    stretches = _Stretches()
    length = 0
    spaced = True  # nothing to separate yet

    def add(words: str, start: int, end: int) -> None:
        nonlocal length
        stretches.add(length, len(words), start, end)
        said.append(words)
        length += len(words)

    for piece in block.pieces:
        if said and not spaced and not _CUT_AT_HYPHEN.search(said[-1]):
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
    return "".join(said).rstrip(), stretches


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


def _stretch(text: str, start: int, end: int, add: Callable[[str, int, int], None]) -> None:
    """Add a stretch without spaces, letter by letter only where its marks stand apart."""
    words = text[start:end]
    if unicodedata.is_normalized("NFC", words):
        add(words, start, end)
        return
    for cluster in _CLUSTER.finditer(words):
        composed = unicodedata.normalize("NFC", cluster[0])
        add(composed, start + cluster.start(), start + cluster.end())
