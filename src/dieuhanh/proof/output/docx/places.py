"""Where a finding stands in a Word file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dieuhanh.proof.findings import Place
from dieuhanh.proof.output.docx.editing import Spot
from dieuhanh.proof.reading.source import Kind, Range, Source
from dieuhanh.proof.standing import Standing


class Original:
    """Places in the Word file that was read: line n of the text is paragraph n of its body; the marks
    of notes are set by Word and are no characters of the file."""

    def __init__(self, source: Source, paragraphs: int) -> None:
        self._source, self._paragraphs = source, paragraphs
        self._marks: Sequence[Range] = sorted(source.note_marks)
        self._standing = Standing(source)

    def spot(self, place: Place) -> Spot:
        """Of a place in a note: where the text refers to the note; of one in a header or footer: the
        beginning of the first paragraph."""
        if self.in_body(place):
            return self._in_body(place.start, place.end)
        number = self._standing.number(place.start)
        block = self._source.blocks[number] if number is not None else None
        if block is not None and block.kind is Kind.NOTE:
            for start, end in self._marks:
                if self._source.text[start:end] == block.mark:
                    return self._in_body(start, start)
        return Spot(0, 0, 0)

    def in_body(self, place: Place) -> bool:
        return place.line <= self._paragraphs

    def _in_body(self, start: int, end: int) -> Spot:
        line = self._source.line(start)
        begins, ends = self._source.line_range(line)
        end = min(end, ends)
        return Spot(
            line - 1,
            start - begins - self._marked(begins, start),
            end - begins - self._marked(begins, end),
        )

    def _marked(self, start: int, end: int) -> int:
        """How many characters of marks stand between."""
        first = bisect_left(self._marks, (start, 0))
        return sum(min(to, end) - at for at, to in self._marks[first:] if at < end and at >= start)


class Copy:
    """Places in a converted copy: the pieces of a block are joined by a space."""

    def __init__(self, source: Source, numbers: Sequence[int]) -> None:
        self._source, self._numbers = source, numbers
        self._standing = Standing(source)

    def spot(self, place: Place) -> Spot:
        number = self._standing.number(place.start)
        if number is None:
            return Spot(0, 0, 0)
        start, end = self._at(number, place.start), self._at(number, place.end)
        return Spot(self._numbers[number], start, max(start, end))

    def _at(self, number: int, character: int) -> int:
        at = 0
        for start, end in self._source.blocks[number].pieces:
            if character <= end:
                return at + max(character - start, 0)
            at += end - start + 1
        return max(at - 1, 0)
