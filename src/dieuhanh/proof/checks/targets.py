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


@check(
    "targets.rank", Severity.ERROR,
    "Số bậc tăng, giảm phải khớp hai thứ hạng", "A change of rank fits the two ranks",
)  # fmt: skip
def rank(report: Report) -> Iterator[Remark]:
    """từ thứ 30 lên thứ 21, tăng 9 bậc."""
    for found in report.quantities_of.values():
        for first, second, change in zip(found, found[1:], found[2:], strict=False):
            if change.what is not What.RANK_CHANGE or change.unit != "bậc":
                continue
            text = change.span.passage.text
            if {first.what, second.what} != {What.RANK} or len(
                text[first.span.end : change.span.start]
            ) > 90:
                continue
            if not re.search(r"\btừ\b[^.;]{0,30}\Z", first.span.before(40)):
                continue
            moved = first.value - second.value
            if abs(moved) != change.value or (moved < 0) != (change.sign < 0):
                yield Remark(
                    change.span, f"Từ hạng {first.number.words} đến hạng {second.number.words} là {abs(moved)} bậc.",
                    f"From rank {first.number.words} to {second.number.words} are {abs(moved)} places.",
                    f"{first.number.words} − {second.number.words} = {moved}", f"{int(abs(moved)):02d} bậc", (first.span, second.span),
                )  # fmt: skip
