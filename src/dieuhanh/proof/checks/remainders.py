"""What is left and what was carried over, against the wholes that are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import ENDS, head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.written import number

_LEFT = re.compile(
    r"\b(?:còn(?: lại| thiếu| nợ)?|đang (?:giải quyết|xử lý|thực hiện|xem xét|triển khai)|"
    r"chưa (?:giải quyết|xử lý|hoàn thành|thực hiện))\s\Z"
)
_DONE = re.compile(
    r"\b(?:đã|có mặt|hiện có|hoàn thành|giải quyết|xử lý|trả lời)\b[^.;,()\d]{0,30}\Z",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"\A[^.;\d]{0,40}\b(?:cùng với|cộng với|cộng thêm|và)\s\Z")
_TOGETHER = re.compile(
    r"\A[^.;\d]{0,60}(?:chuyển sang|tồn|chuyển tiếp|kỳ trước|năm trước)[^.;\d]{0,30}\b(?:là|thành)\s\Z"
)
#: How far apart the parts may stand, and what difference is another matter.
_NEAR, _AT_MOST = 260, Decimal("0.15")


_THE_REST = re.compile(r"\A(?:\s[^\W\d_]+){0,4}\scòn lại\b")


_STILL = re.compile(r"\bcòn(?: lại)?\s\Z")
_SAID_REST = re.compile(r"\b[Ss]ố còn lại(?: là)?\s\Z")


def _without(before: list[Quantity], rest: Quantity) -> Iterator[Remark]:
    """Tiếp nhận 1.536 đơn; 221 đơn thuộc thẩm quyền. Số còn lại 1.315 đơn."""
    same = [one for one in before if _plain(one) and head(one) == head(rest)]
    pairs = [
        (one, part)
        for at, one in enumerate(same)
        for part in same[at + 1 :]
        if one.value >= part.value
    ]
    near = min(
        pairs, key=lambda pair: abs(pair[0].value - pair[1].value - rest.value), default=None
    )
    if near is None or near[0].value == near[1].value + rest.value:
        return
    summed = rest.value
    for part in reversed(same):  # 803 người: 414 …, 292 …, số còn lại 97
        if part.value == summed:
            return
        summed += part.value
    exact = near[0].value - near[1].value
    if abs(exact - rest.value) <= near[0].value * _AT_MOST:
        yield Remark(
            rest.number,
            f"Số còn lại tính ra {number(exact)}, văn bản ghi {rest.number.words}.",
            f"The rest is reckoned {number(exact)}; printed {rest.number.words}.",
            f"{near[0].number.words} − {near[1].number.words} = {number(exact)} ≠ {rest.number.words}",
            counted(exact), (near[0].span, near[1].span), Severity.SUSPICIOUS,
        )  # fmt: skip


def counted(value: Decimal) -> str:
    """As counts are printed: 05, 16."""
    return f"{value:02}" if 0 <= value < 10 else number(value)


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
            after = [
                one for one in found[at + 1 : at + 3] if _plain(one) and head(one) == head(rest)
            ]
            sums = {summed, *(summed + one.value for one in after)}
            if not wholes or any(one.value in sums for one in wholes):
                continue
            whole = min(wholes, key=lambda one: abs(one.value - summed))
            if abs(whole.value - summed) > whole.value * _AT_MOST:
                continue
            far = ENDS.search(text[whole.span.end : done.span.start]) is not None
            # Besides what is under way something may not have begun.
            far = far or not re.search(r"\bcòn\b", rest.span.before(30))
            right = whole.value - done.value
            yield Remark(
                rest.number,
                f"Số đã xong và số còn lại cộng lại được {number(summed)}, tổng số ghi {whole.number.words}.",
                f"Done and left make {number(summed)}; the whole is {whole.number.words}.",
                f"{done.number.words} + {rest.number.words} = {number(summed)} ≠ {whole.number.words}",
                counted(right),
                (whole.span, done.span), Severity.SUSPICIOUS if far else None,
            )  # fmt: skip


@check(
    "sums.rest", Severity.ERROR,
    "Số còn lại phải bằng tổng số trừ số đã nêu", "The rest is the whole without what was told",
)  # fmt: skip
def rest(report: Report) -> Iterator[Remark]:
    """Đã giải quyết 19/33 vụ việc, 14 vụ việc còn lại đang xem xét."""
    for found in report.quantities_of.values():
        for at, one in enumerate(found):
            if not _plain(one):
                continue
            if _SAID_REST.search(one.span.before(20)):
                yield from _without(found[:at], one)
            if not (_THE_REST.search(one.span.after(30)) or _STILL.search(one.span.before(10))):
                continue
            part = next(
                (part for part in reversed(found[:at]) if head(one) and head(part) == head(one)),
                None,
            )
            if part is None or part.what is not What.FRACTION or not part.high:
                continue
            if re.search(r"\.\s", one.span.passage.text[part.span.end : one.span.start]):
                continue
            exact = part.high - part.value
            if exact != one.value:
                yield Remark(
                    one.number,
                    f"Còn lại phải là {number(exact)}, văn bản ghi {one.number.words}.",
                    f"The rest is {number(exact)}; printed {one.number.words}.",
                    f"{number(part.high)} − {part.number.words} = {number(exact)} ≠ {one.number.words}",
                    counted(exact), (part.span,),
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
