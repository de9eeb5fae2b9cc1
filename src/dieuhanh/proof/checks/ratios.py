"""Fractions and shares against their per cents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import (
    ENDS,
    HUNDRED,
    compared,
    cut,
    exactly,
    head,
    of_part,
    share_between,
)  # fmt: skip
from dieuhanh.proof.checks.plans import OF_PLAN
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.checks.shares import implied, meet
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.understanding.parts import TIMES
from dieuhanh.proof.understanding.quantities import decimal_of
from dieuhanh.proof.written import number

#: What comes before a number that only says which ones are meant.
_LIMIT = re.compile(r"\b(?:từ|trên|dưới|đến)\s\Z")
_SHARE = re.compile(r"(?:\bchiếm(?:\s[^\W\d_]+){0,3}\s|\((?:bằng|khoảng)\s)\Z")
_NAMED_TOTAL = re.compile(r"\s(tổng\s[^\W\d_]+\s[^\W\d_]+)")
_APART = re.compile(r"\)\s?/\s?([1-9]\d{0,2}(?:\.\d{3})*|[1-9]\d*)\s[^.;()\d]{0,50}\Z")
_CHANGED = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|cùng kỳ|(?:bao )?gồm|như)\b", re.IGNORECASE)
_ALL_OF = re.compile(r"\s(?:trên\s|của\s|trong\s)?tổng số\s([^\W\d_]+)")
#: 8/9 gói thầu, thi công tuyến trên cao đạt 82 %: of something else.
_SUBJECT = re.compile(r",\s(?!tỷ lệ|tỉ lệ|tương|như vậy)(?:[^\W\d_]+\s){3,}(?:đạt|chiếm|bằng)\b")
_COMPARED = re.compile(
    r"\s(?:so\s(?:với\s)?|của\s)?(?:cùng kỳ|năm trước|năm ngoái|cùng thời điểm)\b"
)
#: "thu về 231.998 phiếu, tỷ lệ đồng thuận đạt 84,4 %": a rate of another thing.
_RATE = re.compile(r"\bt[ỷỉ] lệ\s([^\W\d_]+)\s[^\W\d_]+\s")
#: A per cent that says itself of what it is.
_OF_ANOTHER = re.compile(r"\s(?:GDP\b|so với\b|(?:trên|của|trong)\s(?:tổng\s(?:số\s)?)?\d)")


def _of_another(shown: Quantity, one: Quantity) -> bool:
    """Whether the per cent says itself of what it is: 330/456 ý kiến, chiếm 68 % tổng số đại biểu Quốc hội."""
    text, end = shown.span.passage.text, shown.span.end
    all_of = _ALL_OF.match(text, end)
    return bool(_OF_ANOTHER.match(text, end)) or bool(
        all_of and all_of[1].lower() not in one.noun.lower().split()
    )


def _of_fraction(shown: Quantity, one: Quantity) -> Iterator[Remark]:
    """A per cent against the fraction (``high`` is there) that it stands beside."""
    assert one.high
    exact = one.value * HUNDRED / one.high
    reckoned = f"{one.number.words} : {number(one.high)} × 100"
    yield from compared(shown, exact, reckoned, (one,), "Tỷ lệ không khớp phân số",
                         "The per cent does not fit the fraction")  # fmt: skip


@check(
    "ratios.fraction", Severity.ERROR,
    "Phân số và tỷ lệ phần trăm đi kèm phải khớp",
    "A fraction and the per cent beside it agree",
)  # fmt: skip
def fraction(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        for at, one in enumerate(found):
            if one.what is not What.FRACTION or not one.high or one.rough is not Rough.EXACT:
                continue
            for shown in found[at + 1 : at + 4]:
                between = one.span.passage.text[one.span.end : shown.span.start]
                if len(between) > 90 or _CHANGED.search(between) or ENDS.search(between):
                    break
                if shown.what in (What.FRACTION, What.TARGET):
                    break
                if shown.what is What.VALUE and shown.noun and not shown.unit:
                    if _LIMIT.search(between):
                        continue  # tàu dài từ 15 m trở lên
                    break  # the per cent is of this number
                if shown.unit != "%" or not (
                    shown.what is What.SHARE or between.rstrip().endswith("(")
                ):
                    continue
                bounded = shown.rough in (Rough.ABOVE, Rough.BELOW)
                if bounded and "," not in between and "(" not in between:
                    break  # 9/13 khoản thu đạt trên 75 %: of each of the nine
                if _of_another(shown, one) or _SUBJECT.search(between):
                    break
                yield from _of_fraction(shown, one)
                break


@check(
    "ratios.apart", Severity.ERROR,
    "Phân số có ngoặc ở giữa và tỷ lệ đi kèm phải khớp",
    "A fraction with brackets between its parts agrees with its per cent",
)  # fmt: skip
def apart(report: Report) -> Iterator[Remark]:
    """Đã giải quyết 176 đơn (160 khiếu nại, 16 tố cáo)/221 đơn, đạt tỷ lệ 79,64 %."""
    for found in report.quantities_of.values():
        for at, shown in enumerate(found):
            if shown.what is not What.SHARE or shown.unit != "%" or shown.high:
                continue
            whole = _APART.search(shown.span.before(70))
            if not whole:
                continue
            text = shown.span.passage.text
            opens = text.rfind("(", 0, max(0, shown.span.start - 70) + whole.start())
            part = next((one for one in reversed(found[:at]) if one.span.end <= opens), None)
            if part is None or opens - part.span.end > 20:
                continue
            exact = part.value * HUNDRED / decimal_of(whole[1])
            yield from compared(shown, exact, f"{part.number.words} : {whole[1]} × 100", (part,),
                                 "Tỷ lệ không khớp phân số", "The per cent does not fit the fraction")  # fmt: skip


@check(
    "ratios.beside", Severity.ERROR,
    "Tỷ lệ phần trăm và phân số trong ngoặc ngay sau phải khớp",
    "A per cent agrees with the fraction in brackets after it",
)  # fmt: skip
def beside(report: Report) -> Iterator[Remark]:
    """đạt 89,4 % (107.130/119.832 hồ sơ)."""
    for found in report.quantities_of.values():
        for shown, one in zip(found, found[1:], strict=False):
            if shown.unit != "%" or one.what is not What.FRACTION or not one.high:
                continue
            if one.span.passage.text[shown.span.end : one.span.start] != " (":
                continue
            yield from _of_fraction(shown, one)


@check(
    "ratios.share", Severity.ERROR,
    "Tỷ lệ phải khớp với hai số đã nêu trước đó",
    "A share agrees with the two numbers named before it",
)  # fmt: skip
def share(report: Report) -> Iterator[Remark]:
    """X vụ …; đã giải quyết Y vụ, đạt tỷ lệ Z %: against a whole of the same noun before it."""
    for found in report.quantities_of.values():
        for at, shown in enumerate(found):
            if shown.what is not What.SHARE or shown.unit != "%" or not at:
                continue
            text = shown.span.passage.text
            if _COMPARED.match(text, shown.span.end):
                continue
            if OF_PLAN.match(text, shown.span.end) or _APART.search(shown.span.before(70)):
                continue
            before = [
                one
                for one in found[:at]
                if one.what is What.VALUE
                and one.noun
                and one.unit != "%"
                and head(one) not in TIMES
            ]
            if not before or any(
                one.what is What.FRACTION and shown.span.start - one.span.end < 90
                for one in found[:at]
            ):
                continue
            part = _owner(before, text, shown)
            if part is None:
                continue
            # 3.905 nghìn người (chiếm 76,44 %), … 385 nghìn người (chiếm 7,55 %): both of a third.
            shared = [one for one, _of_it in _shares(found)]
            wholes = [
                one for one in before
                if one.span.end < part.span.start and head(one) == head(part) and one.value >= part.value
                and one.unit == part.unit and not (_is_share(shown) and one in shared)
                and not _beside(text, one, part)
            ]  # fmt: skip
            if not wholes or not part.value:
                continue
            others = [
                one for one in found
                if one.what is What.VALUE and head(one) == head(part) and one.value >= part.value
            ]  # fmt: skip
            fits = [one for one in others if one is not part and _fits(shown, part, one)]
            fits += [
                one
                for one, of_it in _shares(found)
                if one is not part and _one_whole(one, of_it, part, shown)
            ]
            near = min(wholes, key=lambda one: abs(part.value * HUNDRED / one.value - shown.value))
            exact = part.value * HUNDRED / near.value
            if fits or abs(exact - shown.value) > min(Decimal(6), shown.value * 2):
                continue
            yield from of_part(shown, part, near, "Tỷ lệ không khớp hai số đã nêu",
                                "The share does not fit the two numbers")  # fmt: skip


@check(
    "ratios.total", Severity.ERROR,
    "Tỷ lệ của một tổng được gọi tên phải khớp với tổng đó", "A share of a total that is named fits that total",
)  # fmt: skip
def of_total(report: Report) -> Iterator[Remark]:
    """Tổng dư nợ đạt 72.150 tỷ đồng; nợ xấu 938 tỷ đồng, chiếm 1,3 % tổng dư nợ."""
    for found in report.quantities_of.values():
        for part, shown in zip(found, found[1:], strict=False):
            text = shown.span.passage.text
            total = _NAMED_TOTAL.match(text, shown.span.end)
            if (
                not total
                or shown.unit != "%"
                or part.what is not What.VALUE
                or part.unit in ("", "%")
            ):
                continue
            if not re.fullmatch(
                r"[^.;\d]{0,30},?\s\(?chiếm\s(?:tỷ lệ\s|khoảng\s)?",
                text[part.span.end : shown.span.start],
            ):
                continue
            named = [
                one for one in found
                if one is not part and one.unit.split()[-1:] == part.unit.split()[-1:] and one.what is What.VALUE
                and total[1].lower() in one.span.before(50).lower() and one.value * one.scale > part.value * part.scale
            ]  # fmt: skip
            if len(named) == 1 and not any(
                _is_share(of_it)
                for one, of_it in zip(found, found[1:], strict=False)
                if one is named[0]
            ):
                yield from of_part(shown, part, named[0], "Tỷ lệ không khớp tổng đã nêu",
                                    "The share does not fit the total")  # fmt: skip


def _owner(before: list[Quantity], text: str, shown: Quantity) -> Quantity | None:
    """The number that the share is of: right before, what stands in brackets passed over."""
    depth, flat = 0, []
    for one in before:
        depth = text.count("(", 0, one.span.start) - text.count(")", 0, one.span.start)
        if depth <= text.count("(", 0, shown.span.start) - text.count(")", 0, shown.span.start):
            flat.append(one)
    if not flat or shown.span.start - flat[-1].span.end > 120:
        return None
    between = text[flat[-1].span.end : shown.span.start]
    if ENDS.search(between):
        return None
    rate = _RATE.search(between)
    told = text[max(0, flat[-1].span.start - 80) : flat[-1].span.end].lower()
    return None if rate and rate[1].lower() not in told else flat[-1]


def _beside(text: str, one: Quantity, part: Quantity) -> bool:
    """Whether both are parts: "trong đó 8.792 việc đã xong, 265 việc quá hạn (chiếm 2,9 %)"."""
    start = max((end.end() for end in ENDS.finditer(text, 0, one.span.start)), default=0)
    among = "trong đó" in text[start : one.span.start].lower()
    return among and "trong đó" not in text[one.span.end : part.span.start].lower()


def _shares(found: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Numbers with the share of a whole that stands behind each."""
    return [pair for pair in zip(found, found[1:], strict=False) if _is_share(pair[1])]


def _one_whole(one: Quantity, of_it: Quantity, part: Quantity, shown: Quantity) -> bool:
    """Whether two shares imply the same whole: then it is another one than that which stands near."""
    return _is_share(shown) and meet(implied(one, of_it), implied(part, shown))


def _is_share(one: Quantity) -> bool:
    return one.unit == "%" and bool(_SHARE.search(one.span.before(24)))


def _fits(shown: Quantity, part: Quantity, whole: Quantity) -> bool:
    exact = part.value * HUNDRED / whole.value
    between = share_between(part, whole)
    return shown.value in (exactly(exact, shown.decimals), cut(exact, shown.decimals)) or (
        between is not None and between[0] <= shown.value <= between[1]
    )
