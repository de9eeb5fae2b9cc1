"""Reports on the site: the list, the text with its figures, and the files."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dieuhanh.faces.desk.errands import start
from dieuhanh.faces.desk.figures import panel
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.errands.models import ErrandKind
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.reports.compose.compose import Composed, compose
from dieuhanh.reports.compose.document import Chart, Heading, Paragraph, Table
from dieuhanh.reports.compose.template import (
    UnknownPeriod,
    UnknownReport,
    period_label,
    periods,
    read_template,
    templates,
)
from dieuhanh.reports.render import charts, docx, page, pdf
from dieuhanh.text import dates

FILES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}
#: What takes long to set is built as an errand from the page.
BUILT = ("docx", "pdf")


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """GET /bao-cao/: the reports that can be written, by period."""
    rows = [
        {
            "cells": [
                {
                    "kind": "title",
                    "text": template.values["title"].format(**template.words(template.window(period))),
                    "url": reverse("desk:report", args=[template.id, period]),
                },
                {"kind": "text", "text": period_label(period)},
                {"kind": "date", "text": dates.day(template.window(period).end)},
            ]
        }
        for period in periods(clock.today())
        for template in templates()
    ]  # fmt: skip
    context = {
        "title": _("Báo cáo"),
        "columns": [
            {"label": _("Báo cáo"), "width_class": "w-title"},
            {"label": _("Kỳ"), "width_class": "w-unit"},
            {"label": _("Chốt số liệu"), "numeric": True, "width_class": "w-due"},
        ],
        "rows": rows,
        "crumbs": with_crumbs((_("Báo cáo"), None)),
    }
    return render(request, "desk/reports.html", context)


def composed_or_404(request: HttpRequest, report: str, period: str) -> Composed:
    """The report as known at the moment of the page."""
    asked = moment_of(request)
    as_of: date | None = asked.day if asked.past else None
    try:
        return compose(report, period, as_of)
    except (UnknownReport, UnknownPeriod) as error:
        raise Http404(str(error)) from None


@require_GET
def report_page(request: HttpRequest, report: str, period: str) -> HttpResponse:
    """GET /bao-cao/<report>/<period>/: the text with its figures."""
    composed = composed_or_404(request, report, period)
    document = composed.document
    context = text_of(composed, request) | {
        "state": _("Dự thảo"),
        "files": [
            {
                "label": kind.upper(),
                "url": reverse("desk:report-build", args=[report, period, kind]) + _as_of(request),
                "icon": f"file-type-{kind}",
                "primary": kind == "docx",
                "post": True,
            }
            for kind in BUILT
        ]
        + [
            {
                "label": _("Soát số liệu"),
                "url": reverse("desk:report-proof", args=[report, period]) + _as_of(request),
                "icon": "zoom-check",
            },
            {
                "label": "JSON",
                "url": reverse(
                    "desk:report-file", kwargs={"report": report, "period": period, "kind": "json"}
                ),
                "icon": "download",
            },
        ],
        "crumbs": with_crumbs(
            (_("Báo cáo"), reverse("desk:reports")), (document.period_label, None)
        ),
    }
    return render(request, "desk/report.html", context)


def _as_of(request: HttpRequest) -> str:
    day = request.GET.get("tinh-den")
    return f"?{urlencode({'tinh-den': day})}" if day else ""


@require_POST
def build(request: HttpRequest, report: str, period: str, kind: str) -> HttpResponse:
    """POST /bao-cao/<report>/<period>/dung-tep/<kind>/: build the file as an errand."""
    if kind not in BUILT:
        raise Http404(_("Không có loại tệp này."))
    try:
        template = read_template(report)
        title = template.values["title"].format(**template.words(template.window(period)))
    except (UnknownReport, UnknownPeriod) as error:
        raise Http404(str(error)) from None
    asked = moment_of(request)
    return start(
        request,
        ErrandKind.REPORT,
        f"{title} ({kind.upper()})",
        reverse("desk:report", args=[report, period]) + _as_of(request),
        report=report,
        period=period,
        kind=kind,
        as_of=asked.day.isoformat() if asked.past else "",
    )


def text_of(composed: Composed, request: HttpRequest) -> dict[str, Any]:
    """A composed report as the reading page shows it; ``?so=<id>`` opens a figure's panel."""
    document = composed.document
    opened = request.GET.get("so", "")
    figure = None
    if opened in composed.answers:
        figure = panel(composed.answers[opened], Evaluator(composed.window), request.user)  # type: ignore[arg-type]
        figure["close_url"] = request.path
    origins = [one.origin for one in composed.answers.values()]
    return {
        "composed": composed,
        "document": document,
        "written": _written(composed),
        "outline": [block for block in document.blocks if isinstance(block, Heading) and block.level < 4],
        "counts": [
            (_("Số trong báo cáo"), len(origins) + len(composed.pending)),
            (_("Đếm từ sổ"), origins.count("counted")),
            (_("Tính từ số khác"), origins.count("computed")),
            (_("Số công bố"), origins.count("datapoint")),
            (_("Nội dung văn bản"), origins.count("stated")),
            (_("Chưa có số liệu"), len(document.missing)),
        ],
        "figure": figure,
    }  # fmt: skip


def _written(composed: Composed) -> SafeString:
    """The text with its tables and charts, as a page shows it to anybody; made once."""
    language = get_language() or ""
    if language not in composed.pages:
        kinds = {Heading: "heading", Paragraph: "paragraph", Table: "table", Chart: "chart"}
        blocks = [
            {
                "kind": kinds[type(block)],
                "block": block,
                "svg": charts.svg(block.spec) if isinstance(block, Chart) else "",
                "svg_dark": charts.svg(block.spec, dark=True) if isinstance(block, Chart) else "",
            }
            for block in composed.document.blocks
        ]
        context = {"document": composed.document, "blocks": blocks}
        composed.pages[language] = render_to_string("desk/report_text.html", context)
    return composed.pages[language]


@require_GET
def report_file(request: HttpRequest, report: str, period: str, kind: str) -> HttpResponse:
    """GET /bao-cao/<report>/<period>/bao-cao.<kind>: DOCX, PDF, HTML or the figures as JSON."""
    composed = composed_or_404(request, report, period)
    site = request.build_absolute_uri("/").rstrip("/")
    content: bytes | str
    match kind:
        case "docx":
            content = docx.render(composed.document)
        case "pdf":
            content = pdf.render(composed.document)
        case "json":
            content = json.dumps(composed.as_json(), ensure_ascii=False, indent=1)
        case _other:
            content = page.render(composed.document, base_url=site)
    response = HttpResponse(content, content_type=FILES[kind])
    name = f"{report}-{period}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
