"""One list page for all registers: search, filters, tabs, keyset pages, export."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.moments import days_of, moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor, page
from dieuhanh.kernel.entries.registry import EXPORT, READ, Column, Register
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.queries import State, entries_in_state, of_entries
from dieuhanh.kernel.search.queries import matching
from dieuhanh.kernel.text import dates, numbers

SIZE = 50
FILTERS = ("q", "trang-thai", "don-vi", "tu", "den", "tinh-den")


def register_or_404(request: HttpRequest, slug: str) -> Register:
    register = registry.by_slug(slug)
    if register is None or not policies.may_read(request.user, register):  # type: ignore[arg-type]
        raise Http404(_("Không có sổ này, hoặc sổ này không thuộc quyền xem."))
    return register


def filtered(
    request: HttpRequest, register: Register, *, by_kind: bool = True, verb: str = READ
) -> QuerySet[Entry]:
    """Entries of the register that the person may open (or export) and the address asks for."""
    found = Entry.objects.filter(policies.allowed(request.user, verb, register))  # type: ignore[arg-type]
    found = found.filter(matching(request.GET.get("q", "")))
    start, end = days_of(request)
    moment = moment_of(request)
    if moment.past and (end is None or end > moment.day):
        end = moment.day
    if start:
        found = found.filter(opened_on__gte=start)
    if end:
        found = found.filter(opened_on__lte=end)
    if (unit := request.GET.get("don-vi", "")).isdecimal():
        found = found.filter(unit_id=int(unit))
    state = request.GET.get("trang-thai", "")
    if state in State.values:
        found = found.filter(entries_in_state(state, moment.at))
    kind = request.GET.get("loai")
    if by_kind and kind in dict(register.kinds):
        found = found.filter(kind=kind)
    return found


@require_GET
def list_page(request: HttpRequest, slug: str) -> HttpResponse:
    """GET /<slug>/: fifty entries, newest first."""
    register = register_or_404(request, slug)
    entries = filtered(request, register)
    after, before = (Cursor.parse(request.GET.get(name, "")) for name in ("sau", "truoc"))
    found = page(entries.select_related("unit"), size=SIZE, after=after, before=before, prefix="")
    counts = dict(
        filtered(request, register, by_kind=False)
        .order_by()
        .values_list("kind")
        .annotate(n=Count("*"))
    )
    current = request.GET.get("loai", "")
    total = counts.get(current, 0) if current else sum(counts.values())
    moment = moment_of(request)
    ids = [entry.pk for entry in found.rows]
    rows = {row.pk: row for row in register.rows().filter(pk__in=ids)}
    obligations = of_entries(ids, moment.at)
    shown = [column for column in register.columns if column.width]
    read = policies.reading(request.user, register, rows.values(), shown)  # type: ignore[arg-type]
    context = {
        "register": register,
        "title": register.label,
        "line": _line(register, total, request),
        "actions": _actions(request, register),
        "tabs": _tabs(request, register, counts, current),
        "filters": _filters(request, register),
        "columns": [
            {"label": _("Số"), "numeric": True, "width_class": "w-number"},
            {"label": register.opened_label, "numeric": True, "width_class": "w-date"},
            *({"label": one.label, "width_class": one.width} for one in shown),
            {"label": _("Đơn vị"), "width_class": "w-unit"},
            {"label": _("Thời hạn"), "width_class": "w-due"},
        ],
        "rows": [
            _row(register, rows[pk], obligations.get(pk, []), moment.at, shown, read) for pk in ids
        ],
        "pager": {
            "words": _("%(shown)s %(noun)s trong %(total)s. Danh sách không bị cắt.")
            % {"shown": len(ids), "noun": register.noun, "total": numbers.number(total)},
            "older_url": _url(request, sau=found.older, truoc=None) if found.older else "",
            "newer_url": _url(request, truoc=found.newer, sau=None) if found.newer else "",
        },
        "empty": _empty(request, register),
        "crumbs": with_crumbs((str(register.label), None)),
    }
    return render(request, "desk/list.html", context)


def _url(request: HttpRequest, **changes: object) -> str:
    query = {name: value for name, value in request.GET.items() if name not in ("sau", "truoc")}
    for name, value in changes.items():
        query.pop(name.replace("_", "-"), None)
        if value not in (None, ""):
            query[name.replace("_", "-")] = str(value)
    return f"{request.path}?{urlencode(query)}" if query else request.path


def _line(register: Register, total: int, request: HttpRequest) -> str:
    start, end = days_of(request)
    moment = moment_of(request)
    words = f"{numbers.number(total)} {register.noun}"
    last = end or moment.day
    if start and start <= last:
        words += " " + dates.span(start, last)
    elif start or end:
        words += " " + (
            _("từ %(day)s") % {"day": dates.day(start)}
            if start
            else _("đến hết %(day)s") % {"day": dates.day(last)}
        )
    known = (
        _("hết ngày %(day)s") % {"day": dates.day(moment.day)}
        if moment.past
        else dates.moment(moment.at)
    )
    return _("%(words)s; thời hạn tính đến %(known)s") % {"words": words, "known": known}


def _actions(request: HttpRequest, register: Register) -> list[dict[str, Any]]:
    query = {name: value for name, value in request.GET.items() if name in (*FILTERS, "loai")}
    suffix = f"?{urlencode(query)}" if query else ""
    actions: list[dict[str, Any]] = [
        {
            "label": _("Xuất %(kind)s") % {"kind": kind.upper()},
            "url": reverse("desk:export", kwargs={"slug": register.slug, "kind": kind}) + suffix,
            "icon": icon,
        }
        for kind, icon in (("xlsx", "file-type-xls"), ("csv", "file-type-csv"))
    ]
    if policies.may_enter(request.user, register) and not moment_of(request).past:  # type: ignore[arg-type]
        actions.append(
            {
                "label": _("Nhập từ tệp"),
                "url": reverse("desk:import", args=[register.slug]),
                "icon": "upload",
            }
        )
        actions.append(
            {
                "label": register.enter_label,
                "url": reverse("desk:enter", args=[register.slug]),
                "icon": "plus",
                "primary": True,
            }
        )
    return actions


def _tabs(
    request: HttpRequest, register: Register, counts: dict[str, int], current: str
) -> list[dict[str, Any]]:
    everything = {
        "label": _("Tất cả"),
        "count": sum(counts.values()),
        "url": _url(request, loai=None),
        "current": not current,
    }
    return [everything] + [
        {
            "label": label,
            "count": counts.get(kind, 0),
            "url": _url(request, loai=kind),
            "current": kind == current,
        }
        for kind, label in register.kinds
    ]


def _filters(request: HttpRequest, register: Register) -> dict[str, Any]:
    chosen_state, chosen_unit = request.GET.get("trang-thai", ""), request.GET.get("don-vi", "")
    units = Unit.objects.exclude(kind="commune").order_by("kind", "code")
    options = [{"value": "", "label": _("Mọi đơn vị"), "selected": not chosen_unit}] + [
        {"value": str(unit.pk), "label": unit.name, "selected": str(unit.pk) == chosen_unit}
        for unit in units
    ]
    words: list[dict[str, Any]] = []
    for name, label in (("q", _("Tìm")), ("tu", _("Từ")), ("den", _("Đến"))):
        if value := request.GET.get(name):
            remove = _url(request, **{name: None})
            words.append({"label": f"{label}: {value}", "remove_url": remove})
    if chosen_state in State.values:
        words.append(
            {"label": State(chosen_state).label, "remove_url": _url(request, trang_thai=None)}
        )
    for option in options[1:]:
        if option["selected"]:
            words.append({"label": option["label"], "remove_url": _url(request, don_vi=None)})
    start, end = days_of(request)
    return {
        "action": request.path,
        "label": _("Lọc %(register)s") % {"register": register.label},
        "search": {
            "name": "q",
            "value": request.GET.get("q", ""),
            "placeholder": _("Tìm trong sổ, ví dụ: Vành đai 4"),
        },
        "selects": [
            {"name": "don-vi", "label": _("Đơn vị"), "options": options},
            {
                "name": "trang-thai",
                "label": _("Thời hạn"),
                "options": [{"value": "", "label": _("Mọi thời hạn"), "selected": False}]
                + [
                    {"value": value, "label": label, "selected": value == chosen_state}
                    for value, label in State.choices
                ],
            },
        ],
        "days": [
            {"name": "tu", "label": _("từ"), "value": dates.day(start) if start else ""},
            {"name": "den", "label": _("đến"), "value": dates.day(end) if end else ""},
        ],
        "keep": [(name, request.GET[name]) for name in ("loai", "tinh-den") if name in request.GET],
        "words": words,
        "clear_url": request.path,
    }


def _empty(request: HttpRequest, register: Register) -> dict[str, Any]:
    if any(request.GET.get(name) for name in (*FILTERS, "loai")):
        return {
            "words": _("Chưa có %(noun)s nào khớp.") % {"noun": register.noun},
            "url": request.path,
            "url_label": _("Bỏ mọi điều kiện"),
        }
    return {"words": _("Sổ chưa có %(noun)s nào.") % {"noun": register.noun}}


def _row(
    register: Register,
    row: Any,
    obligations: list[Any],
    moment: Any,
    shown: list[Column],
    read: Callable[[Column, Any], Any],
) -> dict[str, Any]:
    entry = row.entry
    url = reverse("desk:entry", args=[register.slug, entry.pk])
    chip = clocks.chip(obligations[0], moment) if obligations else clocks.Chip(
        "none", _("không thời hạn")
    )  # fmt: skip
    secret = entry.confidentiality == "secret"
    number = numbers.number(entry.number)
    cells: list[dict[str, Any]] = [
        {"kind": "number", "text": f"M{number}" if secret else number, "url": url},
        {"kind": "date", "text": _list_day(entry.opened_on), "label": register.opened_label},
    ]
    for column in shown:
        if column.key == "title":
            kind = "lock" if secret else "title"
            title = read(column, row)
            cells.append({"kind": kind, "text": title, "url": url, "title": str(title)})
        else:
            sub = column.sub(row) if column.sub else ""
            cells.append({"kind": "symbol", "text": read(column, row), "sub": sub})
    cells.append({"kind": "unit", "text": entry.unit.name})
    cells.append({"kind": "due", "due": chip})
    return {"url": url, "cells": cells}


def _list_day(day: date) -> str:
    return dates.short_day(day) if day.year == clock.today().year else dates.day(day)


# Export -----------------------------------------------------------------------------------------


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """GET /<slug>/xuat.<kind>: what the filter gives, whole, streamed."""
    register = register_or_404(request, slug)
    lines = _lines(request, register)
    name = f"{register.slug}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(csv_text(lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(register.label)[:31].replace("/", "-"))
    for line in lines:
        sheet.append([_harmless(cell) for cell in line])
    book.save(spool)
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=name)


def _lines(request: HttpRequest, register: Register) -> Iterator[list[Any]]:
    yield [
        _("Số"), _("Năm"), str(register.opened_label), *(str(one.label) for one in register.columns),
        _("Đơn vị"), str(register.closed_label), _("Kết quả"), _("Thời hạn"), _("Tình trạng"),
    ]  # fmt: skip
    moment = moment_of(request)
    entries = filtered(request, register, verb=EXPORT)
    cursor: Cursor | None = None
    while True:
        found = page(entries, size=1000, after=cursor, prefix="")
        ids = [entry.pk for entry in found.rows]
        rows = {row.pk: row for row in register.rows().filter(pk__in=ids)}
        obligations = of_entries(ids, moment.at)
        read = policies.reading(request.user, register, rows.values())  # type: ignore[arg-type]
        for pk in ids:
            row, owed = rows[pk], obligations.get(pk, [])
            entry = row.entry
            closed = entry.closed_on and entry.closed_on <= moment.day
            due = owed[0].due_at.date() if owed and owed[0].due_at else None
            state = State(owed[0].state).label if owed else State.NO_DEADLINE.label  # type: ignore[attr-defined]
            yield [
                entry.number, entry.year, entry.opened_on,
                *(_plain(read(one, row)) for one in register.columns),
                entry.unit.name, entry.closed_on if closed else None,
                entry.outcome if closed else "", due, str(state),
            ]  # fmt: skip
        if found.older is None:
            return
        cursor = found.older


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | date) or value is None else str(value)


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is kept as text; control signs go."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def csv_text(lines: Iterator[list[Any]]) -> Iterator[str]:
    yield "\ufeff"
    for line in lines:
        out = io.StringIO()
        csv.writer(out).writerow(
            "" if cell is None else dates.day(cell) if isinstance(cell, date) else _harmless(cell)
            for cell in line
        )
        yield out.getvalue()
