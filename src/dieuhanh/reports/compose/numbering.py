"""The numbers of headings, as the template of a report wants them.

``[[headings]]`` in `report.toml` has one row a level: ``number`` with one of ``{ordinal}``
(nhất, hai, …), ``{roman}``, ``{capital}``, ``{arabic}``, ``{letter}``, and ``own_line`` where the
number stands above the title.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II (bố cục: phần, mục, khoản, điểm).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: Letters of points in the order of the Vietnamese alphabet: after d comes đ.
LETTERS = "abcdđeghiklmnopqrstuvxy"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(n: int) -> str:
    """1 → I, 4 → IV, 12 → XII."""
    found = ""
    for value, sign in _ROMAN:
        while n >= value:
            found += sign
            n -= value
    return found


class Numbering:
    """Counts the headings of a report; a heading begins the count of the levels below anew."""

    def __init__(self, levels: Sequence[Mapping[str, Any]]) -> None:
        self._levels = levels
        self._counts = [0] * len(levels)

    def next(self, level: int) -> tuple[str, bool]:
        """The number of the next heading of ``level`` (1 is the highest), and whether it stands
        on a line of its own; empty where the template gives the level none.
        """
        if level > len(self._levels):
            return "", False
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._levels) - level)
        count, rule = self._counts[level - 1], self._levels[level - 1]
        number = str(rule["number"]).format(
            ordinal=ORDINALS[count - 1] if count <= len(ORDINALS) else str(count),
            roman=roman(count),
            arabic=count,
            letter=_letter(count),
            capital=_letter(count).upper(),
        )
        return number, bool(rule.get("own_line"))


def _letter(count: int) -> str:
    return LETTERS[(count - 1) % len(LETTERS)]
