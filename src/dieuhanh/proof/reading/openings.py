"""How a line opens: the marks of parts and items in the order of the decree, and other words that
only begin a paragraph.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II khoản 5 (phần, chương, mục, tiểu mục, điều, khoản,
điểm); reports add A., (1), 3.1. and dashes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE = r"[\s*_>]*"
_UPPER = r"[A-ZĂÂĐÊÔƠƯÀ-Ý\u1ea0-\u1ef8“\"]"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

#: Style, level as a heading (0: never one), pattern; the group is the ordinal.
_STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (style, level, re.compile(_BEFORE + pattern))
    for style, level, pattern in (
        ("part", 1, r"P(?:HẦN|hần) (?:(?:THỨ|thứ) \w{2,5}|[IVX]{1,5}|\d{1,2})(?!\w)()"),
        ("chapter", 1, r"C(?:HƯƠNG|hương) ([IVXLC]{1,6}|\d{1,2})(?!\w)"),
        ("appendix", 1, r"P(?:HỤ LỤC|hụ lục)(?!\w)()"),
        ("subsection", 2, r"(?:M(?:ỤC|ục)|Tiểu mục) ([IVXLC]{1,6}|\d{1,2})(?!\w)"),
        ("article", 3, r"Điều ([0-9]{1,3})[a-zđ]?\s?[.:]"),
        ("roman", 2, r"([IVX]{1,6})[.)/][\s*_]{0,3}(?=\S)(?!\d)"),
        ("capital", 2, rf"([A-ZĐ])[.)]\s{{0,3}}[*_]{{0,3}}(?={_UPPER})"),
        ("decimal", 4, r"(\d{1,2}(?:\.\d{1,2}){1,3})\.\s{0,3}(?=[^\W\d]|[“\"(*])"),
        ("decimal", 4, rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s{{1,3}}(?={_UPPER})"),
        ("number", 3, r"(\d{1,2})[.)][*_]{0,3}\s{1,4}(?=\S)"),
        ("number", 3, rf"(\d{{1,2}})[./)][*_]{{0,3}}\s{{0,3}}(?={_UPPER})"),
        ("letter", 0, r"([a-zđ])\)\s{0,3}(?=\S)"),
        ("letter", 0, rf"([a-zđ])\.\s{{1,3}}(?={_UPPER})"),
        ("bracketed", 0, r"\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)"),
        ("dash", 0, r"[-–—+•●▪◦*\uf0b7]\s{1,5}(?=\S)()"),
        ("dash", 0, rf"[-–—+](?={_UPPER})()"),
        ("words", 0, r"(?:Nơi nhận|Kính gửi|Nơi gửi)\s?:()"),
        ("words", 0, r"(?:Biểu|Bảng|Hình|Phụ biểu)(?: số)? \d{1,3}(?!\d)[^\w,;]()"),
    )
)
_SIGNED = re.compile(r"[\s*_]*(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s?\.?\s{0,3}(?=[A-ZĂÂĐÊÔƠƯÀ-Ỹ]{2})")


@dataclass(frozen=True)
class Opening:
    """The mark at the beginning of a paragraph.

    Attributes:
        ordinal: counted from 1; 0 where the mark has none. Of "3.2." the 2.
        stem: what stands before it: the "3" of "3.2.".
        rest: where the words begin.
    """

    style: str
    level: int
    ordinal: int
    stem: str
    rest: int


def opening(line: str) -> Opening | None:
    """The mark with which a line (composed, NFC) begins."""
    for style, level, pattern in _STYLES:
        if found := pattern.match(line):
            stem, _, last = found[1].rpartition(".")
            return Opening(style, level, _ordinal(style, last), stem, found.end())
    return None


def opens_signature(line: str) -> bool:
    """ "TM. ỦY BAN NHÂN DÂN": what follows is who signs, a line each."""
    return _SIGNED.match(line) is not None


def _ordinal(style: str, mark: str) -> int:
    if not mark:
        return 0
    if mark.isdecimal():
        return int(mark)
    if mark[0] in _ROMAN:
        values = [_ROMAN.get(char, 0) for char in mark]
        following = [*values[1:], 0]
        return sum(
            -one if one < after else one for one, after in zip(values, following, strict=True)
        )
    if style == "capital":
        return "ABCDĐEGHIKLMNOPQRSTUVXY".find(mark) + 1
    return "abcdđeghiklmnopqrstuvxy".find(mark) + 1
