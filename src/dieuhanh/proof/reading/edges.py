"""How a line begins and ends: whether a sentence ended with it, or goes on in it."""

from __future__ import annotations

import re

from dieuhanh.proof.reading.lines import Line
from dieuhanh.text.fold import nfc

#: As much of a line's beginning and end as is looked at.
_HEAD, _TAIL = 120, 40
_MARKS = "*_ \t”\"’'»"
_CLOSING = "”\"’')]»"
#: After these words a number belongs to them and opens no item.
_ASKS_NUMBER = re.compile(
    r"(?:điều|khoản|điểm|mục|số|tháng|năm|quý|ngày|thứ|khóa|khoá|kỳ|lần|cấp|phụ lục|biểu|bảng"
    r"|chương|phần|đề án|loại|nhóm|vành đai|quốc lộ|và|đến|từ|gồm|là|có|các|của|tại)\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S{1,30}")


class Edges:
    """The beginning and the end of a line, composed."""

    __slots__ = ("bare", "begin", "caps", "end", "line")

    def __init__(self, text: str, line: Line) -> None:
        self.line = line
        self.begin = nfc(text[line.start : min(line.end, line.start + _HEAD)])
        self.bare = self.begin.lstrip("*_>“\"‘'(")
        self.end = nfc(text[max(line.start, line.end - _TAIL) : line.end]).rstrip(_MARKS)
        letters = [char for char in self.begin if char.isalpha()]
        self.caps = len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)

    @property
    def ends_sentence(self) -> bool:
        end = self.end.rstrip(_CLOSING)
        return end.endswith((".", "!", "?", "…", "./", "/.")) or (end != self.end and not end)

    @property
    def ends_clause(self) -> bool:
        return self.end.endswith((";", ":"))

    @property
    def hangs(self) -> bool:
        """It asks for more: "…, năm", "143-", "(", "tại Điều"."""
        return self.end.endswith((",", "-", "–", "(", "“", "/")) and not self.end.endswith("./")

    @property
    def asks_number(self) -> bool:
        return _ASKS_NUMBER.search(self.end) is not None

    @property
    def goes_on(self) -> bool:
        """It begins in the midst of a sentence."""
        first = self.bare[:1]
        return first.islower() or first in ",.;:)]”%/…" or not first

    @property
    def begins_upper(self) -> bool:
        return self.bare[:1].isupper()

    @property
    def begins_number(self) -> bool:
        return self.bare[:1].isdecimal()

    @property
    def first_word(self) -> int:
        """Its length."""
        found = _WORD.match(self.begin)
        return found.end() if found else 0
