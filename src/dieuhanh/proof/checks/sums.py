"""Parts against their whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report
from dieuhanh.proof.understanding.groups import Group, groups
from dieuhanh.proof.written import number

#: An open list whose parts come so near to the whole was most likely meant to be complete.
_NEARLY = Decimal("0.03")


def _sum(group: Group) -> Decimal:
    """Of the parts, in the unit of the whole."""
    return sum((one.value * one.scale for one in group.parts), Decimal(0)) / group.whole.scale


def _slack(group: Group) -> Decimal:
    """How far rounding alone may carry the sum from the whole."""
    every = (group.whole, *group.parts)
    if all(one.decimals == 0 and one.scale == 1 for one in every):
        return Decimal(0)
    return sum((Decimal(5).scaleb(-one.decimals - 1) * one.scale for one in every), Decimal(0)) / (
        group.whole.scale
    )


def _reckoned(group: Group, total: Decimal) -> str:
    parts = " + ".join(one.span.words if one.unit else one.number.words for one in group.parts)
    sign = "≠" if total != group.whole.value else "="
    return f"{parts} = {number(total)} {sign} {group.whole.number.words}"


def _remark(group: Group, total: Decimal, vi: str, en: str, severity: Severity | None) -> Remark:
    off = total - group.whole.value
    over = "thừa" if off > 0 else "thiếu"
    whole: Quantity = group.whole
    return Remark(
        whole.number,
        f"{vi}: {over} {number(abs(off))}.",
        f"{en}: {number(abs(off))} too {'many' if off > 0 else 'few'}.",
        _reckoned(group, total),
        number(total) if group.closed else "",
        tuple(one.number for one in group.parts),
        severity,
    )


@check(
    "sums.parts", Severity.ERROR,
    "Các phần cộng lại phải bằng tổng; danh sách mở thì không vượt tổng",
    "Parts add up to their total; those of an open list do not exceed it",
)  # fmt: skip
def parts(report: Report) -> Iterator[Remark]:
    seen: set[tuple[int, int]] = set()
    for group in groups(report):
        place = group.whole.number.place
        if place in seen:
            continue
        total, slack = _sum(group), _slack(group)
        off = total - group.whole.value
        if abs(off) <= slack:
            seen.add(place)
            continue
        one_alone = any(part.value == group.whole.value for part in group.parts)
        if group.closed and not one_alone:
            yield _remark(group, total, "Các phần cộng lại không bằng tổng",
                          "The parts do not add up to the total", None)  # fmt: skip
        elif off > slack and not one_alone:
            yield _remark(group, total, "Các phần cộng lại lớn hơn tổng",
                          "The parts exceed the total",
                          None if group.listed else Severity.SUSPICIOUS)  # fmt: skip
        elif (
            group.listed
            and not slack
            and abs(off) <= max(Decimal(2), group.whole.value * _NEARLY)
            and (group.whole.value > 20)
        ):
            yield _remark(group, total, "Các phần cộng lại gần bằng tổng nhưng không khớp",
                          "The parts nearly add up to the total", Severity.SUSPICIOUS)  # fmt: skip
        else:
            continue
        seen.add(place)
