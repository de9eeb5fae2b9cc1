"""Several shares in a row: each implies the same whole; and numbers with others in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dieuhanh.proof.checks.comparing import HUNDRED, exactly, head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.written import LARGE, number

_OF_IT = re.compile(r"\A[^.;()\d]{0,30}(?:,\schiếm(?: tỷ lệ| khoảng)?\s|\s\((?:chiếm\s)?)\Z")
#: Of a whole, not of a plan, which each of them may have for itself.
_PART_OF = ("chiếm", "chiếm tỷ lệ", "chiếm khoảng")
_SENTENCE = re.compile(rf"[.!?]\s[{LARGE}]")
Pair = tuple[Quantity, Quantity]


def _pairs(found: Sequence[Quantity]) -> list[Pair]:
    """Values with the share that stands right behind: "2.846,3 tỷ đồng, chiếm 31,8 %"."""
    pairs = []
    for value, shown in zip(found, found[1:], strict=False):
        text = value.span.passage.text
        if (
            value.what is not What.VALUE
            or value.unit == "%"
            or shown.unit != "%"
            or value.high is not None
        ):
            continue
        if (
            shown.what in (What.GROWTH, What.TARGET)
            or shown.rough is not Rough.EXACT
            or not shown.value
        ):
            continue
        if value.value and _OF_IT.match(text[value.span.end : shown.span.start]):
            pairs.append((value, shown))
    return pairs


def _kind(one: Quantity) -> tuple[str, str]:
    return (one.unit, "") if one.unit else ("", head(one))


@check(
    "ratios.series", Severity.ERROR,
    "Các tỷ lệ kề nhau phải tính trên cùng một tổng", "Shares in a row are of one whole",
)  # fmt: skip
def series(report: Report) -> Iterator[Remark]:
    """3.927,1 tỷ đồng, chiếm 43,8 %; 2.846,3 tỷ đồng, chiếm 31,8 %; 2.184,6 tỷ đồng, chiếm 24,4 %."""
    for found in report.quantities_of.values():
        pairs = [
            one
            for one in _pairs(found)
            if one[1].span.before(20).rstrip(" ").endswith((*_PART_OF, "("))
        ]
        for kind in dict.fromkeys(_kind(value) for value, _shown in pairs):
            mine = [one for one in pairs if _kind(one[0]) == kind]
            if (
                len(mine) < 3
                or kind == ("", "")
                or _SENTENCE.search(
                    mine[0][0].span.passage.text, mine[0][1].span.end, mine[-1][0].span.start
                )
            ):
                continue
            wholes = [implied(*one) for one in mine]
            agree = [
                [other for other in range(len(mine)) if meet(wholes[at], wholes[other])]
                for at in range(len(mine))
            ]
            best = max(agree, key=len)
            if len(best) < len(mine) - 1 or len(best) == len(mine):
                continue
            (odd,) = set(range(len(mine))) - set(best)
            if any(not meet(wholes[one], wholes[other]) for one in best for other in best):
                continue
            value, shown = mine[odd]
            low, high = max(wholes[one][0] for one in best), min(wholes[one][1] for one in best)
            right = exactly(
                value.value * value.scale * HUNDRED / ((low + high) / 2), shown.decimals
            )
            # 57,1 % dự toán, 61,7 %, 62,8 %: parts of one whole are no more than the whole
            if right + sum(mine[one][1].value for one in best) > HUNDRED + 1:
                continue
            others = tuple(mine[one][1].span for one in best)
            yield Remark(
                shown.number,
                f"Tỷ lệ này không cùng một tổng với các tỷ lệ bên cạnh: tính ra {number(right)} %.",
                f"This share is of another whole than those beside it: reckoned {number(right)} %.",
                f"{value.number.words} : {number(exactly((low + high) / 2 / value.scale, value.decimals))} × 100"
                f" = {number(right)} %, in {shown.number.words} %",
                number(right, shown.decimals), (value.span, *others),
            )  # fmt: skip


def implied(value: Quantity, shown: Quantity) -> tuple[Decimal, Decimal]:
    """Between what the whole lies, by the rounding of both."""
    low = value.low if value.decimals else value.value
    top = value.top if value.decimals else value.value
    least = max(shown.low, Decimal("0.0001"))
    return low * value.scale * HUNDRED / shown.top, top * value.scale * HUNDRED / least


def meet(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@check(
    "sums.shares", Severity.ERROR,
    "Các phần có tỷ lệ cộng lại đủ 100 % thì số cộng lại phải bằng tổng",
    "Parts whose shares make 100 % make the whole",
)  # fmt: skip
def whole_of_shares(report: Report) -> Iterator[Remark]:
    """Giải quyết 18.642 hồ sơ; đúng hạn 18.397 hồ sơ (98,7 %), trễ hạn 245 hồ sơ (1,3 %)."""
    for found in report.quantities_of.values():
        pairs = [one for one in _pairs(found) if not one[0].decimals]
        for first, second in zip(pairs, pairs[1:], strict=False):
            if first[1].value + second[1].value != HUNDRED or _kind(first[0]) != _kind(second[0]):
                continue
            summed = first[0].value + second[0].value
            wholes = [
                one for one in found
                if one.span.end <= first[0].span.start and _kind(one) == _kind(first[0])
                and one.what is What.VALUE and one.value > max(first[0].value, second[0].value)
            ]  # fmt: skip
            if not wholes or any(one.value == summed for one in wholes):
                continue
            whole = wholes[-1]
            if abs(whole.value - summed) > whole.value / 10:
                continue
            yield Remark(
                whole.number,
                f"Hai phần cộng lại được {number(summed)}, tổng ghi {whole.number.words}.",
                f"The two parts make {number(summed)}; the whole says {whole.number.words}.",
                f"{first[0].number.words} + {second[0].number.words} = {number(summed)} ≠ {whole.number.words}",
                number(summed), (first[0].span, second[0].span),
            )  # fmt: skip


@check(
    "sums.brackets", Severity.ERROR,
    "Các số trong ngoặc của từng phần cộng lại phải bằng tổng", "Numbers in the brackets of parts make the whole",
)  # fmt: skip
def brackets(report: Report) -> Iterator[Remark]:
    """26 lớp cho 748 học viên: 15 lớp nông nghiệp (436 học viên), 11 lớp phi nông nghiệp (312 học viên)."""
    for found in report.quantities_of.values():
        pairs = [
            (part, inside) for part, inside in zip(found, found[1:], strict=False)
            if part.what is What.VALUE and inside.what is What.VALUE and "%" not in (part.unit, inside.unit)
            and re.match(r"\A[^.;,()\d]{0,40}\(\Z", part.span.passage.text[part.span.end : inside.span.start])
        ]  # fmt: skip
        for first, second in zip(pairs, pairs[1:], strict=False):
            text = first[0].span.passage.text
            if (
                len({_kind(first[0]), _kind(second[0])}) > 1
                or len({_kind(first[1]), _kind(second[1])}) > 1
            ):
                continue
            if re.search(r"[.;]\s", text[first[0].span.start : second[1].span.start]):
                continue
            before = [
                one
                for one in found
                if one.span.end <= first[0].span.start and one.what is What.VALUE
            ]
            outer = _of(before, first[0], first[0].value + second[0].value)
            inner = _of(before, first[1], first[1].value + second[1].value)
            if outer is None or inner is None or outer[1] == inner[1]:
                continue  # one of them must fit, to know that the two make the whole
            whole, parts = (
                (inner[0], (first[1], second[1])) if outer[1] else (outer[0], (first[0], second[0]))
            )
            summed = parts[0].value + parts[1].value
            if abs(whole.value - summed) > whole.value / 4:
                continue
            yield Remark(
                whole.number,
                f"Hai phần cộng lại được {number(summed)}, tổng ghi {whole.number.words}.",
                f"The two parts make {number(summed)}; the whole says {whole.number.words}.",
                f"{parts[0].number.words} + {parts[1].number.words} = {number(summed)} ≠ {whole.number.words}",
                number(summed), tuple(one.span for one in parts),
            )  # fmt: skip


def _of(
    before: Sequence[Quantity], part: Quantity, summed: Decimal
) -> tuple[Quantity, bool] | None:
    """The nearest value of the same thing before, and whether it is the sum."""
    same = [one for one in before if _kind(one) == _kind(part) and one.value >= part.value]
    if not same or _kind(part) == ("", ""):
        return None
    fits = [one for one in same if one.value == summed]
    return (fits[-1], True) if fits else (same[-1], False)
