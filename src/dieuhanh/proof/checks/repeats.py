"""The same thing said twice with different numbers, in one report or in several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dieuhanh.proof.checks.registry import check, together
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Span, What
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.written import LARGE
from dieuhanh.text.fold import fold

_CLAUSE = re.compile(r"[.;](?=\s|\Z)|\s[-–]\s|\(|\)")
_WORD = re.compile(r"[^\W\d_]+")
#: Words that say nothing of what is told.
_EMPTY = frozenset(
    ("da", "la", "va", "cua", "co", "dat", "duoc", "trong", "do", "cac", "nhung", "voi", "so", "theo",
     "tang", "giam", "cung", "ky", "nam", "du", "toan", "ke", "hoach", "thang", "dau", "cuoi", "uoc",
     "tren", "dia", "ban", "thanh", "pho", "cho", "den", "nay", "tai", "mot", "thuc", "hien")
)  # fmt: skip
#: Words that turn what is told into its counterpart, even far from the number.
OPPOSED = frozenset(
    (
        "thu",
        "chi",
        "xuat",
        "nhap",
        "nam",
        "nu",
        "tren",
        "duoi",
        "khieu",
        "noi",
        "ngoai",
        "som",
        "qua",
        "tinh",
        "huyen",
        "quan",
        "xa",
    )
)
#: Fewer words of its own do not tell what a number is of.
_FEWEST = 4
#: A clause reaches no further to either side of its number.
_REACH = 600
#: In so many characters a sentence says of what it is.
_HEAD = 60
#: Told of so many in the same words, a number is of a list.
_OF_SEVERAL = 3
_NAME = re.compile(rf"(?<=[a-zà-ỹđ,] )[{LARGE}][^\W\d_]+")
#: So many different numbers of one thing are kept; more of them tell nothing new.
_MOST = 8
_PERIOD_WORDS = re.compile(
    r"\b(?:\d{1,2} tháng|sáu tháng|quý [IVX\d]+|năm \d{4}|cùng kỳ|cả năm|tháng \d{1,2}(?:/\d{4})?|lũy kế|luỹ kế|ước)\b",
    re.IGNORECASE,
)
_NAMED_TIME = re.compile(
    r"\b(?:\d{1,2} tháng|quý [IVX\d]+|tháng \d{1,2}(?:/\d{4})?|(?<!cùng kỳ )năm \d{4})\b",
    re.IGNORECASE,
)
#: What follows compares the number with another one, of another time.
_COMPARED = re.compile(r",\s|\s(?:so với|cùng kỳ)\b", re.IGNORECASE)
_ITEM = re.compile(r"^(?:[-+*•–]\s|\(\d{1,2}\)\s|[a-zđ]\)\s)")
_RANGED = re.compile(r"\s?[-–]\s?\d")
_TIME = re.compile(r"(?:ngày|giờ|phút|tuần|tháng|năm|tuổi)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A clause with one number in it.

    Attributes:
        key: its words, folded, without those that say nothing.
        periods: the times it names; two clauses of different times tell different things.
        around: the time that was named last before it, where it names none.
    """

    report: Report
    one: Quantity
    key: tuple[str, ...]
    periods: frozenset[str]
    around: str = ""


def _clause(passage: Passage, span: Span) -> tuple[int, int]:
    text = passage.text
    least, most = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    start = max((found.end() for found in _CLAUSE.finditer(text, least, span.start)), default=least)
    end = _CLAUSE.search(text, span.end, most)
    return start, end.start() if end else most


def _told(report: Report) -> Iterator[Told]:
    for found in report.quantities_of.values():
        if found[0].span.passage.block.cell:
            continue
        # Time limits differ from case to case; "9 tháng" is a time, no figure.
        beside = [one for one in found if not _TIME.match(one.noun)]
        for at, one in enumerate(beside):
            ranged = _RANGED.match(one.span.passage.text, one.number.end)
            if one.what not in (What.RANK_CHANGE, What.TARGET) and not ranged:
                yield from _told_of(report, beside, at)


