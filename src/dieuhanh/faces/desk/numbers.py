"""Numbers given (số đã cấp): each book of a year, its last number, and how many were given today."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.queries import numbers_given
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.identity.models import Person
from dieuhanh.text import dates, numbers

#: Last part of the name of a book that a register keeps beside its main one → what it is called.
BOOKS = {
    "secret": gettext_lazy("mật"),
    "office": gettext_lazy("Văn phòng"),
    "party_affairs": gettext_lazy("Ban cán sự đảng"),
    "normative": gettext_lazy("quy phạm pháp luật"),
}


def register_of(book: str) -> Register | None:
    """The register that keeps a book: its code, or the beginning of the book's name."""
    known = {one.code: one for one in registry.all_registers()}
    return known.get(book) or known.get(book.rpartition(".")[0])


def book_words(book: str) -> str:
    """Văn bản đi; Văn bản đi (mật)."""
    register = register_of(book)
    if register is None:
        return book
    if register.code == book:
        return str(register.label)
    part = book.rpartition(".")[2]
    return f"{register.label} ({BOOKS.get(part, part)})"


@require_GET
def numbers_page(request: HttpRequest) -> HttpResponse:
    """GET /so-da-cap/: the books of ``nam`` that the person may read, as of ``tinh-den``."""
    person: Person = request.user  # type: ignore[assignment]
    readable = [one for one in registry.all_registers() if policies.may_read(person, one)]
    if not readable:
        raise Http404(_("Không có trang này."))
    moment = moment_of(request)
    asked = request.GET.get("nam", "")
    year = (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else moment.day.year
    )
    codes = {one.code for one in readable}
    found = [
        one
        for one in numbers_given(year, moment.day, past=moment.past)
        if (register := register_of(one.book)) and register.code in codes
    ]
    query = {"tinh-den": dates.day(moment.day)} if moment.past else {}
    rows = [_row(one, moment.day.isoformat()) for one in found]
    today = sum(one.today for one in found)
    context: dict[str, Any] = {
        "title": _("Số đã cấp năm %(year)s") % {"year": year},
        "line": _(
            "%(today)s số cấp trong ngày %(day)s; mỗi sổ lấy số từ 1, liên tục, không nhảy số"
        )
        % {"today": numbers.number(today), "day": dates.day(moment.day)},
        "tabs": [
            {
                "label": str(one),
                "count": None,
                "url": f"{request.path}?{urlencode({'nam': one} | query)}",
                "current": one == year,
            }
            for one in range(moment.day.year, moment.day.year - 4, -1)
        ],
        "columns": [
            {"label": _("Sổ"), "width_class": "w-title"},
            {"label": _("Cơ quan"), "width_class": "w-unit"},
            {"label": _("Số cuối"), "numeric": True, "width_class": "w-number"},
            {"label": _("Cấp trong ngày"), "numeric": True, "width_class": "w-due"},
            {"label": _("Số còn thiếu"), "numeric": True, "width_class": "w-due"},
        ],
        "rows": rows,
        "empty": {"words": _("Chưa cấp số nào trong năm %(year)s.") % {"year": year}},
        "crumbs": with_crumbs((_("Số đã cấp"), None)),
    }
    return render(request, "desk/numbers.html", context)


def _row(one: Any, day: str) -> dict[str, Any]:
    register = register_of(one.book)
    whole = reverse("desk:list", args=[register.slug]) if register else ""
    return {
        "cells": [
            {"kind": "title", "text": book_words(one.book), "url": whole},
            {"kind": "unit", "text": one.agency},
            {"kind": "number", "text": numbers.number(one.last), "label": _("Số cuối")},
            {
                "kind": "number",
                "text": numbers.number(one.today),
                "url": f"{whole}?{urlencode({'tu': day, 'den': day})}" if one.today else "",
                "label": _("Cấp trong ngày"),
            },
            {"kind": "number", "text": _gaps(one.gaps), "label": _("Số còn thiếu")},
        ]
    }


def _gaps(gaps: int | None) -> str:
    if gaps is None:
        return _("chỉ xét tại hiện tại")
    return numbers.number(gaps) if gaps else _("không")
