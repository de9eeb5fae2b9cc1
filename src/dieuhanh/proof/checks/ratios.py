"""Fractions against their per cents, growth against two values, two shares of one plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.written import number

HUNDRED = Decimal(100)
#: Where one statement ends and the next begins.
_ENDS = re.compile(r"[.;]\s")
_CHANGED = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|cùng kỳ)\b", re.IGNORECASE)
_OF_PLAN = re.compile(
    r"\s(?:so với\s)?(?P<plan>dự toán|kế hoạch|chỉ tiêu|KH\b|mục tiêu)", re.IGNORECASE
)
_TO_SHARE = re.compile(r",?\s\(?(?:đạt|bằng|tương ứng)\s(?:tỷ lệ\s)?")
_FROM_TO = re.compile(r"\btừ\s\Z", re.IGNORECASE)
_UP_TO = re.compile(r"(?:\s[^\W\d]+){0,4}?\s(?:lên|xuống(?: còn)?|còn|đến)\s(?:còn\s)?(?:là\s)?")
_LAST_YEAR = re.compile(
    r"cùng kỳ(?:\snăm(?:\s(?:\d{4}|trước|ngoái)))?(?:\s(?:là|đạt|có))?:?\s?\(?(?:là\s|đạt\s)?\Z",
    re.IGNORECASE,
)


def exactly(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cut(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def _compared(
    shown: Quantity, exact: Decimal, reckoned: str, related: tuple[Quantity, ...], vi: str, en: str
) -> Iterator[Remark]:
    """What to say of a printed per cent whose exact value is known; nothing where it is right."""
    decimals = shown.decimals
    if shown.value == exactly(exact, decimals):
        return
    if shown.rough in (Rough.ABOUT, Rough.ABOVE, Rough.BELOW) and abs(shown.value - exact) <= 1:
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


def _of_fraction(shown: Quantity, one: Quantity) -> Iterator[Remark]:
    """A per cent against the fraction (``high`` is there) that it stands beside."""
    assert one.high
    exact = one.value * HUNDRED / one.high
    reckoned = f"{one.number.words} : {number(one.high)} × 100"
    yield from _compared(shown, exact, reckoned, (one,), "Tỷ lệ không khớp phân số",
                         "The per cent does not fit the fraction")  # fmt: skip


def _of_part(
    shown: Quantity, part: Quantity, whole: Quantity, vi: str, en: str
) -> Iterator[Remark]:
    """A per cent against a part and its whole."""
    exact = part.value * part.scale * HUNDRED / (whole.value * whole.scale)
    reckoned = f"{part.number.words} : {whole.number.words} × 100"
    yield from _compared(shown, exact, reckoned, (part, whole), vi, en)


@check(
    "ratios.fraction", Severity.ERROR,
    "Phân số và tỷ lệ phần trăm đi kèm phải khớp",
    "A fraction and the per cent beside it agree",
)  # fmt: skip
def fraction(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        for at, one in enumerate(found):
            if one.what is not What.FRACTION or not one.high:
                continue
            for shown in found[at + 1 : at + 4]:
                between = one.span.passage.text[one.span.end : shown.span.start]
                if len(between) > 90 or _CHANGED.search(between) or _ENDS.search(between):
                    break
                if shown.what in (What.FRACTION, What.TARGET):
                    break
                if shown.unit != "%" or not (
                    shown.what is What.SHARE or between.rstrip().endswith("(")
                ):
                    continue
                yield from _of_fraction(shown, one)
                break


@check(
    "ratios.beside", Severity.ERROR,
    "Tỷ lệ phần trăm và phân số trong ngoặc ngay sau phải khớp",
    "A per cent agrees with the fraction in brackets after it",
)  # fmt: skip
def beside(report: Report) -> Iterator[Remark]:
    """đạt 89,4 % (107.130/119.832 hồ sơ)."""
    for found in report.quantities_of.values():
        for shown, one in zip(found, found[1:], strict=False):
            if shown.unit != "%" or one.what is not What.FRACTION or not one.high:
                continue
            if one.span.passage.text[shown.span.end : one.span.start] != " (":
                continue
            yield from _of_fraction(shown, one)


@check(
    "ratios.share", Severity.ERROR,
    "Tỷ lệ phải khớp với hai số đã nêu trước đó",
    "A share agrees with the two numbers named before it",
)  # fmt: skip
def share(report: Report) -> Iterator[Remark]:
    """X vụ …; đã giải quyết Y vụ, đạt tỷ lệ Z %: against a whole of the same noun before it."""
    for found in report.quantities_of.values():
        for at, shown in enumerate(found):
            if shown.what is not What.SHARE or shown.unit != "%" or not at:
                continue
            text = shown.span.passage.text
            if _OF_PLAN.match(text, shown.span.end):
                continue
            before = [
                one for one in found[:at] if one.what is What.VALUE and one.noun and one.unit != "%"
            ]
            if not before or any(
                one.what is What.FRACTION and shown.span.start - one.span.end < 90
                for one in found[:at]
            ):
                continue
            part = _owner(before, text, shown)
            if part is None:
                continue
            wholes = [
                one for one in before
                if one.span.end < part.span.start and _head(one) == _head(part) and one.value >= part.value
                and one.unit == part.unit
            ]  # fmt: skip
            if not wholes or not part.value:
                continue
            fits = [one for one in wholes if _fits(shown, part, one)]
            near = min(wholes, key=lambda one: abs(part.value * HUNDRED / one.value - shown.value))
            exact = part.value * HUNDRED / near.value
            if fits or abs(exact - shown.value) > 6:
                continue
            yield from _of_part(shown, part, near, "Tỷ lệ không khớp hai số đã nêu",
                                "The share does not fit the two numbers")  # fmt: skip


def _owner(before: list[Quantity], text: str, shown: Quantity) -> Quantity | None:
    """The number that the share is of: right before, what stands in brackets passed over."""
    depth, flat = 0, []
    for one in before:
        depth = text.count("(", 0, one.span.start) - text.count(")", 0, one.span.start)
        if depth <= text.count("(", 0, shown.span.start) - text.count(")", 0, shown.span.start):
            flat.append(one)
    if not flat or shown.span.start - flat[-1].span.end > 120:
        return None
    between = text[flat[-1].span.end : shown.span.start]
    return None if _ENDS.search(between) else flat[-1]


def _fits(shown: Quantity, part: Quantity, whole: Quantity) -> bool:
    exact = part.value * HUNDRED / whole.value
    return shown.value in (exactly(exact, shown.decimals), cut(exact, shown.decimals))


def _head(one: Quantity) -> str:
    return one.noun.lower().split()[0] if one.noun else ""


_PLAN_STATED = re.compile(
    r"\s(?:so với\s)?(?:dự toán|kế hoạch|chỉ tiêu|mục tiêu)(?:\s(?:cả\s)?năm(?:\s\d{4})?)?\s\((?:là\s)?"
)


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
            if len(between) > 60 or _ENDS.search(between) or not whole.value:
                continue
            if value.unit.split()[-1:] != whole.unit.split()[-1:] or value.what is not What.VALUE:
                continue
            yield from _of_part(shown, value, whole, "Tỷ lệ không khớp mức kế hoạch",
                                "The share does not fit the plan")  # fmt: skip


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
            if not _OF_PLAN.match(text, shown.span.end):
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


_THAN = re.compile(
    r"\sso với\s(?:cùng kỳ|(?:(?:đầu|cuối|quý\s[IV]{1,3}|quý\s\d|tháng\s\d{1,2}|\d{1,2} tháng(?:\s(?:đầu|cuối))?)\s)?năm)"
    r"(?:\snăm)?(?:\s(?:\d{4}|trước))?\s\((?:là\s|đạt\s)?"
)


@check(
    "ratios.growth", Severity.ERROR,
    "Mức tăng, giảm phải khớp với hai số đã nêu",
    "Growth agrees with the two values",
)  # fmt: skip
def growth(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        for at, shown in enumerate(found):
            if shown.what is not What.GROWTH or shown.unit not in ("%", "điểm %", ""):
                continue
            levels = _levels(found, at)
            if levels is None or not levels[1].value:
                continue
            now, then = levels
            if now.unit == "%" and shown.unit in ("%", "điểm %"):
                yield from _points(shown, now, then)
                continue
            if shown.unit != "%":
                continue
            change = (now.value * now.scale - then.value * then.scale) * HUNDRED
            exact = abs(change / (then.value * then.scale))
            grew = now.value * now.scale >= then.value * then.scale
            if grew != (shown.sign > 0) and exact > Decimal("0.5"):
                yield _wrong_way(shown, now, then, grew=grew)
                continue
            reckoned = f"({now.number.words} − {then.number.words}) : {then.number.words} × 100"
            yield from _compared(shown, exact, reckoned, (now, then), "Mức tăng, giảm không khớp hai số",
                                 "The growth does not fit the two values")  # fmt: skip


def _wrong_way(shown: Quantity, now: Quantity, then: Quantity, *, grew: bool) -> Remark:
    vi, en = ("tăng", "rose") if grew else ("giảm", "fell")
    return Remark(
        shown.span,
        f"Hai số cho thấy {vi}, văn bản ghi ngược lại.",
        f"The two values {en}; the text says the opposite.",
        f"{then.number.words} → {now.number.words}", "", (now.span, then.span),
    )  # fmt: skip


def _points(shown: Quantity, now: Quantity, then: Quantity) -> Iterator[Remark]:
    """Two rates differ by points, not by per cent."""
    exact = abs(now.value - then.value)
    reckoned = f"{now.number.words} % − {then.number.words} % = {number(exact)}"
    if exact == shown.value:
        if shown.unit == "%":
            yield Remark(
                shown.span, "Hiệu của hai tỷ lệ là điểm phần trăm, không phải phần trăm.",
                "Two rates differ by percentage points, not by per cent.", reckoned,
                f"{shown.number.words} điểm %", (now.span, then.span), Severity.STYLE,
            )  # fmt: skip
    else:
        yield Remark(
            shown.number, "Hiệu của hai tỷ lệ không khớp.", "The difference of the two rates does not fit.",
            reckoned, number(exact), (now.span, then.span),
        )  # fmt: skip


def _levels(found: list[Quantity], at: int) -> tuple[Quantity, Quantity] | None:
    """(now, then) of a growth: "từ A lên B, tăng g", "B (cùng kỳ A), tăng g", "B, tăng g so với … (A)"."""
    shown = found[at]
    text = shown.span.passage.text
    if at >= 2:
        first, second = found[at - 2], found[at - 1]
        between = text[first.span.end : second.span.start]
        near = shown.span.start - second.span.end <= 60 and not _ENDS.search(
            text[second.span.end : shown.span.start]
        )
        if near and _alike(first, second):
            if _FROM_TO.search(first.span.before(6)) and _UP_TO.fullmatch(between):
                return second, first
            if _LAST_YEAR.search(between) and len(between) < 60:
                return first, second
    if at >= 1 and at + 1 < len(found):
        then = found[at + 1]
        now = next(
            (one for one in reversed(found[:at])
             if _stands_free(text, one, shown) and _alike(one, then)), None,
        )  # fmt: skip
        after = text[shown.span.end : then.span.start]
        stated = _THAN.fullmatch(after)
        if stated and now is not None:
            before = text[now.span.end : shown.span.start]
            if len(before) < 70 and not _ENDS.search(before):
                return now, then
    return None


def _stands_free(text: str, one: Quantity, shown: Quantity) -> bool:
    """A value that stands in no bracket which closed before ``shown``."""
    between = text[one.span.end : shown.span.start]
    return one.what in (What.VALUE, What.SHARE) and between.count(")") <= between.count("(")


def _alike(first: Quantity, second: Quantity) -> bool:
    plain = (What.VALUE, What.SHARE)
    if first.what not in plain or second.what not in plain:
        return False
    if first.unit.split()[-1:] != second.unit.split()[-1:]:
        return False
    return bool(first.unit) or not first.noun or not second.noun or _head(first) == _head(second)
