"""Headings and numbered items: Phần thứ nhất, I., 3.1., (2), a)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.model import Section, Span
from dieuhanh.proof.passages import Passage

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LABEL = re.compile(
    r"(?:(?P<roman>[IVXL]{1,6})[.)]|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})\.?|(?P<arabic>\d{1,2})[.)]|"
    r"\((?P<bracketed>\d{1,2})\)|(?P<letter>[a-zđ])\)|(?P<upper>[A-HĐ])\.|"
    r"(?P<article>Điều\s+\d{1,3})[.:])(?:\s+|(?=\*))(?=\S)"
)
_INLINE = re.compile(r"(?<=[\s:;,.])\((\d{1,2})\)\s(?=\S)")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def roman(written: str) -> int:
    values = [_ROMAN[letter] for letter in written]
    return sum(-one if one < max(values[at:], default=0) else one for at, one in enumerate(values))


def sections(passage: Passage) -> Iterator[Section]:
    """What a passage is numbered with at its beginning, and the "(1) … (2) …" inside it."""
    text = passage.text
    opening = _LABEL.match(text)
    if opening:
        yield _section(passage, opening)
    for one in _INLINE.finditer(text):
        if opening and one.start() < opening.end():
            continue
        title = text[one.end() : one.end() + 80]
        yield Section(Span(passage, one.start(), one.end() - 1), f"({one[1]})", "inline",
                      int(one[1]), "", title)  # fmt: skip


def _section(passage: Passage, found: re.Match[str]) -> Section:
    style = found.lastgroup or ""
    written = found[style]
    stem = ""
    if style == "roman":
        ordinal = roman(written)
    elif style == "decimal":
        stem, _, last = written.rpartition(".")
        ordinal = int(last)
    elif style == "letter":
        ordinal = _LETTERS.find(written) + 1
    elif style == "upper":
        ordinal = "ABCDĐEGH".find(written) + 1
    elif style == "article":
        ordinal = int(written.split()[1])
    else:
        ordinal = int(written)
    label = found[0].strip()
    title = passage.text[found.end() : found.end() + 120]
    return Section(Span(passage, 0, len(label)), label, style, ordinal, stem, title)