def _told_of(report: Report, beside: list[Quantity], at: int) -> Iterator[Told]:
    one = beside[at]
    passage = one.span.passage
    start, end = _clause(passage, one.span)
    left = max(start, beside[at - 1].span.end) if at else start
    right = min(beside[at + 1].span.start, end) if at + 1 < len(beside) else end
    told = content_words(passage.text[left : one.span.start])
    if not told and left == start and passage.text[start - 1 : start] == ".":
        told = _of_sentence_before(passage, beside[:at], start)
    things = [] if one.unit else content_words(passage.text[one.span.end : right])
    keys = list(_keys(told, things, content_words(one.noun)))
    if not keys:
        return
    compared = _COMPARED.search(passage.text, one.span.end, end)
    periods = frozenset(
        fold(found[0])
        for found in _PERIOD_WORDS.finditer(
            passage.text, start, compared.start() if compared else end
        )
    )
    around = ""
    if not periods:
        named = _NAMED_TIME.findall(passage.text, max(0, start - _REACH), start)
        around = fold(named[-1]) if named else ""
    # What goes on after another number is of whatever the sentence is of.
    subject: list[str] = []
    if left > start:
        begins = _sentence(passage, start)
        subject = content_words(passage.text[begins : begins + _HEAD])[:3]
    opposed = sorted(OPPOSED.intersection(told))
    for words in keys:
        key = (*words, *opposed, *subject, fold(one.unit), one.what)
        yield Told(report, one, key, periods, around)


def _sentence(passage: Passage, at: int) -> int:
    """Where the sentence begins that runs at a place."""
    least = max(0, at - _REACH)
    return max(
        (one.end() for one in _CLAUSE.finditer(passage.text, least, at) if one[0] == "."),
        default=least,
    )


def _of_sentence_before(passage: Passage, before: list[Quantity], start: int) -> list[str]:
    """Thu ngân sách 5 tháng là 842,6 tỷ đồng. Ước 6 tháng thực hiện là 973,8 tỷ đồng: of the same."""
    first = _sentence(passage, max(0, start - 2))
    ends = next((one.span.start for one in before if first <= one.span.start < start), first)
    return content_words(passage.text[first:ends])


