"""An absolute change with its per cent beside it, against the value that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import HUNDRED, exactly
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Span, What
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.written import number

#: giảm 11 người chết (-2,40%)
_SHARE = re.compile(
    r"(?P<rest>[^().;,\d]{0,50})\s\((?P<sign>[+\-−–])?\s?(?P<share>\d{1,4}(?:,\d{1,2})?)\s?%\)"
)
#: tăng 1,42 điểm (2,5 %) lên 56,37 điểm
_TO = re.compile(r",?\s(?:lên|xuống(?: còn)?|còn|đạt|(?:tạm\s)?(?:đứng\s)?ở)\s(?:mức\s)?(?:còn\s)?")
#: How far before a change the value stands that changed.
_NEAR = 420
#: What is so far off compares something else.
_AT_MOST = Decimal(30)


@check(
    "ratios.change", Severity.ERROR,
    "Mức tăng, giảm tuyệt đối và tỷ lệ đi kèm phải khớp với số hiện tại",
    "An absolute change and the per cent beside it fit the value",
)  # fmt: skip
def change(report: Report) -> Iterator[Remark]:
    """Xảy ra 832 vụ. So với tháng trước, tăng 19 vụ (+2,34%): 19 : (832 − 19)."""
    for found in report.quantities_of.values():
        passage = found[0].span.passage
        if "%)" not in passage.text and "% )" not in passage.text:
            continue
        for at, one in enumerate(found):
            if one.what is not What.GROWTH or one.unit == "%" or one.high is not None:
                continue
            said = _SHARE.match(passage.text, one.number.end)
            if said and (one.unit == "điểm %" or "so với" in said["rest"]):
                continue  # giảm 0,4 điểm phần trăm so với cùng kỳ (8,6 %): the level of then
            now = _reached(passage, found[at + 1 :], one, said.end()) if said else None
            if said and now is None:
                now = _level(passage, found[:at], one, said["rest"])
            if said is None or now is None:
                continue
            low, exact, high = _between(now, one)
            shown = Decimal(said["share"].replace(",", "."))
            step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
            if low - step < shown < high + step or abs(exact - shown) > _AT_MOST:
                continue
            yield _remark(
                passage, said, now, one, exactly(exact, len(said["share"].partition(",")[2]))
            )


def _reached(passage: Passage, after: list[Quantity], one: Quantity, end: int) -> Quantity | None:
    """The value that the text says was reached by the change."""
    now = next((now for now in after if now.span.start >= end), None)
    if now is None or now.unit.split()[-1:] != one.unit.split()[-1:]:
        return None
    return now if _TO.fullmatch(passage.text, end, now.span.start) else None


def _level(passage: Passage, before: list[Quantity], one: Quantity, rest: str) -> Quantity | None:
    """The one value before that counts the same thing: "người chết", not "người bị thương"."""
    words = rest.lower().split()
    if not words:
        return None
    same = [
        now for now in before
        if now.what is What.VALUE and one.span.start - now.span.end <= _NEAR
        and now.unit.split()[-1:] == one.unit.split()[-1:] and (one.unit or now.noun.lower().split()[:1] == words[:1])
    ]  # fmt: skip
    for then, now in zip(
        same, same[1:], strict=False
    ):  # tăng từ 580 đơn lên 624 đơn, tức tăng 44 đơn
        if now.value - one.sign * one.value == then.value:
            return now
    if len(same) > 1:
        same = [now for now in same if _named(passage, now, words[1:])]
    return same[0] if len(same) == 1 else None


def _named(passage: Passage, now: Quantity, words: list[str]) -> bool:
    before = passage.text[max(0, now.span.start - 14) : now.span.start].lower()
    after = re.split(r"[,;.(]", passage.text[now.span.end : now.span.end + 24].lower())[0]
    called = " ".join(words[:2])
    return bool(called) and (called in before or called in after)


def _between(now: Quantity, one: Quantity) -> tuple[Decimal, Decimal, Decimal]:
    """The share, and between what it lies by the rounding of both numbers."""

    def share(value: Decimal, moved: Decimal) -> Decimal:
        base = value * now.scale - one.sign * moved * one.scale
        return abs(moved * one.scale) * HUNDRED / base if base > 0 else Decimal(0)

    exact = share(now.value, one.value)
    if now.scale == one.scale == 1 and not now.decimals and not one.decimals:
        return exact, exact, exact
    ends = [share(value, moved) for value in (now.low, now.top) for moved in (one.low, one.top)]
    return min(ends), exact, max(ends)


def _remark(
    passage: Passage, said: re.Match[str], now: Quantity, one: Quantity, right: Decimal
) -> Remark:
    base = now.value * now.scale - one.sign * one.value * one.scale
    sign = "+" if one.sign < 0 else "−"
    return Remark(
        Span(passage, *said.span("share")),
        f"Tỷ lệ không khớp mức tăng, giảm: tính ra {number(right)} %, văn bản ghi {said['share']} %.",
        f"The per cent does not fit the change: reckoned {number(right)} %, printed {said['share']} %.",
        f"{one.number.words} : ({now.number.words} {sign} {one.number.words}) × 100 = {number(right)} %"
        if base else "",
        number(right, len(said["share"].partition(",")[2])), (one.span, now.span),
    )  # fmt: skip
