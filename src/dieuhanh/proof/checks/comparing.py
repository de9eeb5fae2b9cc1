"""A printed per cent against the one that is reckoned: right, cut off, or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Rough
from dieuhanh.proof.written import number

HUNDRED = Decimal(100)
#: Where one statement ends and the next begins.
ENDS = re.compile(r"[.;]\s")


def exactly(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cut(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def _is_near(shown: Quantity, exact: Decimal) -> bool:
    """Khoảng 97 %, trên 97 %, dưới 98 %, for 97,6 %."""
    off = exact - shown.value
    if shown.rough is Rough.ABOUT:
        return abs(off) <= max(Decimal(1), (shown.top - shown.value) / 2)
    return (shown.rough is Rough.ABOVE and 0 <= off <= 1) or (
        shown.rough is Rough.BELOW and -1 <= off <= 0
    )


def _is_beyond(shown: Quantity, exact: Decimal) -> bool:
    """Trên 98 %, for 97,6 %: rounded, but not above."""
    return (shown.rough is Rough.ABOVE and exact < shown.value) or (
        shown.rough is Rough.BELOW and exact > shown.value
    )


def ends(one: Quantity) -> tuple[Decimal, Decimal]:
    """Between what a printed number lies, in its base unit: what is counted whole lies where it is."""
    exact = not one.decimals and (one.scale == 1 or one.value < HUNDRED)
    if exact and not one.is_rough:
        return one.value * one.scale, one.value * one.scale  # 4 tỷ đồng are four
    return one.low * one.scale, one.top * one.scale


def compared(
    shown: Quantity, exact: Decimal, reckoned: str, related: tuple[Quantity, ...], vi: str, en: str,
    between: tuple[Decimal, Decimal] | None = None,
) -> Iterator[Remark]:  # fmt: skip
    """What to say of a printed per cent whose exact value is known; nothing where it is right.

    Args:
        between: the least and the most it can be, by the rounding of the numbers it comes from.
    """
    decimals = shown.decimals
    if _is_near(shown, exact):
        return
    if between and exactly(between[0], decimals) <= shown.value <= exactly(between[1], decimals):
        return
    if shown.value == exactly(exact, decimals) and not _is_beyond(shown, exact):
        return
    right = number(exactly(exact, decimals), decimals)
    more = exactly(exact, decimals + 2)
    spans = tuple(one.span for one in related)
    arithmetic = f"{reckoned} = {number(more)} %, in {shown.number.words} %"
    if shown.value == cut(exact, decimals):
        yield Remark(
            shown.number,
            f"{vi}: {right} % nếu làm tròn; đã in {shown.number.words} %, là cắt bớt chữ số.",
            f"{en}: {right} % when rounded; {shown.number.words} % is cut off.",
            arithmetic, right, spans, Severity.ROUNDING,
        )  # fmt: skip
        return
    severity = (
        Severity.ROUNDING if abs(shown.value - exact) <= Decimal(1).scaleb(-decimals) else None
    )
    yield Remark(
        shown.number,
        f"{vi}: tính ra {right} %, văn bản ghi {shown.number.words} %.",
        f"{en}: reckoned {right} %, printed {shown.number.words} %.",
        arithmetic, right, spans, severity,
    )  # fmt: skip


def of_part(shown: Quantity, part: Quantity, whole: Quantity, vi: str, en: str) -> Iterator[Remark]:
    """A per cent against a part and its whole."""
    exact = part.value * part.scale * HUNDRED / (whole.value * whole.scale)
    reckoned = f"{part.number.words} : {whole.number.words} × 100"
    yield from compared(shown, exact, reckoned, (part, whole), vi, en, share_between(part, whole))


def share_between(part: Quantity, whole: Quantity) -> tuple[Decimal, Decimal] | None:
    """The least and the most per cent that a part can be of a whole, by the rounding of both."""
    (least, most), (low, high) = ends(part), ends(whole)
    return (least * HUNDRED / high, most * HUNDRED / low) if low > 0 else None


def head(one: Quantity) -> str:
    return one.noun.lower().split()[0] if one.noun else ""
