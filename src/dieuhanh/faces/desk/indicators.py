"""Indicators: the list, one indicator's published values and targets, and keeping them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk.entry import refuse
from dieuhanh.faces.desk.imports import (
    Fault,
    ImportForm,
    UnreadableTable,
    check,
    import_rows,
    imported,
    refuse_table,
)
from dieuhanh.faces.desk.ledger import csv_text
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import events_of
from dieuhanh.kernel.entries.errors import Refusal, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.text import dates, numbers
from dieuhanh.kernel.text.fold import words
from dieuhanh.registers.indicators import policies, queries
from dieuhanh.registers.indicators.actions import correct_datapoint, publish_datapoint
from dieuhanh.registers.indicators.forms import (
    CorrectDatapointForm,
    DatapointForm,
    ImportedDatapointForm,
)
from dieuhanh.registers.indicators.models import Datapoint, Indicator, Target


@dataclass(frozen=True)
class _Sheet:
    """Datapoints, to the import of files."""

    code: str
    form: Any
    enter_act: Any


SHEET = _Sheet("indicators", ImportedDatapointForm, publish_datapoint)


def _may_write_or_404(request: HttpRequest) -> None:
    if not policies.may_write(request.user):  # type: ignore[arg-type]
        raise Http404(_("Số liệu này ông/bà chỉ có quyền xem."))


def _indicator_or_404(code: str) -> Indicator:
    found = queries.by_code(code)
    if found is None:
        raise Http404(_("Không có chỉ tiêu này."))
    return found


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
    query = request.GET.get("q", "")
    tokens = words(query)
    everything = [
        one
        for one in found
        if all(
            any(word.startswith(token) for word in words(f"{one.label} {one.code}"))
            for token in tokens
        )
    ]
    counts: dict[str, int] = {}
    for one in everything:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    shown = [one for one in everything if not chosen or one.kind == chosen]
    tabs = [
        {
            "label": _("Tất cả"),
            "count": len(everything),
            "url": f"{request.path}{_query(q=query)}",
            "current": not chosen,
        }
    ] + [
        {
            "label": labels.get(kind, kind),
            "count": count,
            "url": f"{request.path}{_query(loai=kind, q=query)}",
            "current": kind == chosen,
        }
        for kind, count in counts.items()
    ]
    context = {
        "title": _("Chỉ tiêu"),
        "line": ngettext(
            "%(count)s chỉ tiêu; số liệu giữ nguyên như văn bản công bố",
            "%(count)s chỉ tiêu; số liệu giữ nguyên như văn bản công bố",
            len(everything),
        )
        % {"count": len(everything)},
        "actions": _list_actions(request),
        "filters": {
            "action": request.path,
            "label": _("Tìm chỉ tiêu"),
            "search": {
                "name": "q",
                "value": query,
                "placeholder": _("Tìm chỉ tiêu, ví dụ: thu ngân sách"),
            },
            "keep": [("loai", chosen)] if chosen else [],
        },
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
        "empty": {
            "words": _("Không có chỉ tiêu nào khớp.") if query else _("Chưa có chỉ tiêu nào.")
        },
        "crumbs": with_crumbs((_("Chỉ tiêu"), None)),
    }
    return render(request, "desk/indicators.html", context)


def _query(**wanted: str) -> str:
    known = {name: value for name, value in wanted.items() if value}
    return f"?{urlencode(known)}" if known else ""


def _list_actions(request: HttpRequest) -> list[dict[str, Any]]:
    actions = [
        {
            "label": _("Xuất %(kind)s") % {"kind": "CSV"},
            "url": reverse("desk:indicators-export"),
            "icon": "file-type-csv",
        }
    ]
    if policies.may_write(request.user):  # type: ignore[arg-type]
        actions.append(
            {"label": _("Nhập từ tệp"), "url": reverse("desk:indicators-import"), "icon": "upload"}
        )
    return actions


def _value(value: object, decimals: int, unit: str) -> str:
    shown = numbers.number(value, decimals)  # type: ignore[arg-type]
    return f"{shown}\u00a0{unit}" if unit else shown


@require_GET
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """GET /chi-tieu/<code>/: every published value with its source; estimate and actual apart."""
    indicator = _indicator_or_404(code)
    writes = policies.may_write(request.user)  # type: ignore[arg-type]
    points, targets = queries.of_indicator(indicator), queries.targets_of(indicator)
    context = {
        "indicator": indicator,
        "title": indicator.label,
        "line": f"{indicator.measure_unit} · {indicator.get_direction_display()}",
        "actions": [
            {
                "label": _("Ghi số liệu"),
                "url": reverse("desk:indicator-publish", args=[code]),
                "icon": "plus",
                "primary": True,
            }
        ]
        if writes
        else [],
        "conflicts": [
            _("%(period)s, %(kind)s: %(values)s")
            % {
                "period": group[0].period,
                "kind": str(group[0].get_value_kind_display()).lower(),
                "values": "; ".join(
                    f"{_shown(one)} ({queries.source_words(one.document, one.line)})"
                    for one in group
                ),
            }
            for group in queries.conflicts(points)
        ],
        "events": events_of(queries.story(indicator), lambda line: _told(line, code)),
        "columns": [
            {"label": _("Kỳ"), "width_class": "w-symbol"},
            {"label": _("Loại kỳ"), "width_class": "w-unit"},
            {"label": _("Loại giá trị"), "width_class": "w-unit"},
            {"label": _("Giá trị"), "numeric": True, "width_class": "w-due"},
            {"label": _("Tính đến"), "numeric": True, "width_class": "w-date"},
            {"label": _("Nguồn"), "width_class": "w-title"},
            *([{"label": _("Đính chính"), "width_class": "w-unit"}] if writes else []),
        ],
        "rows": [
            {
                "cells": [
                    {"kind": "text", "text": one.period},
                    {"kind": "text", "text": one.get_period_kind_display()},
                    {"kind": "text", "text": one.get_value_kind_display()},
                    {"kind": "number", "text": _shown(one)},
                    {"kind": "date", "text": dates.day(one.as_of)},
                    {"kind": "text", "text": queries.source_words(one.document, one.line),
                     "sub": one.note},
                    *([_correct_link(one, code)] if writes else []),
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


def _shown(one: Datapoint) -> str:
    said = queries.qualifiers().get(one.qualifier, "")
    return f"{said} {_value(one.value, one.decimals, one.measure_unit)}".strip()


def _correct_link(one: Datapoint, code: str) -> dict[str, Any]:
    return {
        "kind": "text",
        "text": _("Đính chính"),
        "url": reverse("desk:indicator-correct", args=[code, one.pk]),
    }


def _told(line: Line, code: str) -> dict[str, Any]:
    corrected = line.verb == "datapoint.corrected"
    details = [line.subject.removeprefix(code).strip()]
    if line.reason:
        details.append(_("Lý do: %(reason)s") % {"reason": line.reason})
    for name, (old, new) in line.details.get("changes", {}).items():
        label = CorrectDatapointForm.base_fields[name].label
        details.append(f"{label}: {old} → {new}")
    if value := line.details.get("value"):
        details.append(value)
    return {
        "icon": "pencil" if corrected else "plus",
        "sentence": _("đính chính số liệu.") if corrected else _("ghi số liệu."),
        "detail": " · ".join(details),
    }


# Keeping them -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /chi-tieu/<code>/them/: another published value."""
    _may_write_or_404(request)
    indicator = _indicator_or_404(code)
    typed = request.POST if request.method == "POST" else None
    form = DatapointForm(typed, initial={"as_of": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            publish_datapoint(actor=request.user, indicator=indicator, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã ghi số liệu."))
            return redirect("desk:indicator", code=code)
    return _form(request, indicator, form, _("Ghi số liệu"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """GET, POST /chi-tieu/<code>/<pk>/dinh-chinh/: what was entered wrongly."""
    _may_write_or_404(request)
    point = policies.get_visible_or_404(request.user, code, pk)  # type: ignore[arg-type]
    initial = {
        "value": numbers.number(point.value, point.decimals),
        "qualifier": point.qualifier,
        "as_of": point.as_of,
        "note": point.note,
        "version": point.version,
    }
    latest: list[tuple[str, str]] = []
    form = CorrectDatapointForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_datapoint(pk, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Stale as refusal:
            refuse(form, refusal)
            point = policies.get_visible_or_404(request.user, code, pk)  # type: ignore[arg-type]
            latest = _stored(point)
            data = request.POST.copy()  # the next attempt stands on the version now shown
            data["version"] = str(point.version)
            form.data = data
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã đính chính số liệu."))
            return redirect("desk:indicator", code=code)
    return _form(request, point.indicator, form, _("Đính chính số liệu"), latest=latest)


def _stored(point: Datapoint) -> list[tuple[str, str]]:
    """What can be corrected, as it stands now."""
    fields = CorrectDatapointForm.base_fields
    shown = {"value": _shown(point), "as_of": dates.day(point.as_of), "note": point.note}
    return [(str(fields[name].label), text) for name, text in shown.items() if text]


def _form(
    request: HttpRequest,
    indicator: Indicator,
    form: Any,
    title: str,
    *,
    latest: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    page = reverse("desk:indicator", args=[indicator.code])
    context = {
        "title": title,
        "subtitle": indicator.label,
        "form": form,
        "submit_label": title,
        "cancel_url": page,
        "latest": latest,
        "crumbs": with_crumbs(
            (_("Chỉ tiêu"), reverse("desk:indicators")), (indicator.label, page), (title, None)
        ),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_GET
def export_points(request: HttpRequest) -> StreamingHttpResponse:
    """GET /chi-tieu/xuat.csv: every datapoint, streamed; the file can be taken over again."""
    response = StreamingHttpResponse(
        csv_text(_lines(request)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="chi-tieu.csv"'
    return response


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    fields = ImportedDatapointForm.base_fields
    yield [str(fields[name].label) for name in ImportedDatapointForm.field_order]
    names, said = queries.documents(), queries.qualifiers()
    points = policies.visible(request.user)  # type: ignore[arg-type]
    for one in points.order_by("indicator__code", "period", "value_kind", "pk").iterator(1000):
        yield [
            one.indicator.code, one.period, str(one.get_period_kind_display()),
            str(one.get_value_kind_display()), said.get(one.qualifier, ""),
            numbers.number(one.value, one.decimals), one.measure_unit, one.as_of,
            names.get(one.document, one.document), one.line, one.note,
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def import_points(request: HttpRequest) -> HttpResponse:
    """GET, POST /chi-tieu/nhap/: nothing is written unless every row is good."""
    _may_write_or_404(request)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        content = upload.read()
        try:
            rows, faults = check(SHEET, upload.name, content)
            if not faults:
                count = import_rows(SHEET, rows, actor=request.user, content=content)  # type: ignore[arg-type]
                messages.success(request, imported(count))
                return redirect("desk:indicators")
        except UnreadableTable as error:
            form.add_error("table", str(error))
        except Refusal as refusal:
            faults = [(int(refusal.field or 0), "", str(refusal.message))]
        refuse_table(form, faults)
    context = {
        "title": _("Nhập số liệu của chỉ tiêu"),
        "form": form,
        "faults": faults,
        "fields": [
            (str(one.label), one.required) for one in ImportedDatapointForm.base_fields.values()
        ],
        "cancel_url": reverse("desk:indicators"),
        "crumbs": with_crumbs(
            (_("Chỉ tiêu"), reverse("desk:indicators")), (_("Nhập từ tệp"), None)
        ),
    }
    return render(request, "desk/import.html", context, status=422 if form.errors else 200)
