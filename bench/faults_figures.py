"""Faults of arithmetic: each is planted only where the clean text, reckoned here, is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from bench.offers import Number, Offer, Range, Text, agrees, print_as, value_of

_GROUP = re.compile(r"(?<!\w)(bao gồm|gồm|[Tt]rong đó|[Cc]ụ thể)(?!\w)[^\d\n]")
_FRACTION = re.compile(r"(?<![\w./,-])(\d[\d.]*)/(\d[\d.]*\d|\d)(?![\w/]|-\d)")
_PERCENT = r"(\d+(?:,\d+)?)\s?%"
_PLAN = re.compile(rf"(?:đạt|bằng) {_PERCENT} (?:so với )?(?:kế hoạch|dự toán)")
_GROWTH = re.compile(rf"(?<!\w)(tăng|giảm) {_PERCENT} so với[^().;\n]{{0,60}}\(")
_POINTS = re.compile(r"tăng (\d+(?:,\d+)?) (điểm phần trăm|điểm %)")
_RANK = re.compile(
    r"xếp thứ (\d+)/\d+[^.;\n]{0,60}?(tăng|giảm) (\d+) bậc so với[^.;(\n]{0,30}\(thứ (\d+)/\d+\)"
)
_TARGET = re.compile(rf"đạt {_PERCENT}, vượt (?:chỉ tiêu|mục tiêu|kế hoạch)[^(;.\n]*\({_PERCENT}\)")
_CEILING = re.compile(rf"(?:là|còn) {_PERCENT}, đạt mục tiêu[^(;.\n]*\(dưới {_PERCENT}\)")
_PART = re.compile(
    r"(\d[\d.]*) ([^\W\d]+(?: [^\W\d]+)?)(?: [^\W\d]+){0,6}, trong đó có (\d[\d.]*) \2"
)
_ESTIMATE = re.compile(r"([Ưư]ớc )[^.;\n]{0,60}?(\d[\d.]{2,},\d+|\d{1,3}\.\d{3}) tỷ đồng")
_EXPORTS = re.compile(rf"(xuất khẩu)[^.;()\n]{{0,40}}? tăng {_PERCENT}")


def _others(number: Number, *, below: bool = True, above: bool = True) -> tuple[str, ...]:
    """Values that nobody takes for a rounding of this one."""
    least = max(number.step * 7, abs(number.value) * Decimal("0.04"))
    least = least.quantize(number.step)
    if number.step == 1:
        least = max(least, Decimal(2))
    found = [number.value + least * k for k in (1, 2, 3)] if above else []
    if below:
        found += [number.value - least * k for k in (1, 2, 3) if number.value > least * (k + 1)]
    return tuple(print_as(one, number.printed) for one in found)


def _groups(text: Text) -> Iterator[tuple[Number, list[Number], bool]]:
    """A total, its parts, and whether the text says that these are all of them."""
    for start, end in text.in_prose():
        for head in _GROUP.finditer(text.bare, start, end):
            stop = text.sentence_end(head.end(), end)
            open_list = head[1].lower() in ("trong đó", "cụ thể")
            # "… lượt. Cụ thể: …" speaks of the sentence before it.
            back = text.sentence_start(max(start, head.start() - 2), start)
            totals = [n for n in text.numbers(back, head.start()) if n.value > 1]
            brackets = text.bare.find(" (", head.end(), stop)
            parts = text.numbers(head.end() - 1, stop if brackets < 0 else brackets)
            for count in range(len(parts), 1, -1):
                whole = sum(one.value for one in parts[:count])
                if found := [one for one in totals if one.value == whole]:
                    yield found[-1], parts[:count], not open_list
                    break


def sum_part(text: Text) -> Iterator[Offer]:
    for total, parts, closed in _groups(text):
        for part in parts:
            if instead := _others(part, below=closed):
                yield Offer(part.start, part.end, instead, ((total.start, total.end),))


def sum_total(text: Text) -> Iterator[Offer]:
    for total, parts, closed in _groups(text):
        beside = ((parts[0].start, parts[-1].end),)
        if instead := _others(total, above=closed):
            yield Offer(total.start, total.end, instead, beside)


def table_sum(text: Text) -> Iterator[Offer]:
    """A cell of a column whose last row is its total."""
    for rows in _tables(text):
        *body, last = rows
        if "tổng" not in text.flat[last[0][0] : last[-1][1]].lower():
            continue
        for at in range(1, len(last)):
            column = [_number(text, row[at]) for row in body if len(row) == len(last)]
            numbers = [one for one in column if one]
            total = _number(text, last[at])
            if not total or len(numbers) < 2 or sum(n.value for n in numbers) != total.value:
                continue
            for one in (*numbers, total):
                if instead := _others(one):
                    yield Offer(one.start, one.end, instead, ((total.start, total.end),))


def _tables(text: Text) -> Iterator[list[list[Range]]]:
    rows: list[list[Range]] = []
    for start, end in [*text.paragraphs, (len(text.raw), len(text.raw))]:
        line = text.raw[start:end]
        mark = "\t" if "\t" in line else "|"
        cells = [(start + m.start(), start + m.end()) for m in re.finditer(rf"[^{mark}]+", line)]
        joined = not rows or "\n\n" not in text.raw[rows[-1][-1][1] : start]
        if len(cells) >= 3 and joined:
            rows.append(cells)
            continue
        if len(rows) >= 3:
            yield rows
        rows = [cells] if len(cells) >= 3 else []


def _number(text: Text, cell: Range) -> Number | None:
    found = re.fullmatch(r"\s*(\d[\d.]*(?:,\d+)?)\s*", text.raw[slice(*cell)])
    if found is None:
        return None
    start = cell[0] + found.start(1)
    return Number(start, start + len(found[1]), value_of(found[1]), found[1])


def _printed(found: re.Match[str], group: int) -> Number:
    return Number(*found.span(group), value_of(found[group]), found[group])


def _changed_percent(percent: Number, beside: tuple[Range, ...]) -> Offer:
    shifts = [Decimal(n) / 10 for n in (-47, -31, -18, 18, 31, 47)]
    bound = 100 if percent.value <= 100 else 10_000
    values = [percent.value + one.quantize(percent.step) for one in shifts if percent.step < 1]
    values = values or [percent.value + n for n in (-5, -3, 3, 5)]
    good = tuple(print_as(one, percent.printed) for one in values if 0 < one <= bound)
    return Offer(percent.start, percent.end, good, beside)


def fraction_percent(text: Text) -> Iterator[Offer]:
    for start, end in text.in_prose():
        for found in _FRACTION.finditer(text.bare, start, end):
            part, whole = (value_of(found[group]) for group in (1, 2))
            if not whole or part > whole:
                continue
            after = text.sentence_end(found.end(), end)
            near = text.numbers(max(start, found.start() - 14), found.start(), percent=True)
            near += text.numbers(found.end(), min(after, found.end() + 50), percent=True)
            for percent in near:
                if percent.value < 100 and agrees(part * 100 / whole, percent):
                    yield _changed_percent(percent, (found.span(),))


def share_of_plan(text: Text) -> Iterator[Offer]:
    """A share beside its plan, or two shares of one plan."""
    for start, end in text.in_prose():
        shares = []
        for found in _PLAN.finditer(text.bare, start, end):
            percent = _printed(found, 1)
            done = text.numbers(text.sentence_start(found.start(), start), found.start())
            if not done or percent.value == 0:
                continue
            shares.append((done[-1], percent))
            for plan in text.numbers(start, min(end, found.end() + 60)):
                before = text.flat[max(start, plan.start - 60) : plan.start].lower()
                named = "kế hoạch" in before or "dự toán" in before
                if named and plan.value and agrees(done[-1].value * 100 / plan.value, percent):
                    yield _changed_percent(percent, ((plan.start, plan.end),))
                    break
        for (one, share), (other, second) in zip(shares, shares[1:], strict=False):
            if one.value != other.value and _same_plan(one, share, other, second):
                yield _changed_percent(share, ((second.start, second.end),))
                yield _changed_percent(second, ((share.start, share.end),))


def _same_plan(one: Number, share: Number, other: Number, second: Number) -> bool:
    plans = (one.value * 100 / share.value, other.value * 100 / second.value)
    return abs(plans[0] - plans[1]) <= plans[0] * (share.step / share.value)


def growth_levels(text: Text) -> Iterator[Offer]:
    for start, end in text.in_prose():
        for found in _GROWTH.finditer(text.bare, start, end):
            percent = _printed(found, 2)
            now = text.numbers(text.sentence_start(found.start(), start), found.start())
            before = text.numbers(found.end(), min(end, found.end() + 20))
            if not before or not before[0].value:
                continue
            sign = 1 if found[1] == "tăng" else -1
            for level in now:
                exact = (level.value / before[0].value - 1) * 100 * sign
                if exact > 0 and agrees(exact, percent):
                    beside = ((level.start, level.end), (before[0].start, before[0].end))
                    yield _changed_percent(percent, beside)
                    other = "giảm" if sign > 0 else "tăng"
                    yield Offer(*found.span(1), (other,), beside)


def points(text: Text) -> Iterator[Offer]:
    """Points that are not the difference of two rates."""
    for found, rates in _differences(text):
        yield _changed_percent(_printed(found, 1), rates)


def points_as_percent(text: Text) -> Iterator[Offer]:
    """A difference of two rates, said in percent, which would give another rate."""
    for found, rates in _differences(text):
        now, before = (value_of(text.raw[slice(*one)]) for one in rates)
        if not agrees((now / before - 1) * 100, _printed(found, 1)):
            yield Offer(found.start(2) - 1, found.end(2), ("%",), rates)


def _differences(text: Text) -> Iterator[tuple[re.Match[str], tuple[Range, ...]]]:
    for start, end in text.in_prose():
        for found in _POINTS.finditer(text.bare, start, end):
            stop = text.sentence_end(found.end(), end)
            rates = text.numbers(text.sentence_start(found.start(), start), stop, percent=True)
            value = value_of(found[1])
            for one in rates:
                for other in rates:
                    if value and one.value - other.value == value:
                        yield found, ((one.start, one.end), (other.start, other.end))


def rank(text: Text) -> Iterator[Offer]:
    for found in _RANK.finditer(text.flat):
        now, moved, before = (int(found[group]) for group in (1, 3, 4))
        if (before - now) * (1 if found[2] == "tăng" else -1) == moved:
            instead = tuple(str(n) for n in (moved - 1, moved + 1, moved + 2) if n > 0)
            yield Offer(*found.span(3), instead, phrase=found.span())


def target(text: Text) -> Iterator[Offer]:
    """A target that is said to be exceeded, and is not."""
    for found in _TARGET.finditer(text.flat):
        done, aim = (_printed(found, group) for group in (1, 2))
        if aim.value < done.value < 95:
            higher = print_as((done.value + 3).quantize(aim.step), aim.printed)
            yield Offer(aim.start, aim.end, (higher,), ((done.start, done.end),))


def ceiling(text: Text) -> Iterator[Offer]:
    """A value that is said to stay under its ceiling, and does not."""
    for found in _CEILING.finditer(text.flat):
        done, bound = (_printed(found, group) for group in (1, 2))
        if done.value < bound.value:
            over = print_as(bound.value + done.step * 4, done.printed)
            yield Offer(done.start, done.end, (over,), ((bound.start, bound.end),))


def part_over_whole(text: Text) -> Iterator[Offer]:
    """A part of a thing that is more than all of it."""
    for found in _PART.finditer(text.flat):
        whole, part = _printed(found, 1), _printed(found, 3)
        if part.value < whole.value:
            more = tuple(print_as(whole.value + n, part.printed) for n in (7, 40))
            yield Offer(part.start, part.end, more, ((whole.start, whole.end),))


def estimate_lost(text: Text) -> Iterator[Offer]:
    """A figure that is estimated at two places loses that word at one of them."""
    places: dict[str, list[Range]] = {}
    for found in _ESTIMATE.finditer(text.flat):
        places.setdefault(found[2], []).append(found.span())
    for spans in places.values():
        if len(spans) < 2:
            continue
        for at, (start, end) in enumerate(spans):
            if text.flat[start].islower():  # a sentence that begins with it would lose its capital
                other = spans[at - 1]
                yield Offer(start, start + len("ước "), ("",), (other,), phrase=(start, end))


def indicator(text: Text) -> Iterator[Offer]:
    """Exports grow at two rates, of one period or without any."""
    found = list(_EXPORTS.finditer(text.flat))
    for one in found:
        for other in found:
            if one is not other and one[2] == other[2]:
                rate = _printed(one, 2)
                yield Offer(rate.start, rate.end, _others(rate), (other.span(2),))


def same_figure(text: Text) -> Iterator[Offer]:
    """A figure that stands at two places with the same words before and after it."""
    seen: dict[tuple[str, str, str], list[Number]] = {}
    for start, end in text.in_prose():
        for number in text.numbers(start, end):
            before = text.flat[start : number.start].split()[-5:]
            after = text.flat[number.end : end].split()[:2]
            if len(before) == 5 and len(after) == 2 and number.value > 12:
                key = (" ".join(before).lower(), number.printed, " ".join(after).strip(";,.:"))
                seen.setdefault(key, []).append(number)
    for places in seen.values():
        if len(places) == 2:
            for one, other in (places, reversed(places)):
                yield Offer(one.start, one.end, _others(one), ((other.start, other.end),))


def swapped_digits(text: Text) -> Iterator[Offer]:
    """Two neighbouring digits change places in one of two equal figures of several sentences."""
    seen: dict[str, list[Number]] = {}
    for start, end in text.in_prose():
        for number in text.numbers(start, end):
            if sum(one.isdigit() for one in number.printed) >= 4 and "." in number.printed:
                seen.setdefault(number.printed, []).append(number)
    for printed, places in seen.items():
        if len(places) != 2:
            continue
        instead = tuple(
            printed[:at] + printed[at + 1] + printed[at] + printed[at + 2 :]
            for at in range(1, len(printed) - 1)
            if printed[at : at + 2].isdigit() and printed[at] != printed[at + 1]
        )
        for one, other in (places, reversed(places)):
            if instead:
                yield Offer(one.start, one.end, instead, ((other.start, other.end),))


KINDS: dict[str, Callable[[Text], Iterator[Offer]]] = {
    one.__name__: one
    for one in (
        sum_part, sum_total, table_sum, fraction_percent, share_of_plan, growth_levels, points,
        points_as_percent, rank, target, ceiling, part_over_whole, same_figure, swapped_digits, estimate_lost, indicator,
    )
}  # fmt: skip
