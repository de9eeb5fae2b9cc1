"""In which paragraph, or row of a table, a place stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from dieuhanh.proof.reading.source import Block, Source
from dieuhanh.text.fold import nfc


class Standing:
    """The blocks of a text, by place."""

    def __init__(self, source: Source) -> None:
        self.source = source
        pieces = sorted(
            (piece, number) for number, one in enumerate(source.blocks) for piece in one.pieces
        )
        self._starts = [piece[0] for piece, _number in pieces]
        self._numbers = [number for _piece, number in pieces]
        self._rows: defaultdict[tuple[int, int], list[Block]] = defaultdict(list)
        for one in source.blocks:
            if one.cell:
                self._rows[one.cell.table, one.cell.row].append(one)

    def number(self, at: int) -> int | None:
        """Of the block in which a character stands, or after which it stands; None before all."""
        found = bisect_right(self._starts, at) - 1
        return self._numbers[found] if found >= 0 else None

    def paragraph(self, at: int) -> str:
        """The words of that block, of a cell those of its row; composed, with single spaces."""
        number = self.number(at)
        if number is None:
            return ""
        block = self.source.blocks[number]
        row = self._rows[block.cell.table, block.cell.row] if block.cell else [block]
        return folded(" ".join(self.source.said(one) for one in row))


def folded(words: str) -> str:
    """The same words, however they are spaced or composed."""
    return nfc(" ".join(words.split()))