def _keys(told: list[str], things: list[str], noun: list[str]) -> Iterator[tuple[str, ...]]:
    """What tells one number from another: words enough right before it, or on both sides of it."""
    if len(told) == _FEWEST - 1 and len(noun) >= _FEWEST // 2:
        yield (*told, "#", *noun)
    if len(told) >= _FEWEST:
        yield (*told[-_FEWEST:], "#", *things[: _FEWEST - 1])
    if len(told) >= _FEWEST // 2 and len(things) >= _FEWEST:
        yield (*told[-_FEWEST // 2 :], "#", *things[:_FEWEST])


#: A text has few words, and says them often.
_folded = lru_cache(maxsize=8192)(fold)


def content_words(text: str) -> list[str]:
    return [word for one in _WORD.findall(text) if (word := _folded(one)) not in _EMPTY]


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
    differing: list[tuple[Told, Told]] = []
    for report in reports:
        for now in _told(report):
            others = known.setdefault(now.key, [])
            before = next(
                (one for one in others
                 if (one.report is report) == (len(reports) == 1) and _differ(one, now)), None,
            )  # fmt: skip
            if before is not None:
                differing.append((before, now))
            if len(others) < _MOST and not any(_repeats(one, now) for one in others):
                others.append(now)
    told: Quantity | None = None  # by another key of the same number
    for before, now in differing:
        if now.one is not told and not _listed(known[now.key], report=now.report):
            told = now.one
            yield _remark(before, now)


def _repeats(before: Told, now: Told) -> bool:
    """Whether ``now`` adds nothing that a later clause could differ from."""
    return (
        before.report is now.report
        and before.periods == now.periods
        and before.one.value * before.one.scale == now.one.value * now.one.scale
    )


def _listed(others: list[Told], *, report: Report) -> bool:
    """Three values in the same words are of three things, whatever tells them apart."""
    mine = [one for one in others if one.report is report]
    return max(Counter(one.periods for one in mine).values(), default=0) >= _OF_SEVERAL


def _named(one: Told) -> frozenset[str]:
    """What the sentence names: "tại Đà Nẵng", "Công ty Hương Sen"; its first word stands large anyhow."""
    passage = one.one.span.passage
    start = _sentence(passage, one.one.span.start)
    end = _CLAUSE.search(passage.text, one.one.span.end)
    words = _NAME.finditer(passage.text, start + 1, end.start() if end else len(passage.text))
    return frozenset(found[0] for found in words if found.start() > start + 2)


_SHARE_OF = re.compile(r"\s?\((?:đạt\s|bằng\s|chiếm\s)?(\d{1,3}(?:,\d{1,2})?)\s?%")


def _is_part_of(now: Quantity, before: Quantity) -> bool:
    """2.016 tỷ đồng planned, 1.310,4 tỷ đồng (65 %) spent: the share says what the second is of."""
    said = _SHARE_OF.match(now.span.passage.text, now.span.end)
    if not said or not before.value:
        return False
    share = now.value * now.scale * 100 / (before.value * before.scale)
    return abs(share - Decimal(said[1].replace(",", "."))) < 1


def _differ(before: Told, now: Told) -> bool:
    first, second = before.one, now.one
    if _is_part_of(second, first):
        return False
    if first.value * first.scale == second.value * second.scale and first.high == second.high:
        return False
    if before.periods != now.periods:
        return False
    if before.around and now.around and before.around != now.around:
        return False
    if _ITEM.match(first.span.passage.text) and _ITEM.match(second.span.passage.text):
        return False  # items of lists: each is of something else
    of_first, of_second = _named(before), _named(now)
    if of_first - of_second and of_second - of_first:
        return False
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
#: Vàng SJC 9999, OHSAS 18001: part of a name.
_CALLED = re.compile(r"(?:\b[A-ZĐ]{2,}|\b(?:vàng|số|mã|đuôi|khoản))\s\Z")
#: 12.8600, 1.986000
#: But 1.012644 is the code of a procedure.
_MISGROUPED = re.compile(
    r"(?<![\w/.,-])(?!\d\.0\d{5}(?!\d))\d{1,3}(?:\.\d{3})*\.\d{4,7}(?![\w/.,-])"
)
#: 3,220 lượt người: what is counted has no decimals.
_COUNTED = re.compile(
    r"(?<![\w/.,-])(\d{1,3},\d{3})\s(người|lượt|hộ|hồ sơ|đơn|vụ|văn bản|học sinh|doanh nghiệp|cơ sở|trường hợp|đại biểu|lao động)\b"
)
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
        counts = (one.noun or one.unit) and not _CALLED.search(one.span.before(12))
        if dotted >= 2 and counts and _PLAIN.fullmatch(words) and int(words) >= 1000:
            right = f"{int(words):,}".replace(",", ".")
            yield Remark(
                one.number, f"Số {words} không có dấu chấm phân cách hàng nghìn như các số khác.",
                f"{words} lacks the point for thousands that other numbers have.", "", right,
            )  # fmt: skip
    for passage in report.passages:
        for found in _MISGROUPED.finditer(passage.text):
            yield Remark(
                Span(passage, *found.span()),
                f"Số {found[0]} ghi thiếu hoặc thừa chữ số: sau dấu chấm phải là từng nhóm ba chữ số.",
                f"{found[0]} lacks a digit or has one too many: points part groups of three.", "", "",
                (), Severity.SUSPICIOUS,
            )  # fmt: skip
        for found in _COUNTED.finditer(passage.text):
            yield Remark(
                Span(passage, found.start(1), found.end(1)),
                f"{found[1]} {found[2]}: dấu phẩy là dấu thập phân; hàng nghìn cách bằng dấu chấm.",
                f"{found[1]} {found[2]}: a comma begins the decimals; a point parts the thousands.", "",
                found[1].replace(",", "."), (), Severity.SUSPICIOUS,
            )  # fmt: skip
        for found in _POINT.finditer(passage.text):
            yield Remark(
                Span(passage, found.start(), found.end(2)),
                "Phần thập phân sau dấu phẩy, không sau dấu chấm.",
                "Decimals follow a comma, not a point.", "", f"{found[1]},{found[2]}",
            )  # fmt: skip
