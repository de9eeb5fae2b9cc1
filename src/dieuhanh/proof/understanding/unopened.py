"""Wholes whose parts no word opens: in brackets, after a colon, before their total, in a list below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.understanding.parts import (
    MORE,
    OVERLAP,
    SENTENCE,
    TRIGGER,
    Group,
    alike,
    brackets,
    head_of,
    items_below,
    near,
    parts_between,
    sentence_end,
    total,
    whole_before,
)

_TOTAL = re.compile(r"\b(?:tổng|tổng số|tổng cộng)\b[^;:.]{0,80}:?\s?\Z", re.IGNORECASE)
#: What is counted for itself, and is no kind of something else.
_COUNTERS = frozenset(
    """người vụ đơn cuộc đoàn lượt xe nhà hộ xã phường thị huyện quận thôn tổ cơ dự công trường lớp giáo học sinh cán
    đảng chi văn hồ nhiệm kiến phiếu ý đối bị tàu máy con cây căn phòng gói điểm bệnh ca mẫu giải""".split()  # noqa: SIM905
)
#: So many numbers before a total are tried.
_MOST = 8
#: Fewer are told by name, and often loosely.
_FEW = 10
_COLON = re.compile(r"[^.;:()\d]{0,60}:\s(?P<label>[^.;:()\d]{0,40})")
_ADDED_UP = re.compile(
    r"\b(?:nâng tổng|đưa tổng|tổng cộng|tổng số|tổng)\b[^;:.\d]{0,70}\s(?:là|lên|thành|còn|đạt)\s(?:\s?là\s)?\Z",
    re.IGNORECASE,
)
_LABELLED_BY_TIME = re.compile(r"\bnăm \d{4}|\bcùng kỳ\b|\bkế hoạch\b", re.IGNORECASE)


def totalled(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """Tổng số …: 806; đúng hạn: 800; quá hạn: 6: labels with numbers, the first one a total."""
    text = passage.text
    for at, whole in enumerate(found):
        if whole.what is not What.VALUE or not _TOTAL.search(whole.span.before(90)):
            continue
        end = sentence_end(text, whole.span.end)
        if not re.match(r"(?:\s[^\W\d_]+){0,3};", text[whole.span.end : end]):
            continue
        parts = [
            one for one in found[at + 1 :]
            if one.span.end <= end and re.search(r"[^\W\d_]:\s\Z", one.span.before(3))
        ]  # fmt: skip
        if OVERLAP.search(text, whole.span.end, end) or any(
            _TOTAL.search(one.span.before(90)) for one in parts[1:]
        ):
            continue
        if len(parts) >= 2 and all(alike(whole, one) for one in parts):
            yield Group(whole, tuple(parts), closed=True)


def bracketed(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """272 nhà đã hoàn thành (114 nhà xây mới; 158 nhà sửa chữa): no word opens the parts.

    Also 1.536 đơn (kỳ trước chuyển sang 40 đơn, nhận mới 1.496 đơn), and 221 đơn (196 khiếu nại, 25 tố cáo).
    """
    text = passage.text
    for start, end in brackets(text):
        if TRIGGER.match(text, start + 1) or MORE.search(text, start, end):
            continue
        whole = whole_before(text, found, start)
        parts = parts_between(text, found, start + 1, end)
        if whole is None or len(parts) < 2 or not (whole.noun or whole.unit):
            continue
        if len({head_of(one) for one in parts}) == 1 and head_of(parts[0]) != head_of(whole):
            # 12 ổ dịch tại 03 huyện (Bình Tân 05 ổ, Phú Hòa 04 ổ, Vĩnh An 03 ổ)
            whole = _earlier(text, found, whole, parts) or whole
        same = all(
            one.unit == whole.unit and (one.unit or head_of(one) == head_of(whole)) for one in parts
        )
        if parts[0].span.start > start + 2:
            if not same or _LABELLED_BY_TIME.search(text, start, end) or not near(whole, parts):
                continue
        elif not same and not _kinds_of(whole, parts, text[start + 1 : end]):
            continue
        yield Group(whole, tuple(parts), closed=True)


def _earlier(
    text: str, found: list[Quantity], nearest: Quantity, parts: list[Quantity]
) -> Quantity | None:
    """A number before the nearest one, in its sentence, that counts what the parts count."""
    start = max((one.end() for one in SENTENCE.finditer(text, 0, nearest.span.start)), default=0)
    return next(
        (one for one in reversed(found)
         if start <= one.span.start < nearest.span.start and one.what is What.VALUE
         and head_of(one) == head_of(parts[0]) and near(one, parts)), None,
    )  # fmt: skip


def coloned(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """Trang bị 26 xe chuyên dùng: 10 xe loại lớn, 08 xe loại vừa và 08 xe loại nhỏ."""
    text = passage.text
    for whole, first in zip(found, found[1:], strict=False):
        if whole.what is not What.VALUE or whole.unit or not whole.noun:
            continue
        between = text[whole.span.end : first.span.start]
        colon = _COLON.fullmatch(between)
        if not colon or TRIGGER.search(between):
            continue
        end = sentence_end(text, first.span.start)
        if OVERLAP.search(text, whole.span.end, end) or MORE.search(text, whole.span.end, end + 3):
            continue
        parts = parts_between(text, found, first.span.start, end)
        begun = all(re.search(r"[:,;]\s\Z|\svà\s\Z", one.span.before(4)) for one in parts)
        # Phân tích 22 quyết định: đúng 03 vụ việc, sai 15 vụ việc, đúng một phần 04 vụ việc
        labelled = (
            bool(colon["label"])
            and len({head_of(one) for one in parts}) == 1
            and bool(parts[0].noun)
        )
        if len(parts) < 2 or any(one.unit for one in parts) or not near(whole, parts):
            continue
        if not (begun or labelled):
            continue
        same = all(head_of(one) == head_of(whole) for one in parts)
        yield Group(whole, tuple(parts), closed=True, sure=same)


def summed_up(passage: Passage, found: list[Quantity]) -> Iterator[Group]:
    """305 doanh nghiệp tạm ngừng và 87 doanh nghiệp giải thể, tổng số rút khỏi thị trường là 392."""
    text = passage.text
    for at, whole in enumerate(found):
        if (
            whole.what is not What.VALUE
            or whole.unit == "%"
            or not _ADDED_UP.search(whole.span.before(90))
        ):
            continue
        start = max((one.end() for one in SENTENCE.finditer(text, 0, whole.span.start)), default=0)
        before = [
            one for one in found[:at]
            if one.span.start >= start and one.what is What.VALUE and one.unit.split()[-1:] == whole.unit.split()[-1:]
            and one.value * one.scale < whole.value * whole.scale
            and (whole.unit or not whole.noun or head_of(one) == head_of(whole))
        ]  # fmt: skip
        before = before[-_MOST:]
        tails = [before[from_:] for from_ in range(len(before) - 1)]
        aim = whole.value * whole.scale
        close = [one for one in tails if near(whole, one)]
        if close and all(total(one) != aim for one in tails):
            best = min(close, key=lambda tail: abs(total(tail) - aim))
            yield Group(whole, tuple(best), closed=True, sure=len(best) == len(before))


def itemised(
    report: Report, passage: Passage, found: list[Quantity], following: tuple[Passage, ...]
) -> Iterator[Group]:
    """… 18.600 triệu đồng. Nguồn vốn:, and each item below has its number."""
    if not passage.text.rstrip().endswith(":"):
        return
    items = items_below(report, following)
    parts = [one for one in items if one is not None]
    if len(parts) < 2 or len(parts) < len(items):
        return
    if len({(one.unit.split()[-1:] or [head_of(one)])[0] for one in parts}) > 1:
        return
    same = [
        one for one in found
        if one.what is What.VALUE and one.unit.split()[-1:] == parts[0].unit.split()[-1:]
        and (one.unit or (head_of(one) and head_of(one) == head_of(parts[0])))
    ]  # fmt: skip
    aim = total(parts)
    close = [one for one in same if near(one, parts)]
    if close and all(one.value * one.scale != aim for one in same):
        whole = min(close, key=lambda one: abs(one.value * one.scale - aim))
        yield Group(whole, tuple(parts), closed=True, sure=False)


def _kinds_of(whole: Quantity, parts: list[Quantity], inside: str) -> bool:
    """196 khiếu nại, 25 tố cáo are letters; 9 người chết, 3 xe cháy are no accidents."""
    if whole.unit or whole.value < _FEW or any(one.unit or not one.noun for one in parts):
        return False
    if any(head_of(one) in _COUNTERS and head_of(one) != head_of(whole) for one in parts):
        return False
    told = re.split(r"[,;]\s|\svà\s", inside)
    return len(told) == len(parts) and near(whole, parts)
