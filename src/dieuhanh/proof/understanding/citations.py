"""Instruments that a text names by number and symbol: Nghị quyết số 02/NQ-CP ngày 05/01/2024.

How a symbol is taken apart is the matter of `dieuhanh.text.symbols` (30/2020/NĐ-CP, VT-05 to VT-10).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dieuhanh.proof.model import Citation, Day, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.text.symbols import NAMED_TYPES, NORMATIVE_TYPES, PARTY_TYPES, parse_symbol

_DASH = r"\-\u2010-\u2014"
#: 16/2021/QĐ-UBND, 313/KH-UBND, 24-CT/TU, 77/2015/QH13: a number, marks, and groups of letters.
_SYMBOL = re.compile(
    rf"(?<![\w/.,])\d{{1,6}}[a-z]?\s?[/{_DASH}]\s?(?:\d{{2,4}}\s?[/{_DASH}]\s?)?"
    rf"(?:QH\d{{1,2}}|UBTVQH\d{{1,2}}|[A-ZĐÐ][A-Za-zĐÐđ]{{0,14}}(?:\.[A-ZĐ][A-Za-zĐđ]{{0,10}})?"
    rf"(?:\s?[/{_DASH}&]\s?[A-ZĐÐ][A-Za-zĐÐđ0-9]{{0,14}}){{1,4}})(?![\w/])"
)
_TYPES = sorted(
    {*NAMED_TYPES.values(), *NORMATIVE_TYPES.values(), *PARTY_TYPES.values(),
     "Luật", "Bộ luật", "Văn bản", "Công văn", "Hiến pháp"},
    key=len, reverse=True,
)  # fmt: skip
_TYPE = re.compile(rf"\b(?:{'|'.join(_TYPES)})\b", re.IGNORECASE)
_ENDS = re.compile(r"[.;:()]")
_DAY_AFTER = re.compile(r"[\s,(]{0,3}(?:ngày\s+)?\Z")


def citations(passage: Passage, found: Sequence[Day]) -> Iterator[Citation]:
    """The instruments that a passage names; ``found`` are its days."""
    starts = [one.span.start for one in found]
    for one in _SYMBOL.finditer(passage.text):
        span = Span(passage, *one.span())
        on = None
        following = bisect_left(starts, span.end)
        if following < len(found):
            between = passage.text[span.end : found[following].span.start]
            if len(between) <= 12 and _DAY_AFTER.fullmatch(between):
                on = found[following]
        yield Citation(span, _type(span.before(110)), parse_symbol(one[0]), on)


def _type(before: str) -> str:
    """The type that stands last before a number, in its clause."""
    typed = _TYPE.findall(_ENDS.split(before)[-1])
    return str(typed[-1]) if typed else ""
