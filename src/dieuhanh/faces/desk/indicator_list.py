"""The list of indicators: newest value, target and standing of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.ui.templatetags.look import due
from dieuhanh.registers.indicators import policies, queries, series
from dieuhanh.registers.indicators.models import Indicator, Target
from dieuhanh.registers.indicators.series import Judged, Row
from dieuhanh.registers.indicators.wording import (
    chip,
    kind_labels,
    latest_words,
    standings,
    target_words,
    why,
)
from dieuhanh.text.fold import words

CONFLICT = "conflict"


@dataclass(frozen=True)
class _Listed:
    """An indicator with what the list shows of it."""

    indicator: Indicator
    rows: list[Row]
    targets: list[Target]
    judged: Judged
    differs: bool

    def has(self, status: str) -> bool:
        if status == CONFLICT:
            return self.differs
        return status in ("", self.judged.verdict.standing)


def _listed() -> list[_Listed]:
    """All indicators; three queries, however many there are."""
    points, targets = queries.newest_each(), queries.targets_each()
    today = clock.today()
    found = []
    for one in queries.listed_with_conflicts():
        rows, set_ = series.rows_of(points.get(one.pk, [])), targets.get(one.pk, [])
        judged = series.judge(one, rows, set_, today=today)
        found.append(_Listed(one, rows, set_, judged, one.differs))
    return found


@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """GET /chi-tieu/: all indicators, each with its newest value, its target and how it stands.

    ``loai``: kind; ``trang-thai``: standing, or ``conflict``; ``q``: words of the name.
    """
    labels, statuses = kind_labels(), _statuses()
    chosen, query = request.GET.get("loai", ""), request.GET.get("q", "")
    status = request.GET.get("trang-thai", "")
    status = status if status in statuses else ""
    everything = _listed()
    tokens = words(query)
    found = [
        one
        for one in everything
        if one.has(status)
        and all(
            any(
                word.startswith(token)
                for word in words(f"{one.indicator.label} {one.indicator.code}")
            )
            for token in tokens
        )
    ]
    counts: dict[str, int] = {}
    for one in found:
        counts[one.indicator.kind] = counts.get(one.indicator.kind, 0) + 1
    if chosen and chosen in labels:
        counts.setdefault(chosen, 0)
    rest = {"trang-thai": status, "q": query}
    tabs = [
        {
            "label": labels.get(kind, kind) if kind else _("Tất cả"),
            "count": count,
            "url": f"{request.path}{_query(loai=kind, **rest)}",
            "current": kind == chosen,
        }
        for kind, count in [("", len(found)), *counts.items()]
    ]
    removable = (
        [{"label": statuses[status], "remove_url": f"{request.path}{_query(loai=chosen, q=query)}"}]
        if status
        else []
    )
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
            "selects": [
                {
                    "name": "trang-thai",
                    "label": _("Tình trạng"),
                    "options": [
                        {"value": value, "label": label, "selected": value == status}
                        for value, label in [("", _("Mọi tình trạng")), *statuses.items()]
                    ],
                }
            ],
            "keep": [("loai", chosen)] if chosen else [],
            "words": removable,
        },
        "tabs": tabs,
        "columns": [
            {"label": _("Chỉ tiêu")},
            {"label": _("Số mới nhất"), "width_class": "w-unit"},
            {"label": _("Chỉ tiêu kế hoạch"), "width_class": "w-symbol"},
            {"label": _("Tình trạng"), "width_class": "w-unit"},
        ],
        "rows": [_list_row(one) for one in found if chosen in ("", one.indicator.kind)],
        "empty": _nothing(request, bool(everything), bool(chosen or query or status)),
        "crumbs": with_crumbs((_("Chỉ tiêu"), None)),
    }  # fmt: skip
    return render(request, "desk/indicators.html", context)


def _statuses() -> dict[str, str]:
    told = {str(value): label[:1].upper() + label[1:] for value, label in standings().items()}
    return told | {CONFLICT: _("Nguồn khác nhau, cần chọn")}


def _nothing(request: HttpRequest, any_known: bool, narrowed: bool) -> dict[str, str]:
    if any_known and narrowed:
        return {
            "words": _("Không có chỉ tiêu nào khớp."),
            "url": request.path,
            "url_label": _("Bỏ mọi điều kiện"),
        }
    return {"words": _("Chưa có chỉ tiêu nào.")}


def _list_row(one: _Listed) -> dict[str, Any]:
    value, period = latest_words(one.rows, one.judged)
    target = one.judged.target or next(iter(one.targets), None)
    aim, aim_period = target_words(target) if target else ("", "")
    about = [kind_labels().get(one.indicator.kind, one.indicator.kind)]
    if one.differs:
        about.append(_("có số liệu mà các nguồn khác nhau"))
    return {
        "cells": [
            {
                "kind": "title",
                "text": one.indicator.label,
                "sub": " · ".join(about),
                "url": reverse("desk:indicator", args=[one.indicator.code]),
            },
            {"kind": "text", "text": value, "sub": period},
            {"kind": "text", "text": aim, "sub": aim_period},
            {"kind": "text", "text": due(chip(one.judged)), "sub": why(one.judged)},
        ]
    }


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
