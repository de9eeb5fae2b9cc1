"""Marks over a text that may overlap, as stretches side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dieuhanh.proof.reading.source import Block, Range


@dataclass(frozen=True)
class Stretch:
    """Words of a block under the same marks.

    Attributes:
        marks: numbers of the marks over it, as they were given.
        begins, ends: those of them of which it is the first, the last stretch in this block.
        raised: it is the mark of a note.
    """

    words: str
    marks: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    raised: bool


def stretches(
    text: str, block: Block, marks: Mapping[int, Range], raised: Sequence[Range] = ()
) -> Iterator[Stretch]:
    """A block's words, cut wherever a mark or the mark of a note begins or ends.

    Args:
        marks: number → range of the text; those that stand elsewhere do no harm.
        raised: the marks of notes.
    """
    begun: set[int] = set()
    parts = list(_parts(text, block, marks, raised))
    last = {number: at for at, (_, over, _) in enumerate(parts) for number in over}
    for at, (words, over, is_raised) in enumerate(parts):
        begins = tuple(one for one in over if one not in begun)
        begun.update(begins)
        ends = tuple(one for one in over if last[one] == at)
        yield Stretch(words, over, begins, ends, is_raised)


def _parts(
    text: str, block: Block, marks: Mapping[int, Range], raised: Sequence[Range]
) -> Iterator[tuple[str, tuple[int, ...], bool]]:
    before: tuple[int, ...] = ()
    for number, (start, end) in enumerate(block.pieces):
        cuts = {start, end}
        cuts.update(at for one in (*marks.values(), *raised) for at in one if start < at < end)
        edges = sorted(cuts)
        for first, stop in zip(edges, edges[1:], strict=False):
            over = tuple(one for one, place in marks.items() if _covers(place, first, stop))
            if number and first == start:
                # The space between two lines is marked where both of its sides are.
                yield " ", tuple(one for one in over if one in before), False
            yield text[first:stop], over, any(_covers(one, first, stop) for one in raised)
            before = over


def _covers(place: Range, start: int, end: int) -> bool:
    return place[0] <= start and end <= place[1]
