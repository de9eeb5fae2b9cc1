"""So many each, so many in all: 33 lớp cho 1.980 người (60 người/lớp)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.comparing import ends, exactly
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.written import number

_EACH = re.compile(r"(?P<of>[^\W\d_]+)/(?P<by>[^\W\d_]+)\b")
_AVERAGE = re.compile(r"(?:\b(?:bình quân|trung bình|năng suất)\b[^.;()]*|\()\Z", re.IGNORECASE)
#: Tấn, tạ, kg: how many kilograms they are.
_WEIGHT = {"kg": 1, "tạ": 100, "tấn": 1000}
#: What is off by more is of something else.
_AT_MOST = 2


@check(
    "ratios.each", Severity.ERROR,
    "Số bình quân phải khớp với tổng và số lượng", "An average fits the total and the count",
)  # fmt: skip
def each(report: Report) -> Iterator[Remark]:
    """346 con với tổng trọng lượng 19.722 kg, bình quân 57 kg/con."""
    for found in report.quantities_of.values():
        for one in found:
            per = _EACH.search(one.span.passage.text, one.number.end, one.number.end + 24)
            if (
                per is None
                or not _AVERAGE.search(one.span.before(40))
                or one.what is not What.VALUE
                or not one.value
                or one.is_rough
            ):
                continue
            near = [other for other in found if other is not one and _in_one_sentence(one, other)]
            count = [other for other in near if _is(other, per["by"]) and not other.decimals]
            total = [other for other in near if _is(other, per["of"]) or _weighs(other, per["of"])]
            if len(count) != 1 or len(total) != 1 or not count[0].value or count[0] is total[0]:
                continue
            scale = (
                total[0].scale
                * _WEIGHT.get(_last(total[0]), 1)
                / _WEIGHT.get(per["of"], 1)
                / one.scale
            )
            exact = total[0].value * scale / count[0].value
            low, high = (end / total[0].scale * scale / count[0].value for end in ends(total[0]))
            if exactly(low, one.decimals) <= one.value <= exactly(high, one.decimals):
                continue
            if not one.value / _AT_MOST < exact < one.value * _AT_MOST:
                continue
            yield Remark(
                one.number,
                f"Bình quân tính ra {number(exactly(exact, one.decimals))}, văn bản ghi {one.number.words}.",
                f"The average is {number(exactly(exact, one.decimals))}; printed {one.number.words}.",
                f"{total[0].span.words} : {count[0].number.words} = {number(exactly(exact, one.decimals + 2))}"
                f" ≠ {one.number.words}",
                number(exactly(exact, one.decimals), one.decimals), (total[0].span, count[0].span),
            )  # fmt: skip


def _last(one: Quantity) -> str:
    return (one.unit or one.noun).split()[-1].lower() if one.unit or one.noun else ""


def _is(one: Quantity, word: str) -> bool:
    said = one.unit.split()[-1] if one.unit else (one.noun.split() or [""])[0]
    if "/" in one.span.passage.text[one.span.end : one.span.end + len(word) + 2]:
        return False
    return one.what is What.VALUE and said.lower() == word.lower()


def _weighs(one: Quantity, word: str) -> bool:
    return one.what is What.VALUE and word in _WEIGHT and _last(one) in _WEIGHT and bool(one.unit)


def _in_one_sentence(one: Quantity, other: Quantity) -> bool:
    first, last = sorted((one.span, other.span), key=lambda span: span.start)
    return not re.search(r"[.;]\s", one.span.passage.text[first.end : last.start])
