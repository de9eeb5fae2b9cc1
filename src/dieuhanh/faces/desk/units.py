"""Units (đơn vị) as of a day: all of them, and one with its people, its work and its successions."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.moments import Moment, moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.work import sight_of
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.identity import queries
from dieuhanh.kernel.identity.models import Unit, UnitKind
from dieuhanh.kernel.tracking.waiting import owed_by_unit
from dieuhanh.text import dates, numbers
from dieuhanh.text.fold import fold

SIZE = 100


def _kept(moment: Moment) -> dict[str, str]:
    return {"tinh-den": dates.day(moment.day)} if moment.past else {}


def _address(url: str, query: dict[str, Any]) -> str:
    kept = {key: value for key, value in query.items() if value}
    return f"{url}?{urlencode(kept)}" if kept else url


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """GET /don-vi/: ``loai`` a kind, ``q`` words of the name or code, ``thieu`` those without a head."""
    moment = moment_of(request)
    everything = queries.units_on(moment.day)
    sought, kind = request.GET.get("q", "").strip()[:200], request.GET.get("loai", "")
    headless = request.GET.get("thieu", "") == "nguoi-dung-dau"
    found = [
        one
        for one in everything
        if (not sought or fold(sought) in fold(f"{one.name} {one.code}"))
        and (not headless or not one.heads)  # type: ignore[attr-defined]
    ]
    counts = Counter(one.kind for one in found)
    if kind not in UnitKind.values:
        kind = ""
    shown = [one for one in found if kind in ("", one.kind)]
    start = request.GET.get("tu-dong", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0
    query = _kept(moment) | {"q": sought, "thieu": "nguoi-dung-dau" if headless else ""}
    page = shown[first : first + SIZE]
    without = sum(not one.heads for one in everything)  # type: ignore[attr-defined]
    context = {
        "title": _("Đơn vị"),
        "line": _("%(n)s đơn vị hoạt động ngày %(day)s; %(without)s chưa có người đứng đầu")
        % {
            "n": numbers.number(len(everything)),
            "day": dates.day(moment.day),
            "without": numbers.number(without),
        },
        "filters": {
            "action": request.path,
            "label": _("Tìm đơn vị"),
            "search": {
                "name": "q",
                "value": sought,
                "label": _("Tìm đơn vị"),
                "placeholder": _("Tên hoặc mã đơn vị"),
            },
            "selects": [
                {
                    "name": "thieu",
                    "label": _("Người đứng đầu"),
                    "options": [
                        {"value": "", "label": _("Có hoặc chưa có"), "selected": not headless},
                        {
                            "value": "nguoi-dung-dau",
                            "label": _("Chưa có người đứng đầu"),
                            "selected": headless,
                        },
                    ],
                }
            ],
            "keep": [*_kept(moment).items(), *([("loai", kind)] if kind else [])],
            "words": [
                {
                    "label": _("Chưa có người đứng đầu"),
                    "remove_url": _address(request.path, query | {"loai": kind, "thieu": ""}),
                }
            ]
            if headless
            else [],
        },
        "tabs": [
            {
                "label": UnitKind(one).label if one else _("Tất cả"),
                "count": counts[one] if one else len(found),
                "url": _address(request.path, query | {"loai": one}),
                "current": one == kind,
            }
            for one in ("", *UnitKind.values)
            if not one or counts[one] or one == kind
        ],
        "columns": [
            {"label": _("Đơn vị"), "width_class": "w-title"},
            {"label": _("Loại"), "width_class": "w-unit"},
            {"label": _("Người đứng đầu"), "width_class": "w-unit"},
            {"label": _("Trực thuộc"), "width_class": "w-unit"},
        ],
        "rows": [_row(one, moment) for one in page],
        "pager": {
            "words": _("%(shown)s đơn vị trong %(total)s. Danh sách không bị cắt.")
            % {"shown": numbers.number(len(page)), "total": numbers.number(len(shown))},
            "older_label": _("Tiếp theo"),
            "newer_label": _("Trước đó"),
            "older_url": _address(request.path, query | {"loai": kind, "tu-dong": first + SIZE})
            if first + SIZE < len(shown)
            else "",
            "newer_url": _address(
                request.path, query | {"loai": kind, "tu-dong": max(first - SIZE, 0)}
            )
            if first
            else "",
        },
        "empty": {
            "words": _("Không có đơn vị nào khớp."),
            "url": _address(request.path, _kept(moment)),
            "url_label": _("Bỏ mọi điều kiện"),
        },
        "crumbs": with_crumbs((_("Đơn vị"), None)),
    }
    return render(request, "desk/units.html", context)


def _row(one: Any, moment: Moment) -> dict[str, Any]:
    return {
        "cells": [
            {"kind": "title", "text": one.name, "sub": one.code, "url": _unit_url(one, moment)},
            {"kind": "unit", "text": one.get_kind_display()},
            {"kind": "unit", "text": "; ".join(one.heads) or _("chưa có người đứng đầu")},
            {"kind": "unit", "text": one.parent.name if one.parent else ""},
        ]
    }


def _unit_url(unit: Unit, moment: Moment) -> str:
    return _address(reverse("desk:unit", args=[unit.pk]), _kept(moment))


@require_GET
def unit_page(request: HttpRequest, unit: int) -> HttpResponse:
    """GET /don-vi/<unit>/: people, open work that the reader may see, parts and successions."""
    found = queries.unit_named(unit) if unit < 2**31 else None
    if found is None:
        raise Http404(_("Không có đơn vị này."))
    return render(request, "desk/unit.html", _page(request, found))


def _page(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    moment = moment_of(request)
    held = queries.people_of(unit, moment.day)
    owed = owed_by_unit(sight_of(request), unit.pk)
    whole = _address(
        reverse("desk:board-overdue"), _kept(moment) | {"don-vi": unit.pk, "xem": "chua-xong"}
    )
    late = _address(reverse("desk:board-overdue"), _kept(moment) | {"don-vi": unit.pk})
    successions = queries.successions_of(unit)
    return {
        "title": unit.name,
        "line": _line(unit, moment),
        "facts": _facts(unit, moment),
        "heads": [one for one in held if one.role in ("head", "leader")],
        "held": [
            {
                "name": one.person.full_name,
                "role": one.get_role_display(),
                "title": one.title,
                "since": one.valid_from,
                "until": one.valid_to,
            }
            for one in held
        ],
        "owed": [
            {
                "label": registry.get(one.register).label,
                "open": one.open,
                "late": one.late,
            }
            for one in owed
        ],
        "open": sum(one.open for one in owed),
        "late": sum(one.late for one in owed),
        "open_url": f"{whole}#don-vi-{unit.pk}",
        "late_url": f"{late}#don-vi-{unit.pk}",
        "parts": [
            {"name": one.name, "url": _unit_url(one, moment)}
            for one in queries.parts_of(unit, moment.day)
        ],
        "before": [
            {"name": one.predecessor.name, "url": _unit_url(one.predecessor, moment), "since": one.since}
            for one in successions
            if one.successor_id == unit.pk
        ],
        "after": [
            {"name": one.successor.name, "url": _unit_url(one.successor, moment), "since": one.since}
            for one in successions
            if one.predecessor_id == unit.pk
        ],
        "moment": moment,
        "crumbs": with_crumbs((_("Đơn vị"), reverse("desk:units")), (unit.name, None)),
    }  # fmt: skip


def _line(unit: Unit, moment: Moment) -> str:
    words = f"{unit.get_kind_display()}, {_('mã')} {unit.code}"
    if unit.valid_to and unit.valid_to < moment.day:
        ended = _("đã kết thúc hoạt động ngày %(day)s") % {"day": dates.day(unit.valid_to)}
        words += f"; {ended}"
    elif unit.valid_from > moment.day:
        words += "; " + _("hoạt động từ %(day)s") % {"day": dates.day(unit.valid_from)}
    return words


def _facts(unit: Unit, moment: Moment) -> list[tuple[str, str]]:
    facts = [(_("Hoạt động từ"), dates.day(unit.valid_from))]
    if unit.valid_to:
        facts.append((_("Đến hết ngày"), dates.day(unit.valid_to)))
    if unit.parent:
        facts.append((_("Trực thuộc"), unit.parent.name))
    facts.append((_("Tính đến"), dates.day(moment.day)))
    return facts
