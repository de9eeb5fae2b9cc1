"""The words, tables and chart of an indicator's series, its targets and how it stands to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dieuhanh.kernel.text import dates, numbers
from dieuhanh.registers.indicators import queries, series
from dieuhanh.registers.indicators.models import (
    Datapoint,
    Direction,
    Indicator,
    PeriodKind,
    Target,
    ValueKind,
)
from dieuhanh.registers.indicators.rules import Reason, Standing
from dieuhanh.registers.indicators.series import Judged, Row
from dieuhanh.reports.render import charts

NBSP = numbers.NO_BREAK_SPACE
#: Kinds that have a column of their own; the others stand beside one of these.
COLUMNS = (ValueKind.VALUE, ValueKind.GROWTH, ValueKind.PLAN_PCT, ValueKind.RATIO, ValueKind.RANK,
           ValueKind.RANK_CHANGE, ValueKind.CHANGE, ValueKind.THRESHOLD, ValueKind.YEARS_RUNNING)  # fmt: skip
#: A kind → the kind that is told with it: 43,96/80 điểm, hạng 15/63.
OUT_OF = {ValueKind.VALUE: ValueKind.MAXIMUM, ValueKind.RANK: ValueKind.RANKED}
RANGE = (ValueKind.GROWTH_LOW, ValueKind.GROWTH_HIGH)
#: Kinds that can be told of the same period of the year before, the first that is known.
LAST_YEAR = (ValueKind.VALUE, ValueKind.PLAN_PCT, ValueKind.GROWTH)
#: Chip of each standing; words and shape tell it, colour repeats them.
CHIPS = {
    Standing.REACHED: "done", Standing.ON_TRACK: "open", Standing.BEHIND: "overdue",
    Standing.OPEN: "none",
}  # fmt: skip
LINE_FROM = 5
ON_A_PHONE = 340  # px


def period_words(period: str) -> str:
    """As a report says it: 5 tháng đầu năm 2024, quý 2 năm 2024, ngày 24/5/2024."""
    year, _dash, part = period.partition("-")
    if not part:
        return _("năm %(year)s") % {"year": year}
    if part == "H1":
        return _("6 tháng đầu năm %(year)s") % {"year": year}
    if part == "H2":
        return _("6 tháng cuối năm %(year)s") % {"year": year}
    if part[0] == "Q":
        return _("quý %(quarter)s năm %(year)s") % {"quarter": part[1:], "year": year}
    if part[0] == "M":
        return _("%(n)s tháng đầu năm %(year)s") % {"n": int(part[1:]), "year": year}
    return _("ngày %(day)s") % {"day": dates.day(date.fromisoformat(period))}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shown(one: Datapoint) -> str:
    """A datapoint with its unit, as its source says it: trên 91 %."""
    said = queries.qualifiers().get(one.qualifier, "")
    value = numbers.number(one.value, one.decimals)
    unit = f"{NBSP}{one.measure_unit}" if one.measure_unit else ""
    return f"{said} {value}{unit}".strip()


def row_words(row: Row) -> str:
    """ước 6 tháng đầu năm 2024; 5 tháng đầu năm 2024."""
    told = period_words(row.period)
    return _("ước %(period)s") % {"period": told} if row.estimated else told


def _bare(row: Row, kind: str, point: Datapoint) -> str:
    """Without the unit, which the heading has."""
    value = numbers.number(point.value, point.decimals)
    if kind in (ValueKind.GROWTH, ValueKind.CHANGE, *RANGE):
        value = numbers.signed(point.value, point.decimals)
    elif kind == ValueKind.RANK_CHANGE:
        return numbers.places(int(point.value))
    whole = row.one(OUT_OF[ValueKind(kind)]) if kind in OUT_OF else None
    if whole is not None:
        value += f"/{numbers.number(whole.value, whole.decimals)}"
    return f"{queries.qualifiers().get(point.qualifier, '')} {value}".strip()


def cell_words(row: Row, kind: str) -> str:
    """The value of a kind in a row, without its unit; every value where sources differ."""
    if kind == ValueKind.GROWTH and kind not in row.cells:
        ends = [row.one(end) for end in RANGE]
        low, high = (numbers.signed(end.value, end.decimals) if end else "…" for end in ends)
        return _("%(low)s đến %(high)s") % {"low": low, "high": high} if any(ends) else ""
    texts = dict.fromkeys(_bare(row, kind, point) for point in row.cells.get(kind, []))
    return "; ".join(texts)


def told(row: Row, kind: str) -> str:
    """In a sentence: tăng 6,00 %; 252.054 tỷ đồng; hạng 15/63; 61,7 % kế hoạch, dự toán."""
    if kind in (ValueKind.GROWTH, *RANGE):
        ends = row.ends(ValueKind.GROWTH)
        point = row.one(ValueKind.GROWTH)
        if point is not None:
            return numbers.change(point.value, point.decimals)
        low = row.one(ValueKind.GROWTH_LOW)
        if ends is not None and low is not None:
            places = low.decimals
            if ends[0] > 0:
                return _("tăng %(low)s–%(high)s") % {
                    "low": numbers.number(ends[0], places),
                    "high": numbers.percent(ends[1], places),
                }
            return f"{cell_words(row, kind)}{NBSP}%"
    words = cell_words(row, kind)
    if kind == ValueKind.RANK:
        return _("hạng %(rank)s") % {"rank": words}
    if kind == ValueKind.RANK_CHANGE:
        return words
    points = row.cells.get(kind, [])
    unit = points[0].measure_unit if points else ""
    words = f"{words}{NBSP}{unit}" if unit else words
    return (
        _("%(share)s kế hoạch, dự toán") % {"share": words} if kind == ValueKind.PLAN_PCT else words
    )


# Targets and standing ----------------------------------------------------------------------------


def _trimmed(value: Decimal | None) -> str:
    text = numbers.number(value, 6)
    return text.rstrip("0").rstrip(",") if "," in text else text


def bounds(target: Target) -> str:
    """6,5–7 %; từ 724 nhà; dưới 4 %; không quá 30 vụ."""
    unit = f"{NBSP}{target.measure_unit}" if target.measure_unit else ""
    if target.lower is not None and target.upper is not None:
        return f"{_trimmed(target.lower)}–{_trimmed(target.upper)}{unit}"
    value = f"{_trimmed(target.lower if target.upper is None else target.upper)}{unit}"
    if target.direction == Direction.CEILING:
        return _("dưới %(value)s") % {"value": value}
    if target.direction == Direction.LOWER:
        return _("không quá %(value)s") % {"value": value}
    return _("từ %(value)s") % {"value": value}


def _what(target: Target) -> str:
    """What the target bounds, where it is not the level itself."""
    return (
        "" if target.value_kind == ValueKind.VALUE else str(target.get_value_kind_display()).lower()
    )


def standings() -> dict[str, str]:
    return {
        Standing.REACHED: _("đạt"),
        Standing.ON_TRACK: _("đúng tiến độ"),
        Standing.BEHIND: _("chưa đạt"),
        Standing.OPEN: _("chưa đánh giá được"),
    }


def chip(judged: Judged) -> dict[str, str]:
    """The standing as a chip: {state, words}."""
    standing = judged.verdict.standing
    words = standings()[standing]
    if judged.verdict.reason == Reason.ANNUAL:
        words = _("đánh giá cuối năm")
    elif judged.verdict.reason == Reason.NO_DIRECTION:
        words = _("không đánh giá")
    return {"state": CHIPS[standing], "words": words}


def why(judged: Judged) -> str:
    """Why it stands so, in a few words."""
    match judged.verdict.reason:
        case Reason.NO_DIRECTION:
            return _("chỉ tiêu không xét chiều")
        case Reason.NO_TARGET:
            return _("chưa có chỉ tiêu bằng số")
        case Reason.NO_VALUE:
            return (
                _("chưa có số liệu của kỳ có chỉ tiêu") if judged.target else _("chưa có số liệu")
            )
        case Reason.CONFLICT:
            return _("các nguồn khác nhau, cần chọn trước")
        case Reason.ANNUAL:
            return _("chỉ có số liệu cả năm")
        case Reason.VAGUE:
            return _("nguồn chỉ nêu mức trên, mức dưới")
    paced = _paced(judged)
    if paced:
        return paced
    if judged.verdict.reason == Reason.MET:
        return _("trong mức chỉ tiêu")
    low = judged.verdict.reason == Reason.BELOW
    return _("thấp hơn mức chỉ tiêu") if low else _("cao hơn mức chỉ tiêu")


def _paced(judged: Judged) -> str:
    """An amount beside the time gone by: đạt 94,8 % khi đã qua 45 % thời gian."""
    row, target, elapsed = judged.row, judged.target, judged.verdict.elapsed
    if row is None or elapsed is None or (point := row.one(judged.kind)) is None:
        return ""
    share, places = point.value, point.decimals
    level = (target.lower or target.upper) if target else None
    if judged.kind != ValueKind.PLAN_PCT and level:
        share, places = point.value / level * 100, 1
    return _("đạt %(share)s khi đã qua %(time)s thời gian") % {
        "share": numbers.percent(share, places),
        "time": numbers.percent(elapsed * 100, 0),
    }


def sentence(judged: Judged) -> str:
    """What was held against what, and what came of it."""
    row, target = judged.row, judged.target
    if row is None:
        return f"{capital(why(judged))}."
    parts = [f"{capital(row_words(row))}: {told(row, judged.kind)}"]
    if target is not None:
        parts.append(
            _("chỉ tiêu %(period)s: %(bounds)s")
            % {"period": period_words(target.period), "bounds": bounds(target)}
        )
    text = f"{'; '.join(parts)}. {capital(why(judged))}."
    if judged.verdict.elapsed is not None and judged.verdict.elapsed < 1:
        text += " " + _("So theo thời gian đã qua, coi như kế hoạch chia đều trong kỳ.")
    return text


def target_table(targets: Sequence[Target]) -> dict[str, Any]:
    newest: dict[tuple[str, str], int] = {}
    for one in targets:
        key = (one.period, one.value_kind)
        newest[key] = max(newest.get(key, 0), one.version)
    heads = [_("Kỳ"), _("Chỉ tiêu kế hoạch"), _("Chiều"), _("Bản"), _("Nguồn")]
    rows = []
    for one in targets:
        last = newest[one.period, one.value_kind]
        version = _("bản %(n)s") % {"n": one.version}
        cells = [
            {"text": capital(period_words(one.period))},
            {"text": bounds(one), "sub": _what(one)},
            {"text": one.get_direction_display()},
            {"text": version, "sub": "" if one.version == last
             else _("đã thay bằng bản %(n)s") % {"n": last}},
            {"text": queries.source_words(one.document, one.line), "sub": one.note},
        ]  # fmt: skip
        rows.append({"cells": [{"kind": "text"} | cell for cell in cells]})
    return {"columns": [{"label": head} for head in heads], "rows": rows}


# The series --------------------------------------------------------------------------------------


def _kinds(rows: Sequence[Row]) -> list[ValueKind]:
    found = {kind for row in rows for kind in row.cells}
    return [
        kind for kind in COLUMNS
        if kind in found or (kind == ValueKind.GROWTH and found.intersection(RANGE))
    ]  # fmt: skip


def _heading(kind: ValueKind, rows: Sequence[Row]) -> str:
    units = {
        point.measure_unit
        for row in rows
        for one in (kind, *(RANGE if kind == ValueKind.GROWTH else ()))
        for point in row.cells.get(one, [])
    }
    unit = units.pop() if len(units) == 1 else ""
    if not unit or kind in (ValueKind.RANK, ValueKind.RANK_CHANGE):
        return str(kind.label)
    return f"{kind.label} ({unit})"


def _last_year(row: Row, rows: Sequence[Row]) -> str:
    """The same period of the year before; the difference of two rates in points (KT-03)."""
    if row.period_kind in series.NOT_MEASURED or not row.period[:4].isdigit():
        return ""
    before = f"{int(row.period[:4]) - 1}{row.period[4:]}"
    found = [
        one for one in rows if one.period == before and one.period_kind not in series.NOT_MEASURED
    ]
    for kind in LAST_YEAR:
        now = row.one(kind)
        for one in found:
            then = one.one(kind)
            if then is None:
                continue
            words = told(one, kind)
            if now is not None and kind == ValueKind.PLAN_PCT:
                places = max(now.decimals, then.decimals)
                words += f" ({numbers.points(now.value - then.value, places)})"
            return words
    return ""


def series_table(indicator: Indicator, rows: Sequence[Row], *, today: date) -> dict[str, Any]:
    """Periods down, newest first, kinds of value across; estimate and actual in rows of their own
    (KT-06). A year that is still to be assessed has its row and says so (KT-09)."""
    kinds = _kinds(rows)
    heads = [_heading(kind, rows) for kind in kinds]
    before = [_last_year(row, rows) for row in rows]
    columns: list[dict[str, Any]] = [{"label": _("Kỳ")}]
    columns += [{"label": head, "numeric": True} for head in heads]
    if any(before):
        columns.append({"label": _("Cùng kỳ năm trước"), "numeric": True})
    shown_rows = []
    year = str(today.year)
    if indicator.annual_only and not any(row.period == year for row in rows):
        waiting = [{"kind": "text", "text": capital(period_words(year)), "sub": _("Cả năm")},
                   {"kind": "number", "text": _("đánh giá cuối năm")}]  # fmt: skip
        waiting += [{"kind": "text", "text": ""}] * (len(columns) - len(waiting))
        if len(columns) == 1:
            columns.append({"label": _("Giá trị")})
        shown_rows.append({"cells": waiting})
    for row, last in zip(rows, before, strict=True):
        cells = [{"kind": "text", "text": capital(period_words(row.period)), "sub": _basis(row)}]
        cells += [
            {"kind": "number", "text": cell_words(row, kind), "label": head}
            for kind, head in zip(kinds, heads, strict=True)
        ]
        if any(before):
            cells.append({"kind": "number", "text": last, "label": _("Cùng kỳ năm trước")})
        shown_rows.append({"cells": cells})
    return {"columns": columns, "rows": shown_rows, "notes": _notes(rows)}


def _basis(row: Row) -> str:
    """Ước thực hiện; Lũy kế đến 31/5/2024."""
    kind = PeriodKind(row.period_kind)
    if kind == PeriodKind.CUMULATIVE:
        return _("Lũy kế đến %(day)s") % {"day": dates.day(row.covered)}
    return str(kind.label)


def _notes(rows: Sequence[Row]) -> list[str]:
    return [
        f"{capital(row_words(row))}, {str(point.get_value_kind_display()).lower()}: {point.note}"
        for row in rows
        for kind, points in row.cells.items()
        for point in points
        if point.note and kind != ValueKind.RANK_CHANGE  # told in words
    ]


def chart(indicator: Indicator, rows: Sequence[Row]) -> dict[str, Any] | None:
    """Values of the same length of time side by side, with the sentence and table that go with
    every chart; None where there are not two."""
    found = series.comparable(rows)
    if found is None:
        return None
    kind, run = found
    names = [row_words(row) for row, _point in run]
    values = [float(point.value) for _row, point in run]
    places = max(point.decimals for _row, point in run)
    unit = run[-1][1].measure_unit
    alt = f"{indicator.label}, {str(ValueKind(kind).label).lower()}: " + "; ".join(
        f"{name} {told(row, kind)}" for name, (row, _point) in zip(names, run, strict=True)
    )
    if len(run) >= LINE_FROM:
        spec = charts.line_chart(
            [row.period for row, _point in run], [(str(ValueKind(kind).label), values)],
            alt=alt, decimals=places, from_zero=False,
        )  # fmt: skip
    else:
        spec = charts.bar_chart(
            list(zip(names, values, strict=True)),
            alt=alt,
            decimals=places,
            ordered=False,
            total_width=ON_A_PHONE,
        )
    sources = dict.fromkeys(queries.source_words(one.document, one.line) for _row, one in run)
    return {
        "title": _("%(kind)s qua các kỳ cùng độ dài") % {"kind": ValueKind(kind).label},
        "subtitle": f"{unit} · {'; '.join(sources)}",
        "alt": f"{alt}.",
        "svg": _low(charts.svg(spec)),
        "svg_dark": _low(charts.svg(spec, dark=True)),
        "table": {
            "title": indicator.label,
            "head": [_("Kỳ"), f"{ValueKind(kind).label} ({unit})"],
            "numeric": [1],
            "rows": [
                [capital(name), _bare(row, kind, point)]
                for name, (row, point) in zip(names, run, strict=True)
            ],
        },
    }


def _low(drawn: str) -> str:
    """Without the class that the theme makes 160 px tall: two bars need less."""
    return drawn.replace(' class="chart"', "", 1)


def unpublished_plan(rows: Sequence[Row], targets: Sequence[Target]) -> str:
    """Said where sources give per cent of a plan and never the plan itself."""
    if targets or not any(ValueKind.PLAN_PCT in row.cells for row in rows):
        return ""
    return _(
        "Văn bản nguồn chỉ nêu tỷ lệ so với kế hoạch, dự toán, không nêu mức giao; mức giao không "
        "được suy ngược từ tỷ lệ đã làm tròn."
    )


def latest_words(rows: Sequence[Row], judged: Judged) -> tuple[str, str]:
    """The newest value and its period, for lists: the one that is held against a target where
    there is one. Estimate and actual are told apart."""
    found = series.latest(rows)
    if judged.target is not None and judged.row is not None:
        found = judged.row, judged.kind
    if found is None:
        return numbers.UNKNOWN, ""
    row, kind = found
    return told(row, kind), row_words(row)


def target_words(target: Target) -> tuple[str, str]:
    """A target and its period, for lists."""
    parts = [_what(target), period_words(target.period)]
    return bounds(target), ", ".join(part for part in parts if part)
