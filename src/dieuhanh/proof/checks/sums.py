"""Parts against their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from dieuhanh.proof.checks.comparing import head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report
from dieuhanh.proof.understanding.groups import Group, groups, too_large
from dieuhanh.proof.written import number

#: An open list whose parts come so near to the whole was most likely meant to be complete.
_NEARLY = Decimal("0.03")
#: What exceeds its whole by more was most likely read wrongly: "HĐ 68", another statement.
_AT_MOST = Decimal("1.5")
_COUNTS_AGAINST = re.compile(r"\b(?:lỗ|lãi|âm|trừ|lợi nhuận|thu nhập|nợ)\b", re.IGNORECASE)
#: Words for bodies and things of any kind: 12 đơn vị, gồm 4 phòng và 8 phường.
_ANY = frozenset("đơn cơ tập địa đầu thành trường nội tổ hạng loại".split())  # noqa: SIM905
#: Of more parts not every choice is tried.
_MANY = 8


def _slack(group: Group) -> Decimal:
    """How far rounding alone may carry the sum from the whole."""
    every = (group.whole, *group.parts)
    if all(one.decimals == 0 and one.scale == 1 for one in every):
        every = tuple(one for one in every if one.is_rough)
    slack = sum(((one.top - one.value) * one.scale for one in every), Decimal(0))
    return slack / group.whole.scale


def _one_taken_off(group: Group) -> bool:
    """Lỗ 143,9 tỷ đồng, gồm lỗ hoạt động 163,6 và lợi nhuận khác 19,7: one part counts against the others."""
    off = (group.total - group.whole.value) * group.whole.scale / 2
    if not _COUNTS_AGAINST.search(_told(group)):
        return False
    return any(one.value * one.scale == off for one in group.parts)


def _of_one_kind(group: Group) -> bool:
    """18 tỉnh, gồm 1 hội sở, 26 chi nhánh: none of them is a province."""
    kind = head(group.whole)
    return bool(group.whole.unit) or kind in _ANY or any(head(one) == kind for one in group.parts)


def _told(group: Group) -> str:
    """The words from the whole to its last part."""
    last = group.parts[-1].span
    text = group.whole.span.passage.text
    return text[
        group.whole.span.end : last.start if last.passage is group.whole.span.passage else len(text)
    ]


def _some_make_it(group: Group) -> bool:
    """761 tàu, trong đó 301 …, 53 …, 407 … và 105 tàu nâng cấp: the first ones make the whole."""
    values = [one.value * one.scale for one in group.parts[:_MANY]]
    whole = group.whole.value * group.whole.scale
    if group.closed and not re.search(r"\btrong đó\b", _told(group)):
        return any(sum(values[:length]) == whole for length in range(2, len(values)))
    return any(
        sum(some) == whole
        for length in range(2, len(group.parts)) for some in combinations(values, length)
    )  # fmt: skip


def _reckoned(group: Group) -> str:
    parts = " + ".join(one.span.words if one.unit else one.number.words for one in group.parts)
    sign = "≠" if group.total != group.whole.value else "="
    return f"{parts} = {number(group.total)} {sign} {group.whole.number.words}"


def _remark(group: Group, vi: str, en: str, severity: Severity | None) -> Remark:
    off = group.total - group.whole.value
    over = "thừa" if off > 0 else "thiếu"
    whole: Quantity = group.whole
    return Remark(
        whole.number,
        f"{vi}: {over} {number(abs(off))}.",
        f"{en}: {number(abs(off))} too {'many' if off > 0 else 'few'}.",
        _reckoned(group),
        number(group.total, group.whole.decimals) if group.closed else "",
        tuple(one.number for one in group.parts),
        severity,
    )


_LABEL = re.compile(r"^\(?[a-zđ\d]{1,2}\)\s|(?<=[;:,.]\s)[a-zđ\d]{1,2}\)\s")


def _in_brackets(text: str) -> bool:
    """Whether every bracket of a paragraph has its other half."""
    bare = _LABEL.sub("", text)
    return bare.count("(") == bare.count(")")


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
        total, slack = group.total, _slack(group)
        off = total - group.whole.value
        if abs(off) <= slack or _one_taken_off(group):
            seen.add(place)
            continue
        one_alone = any(part.value == group.whole.value for part in group.parts)
        most = max(one.value * one.scale for one in group.parts) / group.whole.scale
        far = most > group.whole.value or not (
            group.whole.value / 2 <= total <= group.whole.value * _AT_MOST
        )
        # A lost bracket may have put another number in the place of the whole.
        sure = group.sure and _in_brackets(group.whole.span.passage.text)
        if (far and (group.told or not _of_one_kind(group))) or _some_make_it(group):
            continue  # "vượt ngưỡng 34 triệu đồng. Cụ thể, 33,95 … và 34,37": the same thing, told closer
        if group.closed:
            yield _remark(group, "Các phần cộng lại không bằng tổng",
                          "The parts do not add up to the total",
                          None if sure and not far and not one_alone else Severity.SUSPICIOUS)  # fmt: skip
        elif off > slack and not one_alone and not far:
            yield _remark(group, "Các phần cộng lại lớn hơn tổng",
                          "The parts exceed the total",
                          None if group.listed and sure else Severity.SUSPICIOUS)  # fmt: skip
        elif (
            group.listed
            and not slack
            and abs(off) <= max(Decimal(2), group.whole.value * _NEARLY)
            and (group.whole.value > 20)
        ):
            yield _remark(group, "Các phần cộng lại gần bằng tổng nhưng không khớp",
                          "The parts nearly add up to the total", Severity.SUSPICIOUS)  # fmt: skip
        else:
            continue
        seen.add(place)


@check(
    "sums.larger", Severity.ERROR,
    "Một phần không thể lớn hơn tổng của nó", "A part cannot exceed its whole",
)  # fmt: skip
def larger(report: Report) -> Iterator[Remark]:
    for whole, part in too_large(report):
        yield Remark(
            part.number,
            f"Phần {part.span.words} lớn hơn tổng {whole.span.words}.",
            f"The part {part.span.words} exceeds its whole {whole.span.words}.",
            f"{part.number.words} > {whole.number.words}", "", (whole.number,),
        )  # fmt: skip


#: Shorter numbers meet by chance.
_TELLING = 1000


@check(
    "sums.copied", Severity.SUSPICIOUS,
    "Hai phần khác nhau của một tổng có cùng một số, các phần không khớp tổng; có thể chép nhầm",
    "Two parts of one total bear the same number and the parts do not fit; likely copied",
)  # fmt: skip
def copied(report: Report) -> Iterator[Remark]:
    for group in groups(report):
        total = group.total
        if abs(total - group.whole.value) <= _slack(group) or total > group.whole.value * _AT_MOST:
            continue
        seen: dict[str, Quantity] = {}
        for one in group.parts:
            first = seen.setdefault(one.span.words, one)
            if first is not one and one.value * one.scale >= _TELLING and one.noun != first.noun:
                yield Remark(
                    one.number,
                    f"Hai phần cùng ghi {one.number.words}, mà các phần cộng lại không khớp tổng; có thể chép nhầm.",
                    f"Two parts say {one.number.words} and the parts do not add up; likely copied.",
                    _reckoned(group), "", (first.number,),
                )  # fmt: skip
