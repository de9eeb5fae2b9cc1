"""The tables and chart of an indicator's series and its targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dieuhanh.registers.indicators import queries, series
from dieuhanh.registers.indicators.models import (
    Indicator,
    PeriodKind,
    Target,
    ValueKind,
)
from dieuhanh.registers.indicators.series import Row
from dieuhanh.registers.indicators.wording import (
    RANGE,
    bare,
    bound_of,
    bounds,
    capital,
    cell_words,
    period_words,
    row_words,
    told,
)
from dieuhanh.reports.render import charts
from dieuhanh.text import dates, numbers

#: Kinds that have a column of their own; the others stand beside one of these.
COLUMNS = (ValueKind.VALUE, ValueKind.GROWTH, ValueKind.PLAN_PCT, ValueKind.RATIO, ValueKind.RANK,
           ValueKind.RANK_CHANGE, ValueKind.CHANGE, ValueKind.THRESHOLD, ValueKind.YEARS_RUNNING)  # fmt: skip
#: Kinds that can be told of the same period of the year before, the first that is known.
LAST_YEAR = (ValueKind.VALUE, ValueKind.PLAN_PCT, ValueKind.GROWTH)
LINE_FROM = 5
ON_A_PHONE = 340  # px


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
            {"text": bounds(one), "sub": bound_of(one)},
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
                [capital(name), bare(row, kind, point)]
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
