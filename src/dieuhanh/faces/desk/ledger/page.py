"""One list page for all registers: fifty entries, newest first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.ledger import keeping, register_or_404, table
from dieuhanh.faces.desk.ledger.asking import VIEW, Asked
from dieuhanh.faces.desk.ledger.export import AT_ONCE, COLUMNS, ON_PAGE
from dieuhanh.faces.desk.ledger.nouns import counted, noun
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.queries import page
from dieuhanh.kernel.identity import finding
from dieuhanh.kernel.obligations.queries import State, of_entries
from dieuhanh.kernel.personal.lists import layout_of
from dieuhanh.text import dates, numbers

SIZE = 50
#: The name of the boxes that are ticked.
PICKS = "muc"
#: What search keeps of an entry; no page shows it.
HEAVY = ("entry__folded", "entry__words")


@require_GET
def list_page(request: HttpRequest, slug: str) -> HttpResponse:
    """GET /<slug>/: fifty entries, newest first."""
    register = register_or_404(request, slug)
    asked = Asked(request, register)
    moment = asked.moment
    found = page(
        asked.entries().only("pk", "opened_on"),
        size=SIZE, after=asked.after, before=asked.before, prefix="",
    )  # fmt: skip
    counts = _counts(asked)
    total = counts.get(asked.kind, 0) if asked.kind else sum(counts.values())
    layout = layout_of(asked.person, asked.path)
    shown = table.shown_keys(register, layout)
    columns = table.own_columns(register, shown)
    ids = [entry.pk for entry in found.rows]
    rows = {row.pk: row for row in register.rows().defer(*HEAVY).filter(pk__in=ids)}
    obligations = of_entries(ids, moment.at, past=moment.past) if table.DUE in shown else {}
    read = policies.reading(asked.person, register, rows.values(), columns)
    picks = not moment.past and bool(ids)
    views = keeping.views_shown(asked)
    context = {
        "register": register,
        "title": register.label,
        "line": _line(asked, total),
        "actions": _actions(asked),
        "menus": [_export_menu(asked, total)],
        "tabs": _tabs(asked, counts),
        "filters": _filters(asked),
        "faults": asked.faults,
        "views": views,
        "layout": keeping.layout_shown(asked, layout, shown),
        "columns": table.heads(register, columns, shown, picks=picks),
        "rows": table.rows_of(
            register, [rows[pk] for pk in ids], obligations, moment.at, columns, shown, read,
            picks=picks,
        ),
        "ledger_class": "docs dense" if layout.dense else "docs",
        "wide": len([one for one in columns if not one.width]) > table.MOST_FITTING,
        "picks": PICKS if picks else "",
        "chosen_url": reverse("desk:list-chosen", args=[slug]),
        "pager": {
            "words": _("%(shown)s %(noun)s trong %(total)s. Danh sách không bị cắt.")
            % {"shown": len(ids), "noun": noun(register, total), "total": numbers.number(total)},
            "older_url": asked.url(sau=found.older) if found.older else "",
            "newer_url": asked.url(truoc=found.newer) if found.newer else "",
        },
        "empty": _empty(asked),
        "crumbs": with_crumbs((str(register.label), None)),
    }  # fmt: skip
    return render(request, "desk/list.html", context)


def _counts(asked: Asked) -> dict[str, int]:
    """How many entries of each kind the other conditions leave."""
    entries = asked.entries(by_kind=False).order_by()
    return dict(entries.values_list("kind").annotate(n=Count("*")))


def _line(asked: Asked, total: int) -> str:
    start, end, moment = asked.start, asked.end, asked.moment
    words = counted(asked.register, total)
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


def _export_menu(asked: Asked, total: int) -> dict[str, Any]:
    """Two kinds of file, each with the columns on the page or with all; long ones as errands."""
    items, long = [], total > AT_ONCE
    for kind, icon in (("xlsx", "file-type-xls"), ("csv", "file-type-csv")):
        name = "desk:export-later" if long else "desk:export"
        whole = reverse(name, kwargs={"slug": asked.register.slug, "kind": kind})
        for columns, words in ((ON_PAGE, _("cột đang xem")), ("", _("mọi cột"))):
            query = "&".join(
                part for part in (asked.query, columns and urlencode({COLUMNS: columns})) if part
            )
            items.append(
                {
                    "label": _("%(kind)s, %(columns)s") % {"kind": kind.upper(), "columns": words},
                    "url": f"{whole}?{query}" if query else whole,
                    "icon": icon,
                    "post": long,
                }
            )
    return {"label": _("Xuất sổ"), "icon": "table-export", "items": items}


def _actions(asked: Asked) -> list[dict[str, Any]]:
    register = asked.register
    if not policies.may_enter(asked.person, register) or asked.moment.past:
        return []
    return [
        {
            "label": _("Nhập từ tệp"),
            "url": reverse("desk:import", args=[register.slug]),
            "icon": "upload",
        },
        {
            "label": register.enter_label,
            "url": reverse("desk:enter", args=[register.slug]),
            "icon": "plus",
            "primary": True,
        },
    ]


def _tabs(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    everything = {
        "label": _("Tất cả"),
        "count": sum(counts.values()),
        "url": asked.url(loai=None),
        "current": not asked.kind,
    }
    return [everything] + [
        {
            "label": label,
            "count": counts.get(kind, 0),
            "url": asked.url(loai=kind),
            "current": kind == asked.kind,
        }
        for kind, label in asked.register.kinds
    ]


def _filters(asked: Asked) -> dict[str, Any]:
    unit = finding.written([asked.unit])[0] if asked.unit else ""
    if "don-vi" in asked.left_out:
        unit = asked.value("don-vi")  # to be mended where it was typed
    words: list[dict[str, Any]] = []
    if asked.words:
        said = _("Tìm: %(words)s") % {"words": asked.words}
        words.append({"label": said, "remove_url": asked.url(q=None)})
    if asked.unit:
        words.append({"label": asked.unit.name, "remove_url": asked.url(don_vi=None)})
    if asked.state:
        label = State(asked.state).label
        words.append({"label": label, "remove_url": asked.url(trang_thai=None)})
    if asked.start:
        said = _("Từ %(day)s") % {"day": dates.day(asked.start)}
        words.append({"label": said, "remove_url": asked.url(tu=None)})
    if asked.end:
        said = _("Đến %(day)s") % {"day": dates.day(asked.end)}
        words.append({"label": said, "remove_url": asked.url(den=None)})
    kept = [name for name in ("loai", "tinh-den", VIEW) if name not in asked.left_out]
    return {
        "action": asked.path,
        "label": _("Lọc %(register)s") % {"register": asked.register.label},
        "search": {
            "name": "q",
            "value": asked.words,
            "placeholder": _("Tìm trong sổ, ví dụ: Vành đai 4"),
        },
        "unit": {
            "name": "don-vi",
            "value": unit,
            "placeholder": _("Mọi đơn vị"),
            "url": reverse("desk:pick-unit"),
        },
        "selects": [
            {
                "name": "trang-thai",
                "label": _("Thời hạn"),
                "options": [
                    {"value": "", "label": _("Mọi thời hạn"), "selected": False},
                    *(
                        {"value": value, "label": label, "selected": value == asked.state}
                        for value, label in State.choices
                    ),
                ],
            },
        ],
        "days": [
            {"name": name, "label": label, "value": dates.day(day) if day else asked.value(name)}
            for name, label, day in (("tu", _("từ"), asked.start), ("den", _("đến"), asked.end))
        ],
        "keep": [(name, asked.sent[name]) for name in kept if asked.sent.get(name)],
        "words": words,
        "clear_url": asked.path,
    }


def _empty(asked: Asked) -> dict[str, Any]:
    if asked.narrows:
        return {
            "words": _("Chưa có %(noun)s nào khớp.") % {"noun": noun(asked.register, 0)},
            "url": asked.path,
            "url_label": _("Bỏ mọi điều kiện"),
        }
    return {"words": _("Sổ chưa có %(noun)s nào.") % {"noun": noun(asked.register, 0)}}
