"""The journal (nhật ký) as a page: who did what, searched by person, day, verb and number of entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.journal_words import DONE, done
from dieuhanh.faces.desk.moments import days_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import who
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.queries import entries_numbered, titles_of
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.identity.queries import may_read_journal, numbers_of_people
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.journal.queries import LARGEST, Asked, page, search
from dieuhanh.text import dates, numbers
from dieuhanh.text.cells import harmless

SIZE = 50
BATCH = 1000
FILTERS = ("nguoi", "viec", "so", "tu", "den")


@dataclass(frozen=True)
class _Shown:
    """A line as this reader may see it: of an entry that is not open to the reader, that something
    was done, when and by whom, and nothing of what it was."""

    line: Line
    what: str
    url: str
    reason: str


def _asked(request: HttpRequest) -> tuple[Person, QuerySet[Line]]:
    """Raises Http404: the journal is not for this person."""
    person: Person = request.user  # type: ignore[assignment]
    if not may_read_journal(person):
        raise Http404(_("Không có trang này."))
    name, number = (request.GET.get(key, "").strip()[:200] for key in ("nguoi", "so"))
    first, last = days_of(request)
    entries: Any = None
    if number:
        entries = entries_numbered(number).filter(policies.visible(person)).values("pk")
    asked = Asked(
        people=numbers_of_people(name) if name else None,
        verb=request.GET.get("viec", "")[:60].replace("\0", ""),
        first=first,
        last=last,
        entries=entries,
    )
    return person, search(asked)


def _shown(lines: Iterable[Line], person: Person) -> list[_Shown]:
    """One query, however many lines there are."""
    lines = list(lines)
    ids = {one.entry_id for one in lines if one.entry_id is not None}
    known = titles_of(ids, policies.visible(person)) if ids else {}
    found = []
    for one in lines:
        if one.entry_id is None:
            found.append(_Shown(one, one.subject, "", one.reason))
        elif entry := known.get(one.entry_id):
            register = registry.get(entry.register)
            url = reverse("desk:entry", args=[register.slug, entry.pk])
            title = entry.title or _("Văn bản mật")
            found.append(_Shown(one, f"{register.label}, {one.subject}: {title}", url, one.reason))
        else:
            found.append(_Shown(one, _("Mục ngoài quyền xem"), "", ""))
    return found


def _url(
    request: HttpRequest, *, name: str = "desk:journal", without: str = "", **changes: Any
) -> str:
    query = {key: request.GET[key] for key in FILTERS if request.GET.get(key)}
    query.pop(without, None)
    for key, value in changes.items():
        query.pop(key, None)
        if value:
            query[key] = str(value)
    return reverse(name) + (f"?{urlencode(query)}" if query else "")


def _cursor(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= LARGEST else None


@require_GET
def journal_page(request: HttpRequest) -> HttpResponse:
    """GET /nhat-ky/: ``nguoi`` a person, ``viec`` a verb, ``so`` a number of an entry, ``tu``, ``den``."""
    person, lines = _asked(request)
    found = page(
        lines,
        size=SIZE,
        after=_cursor(request.GET.get("sau", "")),
        before=_cursor(request.GET.get("truoc", "")),
    )
    rows = [_row(one) for one in _shown(found.rows, person)]
    context = {
        "title": _("Nhật ký"),
        "line": _("Ai làm gì, lúc nào; chỉ thêm, không sửa và không xóa được"),
        "actions": [
            {
                "label": _("Xuất CSV"),
                "url": _url(request, name="desk:journal-file"),
                "icon": "file-type-csv",
            }
        ],
        "filters": _filters(request, person),
        "columns": [
            {"label": _("Lúc"), "width_class": "w-date"},
            {"label": _("Người"), "width_class": "w-unit"},
            {"label": _("Thao tác"), "width_class": "w-unit"},
            {"label": _("Nội dung"), "width_class": "w-title"},
        ],
        "rows": rows,
        "pager": {
            "words": _("%(n)s dòng trên trang này, mới nhất trước. Nhật ký không bị cắt.")
            % {"n": numbers.number(len(rows))},
            "older_url": _url(request, sau=found.older) if found.older else "",
            "newer_url": _url(request, truoc=found.newer) if found.newer else "",
        },
        "empty": {
            "words": _("Không có dòng nào khớp."),
            "url": reverse("desk:journal"),
            "url_label": _("Bỏ mọi điều kiện"),
        },
        "crumbs": with_crumbs((_("Nhật ký"), None)),
    }
    return render(request, "desk/journal.html", context)


def _row(one: _Shown) -> dict[str, Any]:
    line = one.line
    reason = _("Lý do: %(reason)s") % {"reason": one.reason} if one.reason else ""
    return {
        "cells": [
            {"kind": "date", "text": dates.moment(line.at)},
            {"kind": "unit", "text": who(line), "sub": line.actor_unit},
            {"kind": "text", "text": done(line.verb)},
            {"kind": "title", "text": one.what, "url": one.url, "sub": reason},
        ]
    }


def _filters(request: HttpRequest, person: Person) -> dict[str, Any]:
    chosen = request.GET.get("viec", "")
    reads = any(policies.may_read(person, one) for one in registry.all_registers())
    verbs = sorted(((verb, str(words)) for verb, words in DONE.items()), key=lambda one: one[1])
    removable = {
        "nguoi": _("Người: %(value)s"),
        "so": _("Số: %(value)s"),
        "tu": _("Từ %(value)s"),
        "den": _("Đến %(value)s"),
    }
    words = [
        {"label": label % {"value": request.GET[key]}, "remove_url": _url(request, without=key)}
        for key, label in removable.items()
        if request.GET.get(key)
    ]
    if chosen:
        words.append({"label": done(chosen), "remove_url": _url(request, viec=None)})
    return {
        "action": request.path,
        "label": _("Tìm trong nhật ký"),
        "search": {
            "name": "nguoi",
            "label": _("Người"),
            "value": request.GET.get("nguoi", ""),
            "placeholder": _("Họ tên hoặc tên đăng nhập"),
        },
        "selects": [
            {
                "name": "viec",
                "label": _("Thao tác"),
                "options": [
                    {"value": "", "label": _("Mọi thao tác"), "selected": not chosen},
                    *(
                        {"value": verb, "label": label[:1].upper() + label[1:], "selected": verb == chosen}
                        for verb, label in verbs
                    ),
                ],
            }
        ],
        "texts": [
            {"name": "so", "label": _("Số"), "value": request.GET.get("so", ""),
             "placeholder": "44051"}
        ]
        if reads
        else [],
        "days": [
            {"name": "tu", "label": _("Từ"), "value": _day_words(days_of(request)[0])},
            {"name": "den", "label": _("đến"), "value": _day_words(days_of(request)[1])},
        ],
        "keep": [],
        "words": words,
        "clear_url": reverse("desk:journal") if words else "",
    }  # fmt: skip


def _day_words(day: date | None) -> str:
    return dates.day(day) if day else ""


@require_GET
def journal_file(request: HttpRequest) -> StreamingHttpResponse:
    """GET /nhat-ky/xuat.csv: what the filter gives, whole, streamed."""
    person, lines = _asked(request)
    response = StreamingHttpResponse(_csv(person, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhat-ky.csv"'
    return response


def _csv(person: Person, lines: QuerySet[Line]) -> Iterator[str]:
    spool = io.StringIO()
    writer = csv.writer(spool)
    spool.write("\ufeff")
    writer.writerow([_("Dòng"), _("Lúc"), _("Người"), _("Làm thay"), _("Đơn vị"), _("Thao tác"),
                     _("Nội dung"), _("Lý do")])  # fmt: skip
    after: int | None = None
    while True:
        found = page(lines, size=BATCH, after=after)
        for one in _shown(found.rows, person):
            line = one.line
            cells = [
                line.pk, dates.moment(line.at), line.actor_name, line.for_name, line.actor_unit,
                done(line.verb), one.what, one.reason,
            ]  # fmt: skip
            writer.writerow([harmless(cell) for cell in cells])
        yield spool.getvalue()
        spool.seek(0)
        spool.truncate()
        if found.older is None:
            return
        after = found.older
