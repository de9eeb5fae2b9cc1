"""Whether numbers of instruments can be: one number is one instrument, and a series follows the calendar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from dieuhanh.proof.checks.citations import instrument
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Citation, Day, Report
from dieuhanh.text.fold import fold

_ABOUT = re.compile(
    r"^(?:\s(?:ngày\s\S{6,12}|năm\s\d{4}))?,?\s?(?:của\s(?P<body>[^,;.()]{3,70}?)\s)?"
    r"(?:(?:về(?: việc)?|v/v|phê duyệt|ban hành|công bố|quy định|sửa đổi|hướng dẫn|triển khai)\s(?P<about>[^.;()]{12,140}))?"
)
_BODY = re.compile(r"^\scủa\s(?P<body>[^,;.()]{3,60})")
_LEVELS = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    [
        "nam",
        "cua",
        "va",
        "ve",
        "viec",
        "cac",
        "cho",
        "tren",
        "dia",
        "ban",
        "trong",
        "theo",
        "uy",
        "ban",
        "nhan",
        "dan",
        "ubnd",
        "tinh",
        "thanh",
        "pho",
        "huyen",
        "quan",
    ]
)
#: Fewer words of its own do not tell what an instrument is about.
_FEWEST = 4
#: Instruments of neighbouring days may be numbered in another order.
_LATE = timedelta(days=7)


def _after(one: Citation) -> str:
    end = one.on.span if one.on else one.span
    return end.after(230)


def _about(one: Citation) -> frozenset[str]:
    found = _ABOUT.match(_after(one))
    words = _WORD.findall(fold(found["about"])) if found and found["about"] else []
    return frozenset(words) - _EMPTY


def _level(one: Citation) -> str:
    """Of whose series it is: the level of the issuer in words, "" where it is not said."""
    found = _BODY.match(_after(one))
    level = _LEVELS.search(found["body"]) if found else None
    return level[1].lower() if level else ""


@check(
    "citations.number", Severity.SUSPICIOUS,
    "Một số, ký hiệu dùng cho hai văn bản khác nhau", "One number for two different instruments",
)  # fmt: skip
def one_number(report: Report) -> Iterator[Remark]:
    known: dict[tuple[int, str, str, int], list[tuple[Citation, frozenset[str]]]] = defaultdict(
        list
    )
    for one in report.citations:
        key = instrument(one)
        if key is None or not key[3]:
            continue
        about, others = _about(one), known[key]
        if len(about) >= _FEWEST:
            other = next((there for there, words in others if not words & about), None)
            if other is not None and _one_day(one.on, other.on):
                yield Remark(
                    one.span,
                    f"Chỗ khác {other.span.words} là văn bản về nội dung khác; xin xem lại số, ký hiệu.",
                    f"Elsewhere {other.span.words} is about something else; check the number.",
                    related=(other.span,),
                )  # fmt: skip
            if len(others) < 4:
                others.append((one, about))


def _one_day(first: Day | None, second: Day | None) -> bool:
    """Of two days citations.days tells already."""
    return first is None or second is None or first.value == second.value


@check(
    "citations.series", Severity.SUSPICIOUS,
    "Số văn bản và ngày ban hành không cùng thứ tự",
    "Numbers of one series and their days are not in one order",
)  # fmt: skip
def series(report: Report) -> Iterator[Remark]:
    """Số 120/KH-UBND ngày 02/5/2024 beside số 95/KH-UBND ngày 20/6/2024."""
    books: dict[tuple[str, str, int, bool, str], dict[int, Citation]] = defaultdict(dict)
    for one in report.citations:
        key = instrument(one)
        if key is not None and key[1] and one.on and one.on.value and one.on.known == "d/m/y":
            number, kind, issuer, _year = key
            book = (kind, issuer, one.on.value.year, one.symbol.year is not None, _level(one))
            books[book].setdefault(number, one)
    for written in books.values():
        yield from _disorder([written[number] for number in sorted(written)])


def _disorder(book: list[Citation]) -> Iterator[Remark]:
    """The one that contradicts most others; of two, the later in the text."""
    wrong: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(book[:60]):
        for then in range(at + 1, min(len(book), 60)):
            if _day(one) > _day(book[then]) + _LATE:
                wrong[at].append(then)
                wrong[then].append(at)
    if not wrong:
        return
    worst = max(wrong, key=lambda at: (len(wrong[at]), _place(book[at])))
    one, other = book[worst], book[wrong[worst][0]]
    assert one.on and other.on
    yield Remark(
        one.on.span,
        f"{one.span.words} ngày {one.on.span.words}, mà {other.span.words} ngày {other.on.span.words}; "
        "xin xem lại số hoặc ngày.",
        f"{one.span.words} is of {one.on.span.words}, but {other.span.words} of {other.on.span.words}; "
        "check the number or the day.",
        related=(one.span, other.span),
    )  # fmt: skip


def _day(one: Citation) -> date:
    assert one.on and one.on.value
    return one.on.value


def _place(one: Citation) -> tuple[int, int]:
    return one.span.passage.number, one.span.start
