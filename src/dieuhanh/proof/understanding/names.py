"""Abbreviations, with the words they stand for at the place where they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dieuhanh.proof.model import Name, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.text.fold import fold

_EXPLAINED = re.compile(r"\((?P<short>[A-ZĐ][A-ZĐ0-9&-]{1,9})\)")
#: How many words before the bracket are looked at, for each letter of the abbreviation.
_WORDS_A_LETTER = 2


def names(passages: Iterable[Passage]) -> Iterator[Name]:
    """kinh tế - xã hội (KTXH): letters of the abbreviation begin words before it."""
    for passage in passages:
        for found in _EXPLAINED.finditer(passage.text):
            long = _long(passage.text[: found.start()], found["short"])
            if long:
                yield Name(Span(passage, *found.span("short")), found["short"], long)


def _long(before: str, short: str) -> str:
    letters = [letter for letter in fold(short) if letter.isalpha()]
    words = [(found.start(), fold(found[0])) for found in re.finditer(r"[^\W\d_]+", before)]
    at = len(words)
    for letter in reversed(letters):
        lowest = max(0, at - 1 - _WORDS_A_LETTER)
        at = next((i for i in range(at - 1, lowest - 1, -1) if words[i][1].startswith(letter)), -1)
        if at < 0:
            return ""
    return before[words[at][0] :].strip()
