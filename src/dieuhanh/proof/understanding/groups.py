"""A whole and its parts: "482 cuộc họp, trong đó: 05 phiên …; 477 cuộc …", "(gồm …)", lists of items."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage

_TRIGGER = re.compile(
    r"(?P<open>trong đó(?:,?\s(?:có|gồm|bao gồm|riêng))?)|(?P<closed>(?:bao gồm|gồm có|gồm|chia ra|cụ thể(?: là)?|"
    r"cụ thể như sau|phân bổ(?: cho)?(?!\s\d)))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?](?=\s[A-ZĐÀ-Ỹ(\d\-–])|[.!?]\Z")
_MORE = re.compile(r"…|\.\.\.")
#: Parts that overlap ("vừa … vừa …", "có thể trùng", "bao gồm cả") or count against each other
#: ("xuất siêu", "nhập siêu") are not summed.
_OVERLAP = re.compile(
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
#: An ellipsis further from the last part belongs to what was counted, not to the list.
_CLOSE = 60
_TOTAL = re.compile(r"\b(?:tổng|tổng số|tổng cộng)\b[^;:.]{0,80}:?\s?\Z", re.IGNORECASE)
_ITEM = re.compile(r"^\s?(?:[-+*•–]\s|\(?[a-zđ\d]{1,2}[).]\s)")
_BRACKET = re.compile(r"[()]")
_STRONG = re.compile(";")
#: How far a whole may stand from the word that opens its parts.
_NEAR = 140
_REPEATED = {"có", "là", "gồm"}
#: "28/30 ý kiến, trong đó 21 … và 07 …": of those that are there.
_WHOLES = (What.VALUE, What.FRACTION)
#: Of each of several; and of another time.
_EACH = re.compile(r"\b(?:mỗi|từng)\s[^.;,]*\Z", re.IGNORECASE)
#: Mỹ Đình 1, Thái Bình 2
_NAMED = re.compile(r"\b[A-ZĐÀ-Ỹ][^\W\d_]+\s\Z")
_MOSTLY = re.compile(r"\b(?:chủ yếu|chính)\s\Z")
_OTHER_TIME = re.compile(
    r"\b(?:trong khi|(?:thấp|cao|ít|nhiều|lớn|nhỏ) hơn)\b|\bcùng kỳ\b[^;,]*\s(?:là|đạt|có)\s\Z",
    re.IGNORECASE,
)
#: What is counted for itself, and is no kind of something else.
_COUNTERS = frozenset(
    """người vụ đơn cuộc đoàn lượt xe nhà hộ xã phường thị huyện quận thôn tổ cơ dự công trường lớp giáo học sinh cán
    đảng chi văn hồ nhiệm kiến phiếu ý đối bị tàu máy con cây căn phòng gói điểm bệnh ca mẫu giải""".split()  # noqa: SIM905
)
#: Fewer are told by name, and often loosely.
_FEW = 10
_COLON = re.compile(r"[^.;:()\d]{0,60}:\s(?P<label>[^.;:()\d]{0,40})")
_ADDED_UP = re.compile(
    r"\b(?:nâng tổng|đưa tổng|tổng cộng|tổng số|tổng)\b[^;:.\d]{0,70}\s(?:là|lên|thành|còn|đạt)\s(?:\s?là\s)?\Z",
    re.IGNORECASE,
)
_LABELLED_BY_TIME = re.compile(r"\bnăm \d{4}|\bcùng kỳ\b|\bkế hoạch\b", re.IGNORECASE)
_TIMES = {"năm", "tháng", "tuần", "ngày", "giờ", "phút", "tuổi"}


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


def groups(report: Report) -> Iterator[Group]:
    """The groups of a report, outer ones before those inside them."""
    for number, passage in enumerate(report.passages):
        found = report.quantities_of.get(passage.number, [])
        if found:
            yield from _opened(report, passage, found, report.passages[number + 1 : number + 31])
            yield from _bracketed(passage, found)
            yield from _coloned(passage, found)
            yield from _summed_up(passage, found)
            yield from _itemised(report, passage, found, report.passages[number + 1 : number + 31])
            yield from _totalled(passage, found)


def _opened(
    report: Report, passage: Passage, found: list[Quantity], following: tuple[Passage, ...]
) -> Iterator[Group]:
    text = passage.text
    for trigger in _TRIGGER.finditer(text):
        whole = _whole(text, found, trigger.start())
        if whole is None:
            continue
        inside = _bracket_around(text, trigger.start())
        end = inside if inside is not None else _sentence_end(text, trigger.end())
        if _OVERLAP.search(text, whole.span.end, end):
            continue
        parts = _parts(text, found, trigger.end(), end)
        if not parts and text.rstrip().endswith(":") and len(text) - trigger.end() <= 4:
            items = _items(report, following)
            if None in items:
                continue
            parts = [one for one in items if one is not None]
        parts = [one for one in parts if _alike(whole, one)]
        if len(parts) < 2 or not _of_one_kind(whole, parts) or _head(whole) in _TIMES:
            continue
        if any(_EACH.search(one.span.before(30)) for one in parts):
            continue
        last = parts[-1].span.end if parts[-1].span.passage is passage else end
        more = bool(_MORE.search(text, last, min(end + 3, last + _CLOSE)))
        more = more or bool(_MOSTLY.search(text, trigger.start() - 9, trigger.start()))
        told = trigger[0].lower().startswith("cụ thể")
        yield Group(whole, tuple(parts), trigger["closed"] is not None and not more, not more, told)


def too_large(report: Report) -> Iterator[tuple[Quantity, Quantity]]:
    """(whole, part) where "trong đó" tells a part that exceeds all it can be a part of."""
    for found in report.quantities_of.values():
        passage = found[0].span.passage
        for trigger in _TRIGGER.finditer(passage.text):
            whole = _whole(passage.text, found, trigger.start()) if trigger["open"] else None
            part = next((one for one in found if one.span.start >= trigger.end()), None)
            if whole is None or part is None or part.what is not What.VALUE or not _head(whole):
                continue
            near = re.fullmatch(r":?\s(?:có\s)?", passage.text[trigger.end() : part.span.start])
            if not near or _head(part) != _head(whole) or part.unit != whole.unit:
                continue
            start = max(
                (one.end() for one in _SENTENCE.finditer(passage.text, 0, whole.span.start)),
                default=0,
            )
            before = [one for one in found if start <= one.span.start < trigger.start()]
            if all(one.value * one.scale < part.value * part.scale for one in before):
                yield whole, part


def _totalled(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """Tổng số …: 806; đúng hạn: 800; quá hạn: 6: labels with numbers, the first one a total."""
    text = passage.text
    for at, whole in enumerate(found):
        if whole.what is not What.VALUE or not _TOTAL.search(whole.span.before(90)):
            continue
        end = _sentence_end(text, whole.span.end)
        if not re.match(r"(?:\s[^\W\d_]+){0,3};", text[whole.span.end : end]):
            continue
        parts = [
            one for one in found[at + 1 :]
            if one.span.end <= end and re.search(r"[^\W\d_]:\s\Z", one.span.before(3))
        ]  # fmt: skip
        if _OVERLAP.search(text, whole.span.end, end) or any(
            _TOTAL.search(one.span.before(90)) for one in parts[1:]
        ):
            continue
        if len(parts) >= 2 and all(_alike(whole, one) for one in parts):
            yield Group(whole, tuple(parts), closed=True)


def _bracketed(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """272 nhà đã hoàn thành (114 nhà xây mới; 158 nhà sửa chữa): no word opens the parts.

    Also 1.536 đơn (kỳ trước chuyển sang 40 đơn, nhận mới 1.496 đơn), and 221 đơn (196 khiếu nại, 25 tố cáo).
    """
    text = passage.text
    for start, end in _brackets(text):
        if _TRIGGER.match(text, start + 1) or _MORE.search(text, start, end):
            continue
        whole = _whole(text, found, start)
        parts = _parts(text, found, start + 1, end)
        if whole is None or len(parts) < 2 or not (whole.noun or whole.unit):
            continue
        if len({_head(one) for one in parts}) == 1 and _head(parts[0]) != _head(whole):
            # 12 ổ dịch tại 03 huyện (Bình Tân 05 ổ, Phú Hòa 04 ổ, Vĩnh An 03 ổ)
            whole = _earlier(text, found, whole, parts) or whole
        same = all(
            one.unit == whole.unit and (one.unit or _head(one) == _head(whole)) for one in parts
        )
        if parts[0].span.start > start + 2:
            if not same or _LABELLED_BY_TIME.search(text, start, end) or not _near(whole, parts):
                continue
        elif not same and not _kinds_of(whole, parts, text[start + 1 : end]):
            continue
        yield Group(whole, tuple(parts), closed=True)


def _earlier(
    text: str, found: list[Quantity], nearest: Quantity, parts: list[Quantity]
) -> Quantity | None:
    """A number before the nearest one, in its sentence, that counts what the parts count."""
    start = max((one.end() for one in _SENTENCE.finditer(text, 0, nearest.span.start)), default=0)
    return next(
        (one for one in reversed(found)
         if start <= one.span.start < nearest.span.start and one.what is What.VALUE
         and _head(one) == _head(parts[0]) and _near(one, parts)), None,
    )  # fmt: skip


def _near(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the sum is so close that they are likely the parts."""
    total = sum(one.value * one.scale for one in parts)
    return abs(total - whole.value * whole.scale) * 5 <= whole.value * whole.scale


