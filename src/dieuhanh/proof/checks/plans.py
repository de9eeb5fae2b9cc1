"""Shares of a plan: against the plan printed beside them, and two shares of one plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dieuhanh.proof.checks.comparing import ENDS, HUNDRED, exactly, of_part
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.written import number

#: What a share is of, right after it.
OF_PLAN = re.compile(
    r"\s(?:so với\s)?(?P<plan>dự toán|kế hoạch|chỉ tiêu|KH\b|mục tiêu)", re.IGNORECASE
)
#: A value that exceeds a plan by more is of something else.
_AT_MOST = Decimal("1.5")
_TO_SHARE = re.compile(r",?\s\(?(?:đạt|bằng|tương ứng)\s(?:tỷ lệ\s)?")
_PLAN_STATED = re.compile(
    r"\s(?:so với\s)?(?:dự toán|kế hoạch|chỉ tiêu|mục tiêu)(?:\s(?:cả\s)?năm(?:\s\d{4})?)?\s\((?:là\s)?"
)


#: Of the whole or of the part told last: nobody can say.
_PART = re.compile(r"\btrong đó[^.;\d]*\Z", re.IGNORECASE)


@check(
    "ratios.stated", Severity.ERROR,
    "Tỷ lệ so với kế hoạch, dự toán phải khớp mức kế hoạch ghi bên cạnh",
    "A share of a plan fits the plan printed beside it",
)  # fmt: skip
def stated(report: Report) -> Iterator[Remark]:
    """4,44 tỷ đồng, đạt 92,5 % kế hoạch (4,8 tỷ đồng)."""
    for found in report.quantities_of.values():
        for value, shown, whole in zip(found, found[1:], found[2:], strict=False):
            text = shown.span.passage.text
            if shown.unit != "%" or not _PLAN_STATED.fullmatch(
                text, shown.span.end, whole.span.start
            ):
                continue
            between = text[value.span.end : shown.span.start]
            if ")" in between and "(" not in between:
                continue  # lên 9.456 tỷ đồng (09 tháng là 8.471 tỷ đồng), bằng 87,6 % dự toán
            if _PART.search(value.span.before(60)):
                continue
            if len(between) > 60 or ENDS.search(between) or not whole.value:
                continue
            if value.unit.split()[-1:] != whole.unit.split()[-1:] or value.what is not What.VALUE:
                continue
            yield from of_part(shown, value, whole, "Tỷ lệ không khớp mức kế hoạch",
                                "The share does not fit the plan")  # fmt: skip


_PLAN_NAMED = re.compile(
    r"\b(?:kế hoạch|dự toán)(?:\s[^\W\d_]+){0,8}(?:\snăm\s\d{4})?(?:\s[^\W\d_]+){0,6}?\s(?:là|giao)\s\Z",
    re.IGNORECASE,
)


@check(
    "ratios.announced", Severity.ERROR,
    "Tỷ lệ so với kế hoạch, dự toán phải khớp mức kế hoạch nêu trong cùng đoạn",
    "A share of a plan fits the plan named in the same paragraph",
)  # fmt: skip
def announced(report: Report) -> Iterator[Remark]:
    """Kế hoạch vốn là 612 tỷ đồng. Đã giải ngân 257 tỷ đồng, đạt 42,0 % kế hoạch."""
    for found in report.quantities_of.values():
        named = [one for one in found if one.unit and _PLAN_NAMED.search(one.span.before(120))]
        if len(named) != 1:
            continue
        whole = named[0]
        for value, shown in zip(found, found[1:], strict=False):
            text = shown.span.passage.text
            if value.span.start <= whole.span.start or shown.unit != "%" or not whole.value:
                continue
            if not _TO_SHARE.fullmatch(text, value.span.end, shown.span.start):
                continue
            after = OF_PLAN.match(text, shown.span.end)
            same = value.unit.split()[-1:] == whole.unit.split()[-1:]
            if not after or not same or text[after.end() : after.end() + 2] == " (":
                continue
            if value.value * value.scale <= whole.value * whole.scale * _AT_MOST:
                yield from of_part(shown, value, whole, "Tỷ lệ không khớp mức kế hoạch đã nêu",
                                   "The share does not fit the plan named before")  # fmt: skip
            break


@dataclass(frozen=True)
class _Stated:
    """A value that is said to be a share of a plan."""

    value: Quantity
    share: Quantity
    subject: str

    @property
    def plan(self) -> tuple[Decimal, Decimal]:
        """Between what the plan lies, by the rounding of both numbers."""
        scale = self.value.scale * HUNDRED
        return (
            self.value.low * scale / self.share.top,
            self.value.top * scale / max(self.share.low, Decimal("0.001")),
        )


@check(
    "ratios.plan", Severity.SUSPICIOUS,
    "Hai tỷ lệ so với cùng một kế hoạch, dự toán phải cho ra cùng một kế hoạch",
    "Two shares of one plan imply the same plan",
)  # fmt: skip
def plan(report: Report) -> Iterator[Remark]:
    stated: dict[str, _Stated] = {}
    for found in report.quantities_of.values():
        subject = ""
        for value, shown in zip(found, found[1:], strict=False):
            text = value.span.passage.text
            if shown.unit != "%" or not value.unit or value.unit == "%":
                continue
            if not _TO_SHARE.fullmatch(text, value.span.end, shown.span.start):
                continue
            if not OF_PLAN.match(text, shown.span.end):
                continue
            own = _subject(text, value)
            subject = own or subject
            if not subject:
                continue
            now = _Stated(value, shown, subject)
            before = stated.get(subject)
            stated[subject] = now
            if before is None or value.unit.split()[-1] != before.value.unit.split()[-1]:
                continue
            (low, high), (then_low, then_high) = now.plan, before.plan
            if low <= then_high and then_low <= high:
                continue
            yield _two_plans(before, now)


def _two_plans(before: _Stated, now: _Stated) -> Remark:
    first, second = (one.value.value * HUNDRED / one.share.value for one in (before, now))
    unit = now.value.unit
    reckoned = (
        f"{before.value.number.words} : {before.share.number.words} % = {number(exactly(first, 0))} {unit}; "
        f"{now.value.number.words} : {now.share.number.words} % = {number(exactly(second, 0))} {unit}"
    )
    return Remark(
        now.share.number,
        "Hai tỷ lệ cho ra hai kế hoạch, dự toán khác nhau về cùng một nội dung; xin xem lại tỷ lệ, "
        "hoặc ghi rõ hai mức kế hoạch.",
        "The two shares imply two different plans of one thing; check the shares, or name both plans.",
        reckoned, "", (before.value.span, before.share.number, now.value.span),
    )  # fmt: skip


_TIMES = re.compile(
    r"\b(?:ước|thực hiện|lũy kế|luỹ kế|\d+ tháng|(?:đầu|cuối) năm|năm \d{4}|năm|quý [IVX\d]+|tính đến|hết|ngày|"
    r"là|đạt|đến|trong đó|tổng hợp|kết quả|đã|được|của|\d+(?:/\d+)*)\b|[:,()-]",
    re.IGNORECASE,
)


def _subject(text: str, value: Quantity) -> str:
    """What a value is of: the words of its clause, without its time; "" where they are none."""
    start = max(
        (found.end() for found in re.finditer(r"[.;:]\s|\A|trong đó:?\s|\s-\s", text[: value.span.start], re.IGNORECASE)),
        default=0,
    )  # fmt: skip
    return " ".join(_TIMES.sub(" ", text[start : value.span.start]).lower().split())
