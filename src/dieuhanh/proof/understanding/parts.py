"""A whole and its parts: where a sentence, a bracket or a list gives them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.written import LARGE

TRIGGER = re.compile(
    r"(?P<open>trong đó(?:,?\s(?:có|gồm|bao gồm|riêng))?)|(?P<closed>(?:bao gồm|gồm có|gồm|chia ra|cụ thể(?: là)?|"
    r"cụ thể như sau|phân bổ(?: cho)?(?!\s\d)))",
    re.IGNORECASE,
)
SENTENCE = re.compile(rf"[.!?](?=\s[{LARGE}(\d\-–])|[.!?]\Z")
MORE = re.compile(r"…|\.\.\.")
#: Parts that overlap ("vừa … vừa …", "có thể trùng", "bao gồm cả") or count against each other
#: ("xuất siêu", "nhập siêu") are not summed.
OVERLAP = re.compile(
    r"\bvừa\s[^.;]{1,60}\bvừa\s|\btrùng nhau\b|\b(?:có thể|tính|có)\s(?:bị\s)?trùng\b"
    r"|\b(?:kể cả|bao gồm cả|gồm cả)\b|\bđồng thời (?:thuộc|là|có|được tính)\b"
    r"|\b(?:nhập siêu|xuất siêu|thâm hụt|bội chi)\b"
    # what one person may be besides: women, young, of an ethnic minority, outside the Party
    r"|\bnữ\b[^.]{1,80}\b(?:trẻ|ngoài Đảng|dân tộc thiểu số|tôn giáo|đảng viên|đại học|thạc sĩ|tái cử)\b"
    r"|\bchiếm phần lớn\b|\b(?:nâng cao|kiểu mẫu)\b",
    re.IGNORECASE,
)
#: What separates parts; a comma only where a number follows, so that nouns keep theirs.
_PARTS = re.compile(
    r";|,\s(?=(?:và\s|có\s|còn\s)?(?:\d|[^\W\d]+(?:\s[^\W\d]+){0,7}:?\s\d))|\svà\s(?=\d)|\svà\s(?=[^\W\d]+(?:\s[^\W\d]+){0,7}:?\s\d)"
)
_PARTS_INSIDE = re.compile(r",\s(?=\d)|\svà\s(?=\d)")
#: "19 xã đạt chuẩn, trong đó 18 xã đã được công nhận; có 06 xã đạt 15 tiêu chí": no part any more.
_NEW = re.compile(r";\s(?:có|ngoài ra)\s(?=\d)")
_HAS = re.compile(r":?\scó\s")
_ITEM = re.compile(r"^\s?(?:[-+*•–]\s|\(?[a-zđ\d]{1,2}[).]\s)")
_BRACKET = re.compile(r"[()]")
_STRONG = re.compile(";")
#: How far a whole may stand from the word that opens its parts.
_NEAR = 140
_REPEATED = {"có", "là", "gồm"}
#: "28/30 ý kiến, trong đó 21 … và 07 …": of those that are there.
_WHOLES = (What.VALUE, What.FRACTION)
#: Mỹ Đình 1, Thái Bình 2
_NAMED = re.compile(rf"\b[{LARGE}][^\W\d_]+\s\Z")
_OTHER_TIME = re.compile(
    r"\b(?:trong khi|(?:thấp|cao|ít|nhiều|lớn|nhỏ) hơn)\b|\bcùng kỳ\b[^;,]*\s(?:là|đạt|có)\s\Z",
    re.IGNORECASE,
)
TIMES = {"năm", "tháng", "tuần", "ngày", "giờ", "phút", "tuổi"}


@dataclass(frozen=True)
class Group:
    """A whole and the parts that the text gives of it.

    Attributes:
        closed: the parts make the whole; else they are some of it.
        listed: whether the text says that more follow (…).
        told: opened by "cụ thể", which tells the same thing closer, or in its parts.
        sure: whether the text says outright that they are the parts.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]
    closed: bool
    listed: bool = True
    told: bool = False
    sure: bool = True

    @property
    def total(self) -> Decimal:
        """Of the parts, in the unit of the whole."""
        return total(self.parts) / self.whole.scale


def whole_before(text: str, found: list[Quantity], before: int) -> Quantity | None:
    """The number right before, in the same sentence; what stands in brackets is no whole.

    "Cụ thể: …" that begins a sentence speaks of the one before.
    """
    begins = re.search(r"[.!?]\s\Z", text[max(0, before - 3) : before]) is not None
    inner = brackets(text)
    inner = inner[: bisect_left(inner, before, key=itemgetter(1))]
    for one in reversed(found):
        if one.span.end <= before - _NEAR - 1:
            return None
        if one.span.end > before or one.what not in _WHOLES or one.unit == "%":
            continue
        after = bisect_right(inner, one.span.start, key=itemgetter(1))
        if any(start < one.span.start for start, _end in inner[after:]):
            continue
        between = text[one.span.end : before]
        ends = len(SENTENCE.findall(between))
        if len(between) > _NEAR or ends > int(begins) or ";" in between.rstrip(" ;"):
            return None
        return one
    return None


