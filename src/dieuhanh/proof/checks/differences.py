"""Absolute changes against the two values they lie between, where all of them are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import HUNDRED, compared, head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.checks.remainders import counted
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.written import number

_OVER = re.compile(r"\b(?:vượt|cao hơn|nhiều hơn|thấp hơn|ít hơn)\s\Z", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:thấp hơn|ít hơn)\s\Z", re.IGNORECASE)
#: What is further from the value that is meant is another matter.
_AT_MOST = Decimal("0.15")


@check(
    "ratios.difference", Severity.ERROR,
    "Mức tăng, giảm phải bằng chênh lệch của hai số", "A change is the difference of its two values",
)  # fmt: skip
def difference(report: Report) -> Iterator[Remark]:
    """27 dự án, tăng 06 dự án so với cuối năm 2023 (21 dự án)."""
    for found in report.quantities_of.values():
        for at, moved in enumerate(found):
            over = _OVER.search(moved.span.before(12))
            if moved.unit in ("%", "điểm %", "bậc") or moved.high is not None:
                continue
            if moved.rough is not Rough.EXACT and not over:
                continue
            if moved.what is not What.GROWTH and not over:
                continue
            prior = _prior(found, at)
            if prior is None:
                continue
            shown = next(
                (one for one in found[at + 1 : at + 3] if one.unit == "%" and one.span.end < prior.span.start), None
            )  # fmt: skip
            if shown is not None and shown.what is What.GROWTH and prior.value:
                exact = moved.value * moved.scale * HUNDRED / (prior.value * prior.scale)
                yield from compared(
                    shown, exact, f"{moved.number.words} : {prior.number.words} × 100", (moved, prior),
                    "Mức tăng, giảm không khớp hai số", "The change does not fit the two numbers",
                )  # fmt: skip
            level = _level(found[:at], moved, prior)
            if level is None:
                continue
            sign = -1 if moved.sign < 0 or (over and _UNDER.search(moved.span.before(12))) else 1
            scale = moved.scale
            exact = (level.value * level.scale - prior.value * prior.scale) * sign / scale
            slack = sum(
                (Decimal(5).scaleb(-one.decimals - 1) * one.scale / scale for one in (level, prior, moved)
                 if one.decimals), Decimal(0),
            )  # fmt: skip
            if abs(exact - moved.value) <= slack or exact <= 0 or exact > 3 * moved.value + 10:
                continue
            if not _same_unit(level, moved):
                continue
            more, less = (prior, level) if sign < 0 else (level, prior)
            yield Remark(
                moved.number,
                f"Chênh lệch của hai số là {number(exact)}, văn bản ghi {moved.number.words}.",
                f"The two values differ by {number(exact)}; printed {moved.number.words}.",
                f"{more.number.words} − {less.number.words} = {number(exact)} ≠ {moved.number.words}",
                number(exact), (level.span, prior.span),
            )  # fmt: skip


_THEN = re.compile(
    r"[^;.()\d]{0,30}\((?:cùng kỳ|(?:\d{1,2}\stháng\s)?(?:đầu\s)?năm|quý|tháng)\b[^();]{0,60}"
)


@check(
    "ratios.differences", Severity.ERROR,
    "Mức tăng, giảm của hai số viết liền phải bằng chênh lệch của từng số",
    "The changes of two numbers written together are their differences",
)  # fmt: skip
def differences(report: Report) -> Iterator[Remark]:
    """866 lượt/964 người; giảm 146 lượt, 127 người so với cùng kỳ (1.012 lượt/1.091 người)."""
    for found in report.quantities_of.values():
        told = [one for one in found if head(one) not in ("tháng", "năm", "ngày")]
        for at, (moved, also, then) in enumerate(zip(told, told[1:], told[2:], strict=False)):
            if moved.what is not What.GROWTH or "%" in (moved.unit, also.unit) or not then.high:
                continue
            text = moved.span.passage.text
            now = next((one for one in reversed(told[:at]) if _two(one)), None)
            if (
                now is None
                or not _two(then)
                or not _IN_BRACKETS.fullmatch(text, also.span.end, then.span.start)
            ):
                continue
            for one, level, before in (
                (moved, now.value, then.value), (also, now.high or Decimal(0), then.high),
            ):  # fmt: skip
                exact = abs(level - before)
                if one.value != exact:
                    yield Remark(
                        one.number,
                        f"Chênh lệch của hai số là {number(exact)}, văn bản ghi {one.number.words}.",
                        f"The two values differ by {number(exact)}; printed {one.number.words}.",
                        f"{number(max(level, before))} − {number(min(level, before))} = {number(exact)} ≠ {one.number.words}",
                        counted(exact), (now.span, then.span),
                    )  # fmt: skip


_IN_BRACKETS = re.compile(r"[^.;()\d]{0,60}\([^.;()]{0,60}")


def _two(one: Quantity) -> bool:
    """Two counts in one: 866 lượt/964 người."""
    return one.what is What.FRACTION and re.search(r"[^\W\d_]\s?/", one.span.words) is not None


def _prior(found: list[Quantity], at: int) -> Quantity | None:
    """The value in brackets to which the change is told: "so với cuối năm 2023 (21 dự án)".

    Also "so với cùng kỳ giảm 12 vụ (6 tháng đầu năm 2023 có 40 vụ)".
    """
    moved = found[at]
    text = moved.span.passage.text
    then = next((one for one in found[at + 1 :] if _same_unit(one, moved)), None)
    if (
        then is not None
        and "so với" in moved.span.before(50).lower()
        and _THEN.fullmatch(text, moved.number.end, then.span.start)
    ):
        return then
    for one in found[at + 1 : at + 4]:
        between = text[moved.span.end : one.span.start]
        if len(between) > 110 or re.search(r"[;]|\.\s", between):
            return None
        if (
            between.endswith("(")
            and "so với" in between
            and _same_unit(one, moved)
            and one.unit != "%"
        ):
            ahead = text[one.span.end : one.span.end + 40]
            return one if re.match(r"[^();]{0,30}\)", ahead) else None
    return None


def _level(before: list[Quantity], moved: Quantity, prior: Quantity) -> Quantity | None:
    """The value now: the nearest before that fits, else the nearest of that unit."""
    text = moved.span.passage.text
    near = [
        one for one in before
        if one.what is What.VALUE and _same_unit(one, moved) and one.high is None
        and not re.search(r"\.\s", text[one.span.end : moved.span.start]) and moved.span.start - one.span.end < 160
    ]  # fmt: skip
    sign = -1 if moved.sign < 0 or _UNDER.search(moved.span.before(12)) else 1
    meant = prior.value + sign * moved.value
    fits = [one for one in near if one.value == meant]
    if fits:
        return fits[-1]
    if (
        "so với" in moved.span.before(50).lower()
    ):  # told in a sentence of its own: of one that came before
        same = [
            one for one in before
            if one.what is What.VALUE and _same_unit(one, moved) and one.high is None
            and abs(one.value - meant) <= meant * _AT_MOST
        ]  # fmt: skip
        return min(same, key=lambda one: abs(one.value - meant), default=None)
    if not near:
        return None
    # Several values of that unit: only the nearest may be meant, and only where it is close.
    last = near[-1]
    return last if len(near) == 1 or moved.span.start - last.span.end < 40 else None


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit or other.unit:
        return one.unit.split()[-1:] == other.unit.split()[-1:]
    return bool(head(one)) and head(one) == head(other)
