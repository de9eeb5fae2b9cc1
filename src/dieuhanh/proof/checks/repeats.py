"""The same thing said twice with different numbers, in one report or in several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dieuhanh.proof.checks.registry import check, together
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Span, What
from dieuhanh.proof.passages import Passage
from dieuhanh.text.fold import fold

_CLAUSE = re.compile(r"[.;](?=\s|\Z)|\s[-–]\s|\(|\)")
_WORD = re.compile(r"[^\W\d_]+")
#: Words that say nothing of what is told.
_EMPTY = frozenset(
    ("da", "la", "va", "cua", "co", "dat", "duoc", "trong", "do", "cac", "nhung", "voi", "so", "theo",
     "tang", "giam", "cung", "ky", "nam", "du", "toan", "ke", "hoach", "thang", "dau", "cuoi", "uoc",
     "tren", "dia", "ban", "thanh", "pho", "cho", "den", "nay", "tai", "mot")
)  # fmt: skip
#: Fewer words of its own do not tell what a number is of.
_FEWEST = 4
_PERIOD_WORDS = re.compile(
    r"\b(?:\d{1,2} tháng|sáu tháng|quý [IVX\d]+|năm \d{4}|cùng kỳ|cả năm|tháng \d{1,2}(?:/\d{4})?|lũy kế|luỹ kế|ước)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:[-+*•–]\s|\(\d{1,2}\)\s|[a-zđ]\)\s)")
_TIME = re.compile(r"(?:ngày|giờ|phút|tuần|tháng|năm|tuổi)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A clause with one number in it.

    Attributes:
        key: its words, folded, without those that say nothing.
        periods: the times it names; two clauses of different times tell different things.
    """

    report: Report
    one: Quantity
    key: tuple[str, ...]
    periods: frozenset[str]


def _clause(passage: Passage, span: Span) -> tuple[int, int]:
    text = passage.text
    start = max((found.end() for found in _CLAUSE.finditer(text, 0, span.start)), default=0)
    end = _CLAUSE.search(text, span.end)
    return start, end.start() if end else len(text)


def _told(report: Report) -> Iterator[Told]:
    for one in report.quantities:
        if one.what in (What.RANK_CHANGE, What.TARGET) or one.span.passage.block.cell:
            continue
        if _TIME.match(one.noun):
            continue  # time limits differ from case to case
        passage = one.span.passage
        start, end = _clause(passage, one.span)
        neighbours = report.quantities_of[passage.number]
        left = max((q.span.end for q in neighbours if q.span.end <= one.span.start), default=start)
        right = min((q.span.start for q in neighbours if q.span.start >= one.span.end), default=end)
        before = passage.text[max(start, left) : one.span.start]
        after = passage.text[one.span.end : min(end, right)]
        told, things = _words(before), _words(after)
        periods = frozenset(
            fold(found[0]) for found in _PERIOD_WORDS.finditer(passage.text[start:end])
        )
        for words in _keys(told, [] if one.unit else things):
            yield Told(report, one, (*words, fold(one.unit), one.what), periods)


def _keys(told: list[str], things: list[str]) -> Iterator[tuple[str, ...]]:
    """What tells one number from another: words enough right before it, or on both sides of it."""
    if len(told) >= _FEWEST:
        yield (*told[-_FEWEST:], "#", *things[: _FEWEST - 1])
    if len(told) >= _FEWEST // 2 and len(things) >= _FEWEST:
        yield (*told[-_FEWEST // 2 :], "#", *things[:_FEWEST])


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text)) if word not in _EMPTY]


@check(
    "repeats.figure", Severity.SUSPICIOUS,
    "Cùng một nội dung, hai chỗ ghi hai số khác nhau",
    "The same thing with different numbers at two places",
)  # fmt: skip
def figure(report: Report) -> Iterator[Remark]:
    yield from among([report])


@together(
    "repeats.files", Severity.SUSPICIOUS,
    "Hai văn bản ghi hai số khác nhau về cùng một nội dung",
    "Two reports give different numbers of the same thing",
)  # fmt: skip
def among(reports: Sequence[Report]) -> Iterator[Remark]:
    """Clauses of the same words whose numbers differ; the later place is the finding."""
    known: dict[tuple[str, ...], list[Told]] = {}
    for report in reports:
        for now in _told(report):
            others = known.setdefault(now.key, [])
            same = [one for one in others if (one.report is report) == (len(reports) == 1)]
            before = next((one for one in same if _differ(one, now)), None)
            if before is not None:
                yield _remark(before, now)
            others.append(now)


def _differ(before: Told, now: Told) -> bool:
    first, second = before.one, now.one
    if first.value * first.scale == second.value * second.scale and first.high == second.high:
        return False
    if before.periods != now.periods:
        return False
    if _ITEM.match(first.span.passage.text) and _ITEM.match(second.span.passage.text):
        return False  # items of lists: each is of something else
    # One list names the same kind of thing many times: "50 hộ xã A; 70 hộ xã A".
    return (
        first.span.passage.number != second.span.passage.number or before.report is not now.report
    )


def _remark(before: Told, now: Told) -> Remark:
    return Remark(
        now.one.number,
        f"Cùng một nội dung, chỗ khác ghi {before.one.number.words}.",
        f"The same thing is {before.one.number.words} elsewhere.",
        f"{before.one.span.words} ≠ {now.one.span.words}", "", (before.one.number,),
    )  # fmt: skip


_PLAIN = re.compile(r"(?<![\w/.,:-])\d{4,}(?![\w/.,])")
_DOTTED = re.compile(r"(?<![\w/.,])\d{1,3}(?:\.\d{3})+(?![\w/])")
_POINT = re.compile(r"(?<![\w/.,])(\d{1,3})\.(\d{1,2})\s?(?=%|tỷ|triệu|nghìn|ha\b|km)")


@check(
    "numbers.format", Severity.STYLE,
    "Số viết theo một cách: dấu chấm phân cách hàng nghìn, dấu phẩy thập phân",
    "Numbers are written in one way: a point for thousands, a comma for decimals",
)  # fmt: skip
def written(report: Report) -> Iterator[Remark]:
    dotted = sum(bool(_DOTTED.search(one.text)) for one in report.passages)
    for one in report.quantities:
        words = one.number.words
        if dotted >= 2 and _PLAIN.fullmatch(words) and int(words) >= 1000:
            right = f"{int(words):,}".replace(",", ".")
            yield Remark(
                one.number, f"Số {words} không có dấu chấm phân cách hàng nghìn như các số khác.",
                f"{words} lacks the point for thousands that other numbers have.", "", right,
            )  # fmt: skip
    for passage in report.passages:
        for found in _POINT.finditer(passage.text):
            yield Remark(
                Span(passage, found.start(), found.end(2)),
                "Phần thập phân sau dấu phẩy, không sau dấu chấm.",
                "Decimals follow a comma, not a point.", "", f"{found[1]},{found[2]}",
            )  # fmt: skip
