"""How wide a text is, roughly, when no font is at hand to ask.

The estimate is for a wide sans serif (Be Vietnam Pro), so that what fits by it also fits in
Times New Roman. It is used to wrap names in charts and to share out the columns of tables.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dieuhanh.reports.compose.document import Table

_NARROW = frozenset("iljftrI.,:;'|!()[]/- \N{NO-BREAK SPACE}")
_WIDE = frozenset("mwMW%@—…")


@lru_cache(maxsize=65536)
def width(text: str) -> float:
    """Width of one line of ``text`` in em. Marks above and below a letter take no width."""
    total = 0.0
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign):
            continue
        if sign in _NARROW:
            total += 0.33
        elif sign in _WIDE:
            total += 0.93
        elif sign.isupper():
            total += 0.72
        else:
            total += 0.59
    return total


def wrapped(text: str, limit: float) -> list[str]:
    """``text`` in lines of at most ``limit`` em, broken at plain spaces only."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width(f"{lines[-1]} {word}") <= limit:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def longest_word(text: str) -> float:
    """Width in em of the widest piece of ``text`` that may not be broken."""
    return max((width(word) for word in text.split(" ")), default=0.0)


#: Width of the text in points: of 160 mm on an upright A4 page, of 257 mm on one that lies.
UPRIGHT, LYING = 453.5, 728.5


def type_size(table: Table, *, wide: bool = False) -> float:
    """Size of the letters of a printed table in points: smaller when there are many columns.

    Args:
        wide: the page lies on its long side.
    """
    columns = len(table.head)
    if wide:
        return 11.0 if columns <= 9 else 9.5
    if columns <= 6:
        return 12.0
    return 10.5 if columns <= 9 else 9.0


def column_shares(table: Table, *, wide: bool = False) -> list[float]:
    """Fractions of the line width for the columns of ``table``; they add up to 1.

    A numeric column gets what its longest figure and the longest word of its head need, never
    less; the text columns share the rest by the length of what stands in them.

    Args:
        wide: the page lies on its long side.
    """
    size, total = type_size(table, wide=wide), LYING if wide else UPRIGHT
    columns = len(table.head)
    cells = table.columns
    least: list[float] = []  # below this a word or a figure would break
    wish: list[float] = []  # with this the cells are easy to read
    for index, (head, column) in enumerate(zip(table.head, cells, strict=True)):
        texts = (head, *column)
        words = max(longest_word(text) for text in texts)
        if index in table.numeric:
            wished = max([words, *(_folded(text) for text in texts)])
        else:
            wished = min(max(width(text) for text in texts), 30.0)
        least.append(words * size + 12)
        wish.append(wished * size + 12)
    figures = [index for index in table.numeric if index < columns and index not in ordinals(table)]
    others = sum(min(wish[i], 14 * size) for i in range(columns) if i not in figures)
    for wanted in (wish, least):  # columns of figures of one width are easier to compare
        common = max([wanted[index] for index in figures], default=0.0)
        if figures and common * len(figures) + others <= total:
            for index in figures:
                least[index] = wish[index] = common
            break
    spare = total - sum(least)
    if spare <= 0:
        return [floor / sum(least) for floor in least]
    hunger = [max(wanted - floor, 0.0) for wanted, floor in zip(wish, least, strict=True)]
    if sum(hunger) == 0:
        hunger = [0.0 if index in table.numeric else 1.0 for index in range(columns)]
    if sum(hunger) == 0:
        hunger = [1.0] * columns
    return [
        (floor + spare * part / sum(hunger)) / total
        for floor, part in zip(least, hunger, strict=True)
    ]


def _folded(text: str) -> float:
    """Width in em of ``text`` on one line when it is short, else on two."""
    whole = width(text)
    return whole if whole <= 5 else min(whole / 2 + 1, 7.0)


def ordinals(table: Table) -> frozenset[int]:
    """Indexes of the columns that only count the rows ("TT"); they are centred."""
    return frozenset(
        index for index, head in enumerate(table.head) if head.strip().upper() in {"TT", "STT"}
    )
