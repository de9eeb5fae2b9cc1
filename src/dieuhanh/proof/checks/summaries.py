"""Figures of a summary that no part of the report has, where a part tells the same thing otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.checks.repeats import among
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.reading.source import Kind
from dieuhanh.text.fold import fold

_OPENS = re.compile(
    r"^(?:[-+*•–]\s|\(?\d{1,2}[.)]\s|[IVX]{1,4}\.\s)?(?:khái quát|tóm tắt|nhìn chung|đánh giá chung|tổng quan|"
    r"trong kỳ báo cáo|một số kết quả (?:nổi bật|chủ yếu)|kết quả nổi bật)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:](?=\s|\Z)|[()]|,\s(?=(?:tăng|giảm|đạt|bằng|chiếm)\b)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    """da la va cua co dat duoc trong do cac nhung voi so theo nam thang dau cuoi uoc tren dia ban thanh pho tinh huyen
    quan cho den nay tai mot thuc hien toan tong ket qua ky chung quy khai quat nhin danh gia""".split()  # noqa: SIM905
)
_OPPOSED = frozenset(
    ("thu", "chi", "xuat", "nhap", "tang", "giam", "nam", "nu", "som", "qua", "han", "dung")
)
_PERIOD = re.compile(
    r"\b(?:\d{1,2} tháng(?: đầu| cuối)?|sáu tháng|chín tháng|quý [IVX\d]+|cả năm|cùng kỳ|tháng \d{1,2}|năm \d{4}|ước)\b",
    re.IGNORECASE,
)
#: So many words of the shorter clause must stand in the other one; fewer words tell too little.
_ALIKE, _FEWEST = 0.8, 3
#: A number of fewer digits may be anything.
_DIGITS = 3
_MOST = 120
#: A word that tells of so many numbers leads to none of them.
_COMMON = 200


@dataclass(frozen=True)
class _Told:
    one: Quantity
    words: frozenset[str]
    periods: frozenset[str]

    @property
    def value(self) -> Decimal:
        return self.one.value * self.one.scale * self.one.sign


@check(
    "repeats.summary", Severity.SUSPICIOUS,
    "Số ở phần tóm tắt không có ở phần nào, phần nói cùng nội dung ghi số khác",
    "A figure of the summary is in no part; the part that tells the same thing has another",
)  # fmt: skip
def summary(report: Report) -> Iterator[Remark]:
    places = _summaries(report)
    if not places:
        return
    of_summary: list[list[Quantity]] = []
    of_parts: list[list[Quantity]] = []
    for found in report.quantities_of.values():
        (of_summary if found[0].span.passage.number in places else of_parts).append(found)
    printed = {_printed(one) for found in of_parts for one in found}
    alone = [one for one in _told(of_summary) if _printed(one.one) not in printed][:_MOST]
    if not alone:
        return
    # Told of already by the words right before the numbers.
    already = {span.place for one in among([report]) for span in (one.span, *one.related)}
    known: dict[str, list[_Told]] = defaultdict(list)
    for one in _told(of_parts):
        for word in one.words:
            if len(known[word]) < _COMMON:
                known[word].append(one)
    for now in alone:
        near = [one for word in now.words if len(known[word]) < _COMMON for one in known[word]]
        fits = [one for one in near if _same_thing(now, one)]
        if len({one.value for one in fits}) != 1 or now.one.number.place in already:
            continue
        there = fits[0].one
        yield Remark(
            now.one.number,
            f"Tóm tắt ghi {now.one.number.words}, không phần nào có số này; phần nói cùng nội dung ghi "
            f"{there.number.words}.",
            f"The summary says {now.one.number.words}, which no part has; the part says {there.number.words}.",
            f"{now.one.span.words} ≠ {there.span.words}",
            there.number.words if there.unit == now.one.unit else "", (there.number,),
        )  # fmt: skip


def _summaries(report: Report) -> set[int]:
    """Numbers of the passages that summarise: those that say so, and what stands under such a heading."""
    found: set[int] = set()
    under = 0
    for passage in report.passages:
        if passage.block.kind is Kind.HEADING and passage.block.level:
            if under and passage.block.level <= under:
                under = 0
            if _OPENS.match(passage.text):
                under = passage.block.level
        elif _OPENS.match(passage.text) or under:
            found.add(passage.number)
    return found if len(found) * 2 < len(report.passages) else set()


def _printed(one: Quantity) -> tuple[Decimal, bool]:
    return one.value * one.scale * one.sign, one.unit == "%"


def _told(quantities: Iterable[list[Quantity]]) -> Iterator[_Told]:
    for found in quantities:
        for at, one in enumerate(found):
            digits = len(one.number.words.replace(".", "").replace(",", ""))
            if digits < _DIGITS or one.high is not None or one.what is What.TARGET:
                continue
            passage = one.span.passage
            if passage.block.cell is not None:
                continue
            start, end = _clause(passage, one)
            left = max(start, found[at - 1].span.end) if at else start
            words = _WORD.findall(fold(f"{passage.text[left : one.span.start]} {one.noun}"))
            periods = frozenset(fold(p[0]) for p in _PERIOD.finditer(passage.text, start, end))
            yield _Told(one, frozenset(words) - _EMPTY, periods)


def _clause(passage: Passage, one: Quantity) -> tuple[int, int]:
    least = max(0, one.span.start - 300)
    start = max(
        (found.end() for found in _CLAUSE.finditer(passage.text, least, one.span.start)),
        default=least,
    )
    return start, one.span.end


def _same_thing(now: _Told, one: _Told) -> bool:
    first, second = now.one, one.one
    if first.what is not second.what or first.unit.split()[-1:] != second.unit.split()[-1:]:
        return False
    if now.periods and one.periods and now.periods != one.periods:
        return False
    fewer = min(len(now.words), len(one.words))
    if fewer < _FEWEST or now.words & _OPPOSED != one.words & _OPPOSED:
        return False
    if not first.unit and first.noun.split()[:1] != second.noun.split()[:1]:
        return False
    return len(now.words & one.words) >= fewer * _ALIKE