def sentence_end(text: str, start: int) -> int:
    found = SENTENCE.search(text, start)
    return found.start() if found else len(text)


@lru_cache(maxsize=4)  # one text is asked for each of its numbers
def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Where brackets open and close, in the order of their ends."""
    open_at: list[int] = []
    found = []
    for one in _BRACKET.finditer(text):
        if one[0] == "(":
            open_at.append(one.start())
        elif open_at:
            found.append((open_at.pop(), one.start()))
    return tuple(found)


def bracket_around(text: str, at: int) -> int | None:
    """Where the bracket ends in which ``at`` stands, if it does."""
    return next((end for start, end in brackets(text) if start < at < end), None)


def parts_between(text: str, found: list[Quantity], start: int, end: int) -> list[Quantity]:
    """The first number of each part between two places; parts of parts are left out."""
    new = _NEW.search(text, start, end)
    if new and not _HAS.match(text, start):
        end = new.start()
    all_brackets = brackets(text)
    near = bisect_left(all_brackets, start, key=itemgetter(1))
    far = bisect_right(all_brackets, end, key=itemgetter(1))
    inner = [one for one in all_brackets[near:far] if one[0] >= start]
    strong = [
        one.end() for one in _STRONG.finditer(text, start, end) if not _within(one.start(), inner)
    ]
    if strong:
        first = strong[0] - 1
        begun = sum(
            1 for one in found if start <= one.span.start < first and one.what is What.VALUE
        )
        if (
            begun >= 2
            and _PARTS.search(text, start, first)
            and not re.match(r";\s(?:\d|và\s\d)", text[first : first + 6])
        ):
            end, strong = first, []  # commas made the list; something else is told after it
    # Where semicolons separate parts, other commas belong to what is counted.
    pattern = _PARTS_INSIDE if strong else _PARTS
    cuts = [
        one.end() for one in pattern.finditer(text, start, end) if not _within(one.start(), inner)
    ]
    places = [start, *sorted({*strong, *cuts}), end]
    parts = []
    starts = [one.span.start for one in found]
    for left, right in zip(places, places[1:], strict=False):
        inside = found[bisect_left(starts, left) : bisect_left(starts, right)]
        one = next(
            (q for q in inside if q.span.end <= right
             and q.what is What.VALUE and q.unit != "%"
             and not _within(q.span.start, inner)),
            None,
        )  # fmt: skip
        named = one and not one.noun and not one.unit and _NAMED.search(one.span.before(24))
        if one is not None and not named and not _OTHER_TIME.search(text, left, one.span.start):
            parts.append(one)
    return parts


def _within(at: int, brackets: list[tuple[int, int]]) -> bool:
    return any(start <= at <= end for start, end in brackets)


def items_below(report: Report, following: tuple[Passage, ...]) -> list[Quantity | None]:
    """The first number of each list item that follows; None for an item without."""
    found: list[Quantity | None] = []
    mark = ""
    for passage in following:
        label = _ITEM.match(passage.text)
        if not label:
            break
        kind = label[0].strip()[-1] if label[0].strip()[-1] in ").-+*•–" else ""
        if mark and kind != mark:
            if found:
                continue
            break
        mark = kind
        inside = [one for one in report.quantities_of.get(passage.number, [])
                  if one.what is What.VALUE and one.unit != "%"]  # fmt: skip
        found.append(inside[0] if inside else None)
    return found


def head_of(one: Quantity) -> str:
    words = [word for word in one.noun.lower().split() if word not in _REPEATED]
    return words[0] if words else ""


def alike(whole: Quantity, part: Quantity) -> bool:
    """Whether they may be added: the same unit; without units, nouns that do not exclude it."""
    if whole.unit or part.unit:
        return whole.unit.split()[-1:] == part.unit.split()[-1:]
    if part.decimals and not whole.decimals:
        return False  # 68 đảng bộ …, tuổi bình quân 49,8
    return (head_of(whole) in TIMES) == (head_of(part) in TIMES)


def total(parts: Sequence[Quantity]) -> Decimal:
    """The sum in the base unit."""
    return sum((one.value * one.scale for one in parts), Decimal(0))


def near(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the sum is so close that they are likely the parts."""
    aim = whole.value * whole.scale
    return abs(total(parts) - aim) * 5 <= aim
