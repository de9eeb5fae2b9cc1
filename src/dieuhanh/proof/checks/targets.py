"""Claims against numbers: "vượt kế hoạch" beside a share under 100 %, ranks that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What

_CLAIMED = re.compile(
    r"\b(?:vượt|đạt và vượt|hoàn thành vượt)\s(?:mức\s|chỉ tiêu\s)?(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)",
    re.IGNORECASE,
)
_OF_PLAN = re.compile(r"\s(?:so với\s)?(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)", re.IGNORECASE)
_NOT = re.compile(r"\b(?:chưa|không|khó|phấn đấu|để)\s[^.;]{0,20}\Z", re.IGNORECASE)


@check(
    "targets.claim", Severity.SUSPICIOUS,
    "Ghi vượt kế hoạch mà tỷ lệ dưới 100 %", "Says the plan was exceeded beside a share under 100 %",
)  # fmt: skip
def claim(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for found in _CLAIMED.finditer(passage.text):
            if _NOT.search(passage.text[max(0, found.start() - 30) : found.start()]):
                continue
            for one in report.quantities_of.get(passage.number, []):
                left, right = (
                    sorted((one.span.end, found.start())),
                    sorted((one.span.start, found.end())),
                )
                between = passage.text[left[0] : right[1]]
                near = len(between) < 90 and not re.search(r"[.;]\s", between)
                if near and _is_share_of_plan(one) and one.value < 100:
                    yield Remark(
                        one.span, f"Ghi “{found[0]}” nhưng chỉ đạt {one.number.words} %.",
                        f"Says “{found[0]}” (exceeded), but the share is {one.number.words} %.",
                        f"{one.number.words} % < 100 %",
                    )  # fmt: skip
                    break


def _is_share_of_plan(one: Quantity) -> bool:
    return one.what is What.SHARE and bool(_OF_PLAN.match(one.span.passage.text, one.span.end))


_ABOVE = re.compile(
    r",?\s(?:vượt|đạt và vượt)\s(?:mức\s)?(?:chỉ tiêu|mục tiêu|kế hoạch)(?:\s(?:đề ra|được giao|năm|cả năm|\d{4}))*\s\("
)


@check(
    "targets.missed", Severity.ERROR,
    "Ghi vượt chỉ tiêu mà thấp hơn chỉ tiêu ghi bên cạnh", "Says a target was exceeded that it misses",
)  # fmt: skip
def missed(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        for value, target in zip(found, found[1:], strict=False):
            between = value.span.passage.text[value.span.end : target.span.start]
            if (
                value.unit == target.unit
                and _ABOVE.fullmatch(between)
                and value.value < target.value
            ):
                yield Remark(
                    value.span, f"Ghi vượt chỉ tiêu, nhưng {value.span.words} thấp hơn {target.span.words}.",
                    f"Says the target was exceeded, but {value.span.words} is below {target.span.words}.",
                    f"{value.span.words} < {target.span.words}", "", (target.span,),
                )  # fmt: skip


@check(
    "targets.rank", Severity.ERROR,
    "Số bậc tăng, giảm phải khớp hai thứ hạng", "A change of rank fits the two ranks",
)  # fmt: skip
def rank(report: Report) -> Iterator[Remark]:
    """từ thứ 30 lên thứ 21, tăng 9 bậc; xếp thứ 7/30, tăng 4 bậc so với năm 2023 (thứ 11/30)."""
    for found in report.quantities_of.values():
        for three in zip(found, found[1:], found[2:], strict=False):
            ranks = _ranks(*three)
            if ranks is None:
                continue
            then, now, change = ranks
            moved = int(then.value - now.value)
            if abs(moved) != change.value or (moved < 0) != (change.sign < 0):
                way = "tăng" if moved > 0 else "giảm"
                yield Remark(
                    change.span,
                    f"Từ hạng {then.number.words} đến hạng {now.number.words} là {way} {abs(moved)} bậc.",
                    f"From rank {then.number.words} to {now.number.words} are {abs(moved)} places "
                    f"{'up' if moved > 0 else 'down'}.",
                    f"{then.number.words} − {now.number.words} = {moved}", f"{abs(moved):02d} bậc",
                    (then.span, now.span),
                )  # fmt: skip


def _ranks(
    first: Quantity, second: Quantity, third: Quantity
) -> tuple[Quantity, Quantity, Quantity] | None:
    """(then, now, change), however the text orders them; None where it speaks of something else."""
    text = first.span.passage.text
    kinds = (first.what, second.what, third.what)
    if len(text[first.span.end : third.span.start]) > 110:
        return None
    if kinds == (What.RANK, What.RANK, What.RANK_CHANGE):
        came = re.search(r"\btừ\b[^.;]{0,30}\Z", first.span.before(40))
        return (first, second, third) if came else None
    if kinds == (What.RANK, What.RANK_CHANGE, What.RANK):
        between = text[second.span.end : third.span.start]
        return (third, first, second) if re.match(r"\sso với [^.;()]{2,50}\(", between) else None
    return None
