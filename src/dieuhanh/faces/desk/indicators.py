"""One indicator: its series, targets and standing, and keeping its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
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
from dieuhanh.faces.desk.indicator_series import (
    chart,
    series_table,
    target_table,
    unpublished_plan,
)
from dieuhanh.faces.desk.ledger.export import csv_text
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import events_of
from dieuhanh.kernel.entries.errors import Refusal, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.indicators import policies, queries, series
from dieuhanh.registers.indicators.actions import (
    correct_datapoint,
    publish_datapoint,
    settle_conflict,
)
from dieuhanh.registers.indicators.forms import (
    CorrectDatapointForm,
    DatapointForm,
    ImportedDatapointForm,
    SettleConflictForm,
)
from dieuhanh.registers.indicators.models import Datapoint, Indicator
from dieuhanh.registers.indicators.wording import (
    capital,
    chip,
    period_words,
    sentence,
    shown,
)
from dieuhanh.text import dates, numbers


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


@require_GET
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """GET /chi-tieu/<code>/: the series, targets and standing; every value with its source."""
    indicator = _indicator_or_404(code)
    writes = policies.may_write(request.user)  # type: ignore[arg-type]
    points, targets = queries.of_indicator(indicator), queries.targets_of(indicator)
    rows, today = series.rows_of(points), clock.today()
    judged = series.judge(indicator, rows, targets, today=today)
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
        "conflicts": [_conflict(group, code, writes) for group in queries.conflicts(points)],
        "chip": chip(judged),
        "sentence": sentence(judged),
        "series": series_table(indicator, rows, today=today),
        "chart": chart(indicator, rows),
        "targets": target_table(targets),
        "no_plan": unpublished_plan(rows, targets),
        "events": events_of(queries.story(indicator), lambda line: _told(line, code)),
        "sources": _sources(points, code, writes),
        "empty": {"words": _("Chưa có số liệu.")},
        "crumbs": with_crumbs(
            (_("Chỉ tiêu"), reverse("desk:indicators")), (indicator.label, None)
        ),
    }  # fmt: skip
    return render(request, "desk/indicator.html", context)


def _conflict(group: list[Datapoint], code: str, writes: bool) -> dict[str, Any]:
    first = group[0]
    return {
        "figure": f"{period_words(first.period)}, {str(first.get_period_kind_display()).lower()},"
        f" {str(first.get_value_kind_display()).lower()}",
        "values": [
            {
                "text": shown(one),
                "source": queries.source_words(one.document, one.line),
                "url": reverse("desk:indicator-settle", args=[code, one.pk]) if writes else "",
            }
            for one in group
        ],
    }


def _sources(points: list[Datapoint], code: str, writes: bool) -> dict[str, Any]:
    """Every datapoint with its source, those set aside too."""
    choice = writes and any(one.set_aside_on for one in points)
    return {
        "columns": [
            {"label": _("Kỳ"), "width_class": "w-symbol"},
            {"label": _("Loại kỳ"), "width_class": "w-unit"},
            {"label": _("Loại giá trị"), "width_class": "w-unit"},
            {"label": _("Giá trị"), "numeric": True, "width_class": "w-due"},
            {"label": _("Tính đến"), "numeric": True, "width_class": "w-date"},
            {"label": _("Nguồn"), "width_class": "w-title"},
            *([{"label": _("Đính chính"), "width_class": "w-unit"}] if writes else []),
            *([{"label": _("Chọn lại"), "width_class": "w-unit"}] if choice else []),
        ],
        "rows": [
            {
                "cells": [
                    {"kind": "text", "text": capital(period_words(one.period))},
                    {"kind": "text", "text": one.get_period_kind_display()},
                    {"kind": "text", "text": one.get_value_kind_display()},
                    {"kind": "number", "text": shown(one)},
                    {"kind": "date", "text": dates.day(one.as_of)},
                    {"kind": "text", "text": queries.source_words(one.document, one.line),
                     "sub": _beside(one)},
                    *([_link(one, code, "desk:indicator-correct", _("Đính chính"))]
                      if writes else []),
                    *([_link(one, code, "desk:indicator-settle", _("Chọn dùng"))
                       if one.set_aside_on else {"kind": "text", "text": ""}] if choice else []),
                ]
            }
            for one in points
        ],
    }  # fmt: skip


def _beside(one: Datapoint) -> str:
    """The note of a datapoint, and that it is not used."""
    if one.set_aside_on is None or one.set_aside_for is None:
        return one.note
    aside = _("Không dùng từ %(day)s; đã chọn %(value)s. Lý do: %(reason)s") % {
        "day": dates.day(one.set_aside_on),
        "value": shown(one.set_aside_for),
        "reason": one.set_aside_reason,
    }
    return f"{one.note} {aside}".strip()


def _link(one: Datapoint, code: str, name: str, label: str) -> dict[str, Any]:
    about = f"{label}: {period_words(one.period)}, {shown(one)}"
    return {
        "kind": "text", "text": label, "url": reverse(name, args=[code, one.pk]), "title": about,
    }  # fmt: skip


def _stories() -> dict[str, tuple[str, str]]:
    """Verb of the journal → icon and sentence of the story."""
    return {
        "datapoint.published": ("plus", _("ghi số liệu.")),
        "datapoint.corrected": ("pencil", _("đính chính số liệu.")),
        "datapoint.settled": ("check", _("chọn số liệu dùng khi các nguồn khác nhau.")),
    }


def _told(line: Line, code: str) -> dict[str, Any]:
    subject = line.subject.removeprefix(code).strip()
    details = [period_words(subject) if queries.is_period(subject) else subject]
    if line.reason:
        details.append(_("Lý do: %(reason)s") % {"reason": line.reason})
    for name, (old, new) in line.details.get("changes", {}).items():
        label = CorrectDatapointForm.base_fields[name].label
        details.append(f"{label}: {old} → {new}")
    if value := line.details.get("value"):
        details.append(value)
    if aside := line.details.get("set_aside"):
        details.append(_("không dùng: %(values)s") % {"values": "; ".join(aside)})
    if line.details.get("choice_undone"):
        details.append(_("lựa chọn nguồn trước đây không còn hiệu lực"))
    icon, told = _stories().get(line.verb, ("plus", line.verb))
    return {"icon": icon, "sentence": told, "detail": " · ".join(details)}


# Keeping them -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@sent_once
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
@sent_once
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
    stored = {"value": shown(point), "as_of": dates.day(point.as_of), "note": point.note}
    return [(str(fields[name].label), text) for name, text in stored.items() if text]


@require_http_methods(["GET", "POST"])
@sent_once
def settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """GET, POST /chi-tieu/<code>/<pk>/chon/: use this one of several sources that differ."""
    _may_write_or_404(request)
    point = policies.get_visible_or_404(request.user, code, pk)  # type: ignore[arg-type]
    form = SettleConflictForm(
        request.POST if request.method == "POST" else None, initial={"version": point.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            settle_conflict(pk, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
            if isinstance(refusal, Stale):  # the next attempt stands on the version now shown
                point = policies.get_visible_or_404(request.user, code, pk)  # type: ignore[arg-type]
                form.data = request.POST.copy() | {"version": str(point.version)}
        else:
            messages.success(request, _("Đã chọn số liệu dùng."))
            return redirect("desk:indicator", code=code)
    title = _("Dùng số %(value)s") % {"value": shown(point)}
    about = f"{point.indicator.label}, {period_words(point.period)}"
    return _form(request, point.indicator, form, title, about=about, latest=_others(point))


def _others(point: Datapoint) -> list[tuple[str, str]]:
    """The values that sources give for the same figure."""
    return [
        (queries.source_words(one.document, one.line), shown(one))
        for one in queries.of_figure(point)
    ]


def _form(
    request: HttpRequest,
    indicator: Indicator,
    form: Any,
    title: str,
    *,
    about: str = "",
    latest: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    page = reverse("desk:indicator", args=[indicator.code])
    context = {
        "title": title,
        "subtitle": about or indicator.label,
        "form": form,
        "submit_label": title,
        "cancel_url": page,
        "latest": latest,
        "crumbs": with_crumbs(
            (_("Chỉ tiêu"), reverse("desk:indicators")), (indicator.label, page), (title, None)
        ),
    }
    return form_page(request, context)


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
@sent_once
def import_points(request: HttpRequest) -> HttpResponse:
    """GET, POST /chi-tieu/nhap/: nothing is written unless every row is good."""
    _may_write_or_404(request)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        content = upload.read()
        try:
            rows, faults = check(SHEET, upload.name, content, person=request.user)  # type: ignore[arg-type]
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
    return form_page(request, context, "desk/import.html", keeps=False)
