"""Indicators: the list, and one indicator's published values and targets."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.text import dates, numbers
from dieuhanh.registers.indicators import queries
from dieuhanh.registers.indicators.models import Datapoint, Indicator, Target


def kind_labels() -> dict[str, str]:
    return {
        "budget": _("Ngân sách"),
        "economy": _("Kinh tế"),
        "investment": _("Đầu tư"),
        "index": _("Chỉ số xếp hạng"),
        "programme": _("Chương trình"),
        "land": _("Đất đai"),
        "safety": _("An toàn, trật tự"),
        "health": _("Y tế"),
        "administration": _("Hành chính"),
        "other": _("Khác"),
    }


@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """GET /chi-tieu/: all indicators, with how many values are known."""
    found = queries.listed().annotate(points=Count("datapoints"))
    chosen = request.GET.get("loai", "")
    labels = kind_labels()
    everything = list(found)
    counts: dict[str, int] = {}
    for one in everything:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    shown = [one for one in everything if not chosen or one.kind == chosen]
    tabs = [
        {"label": _("Tất cả"), "count": len(everything), "url": request.path, "current": not chosen}
    ] + [
        {
            "label": labels.get(kind, kind),
            "count": count,
            "url": f"{request.path}?loai={kind}",
            "current": kind == chosen,
        }
        for kind, count in counts.items()
    ]
    context = {
        "title": _("Chỉ tiêu"),
        "line": _("%(count)s chỉ tiêu; số liệu giữ nguyên như văn bản công bố")
        % {"count": len(everything)},
        "tabs": tabs,
        "columns": [
            {"label": _("Chỉ tiêu"), "width_class": "w-title"},
            {"label": _("Loại"), "width_class": "w-symbol"},
            {"label": _("Đơn vị tính"), "width_class": "w-unit"},
            {"label": _("Chiều"), "width_class": "w-unit"},
            {"label": _("Số liệu"), "numeric": True, "width_class": "w-number"},
        ],
        "rows": [
            {
                "cells": [
                    {
                        "kind": "title",
                        "text": one.label,
                        "url": reverse("desk:indicator", args=[one.code]),
                    },
                    {"kind": "text", "text": labels.get(one.kind, one.kind)},
                    {"kind": "text", "text": one.measure_unit},
                    {"kind": "text", "text": one.get_direction_display()},
                    {"kind": "number", "text": str(one.points)},
                ]
            }
            for one in shown
        ],
        "empty": {"words": _("Chưa có chỉ tiêu nào.")},
        "crumbs": with_crumbs((_("Chỉ tiêu"), None)),
    }
    return render(request, "desk/indicators.html", context)


def _value(value: object, decimals: int, unit: str) -> str:
    shown = numbers.number(value, decimals)  # type: ignore[arg-type]
    return f"{shown}\u00a0{unit}" if unit else shown


@require_GET
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """GET /chi-tieu/<code>/: every published value with its source; estimate and actual apart."""
    indicator = get_object_or_404(Indicator, code=code)
    qualifiers = {"more_than": _("trên"), "about": _("khoảng"), "below": _("dưới")}
    points = Datapoint.objects.filter(indicator=indicator).order_by("-period", "value_kind")
    targets = Target.objects.filter(indicator=indicator).order_by("-period", "-version")
    context = {
        "indicator": indicator,
        "title": indicator.label,
        "line": f"{indicator.measure_unit} · {indicator.get_direction_display()}",
        "columns": [
            {"label": _("Kỳ"), "width_class": "w-symbol"},
            {"label": _("Loại kỳ"), "width_class": "w-unit"},
            {"label": _("Loại giá trị"), "width_class": "w-unit"},
            {"label": _("Giá trị"), "numeric": True, "width_class": "w-due"},
            {"label": _("Tính đến"), "numeric": True, "width_class": "w-date"},
            {"label": _("Nguồn"), "width_class": "w-title"},
        ],
        "rows": [
            {
                "cells": [
                    {"kind": "text", "text": one.period},
                    {"kind": "text", "text": one.get_period_kind_display()},
                    {"kind": "text", "text": one.get_value_kind_display()},
                    {
                        "kind": "number",
                        "text": f"{qualifiers.get(one.qualifier, '')} "
                        f"{_value(one.value, one.decimals, one.measure_unit)}".strip(),
                    },
                    {"kind": "date", "text": dates.day(one.as_of)},
                    {"kind": "text", "text": queries.source_words(one.document, one.line),
                     "sub": one.note},
                ]
            }
            for one in points
        ],
        "targets": [
            (
                _("%(period)s, bản %(version)s") % {"period": one.period, "version": one.version},
                _bounds(one),
            )
            for one in targets
        ],
        "empty": {"words": _("Chưa có số liệu.")},
        "crumbs": with_crumbs(
            (_("Chỉ tiêu"), reverse("desk:indicators")), (indicator.label, None)
        ),
    }  # fmt: skip
    return render(request, "desk/indicator.html", context)


def _bounds(target: Target) -> str:
    def shown(value: object) -> str:
        text = numbers.number(value, 2)  # type: ignore[arg-type]
        return text.rstrip("0").rstrip(",")

    if target.lower is not None and target.upper is not None:
        return f"{shown(target.lower)}–{shown(target.upper)} {target.measure_unit}"
    if target.upper is not None:
        return _("không quá %(value)s %(unit)s") % {
            "value": shown(target.upper),
            "unit": target.measure_unit,
        }
    return f"{shown(target.lower)} {target.measure_unit}"
