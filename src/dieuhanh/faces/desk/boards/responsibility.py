"""The responsibility map: from a decision to everyone who holds a part of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk import clocks, work
from dieuhanh.faces.desk.boards.booklet import Sheet, as_xlsx
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.kernel.tracking import responsibility
from dieuhanh.kernel.tracking.queries import Sight
from dieuhanh.kernel.tracking.responsibility import Part, Tree
from dieuhanh.text import dates, numbers

#: Rows on the one page that is printed.
MOST_PRINTED = 8


def _name(part: Part) -> str:
    register = registry.get(part.entry.register)
    return _("%(register)s số %(number)s/%(year)s") % {
        "register": register.label,
        "number": numbers.number(part.entry.number),
        "year": part.entry.year,
    }


def _tree(request: HttpRequest, sight: Sight) -> Tree | None:
    """The tree that ``?goc=`` asks for; None where nothing is asked.

    Raises:
        Http404: there is no such entry, or it may not be opened.
    """
    asked = request.GET.get("goc", "")
    if not asked:
        return None
    entry = policies.visible_one(sight.person, int(asked)) if asked.isdecimal() else None
    if entry is None:
        raise Http404(_("Không có mục này, hoặc mục này không thuộc quyền xem."))
    row = registry.get(entry.register).rows().get(pk=entry.pk)
    return responsibility.tree(sight, row)


@require_GET
def responsibility_page(request: HttpRequest) -> HttpResponse:
    """GET /bang/trach-nhiem/: ``goc`` an entry; without it, where to begin."""
    sight = work.sight_of(request)
    tree = _tree(request, sight)
    base = {
        "title": _("Bản đồ trách nhiệm"),
        "crumbs": with_crumbs((_("Bản đồ trách nhiệm"), None)),
    }
    if tree is None:
        return render(request, "desk/board_responsibility.html", base | _start(sight))
    rows = [_row(part, depth, tree, sight) for depth, part in tree.rows()]
    holders = _holders(tree)
    query = urlencode(
        {name: request.GET[name] for name in ("goc", "tinh-den") if name in request.GET}
    )
    context = base | {
        "line": _line(tree, holders, sight),
        "root": {
            "name": _name(tree.root),
            "title": tree.root.title,
            "url": _entry_url(tree.root),
        },
        "actions": [
            {"label": _("Xuất XLSX"), "icon": "file-type-xls",
             "url": f"{reverse('desk:board-responsibility-file')}?{query}"},
        ],
        "rows": rows,
        "printed": MOST_PRINTED,
        "unprinted": max(len(rows) - MOST_PRINTED, 0),
        "cut": responsibility.MOST if tree.cut else 0,
        "holders": holders,
        "crumbs": with_crumbs(
            (_("Bản đồ trách nhiệm"), reverse("desk:board-responsibility")), (_name(tree.root), None)
        ),
    }  # fmt: skip
    return render(request, "desk/board_responsibility.html", context)


def _start(sight: Sight) -> dict[str, Any]:
    return {
        "most": responsibility.MOST_NAMED,
        "line": _("Từ một quyết định, kết luận, nhiệm vụ đến từng đơn vị, từng người giữ một phần"),
        "decisions": [
            {
                "title": one.title,
                "register": registry.get(one.register).label,
                "unit": one.unit.name,
                "holders": one.holders + 1,
                "url": f"{reverse('desk:board-responsibility')}?goc={one.pk}",
            }
            for one in responsibility.widely_held(sight)
        ],
    }


def _entry_url(part: Part) -> str:
    return reverse("desk:entry", args=[registry.get(part.entry.register).slug, part.entry.pk])


def _row(part: Part, depth: int, tree: Tree, sight: Sight) -> dict[str, Any]:
    return {
        "depth": depth,
        "name": _name(part),
        "belongs": part.belongs,
        "title": part.title or _("Văn bản mật"),
        "url": _entry_url(part),
        "unit": str(part.entry.unit),
        "head": _head(part.entry.unit_id, tree),
        "co_units": part.co_units,
        "owed": [
            {
                "duty": one.duty,
                "unit": str(one.unit),
                "person": one.person.full_name if one.person else "",
                "nobody": not one.person and one.unit_id not in tree.heads,
                "product": one.product or one.expected,
                "chip": clocks.chip(one, sight.at),
                "url": reverse("desk:duty", args=[one.pk]),
            }
            for one in part.owed
        ],
    }


def _head(unit_id: int, tree: Tree) -> str:
    return ", ".join(tree.heads.get(unit_id, []))


def _holders(tree: Tree) -> list[dict[str, Any]]:
    """Every unit that holds a part: how many it leads, in how many it takes part, how many late."""
    found: dict[str, dict[str, Any]] = {}

    def of(unit: str) -> dict[str, Any]:
        return found.setdefault(unit, {"unit": unit, "leads": 0, "shares": 0, "late": 0})

    for _depth, part in tree.rows():
        of(str(part.entry.unit))["leads"] += 1
        for unit in part.co_units:
            of(unit)["shares"] += 1
        for one in part.owed:
            of(str(one.unit))["late"] += one.state == State.OPEN_LATE
    return sorted(found.values(), key=lambda one: (-one["leads"], -one["shares"], one["unit"]))


def _line(tree: Tree, holders: list[Any], sight: Sight) -> str:
    n = len(holders)
    units = ngettext("%(n)s đơn vị giữ một phần", "%(n)s đơn vị giữ một phần", n) % {"n": n}
    known = (
        _("hết ngày %(day)s") % {"day": dates.day(sight.day)}
        if sight.past
        else dates.moment(sight.at)
    )
    late = sum(one["late"] for one in holders)
    return _("%(units)s, %(parts)s nội dung, %(late)s việc quá hạn; tính đến %(known)s") % {
        "units": units,
        "parts": numbers.number(len(tree.rows())),
        "late": numbers.number(late),
        "known": known,
    }


@require_GET
def responsibility_file(request: HttpRequest) -> FileResponse | HttpResponseRedirect:
    """GET /bang/trach-nhiem/xuat.xlsx: one line for each duty of the tree; without ``goc``, to
    where one is chosen."""
    sight = work.sight_of(request)
    tree = _tree(request, sight)
    if tree is None:
        messages.error(request, _("Chọn một mục làm gốc trước khi xuất."))
        return redirect("desk:board-responsibility")
    lines = []
    for depth, part in tree.rows():
        head = [depth, _name(part), part.title, str(part.entry.unit), "; ".join(part.co_units)]
        owed = part.owed or [None]
        for one in owed:
            lines.append(
                [
                    *head,
                    *(
                        [one.duty, str(one.unit), one.person.full_name if one.person else "",
                         one.product or one.expected,
                         dates.local_day(one.due_then) if one.due_then else None,
                         str(State(one.state).label)]
                        if one
                        else [""] * 6
                    ),
                ]
            )  # fmt: skip
    sheet = Sheet(
        name=_("Bản đồ trách nhiệm"),
        title=f"{_name(tree.root)}: {tree.root.title}",
        notes=[_("Chỉ %(most)s nội dung đầu.") % {"most": responsibility.MOST}] if tree.cut else [],
        columns=[
            _("Bậc"), _("Mục"), _("Nội dung"), _("Đơn vị chủ trì"), _("Đơn vị phối hợp"), _("Việc"),
            _("Đơn vị thực hiện"), _("Người phụ trách"), _("Sản phẩm"), _("Thời hạn"), _("Tình trạng"),
        ],
        rows=lines,
    )  # fmt: skip
    return as_xlsx(f"trach-nhiem-{tree.root.entry.pk}.xlsx", [sheet])