def _coloned(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """Trang bị 26 xe chuyên dùng: 10 xe loại lớn, 08 xe loại vừa và 08 xe loại nhỏ."""
    text = passage.text
    for whole, first in zip(found, found[1:], strict=False):
        if whole.what is not What.VALUE or whole.unit or not whole.noun:
            continue
        between = text[whole.span.end : first.span.start]
        colon = _COLON.fullmatch(between)
        if not colon or _TRIGGER.search(between):
            continue
        end = _sentence_end(text, first.span.start)
        if _OVERLAP.search(text, whole.span.end, end) or _MORE.search(
            text, whole.span.end, end + 3
        ):
            continue
        parts = _parts(text, found, first.span.start, end)
        begun = all(re.search(r"[:,;]\s\Z|\svà\s\Z", one.span.before(4)) for one in parts)
        # Phân tích 22 quyết định: đúng 03 vụ việc, sai 15 vụ việc, đúng một phần 04 vụ việc
        labelled = (
            bool(colon["label"]) and len({_head(one) for one in parts}) == 1 and bool(parts[0].noun)
        )
        if len(parts) < 2 or any(one.unit for one in parts) or not _near(whole, parts):
            continue
        if not (begun or labelled):
            continue
        same = all(_head(one) == _head(whole) for one in parts)
        yield Group(whole, tuple(parts), closed=True, sure=same)


def _summed_up(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """305 doanh nghiệp tạm ngừng và 87 doanh nghiệp giải thể, tổng số rút khỏi thị trường là 392."""
    text = passage.text
    for at, whole in enumerate(found):
        if (
            whole.what is not What.VALUE
            or whole.unit == "%"
            or not _ADDED_UP.search(whole.span.before(90))
        ):
            continue
        start = max((one.end() for one in _SENTENCE.finditer(text, 0, whole.span.start)), default=0)
        before = [
            one for one in found[:at]
            if one.span.start >= start and one.what is What.VALUE and one.unit.split()[-1:] == whole.unit.split()[-1:]
            and one.value * one.scale < whole.value * whole.scale
            and (whole.unit or not whole.noun or _head(one) == _head(whole))
        ]  # fmt: skip
        tails = [before[from_:] for from_ in range(len(before) - 1)]
        near = [one for one in tails if _near(whole, one)]
        if any(
            sum(one.value * one.scale for one in tail) == whole.value * whole.scale
            for tail in tails
        ):
            continue
        if near:
            best = min(
                near,
                key=lambda tail: abs(
                    sum(one.value * one.scale for one in tail) - whole.value * whole.scale
                ),
            )
            yield Group(whole, tuple(best), closed=True, sure=len(best) == len(before))


def _itemised(
    report: Report, passage: Passage, found: list[Quantity], following: tuple[Passage, ...]
) -> Iterator[Group]:
    """… 18.600 triệu đồng. Nguồn vốn:, and each item below has its number."""
    if not passage.text.rstrip().endswith(":"):
        return
    items = _items(report, following)
    parts = [one for one in items if one is not None]
    if len(parts) < 2 or len(parts) < len(items):
        return
    if len({(one.unit.split()[-1:] or [_head(one)])[0] for one in parts}) > 1:
        return
    alike = [
        one for one in found
        if one.what is What.VALUE and one.unit.split()[-1:] == parts[0].unit.split()[-1:]
        and (one.unit or (_head(one) and _head(one) == _head(parts[0])))
    ]  # fmt: skip
    total = sum(one.value * one.scale for one in parts)
    if any(one.value * one.scale == total for one in alike):
        return
    near = [one for one in alike if _near(one, parts)]
    if near:
        whole = min(near, key=lambda one: abs(one.value * one.scale - total))
        yield Group(whole, tuple(parts), closed=True, sure=False)


def _kinds_of(whole: Quantity, parts: list[Quantity], inside: str) -> bool:
    """196 khiếu nại, 25 tố cáo are letters; 9 người chết, 3 xe cháy are no accidents."""
    if whole.unit or whole.value < _FEW or any(one.unit or not one.noun for one in parts):
        return False
    if any(_head(one) in _COUNTERS and _head(one) != _head(whole) for one in parts):
        return False
    told = re.split(r"[,;]\s|\svà\s", inside)
    total = sum(one.value for one in parts)
    return len(told) == len(parts) and abs(total - whole.value) * 5 <= whole.value


def _whole(text: str, found: list[Quantity], before: int) -> Quantity | None:
    """The number right before, in the same sentence; what stands in brackets is no whole.

    "Cụ thể: …" that begins a sentence speaks of the one before.
    """
    begins = re.search(r"[.!?]\s\Z", text[max(0, before - 3) : before]) is not None
    inner = _brackets(text)
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
        ends = len(_SENTENCE.findall(between))
        if len(between) > _NEAR or ends > int(begins) or ";" in between.rstrip(" ;"):
            return None
        return one
    return None


def _sentence_end(text: str, start: int) -> int:
    found = _SENTENCE.search(text, start)
    return found.start() if found else len(text)


@lru_cache(maxsize=4)  # one text is asked for each of its numbers
def _brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Where brackets open and close, in the order of their ends."""
    open_at: list[int] = []
    found = []
    for one in _BRACKET.finditer(text):
        if one[0] == "(":
            open_at.append(one.start())
        elif open_at:
            found.append((open_at.pop(), one.start()))
    return tuple(found)


def _bracket_around(text: str, at: int) -> int | None:
    """Where the bracket ends in which ``at`` stands, if it does."""
    return next((end for start, end in _brackets(text) if start < at < end), None)


def _parts(text: str, found: list[Quantity], start: int, end: int) -> list[Quantity]:
    """The first number of each part between two places; parts of parts are left out."""
    new = _NEW.search(text, start, end)
    if new and not _HAS.match(text, start):
        end = new.start()
    all_brackets = _brackets(text)
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
    for left, right in zip(places, places[1:], strict=False):
        one = next(
            (q for q in found if left <= q.span.start and q.span.end <= right
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


def _items(report: Report, following: tuple[Passage, ...]) -> list[Quantity | None]:
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


def _head(one: Quantity) -> str:
    words = [word for word in one.noun.lower().split() if word not in _REPEATED]
    return words[0] if words else ""


def _alike(whole: Quantity, part: Quantity) -> bool:
    """Whether they may be added: the same unit; without units, nouns that do not exclude it."""
    if whole.unit or part.unit:
        return whole.unit.split()[-1:] == part.unit.split()[-1:]
    if part.decimals and not whole.decimals:
        return False  # 68 đảng bộ …, tuổi bình quân 49,8
    return (_head(whole) in _TIMES) == (_head(part) in _TIMES)


def _of_one_kind(whole: Quantity, parts: list[Quantity]) -> bool:
    """Parts that all count one thing are no parts of what counts another: 23 decisions of 172 procedures."""
    heads = {_head(one) for one in parts if one.noun}
    return not (whole.noun and len(heads) == 1 and len(parts) > 1 and all(one.noun for one in parts)
                and _head(whole) not in heads)  # fmt: skip
