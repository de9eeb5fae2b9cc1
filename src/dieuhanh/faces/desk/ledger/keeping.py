"""Lists that a person saves under names of their own, and how a list is laid out for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dieuhanh.faces.desk.ledger import register_or_404, table
from dieuhanh.faces.desk.ledger.asking import FILTERS, VIEW, Asked, written
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.identity import finding
from dieuhanh.kernel.identity.finding import MOST_DIGITS
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.kernel.personal import lists
from dieuhanh.kernel.personal.lists import Layout, NotSaved
from dieuhanh.kernel.personal.models import SavedView

SHOWN, DENSE = "hien", "gon"


def _url(path: str, query: str, view: int | None = None) -> str:
    """The address of a list with these conditions, and which saved one it is."""
    parts = [query] if query else []
    if view is not None:
        parts.append(f"{VIEW}={view}")
    return f"{path}?{'&'.join(parts)}" if parts else path


def _number(text: str) -> int:
    """0, which no row has, for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0


# On the page of a list ---------------------------------------------------------------------------


def views_shown(asked: Asked) -> dict[str, Any]:
    """The menu of saved lists: which there are, which is open, whether it was changed since."""
    saved = lists.views_of(asked.person, asked.path)
    open_one = next((one for one in saved if str(one.pk) == asked.sent.get(VIEW)), None)
    if asked.sent.get(VIEW) and open_one is None:
        asked.leave_out(
            VIEW, _("Danh sách đã lưu này không còn; điều kiện trong địa chỉ vẫn dùng.")
        )
    return {
        "saved": [
            {
                "name": one.name,
                "url": _url(asked.path, one.query, one.pk),
                "current": one == open_one,
            }
            for one in saved
        ],
        "open": open_one,
        "changed": open_one is not None and open_one.query != asked.query,
        "query": asked.query,
        "url": reverse("desk:list-views", args=[asked.register.slug]),
    }


def layout_shown(asked: Asked, layout: Layout, shown: frozenset[str]) -> dict[str, Any]:
    return {
        "url": reverse("desk:list-layout", args=[asked.register.slug]),
        "columns": table.choices(asked.register, shown),
        "dense": layout.dense,
        "query": _url("", asked.query, None).lstrip("?"),
        "view": asked.sent.get(VIEW, "") if VIEW not in asked.left_out else "",
    }


# Keeping -----------------------------------------------------------------------------------------


def _conditions(sent: QueryDict) -> str:
    """The conditions that a form sends back, cleaned of all that is none."""
    return written(QueryDict(sent.get("query", "")[: 2 * lists.LONGEST_QUERY]))


def _said(register: Register, saved: list[SavedView]) -> dict[int, str]:
    """Number of a saved list → its conditions in words. One query."""
    sent = {one.pk: QueryDict(one.query) for one in saved}
    units = finding.names_of({_number(each.get("don-vi", "")) for each in sent.values()})

    def words(name: str, value: str) -> str:
        match name:
            case "q":
                return _("Tìm: %(words)s") % {"words": value}
            case "loai":
                return str(register.kind_label(value))
            case "trang-thai":
                return str(State(value).label) if value in State.values else value
            case "don-vi":
                return units.get(_number(value), value)
            case "tu":
                return _("Từ %(day)s") % {"day": value}
            case "den":
                return _("Đến %(day)s") % {"day": value}
        return _("tính đến %(day)s") % {"day": value}

    told = {
        pk: " · ".join(words(name, each[name]) for name in FILTERS if each.get(name))
        for pk, each in sent.items()
    }
    return {pk: one or _("mọi mục trong sổ") for pk, one in told.items()}


@require_http_methods(["GET", "POST"])
def views_page(request: HttpRequest, slug: str) -> HttpResponse:
    """GET, POST /<slug>/danh-sach/: the lists one saved; save, rename, overwrite, remove."""
    register = register_or_404(request, slug)
    person: Person = request.user  # type: ignore[assignment]
    path = reverse("desk:list", args=[slug])
    fault = ""
    if request.method == "POST":
        try:
            if address := _keep(request, person, path):
                return redirect(address)
            fault = _("Danh sách đã lưu này không còn; có thể ông/bà đã xóa ở cửa sổ khác.")
        except NotSaved as refusal:
            fault = str(refusal)
    return _page(request, register, path, fault)


def _page(request: HttpRequest, register: Register, path: str, fault: str) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    typed = request.POST
    saved = lists.views_of(person, path)
    said = _said(register, saved)
    context = {
        "title": _("Danh sách đã lưu"),
        "line": str(register.label),
        "views": [
            {
                "pk": one.pk,
                "name": typed.get("name", "")
                if fault and typed.get("view") == str(one.pk)
                else one.name,
                "url": _url(path, one.query, one.pk),
                "said": said[one.pk],
            }
            for one in saved
        ],
        "fault": fault,
        "typed": typed if fault and typed.get("act") == "save" else {},
        "list_url": path,
        "crumbs": with_crumbs((str(register.label), path), (_("Danh sách đã lưu"), None)),
    }
    return render(request, "desk/list_views.html", context, status=422 if fault else 200)


def _keep(request: HttpRequest, person: Person, path: str) -> str:
    """Do what was sent; where to go then, "" where the list is not there any more.

    Raises:
        NotSaved: it says why.
    """
    sent = request.POST
    pk, name = _number(sent.get("view", "")), sent.get("name", "")
    match sent.get("act"):
        case "save":
            saved = lists.save_view(person, address=path, name=name, query=_conditions(sent))
        case "rename":
            renamed = lists.rename_view(person, pk, name=name)
            if renamed:
                words = _("Danh sách nay có tên “%(name)s”.") % {"name": renamed.name}
                messages.success(request, words)
            return request.path if renamed else ""
        case "overwrite":
            kept = lists.overwrite_view(person, pk, query=_conditions(sent))
            if kept is None:
                return ""
            saved = kept
        case "remove":
            removed = lists.remove_view(person, pk)
            if removed:
                messages.success(request, _("Đã xóa danh sách “%(name)s”.") % {"name": removed})
            return request.path if removed else ""
        case _:
            raise NotSaved(_("Chưa rõ ông/bà muốn làm gì với danh sách; xin chọn lại."))
    messages.success(request, _("Đã lưu danh sách “%(name)s”.") % {"name": saved.name})
    return _url(path, saved.query, saved.pk)


@require_POST
def lay_out(request: HttpRequest, slug: str) -> HttpResponse:
    """POST /<slug>/cach-bay/: which columns, how high the rows."""
    register = register_or_404(request, slug)
    person: Person = request.user  # type: ignore[assignment]
    path = reverse("desk:list", args=[slug])
    sent = request.POST
    ticked = set(sent.getlist(SHOWN)) | table.ALWAYS
    every = table.choices(register, frozenset())
    lists.lay_out(
        person,
        address=path,
        left_out=[one.key for one in every if one.key not in ticked],
        dense=sent.get(DENSE) == "1",
    )
    return redirect(_url(path, _conditions(sent), _number(sent.get(VIEW, "")) or None))
