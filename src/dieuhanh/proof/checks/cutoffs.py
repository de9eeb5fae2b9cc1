"""Days of counting and of a story, against the day of the report and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Day, Report, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.understanding.days import is_counted, is_cut_off
from dieuhanh.proof.written import LARGE

_PLANNED = re.compile(r"\b(?:dự kiến|ước|phấn đấu|sẽ|kế hoạch)\b[^.;]{0,60}\Z", re.IGNORECASE)
_AGREED = re.compile(
    r"\b(?:thông qua|thống nhất|cho ý kiến)\b[^.]{0,80}\b(?:dự thảo\s)?báo cáo\b", re.IGNORECASE
)
_MEETING = re.compile(
    r"\b(?:hội nghị|phiên họp|cuộc họp|kỳ họp)\s(?:[^\W\d_]+\s){0,4}?(?:ngày\s)?\Z", re.IGNORECASE
)


@check(
    "days.cutoff", Severity.ERROR,
    "Số liệu không thể tính đến một ngày sau ngày báo cáo",
    "Figures cannot be counted up to a day after the report",
)  # fmt: skip
def cutoff(report: Report) -> Iterator[Remark]:
    if report.day is None:
        return
    for one in report.days:
        if one.value is None or one.known != "d/m/y" or one.value <= report.day:
            continue
        if is_counted(one) and not _PLANNED.search(one.span.before(100)):
            yield Remark(
                one.span,
                f"Số liệu tính đến ngày {one.span.words}, sau ngày của báo cáo ({report.day:%d/%m/%Y}).",
                f"Figures up to {one.span.words}, after the day of the report ({report.day:%d/%m/%Y}).",
                f"{one.span.words} > {report.day:%d/%m/%Y}",
            )  # fmt: skip


@check(
    "days.agreed", Severity.SUSPICIOUS,
    "Số liệu tính đến một ngày sau cuộc họp đã thông qua báo cáo",
    "Figures up to a day after the meeting that agreed the report",
)  # fmt: skip
def agreed(report: Report) -> Iterator[Remark]:
    meeting = next(
        (one for one in report.days if one.value and _MEETING.search(one.span.before(50))
         and _AGREED.search(one.span.after(250))), None,
    )  # fmt: skip
    if meeting is None or meeting.value is None:
        return
    for one in report.days:
        if one.value is None or one.known != "d/m/y" or one.value <= meeting.value:
            continue
        if is_cut_off(one) and re.search(r"\bđã\b|\d", one.span.after(60)) and _of_past(one):
            yield Remark(
                one.span,
                f"Số liệu đến ngày {one.span.words}, sau cuộc họp ngày {meeting.span.words} đã thông qua báo cáo; "
                "xin xem số này được bổ sung sau khi thông qua, hay ngày ghi sai.",
                f"Figures up to {one.span.words}, after the meeting of {meeting.span.words} that agreed the report.",
                f"{one.span.words} > {meeting.span.words}", "", (meeting.span,),
            )  # fmt: skip


def _of_past(one: Day) -> bool:
    return bool(re.search(r"\b(?:tính đến|kết quả|số liệu|lũy kế|đến)\b[^.;]{0,30}\Z", one.span.before(50),
                          re.IGNORECASE)) and not _PLANNED.search(one.span.before(100))  # fmt: skip


#: What begins a thing, and what ends it.
_STORIES = (
    (r"khai mạc", r"bế mạc"),
    (r"khởi công", r"hoàn thành|khánh thành|thông xe|bàn giao"),
    (r"tiếp nhận|thụ lý|nhận đơn", r"giải quyết xong|trả kết quả|ban hành kết luận"),
    (r"bắt đầu|phát động", r"kết thúc|tổng kết"),
    (r"mở thầu", r"ký hợp đồng"),
)  # fmt: skip
_DAY = r"(?:vào\s)?ngày\s(\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])"
#: An act with the day after it, and with the day before it.
_DATED = {
    act: (
        re.compile(rf"\b(?:{act})(?:\s[^\W\d_]+){{0,3}}\s{_DAY}", re.IGNORECASE),
        re.compile(rf"{_DAY},?\s(?:{act})\b", re.IGNORECASE),
    )
    for pair in _STORIES for act in pair
}  # fmt: skip
_ANY_DAY = re.compile(r"\b[Nn]gày\s\d{1,2}/")
_ANY_ACT = re.compile("|".join(begins for begins, _ in _STORIES), re.IGNORECASE)
_SENTENCE = re.compile(rf"[.!?](?=\s[{LARGE}]|\Z)")


@check(
    "days.story", Severity.ERROR,
    "Việc kết thúc trước khi bắt đầu", "Something ends before it begins",
)  # fmt: skip
def story(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        if len(_ANY_DAY.findall(passage.text)) < 2 or not _ANY_ACT.search(passage.text):
            continue
        start = 0
        for end in [one.end() for one in _SENTENCE.finditer(passage.text)] + [len(passage.text)]:
            for begins, ends in _STORIES:
                there = _dated(begins, passage, start, end)
                here = _dated(ends, passage, start, end)
                if there and here and _is_before(here.words, there.words):
                    yield Remark(
                        here, f"Kết thúc ngày {here.words}, trước khi bắt đầu ngày {there.words}.",
                        f"Ends on {here.words}, before it begins on {there.words}.",
                        f"{here.words} < {there.words}", "", (there,),
                    )  # fmt: skip
            start = end


def _dated(act: str, passage: Passage, start: int, end: int) -> Span | None:
    """The one day of an act: right after it, else right before it."""
    for pattern in _DATED[act]:
        found = list(pattern.finditer(passage.text, start, end))
        if found:
            return Span(passage, *found[0].span(1)) if len(found) == 1 else None
    return None


def _is_before(first: str, second: str) -> bool:
    """Days with years, or both without them; December and January of two years are no order."""
    one, other = (
        tuple(int(part) for part in reversed(words.split("/"))) for words in (first, second)
    )
    if len(one) != len(other):
        return False
    try:
        days = [date(*part) if len(part) == 3 else date(2000, *part) for part in (one, other)]
    except ValueError:
        return False
    return days[0] < days[1] and (len(one) == 3 or (days[1] - days[0]).days < 180)
