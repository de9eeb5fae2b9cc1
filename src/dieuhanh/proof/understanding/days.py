"""Days in a text: 17/6/2024, ngày 17 tháng 6 năm 2024, 6/2024; and the day of the report itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dieuhanh.proof.model import Day, Span
from dieuhanh.proof.passages import Passage

_NUMERIC = re.compile(r"(?<![\d/.,])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?![\d/])")
_WORDS = re.compile(r"\b[Nn]gày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)")
_MONTH = re.compile(r"(?:\b[Tt]háng\s+)(\d{1,2})\s?/\s?(\d{4})(?![\d/])")
_MONTH_WORDS = re.compile(r"\b[Tt]háng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)")
#: The place and day at the head of a document: "Hà Nội, ngày 17 tháng 6 năm 2024".
_HEAD = re.compile(r"^(?:Số\s?:\s?\S{1,40}\s)?[^.;:()]{2,60},\s+[Nn]gày\s+\Z")
#: Words before a day that is still to come, or a limit.
AHEAD = re.compile(
    r"(?:dự kiến|chậm nhất|trước ngày|trước|đến hết|hạn|đến năm|kể từ|hiệu lực|sẽ|phấn đấu|theo kế hoạch|"
    r"hoàn thành (?:trước|trong))[^.;]{0,60}\Z",
    re.IGNORECASE,
)
#: Words before a day up to which figures were counted.
UNTIL = re.compile(r"(?:tính đến|đến|tới|hết)\s+(?:hết\s+)?(?:ngày\s+)?\Z", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:tính đến|(?:số liệu|kết quả)(?: được)?(?: tính| tổng hợp| lấy)? từ ngày [\d/.-]{6,10} đến|số liệu(?: tổng hợp)? đến|lũy kế đến|luỹ kế đến|kết quả(?: thực hiện)? đến)\s"
    r"(?:hết\s)?(?:ngày\s)?\Z",
    re.IGNORECASE,
)
#: How long after its figures a report may tell of what happened.
_LATE = timedelta(days=45)
#: What a report tells of, before its day.
_RECENT = timedelta(days=400)
#: One "đến ngày …" alone says nothing of the day of a report.
_OF_FEW = 3


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def days(passage: Passage) -> Iterator[Day]:
    """The days, and months of a year, that a passage names, in order."""
    found: list[Day] = []
    text = passage.text
    for one in _NUMERIC.finditer(text):
        found.append(Day(Span(passage, *one.span()), _day(one[1], one[2], one[3])))
    for one in _WORDS.finditer(text):
        found.append(Day(Span(passage, *one.span()), _day(one[1], one[2], one[3])))
    taken = [(one.span.start, one.span.end) for one in found]
    for pattern in (_MONTH, _MONTH_WORDS):
        for one in pattern.finditer(text):
            if all(one.end() <= start or one.start() >= end for start, end in taken):
                known = Span(passage, *one.span())
                found.append(Day(known, _day("1", one[1], one[2]), "m/y"))
    yield from sorted(found, key=lambda one: one.span.start)


def is_cut_off(day: Day) -> bool:
    """Whether figures were counted up to it."""
    return bool(UNTIL.search(day.span.before(24)))


def is_counted(day: Day) -> bool:
    """Whether the text says outright that its figures were counted up to that day."""
    return bool(_COUNTED.search(day.span.before(60)))


def is_ahead(day: Day) -> bool:
    """Whether the text speaks of it as of something to come."""
    return bool(AHEAD.search(day.span.before(90)))


def printed_day(found: Iterable[Day]) -> date | None:
    """The day at the head of a report."""
    for one in found:
        heads = one.span.passage.number < 12 and _HEAD.search(one.span.before(120) + "ngày ")
        if one.value and heads and one.span.words.lower().startswith("ngày"):
            return one.value
    return None


def inferred_day(found: Iterable[Day]) -> date | None:
    """The day of the latest past event of a report that is not dated.

    A day long after the figures of the report does not count: it may be the very one that is wrong.
    But where many a day comes later, it is the figures that are old.
    """
    whole = [one for one in found if one.value and one.known == "d/m/y"]
    ended = sorted(one.value for one in whole if one.value and is_cut_off(one))
    if not ended:
        return None
    usual = max(set(ended), key=lambda one: (ended.count(one), one))
    past = [
        one.value
        for one in whole
        if one.value and usual <= one.value <= usual + _LATE and not is_ahead(one)
    ]
    latest = max([usual, *past])
    told = ended.count(usual) > 1 or any(one.value == usual and is_counted(one) for one in whole)
    recent = sum(1 for one in whole if one.value and latest - _RECENT <= one.value <= latest)
    later = sum(1 for one in whole if one.value and one.value > latest and not is_ahead(one))
    if not told and recent < _OF_FEW:
        return None
    return latest if later <= 1 or recent > later * 3 else None
