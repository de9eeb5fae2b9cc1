"""Growth against the two values it compares; differences of rates and of ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import ENDS, HUNDRED, compared, ends, head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.written import number

#: "từ 10 đến 39 người, giảm 6 %" is a range; "tăng từ 10 đến 39" a change.
_RANGE = re.compile(r"\sđến\s")
_CHANGES = re.compile(r"\b(?:tăng|giảm|nâng|hạ)(?:\s[^\W\d]+){0,5}\stừ\s\Z", re.IGNORECASE)
#: Another thing that grew: "từ 39,6 % lên 46,2 %, dư nợ khách hàng FDI tăng 6,4 %".
_SUBJECT = re.compile(r",\s(?:[^\W\d]+\s){3,}(?:tăng|giảm)\s")
_FROM_TO = re.compile(r"\btừ\s\Z", re.IGNORECASE)
_UP_TO = re.compile(
    r"(?:/[^\W\d_]+)?(?:\s[^\W\d]+){0,4}?\s(?:lên|xuống(?: còn)?|còn|đến)\s(?:còn\s)?(?:là\s)?"
)
_LAST_YEAR = re.compile(
    r"cùng kỳ(?:\snăm(?:\s(?:\d{4}|trước|ngoái)))?(?:\s(?:là|đạt|có))?:?\s?\(?(?:là\s|đạt\s)?\Z",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\sso với\s(?:cùng kỳ|(?:(?:đầu|cuối|quý\s[IV]{1,3}|quý\s\d|tháng\s\d{1,2}|\d{1,2} tháng(?:\s(?:đầu|cuối))?)\s)?năm)"
    r"(?:\snăm)?(?:\s(?:\d{4}|trước))?\s\((?:là\s|đạt\s)?"
)


#: tăng 9,1 % so với mức 41.577 tỷ đồng của cùng kỳ; tăng 2,7 % (cùng kỳ 842 triệu kWh)
_THAN_LEVEL = re.compile(r"\sso với\s(?:mức\s|con số\s)")
_OF_THEN = re.compile(r"\s(?:của\s)?(?:cùng kỳ|năm trước|năm \d{4}|quý trước|tháng trước)")
_THEN = re.compile(
    r"\s\((?:cùng kỳ|năm trước|tháng trước|quý trước|năm \d{4})(?:\snăm(?:\s\d{4}|\strước)?)?(?:\s(?:là|đạt|có))?:?\s"
)


@check(
    "ratios.growth", Severity.ERROR,
    "Mức tăng, giảm phải khớp với hai số đã nêu",
    "Growth agrees with the two values",
)  # fmt: skip
def growth(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        for at, shown in enumerate(found):
            if shown.what is not What.GROWTH or shown.unit not in ("%", "điểm %", ""):
                continue
            levels = _levels(found, at)
            if levels is None or not levels[1].value:
                continue
            now, then = levels
            if now.unit == "%" and shown.unit in ("%", "điểm %"):
                yield from _points(shown, now, then)
                continue
            if shown.unit != "%":
                continue
            change = (now.value * now.scale - then.value * then.scale) * HUNDRED
            exact = abs(change / (then.value * then.scale))
            grew = now.value * now.scale >= then.value * then.scale
            if grew != (shown.sign > 0) and exact > Decimal("0.5"):
                yield _wrong_way(shown, now, then, grew=grew)
                continue
            reckoned = f"({now.number.words} − {then.number.words}) : {then.number.words} × 100"
            yield from compared(shown, exact, reckoned, (now, then), "Mức tăng, giảm không khớp hai số",
                                 "The growth does not fit the two values", _between(now, then))  # fmt: skip


def _between(now: Quantity, then: Quantity) -> tuple[Decimal, Decimal] | None:
    (least, most), (low, high) = ends(now), ends(then)
    if low <= 0:
        return None
    grown = sorted((least / high - 1, most / low - 1))
    if grown[0] < 0 < grown[1]:
        return None
    return tuple(sorted(abs(one) * HUNDRED for one in grown))  # type: ignore[return-value]


def _wrong_way(shown: Quantity, now: Quantity, then: Quantity, *, grew: bool) -> Remark:
    vi, en = ("tăng", "rose") if grew else ("giảm", "fell")
    return Remark(
        shown.span,
        f"Hai số cho thấy {vi}, văn bản ghi ngược lại.",
        f"The two values {en}; the text says the opposite.",
        f"{then.number.words} → {now.number.words}", "", (now.span, then.span),
    )  # fmt: skip


def _points(shown: Quantity, now: Quantity, then: Quantity) -> Iterator[Remark]:
    """Two rates differ by points, not by per cent."""
    exact = abs(now.value - then.value)
    more, less = (now, then) if now.value >= then.value else (then, now)
    reckoned = f"{more.number.words} % − {less.number.words} % = {number(exact)}"
    if exact == shown.value:
        if shown.unit == "%":
            yield Remark(
                shown.span, "Hiệu của hai tỷ lệ là điểm phần trăm, không phải phần trăm.",
                "Two rates differ by percentage points, not by per cent.", reckoned,
                f"{shown.number.words} điểm %", (now.span, then.span), Severity.STYLE,
            )  # fmt: skip
    else:
        yield Remark(
            shown.span, "Hiệu của hai tỷ lệ không khớp.", "The difference of the two rates does not fit.",
            reckoned, f"{number(exact)} điểm %", (now.span, then.span),
        )  # fmt: skip


def _levels(found: list[Quantity], at: int) -> tuple[Quantity, Quantity] | None:
    """(now, then) of a growth: "từ A lên B, tăng g", "B (cùng kỳ A), tăng g", "B, tăng g so với … (A)"."""
    shown = found[at]
    text = shown.span.passage.text
    if at >= 2:
        first, second = found[at - 2], found[at - 1]
        between = text[first.span.end : second.span.start]
        near = shown.span.start - second.span.end <= 60 and not ENDS.search(
            text[second.span.end : shown.span.start]
        )
        if near and _alike(first, second):
            if _FROM_TO.search(first.span.before(6)) and _UP_TO.fullmatch(between):
                if _SUBJECT.search(text, second.span.end, shown.span.start):
                    return None
                ranged = _RANGE.search(between) and not _CHANGES.search(first.span.before(50))
                return None if ranged else (second, first)
            if _LAST_YEAR.search(between) and len(between) < 60:
                return first, second
    if at >= 1 and at + 1 < len(found):
        then = found[at + 1]
        between = text[shown.span.end : then.span.start]
        levelled = _THAN_LEVEL.fullmatch(between) and _OF_THEN.match(text, then.span.end)
        if not (_THAN.fullmatch(between) or _THEN.fullmatch(between) or levelled):
            return None
        now = next(
            (one for one in reversed(found[:at])
             if _stands_free(text, one, shown) and _alike(one, then)), None,
        )  # fmt: skip
        if now is not None:
            before = text[now.span.end : shown.span.start]
            if (
                len(before) < 70
                and not ENDS.search(before)
                and not _is_part(text, now, found[:at], then)
            ):
                return now, then
        return _far(found[:at], then, shown)
    return None


def _is_part(text: str, now: Quantity, before: list[Quantity], then: Quantity) -> bool:
    """Thu 9.456 tỷ đồng, trong đó nội địa 8.120 tỷ đồng, tăng 11,2 %: which of the two grew is not said."""
    for one in before:
        if one is now:
            return False
        if _alike(one, then) and "trong đó" in text[one.span.end : now.span.start].lower():
            return True
    return False


_SENTENCE = re.compile(r"[.!?]\s")
#: Growth that is so far off compares something else.
_AT_MOST = Decimal(10)


def _far(
    before: list[Quantity], then: Quantity, shown: Quantity
) -> tuple[Quantity, Quantity] | None:
    """A value told earlier in the sentence, other numbers between: the only one of its kind."""
    text = shown.span.passage.text
    start = max((one.end() for one in _SENTENCE.finditer(text, 0, shown.span.start)), default=0)
    same = [
        one for one in before
        if one.span.start >= start and one.what is What.VALUE and one.unit == then.unit
        and (one.unit or one.noun.lower() == then.noun.lower()) and _stands_free(text, one, shown)
    ]  # fmt: skip
    if len(same) != 1 or not (then.unit or then.noun) or not then.value:
        return None
    change = (same[0].value - then.value) * HUNDRED / then.value
    return (same[0], then) if abs(abs(change) - shown.value) <= _AT_MOST else None


def _stands_free(text: str, one: Quantity, shown: Quantity) -> bool:
    """A value that stands in no bracket which closed before ``shown``."""
    between = text[one.span.end : shown.span.start]
    return one.what in (What.VALUE, What.SHARE) and between.count(")") <= between.count("(")


def _alike(first: Quantity, second: Quantity) -> bool:
    plain = (What.VALUE, What.SHARE)
    if first.what not in plain or second.what not in plain:
        return False
    if first.unit.split()[-1:] != second.unit.split()[-1:]:
        return False
    return bool(first.unit) or not first.noun or not second.noun or head(first) == head(second)
