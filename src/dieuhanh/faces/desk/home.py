"""My work across registers; searching everything; signing in."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dieuhanh.faces.desk import work
from dieuhanh.faces.desk.entry import number_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.loading.reference import DEMO_PASSWORD
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor, page
from dieuhanh.kernel.identity.models import Appointment
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.search.queries import matching
from dieuhanh.kernel.text import dates, numbers
from dieuhanh.kernel.text.fold import words
from dieuhanh.kernel.tracking import queries
from dieuhanh.kernel.tracking.queries import Side
from dieuhanh.reports.compose.figures import figure_url

MOST = 100
SIZE = 50


class SignIn(LoginView):
    """GET, POST /dang-nhap/: local accounts; in a demonstration, its cast."""

    redirect_authenticated_user = True
    http_method_names = ["get", "post", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            cast = Appointment.objects.filter(person__demo=True, person__is_active=True)
            context["demo_password"] = DEMO_PASSWORD
            context["demo_cast"] = [
                {
                    "username": one.person.username,
                    "name": one.person.full_name,
                    "role": one.get_role_display(),
                    "unit": one.unit.name,
                }
                for one in cast.select_related("person", "unit").order_by("pk")
            ]
        return context

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """GET /: what my units owe, the most pressing first, across registers."""
    sight = work.sight_of(request)
    tally = queries.tally(sight, [Side.UNIT])
    rows = queries.page(queries.open_work(sight, Side.UNIT), sight, size=MOST).rows
    total = tally.count(Side.UNIT)
    context = {
        "title": _("Việc của tôi"),
        "line": _("%(total)s việc chưa xong của %(unit)s, tính đến %(moment)s")
        % {
            "total": numbers.number(total),
            "unit": sight.person.unit_name or _("đơn vị"),
            "moment": dates.moment(sight.at),
        },
        "actions": [
            {
                "label": _("Tất cả việc"),
                "url": _whole_list(sight),
                "icon": "list-details",
            }
        ],
        "groups": work.groups_of(rows, sight, tally, Side.UNIT),
        "tiles": _tiles(),
        "shown": len(rows),
        "total": total,
        "most": MOST,
        "work_url": _whole_list(sight),
    }
    return render(request, "desk/home.html", context)


def _whole_list(sight: queries.Sight) -> str:
    url = reverse("desk:work")
    return f"{url}?{urlencode({'tinh-den': dates.day(sight.day)})}" if sight.past else url


#: The city's figures above everybody's work: measures of this year so far.
TILES = (
    "documents.incoming.total",
    "complaints.letters.total",
    "complaints.cases.accepted",
    "complaints.cases.resolved_pct",
    "feedback.regulations.received",
)


def _tiles() -> list[dict[str, Any]]:
    today = clock.today()
    half = "H1" if today.month <= 6 else "H2"
    window = Window(date(today.year, 1, 1), today, today, f"{today.year}-{half}")
    evaluator = Evaluator(window)
    return [
        {
            "label": answer.measure.label,
            "figure": answer.shown,
            "of": "" if answer.measure.unit == "%" else answer.measure.unit,
            "share": None,
            "words": _("từ đầu năm"),
            "url": figure_url(answer.measure.id, window),
        }
        for answer in map(evaluator.answer, TILES)
    ]


@require_POST
def set_language(request: HttpRequest, code: str) -> HttpResponse:
    """POST /ngon-ngu/<code>/: the language of the pages, kept in a cookie for a year."""
    if code not in dict(settings.LANGUAGES):
        raise Http404(_("Không có ngôn ngữ này."))
    response = redirect("desk:home")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
    )
    return response


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """GET /tim/?q=: every register the person may read, in one list."""
    query = request.GET.get("q", "").strip()
    found = page(Entry.objects.none(), size=SIZE, prefix="")
    counts: dict[str, int] = {}
    if words(query):
        entries = Entry.objects.filter(policies.visible(request.user)).filter(matching(query))  # type: ignore[arg-type]
        counts = dict(entries.order_by().values_list("register").annotate(n=Count("*")))
        after, before = (Cursor.parse(request.GET.get(name, "")) for name in ("sau", "truoc"))
        found = page(
            entries.select_related("unit"), size=SIZE, after=after, before=before, prefix=""
        )
    total = sum(counts.values())
    rows = []
    for entry in found.rows:
        register = registry.get(entry.register)
        url = reverse("desk:entry", args=[register.slug, entry.pk])
        rows.append(
            {
                "cells": [
                    {"kind": "number", "text": number_of(entry), "url": url},
                    {"kind": "date", "text": dates.day(entry.opened_on)},
                    {"kind": "text", "text": register.label},
                    {"kind": "title", "text": entry.title or _("Văn bản mật"), "url": url},
                    {"kind": "unit", "text": entry.unit.name},
                ]
            }
        )
    base = f"{request.path}?{urlencode({'q': query})}"
    context = {
        "title": _("Tìm “%(query)s”") % {"query": query} if query else _("Tìm trong mọi sổ"),
        "query": query,
        "line": _("%(total)s mục khớp trong các sổ thuộc quyền xem")
        % {"total": numbers.number(total)},
        "columns": [
            {"label": _("Số"), "numeric": True, "width_class": "w-number"},
            {"label": _("Ngày"), "numeric": True, "width_class": "w-date"},
            {"label": _("Sổ"), "width_class": "w-symbol"},
            {"label": _("Nội dung"), "width_class": "w-title"},
            {"label": _("Đơn vị"), "width_class": "w-unit"},
        ],
        "rows": rows,
        "pager": {
            "words": _("%(shown)s mục trong %(total)s. Danh sách không bị cắt.")
            % {"shown": len(rows), "total": numbers.number(total)},
            "older_url": f"{base}&sau={found.older}" if found.older else "",
            "newer_url": f"{base}&truoc={found.newer}" if found.newer else "",
        },
        "empty": {
            "words": _("Không có mục nào khớp. Thử bớt chữ, hoặc tìm theo số, ký hiệu.")
            if query
            else _("Gõ số, ký hiệu, trích yếu hoặc tên đơn vị vào ô tìm ở trên.")
        },
        "crumbs": with_crumbs((_("Tìm kiếm"), None)),
    }
    return render(request, "desk/search.html", context)
