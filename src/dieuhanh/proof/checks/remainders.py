"""What is left, what was carried over, what changed: differences between values that are all printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import ENDS, HUNDRED, compared, head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.written import number

_LEFT = re.compile(
    r"\b(?:còn(?: lại)?|đang (?:giải quyết|xử lý|thực hiện|xem xét|triển khai)|"
    r"chưa (?:giải quyết|xử lý|hoàn thành|thực hiện))\s\Z"
)
_DONE = re.compile(
    r"\b(?:đã|hoàn thành|giải quyết|xử lý|trả lời)\b[^.;,()\d]{0,30}\Z", re.IGNORECASE
)
_CARRIED = re.compile(r"\A[^.;\d]{0,40}\b(?:cùng với|cộng với|cộng thêm|và)\s\Z")
_TOGETHER = re.compile(
    r"\A[^.;\d]{0,60}(?:chuyển sang|tồn|chuyển tiếp|kỳ trước|năm trước)[^.;\d]{0,30}\b(?:là|thành)\s\Z"
)
_OVER = re.compile(r"\b(?:vượt|cao hơn|nhiều hơn|thấp hơn|ít hơn)\s\Z", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:thấp hơn|ít hơn)\s\Z", re.IGNORECASE)
#: How far apart the parts may stand, and what difference is another matter.
_NEAR, _AT_MOST = 260, Decimal("0.15")


@check(
    "sums.left", Severity.ERROR,
    "Số đã xong và số còn lại cộng lại phải bằng tổng số", "What is done and what is left make the whole",
)  # fmt: skip
def left(report: Report) -> Iterator[Remark]:
    """Giao 118 nhiệm vụ, đã hoàn thành 102, còn 16."""
    for found in report.quantities_of.values():
        for at, rest in enumerate(found):
            if not _plain(rest) or not _LEFT.search(rest.span.before(30)):
                continue
            text = rest.span.passage.text
            same = [one for one in found[:at] if _plain(one) and _alike(one, rest)]
            done = next((one for one in reversed(same) if _DONE.search(one.span.before(40))), None)
            if done is None or rest.span.start - done.span.end > _NEAR:
                continue
            between = text[done.span.end : rest.span.start]
            listed = re.match(r"[^.;\d]{0,30}(?:trong đó|gồm)", between) is not None
            if not listed and any(
                done.span.end <= one.span.start for one in same if one is not done
            ):
                continue
            wholes = [
                one for one in same if one.span.end <= done.span.start and one.value >= done.value
            ]
            summed = done.value + rest.value
            if not wholes or any(one.value == summed for one in wholes):
                continue
            whole = min(wholes, key=lambda one: abs(one.value - summed))
            if abs(whole.value - summed) > whole.value * _AT_MOST:
                continue
            far = ENDS.search(text[whole.span.end : done.span.start]) is not None
            right = whole.value - done.value
            yield Remark(
                rest.number,
                f"Số đã xong và số còn lại cộng lại được {number(summed)}, tổng số ghi {whole.number.words}.",
                f"Done and left make {number(summed)}; the whole is {whole.number.words}.",
                f"{done.number.words} + {rest.number.words} = {number(summed)} ≠ {whole.number.words}",
                number(right) if right >= 10 or right < 0 else f"{right:02}",
                (whole.span, done.span), Severity.SUSPICIOUS if far else None,
            )  # fmt: skip


@check(
    "sums.carried", Severity.ERROR,
    "Số trong kỳ và số kỳ trước chuyển sang cộng lại phải bằng tổng", "New and carried over make the whole",
)  # fmt: skip
def carried(report: Report) -> Iterator[Remark]:
    """Tiếp nhận 4.318 hồ sơ, cùng với 126 hồ sơ kỳ trước chuyển sang là 4.444 hồ sơ."""
    for found in report.quantities_of.values():
        for new, old, whole in zip(found, found[1:], found[2:], strict=False):
            text = new.span.passage.text
            if not (
                _plain(new)
                and _plain(old)
                and _plain(whole)
                and _alike(new, old)
                and _alike(old, whole)
            ):
                continue
            if not _CARRIED.match(text[new.span.end : old.span.start]):
                continue
            if not _TOGETHER.match(text[old.span.end : whole.span.start]):
                continue
            summed = new.value + old.value
            if summed != whole.value:
                yield Remark(
                    whole.number,
                    f"Hai số cộng lại được {number(summed)}, văn bản ghi {whole.number.words}.",
                    f"The two make {number(summed)}; printed {whole.number.words}.",
                    f"{new.number.words} + {old.number.words} = {number(summed)} ≠ {whole.number.words}",
                    number(summed), (new.span, old.span),
                )  # fmt: skip


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
            yield Remark(
                moved.number,
                f"Chênh lệch của hai số là {number(exact)}, văn bản ghi {moved.number.words}.",
                f"The two values differ by {number(exact)}; printed {moved.number.words}.",
                f"{level.number.words} − {prior.number.words} = {number(exact * sign)} ≠ {moved.number.words}",
                number(exact), (level.span, prior.span),
            )  # fmt: skip


def _prior(found: list[Quantity], at: int) -> Quantity | None:
    """The value in brackets to which the change is told: "so với cuối năm 2023 (21 dự án)"."""
    moved = found[at]
    text = moved.span.passage.text
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
    fits = [one for one in near if one.value == prior.value + sign * moved.value]
    if fits or not near:
        return fits[-1] if fits else None
    # Several values of that unit: only the nearest may be meant, and only where it is close.
    last = near[-1]
    return last if len(near) == 1 or moved.span.start - last.span.end < 40 else None


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit or other.unit:
        return one.unit.split()[-1:] == other.unit.split()[-1:]
    return bool(head(one)) and head(one) == head(other)


def _plain(one: Quantity) -> bool:
    return (
        one.what is What.VALUE
        and one.rough is Rough.EXACT
        and one.high is None
        and not one.decimals
        and one.unit != "%"
    )


def _alike(one: Quantity, other: Quantity) -> bool:
    """The same thing is counted: both words of the noun, where both have two."""
    some, others = one.noun.lower().split()[:2], other.noun.lower().split()[:2]
    return bool(some and others) and (
        some == others or (some[0] == others[0] and 1 in (len(some), len(others)))
    )
