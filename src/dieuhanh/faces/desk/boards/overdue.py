"""What is late, with whom, and since when: by unit, opened down to the entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk import work
from dieuhanh.faces.desk.boards.booklet import Sheet, as_xlsx
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.identity.models import Unit, UnitKind
from dieuhanh.kernel.tracking import overdue, queries
from dieuhanh.kernel.tracking.overdue import LONG, VERY_LONG, Owed, Which
from dieuhanh.kernel.tracking.queries import Place, Sight
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text import dates, numbers

FILTERS = ("so", "cap", "xep", "tinh-den")
#: ``?don-vi=`` of the row that holds all units.
ALL = "tat-ca"
SIZE = 20
#: ``?xem=``: which work of the opened unit.
VIEWS = {"qua-han": Which.LATE, "sap-den-han": Which.SOON, "chua-xong": Which.OPEN}
#: Units on the one page that is printed; a sentence says how many more there are.
MOST_PRINTED = 20
#: Names of units in a tile; the rest is told by its number.
MOST_IN_TILE = 2
#: The orders of ``?xep=``; the first is the default. No ranking of people.
ORDERS: dict[str, tuple[Any, Callable[[Owed], Any]]] = {
    "nhieu": (gettext_lazy("Nhiều việc quá hạn nhất trước"), lambda one: (-one.late, -one.open)),
    "lau": (
        gettext_lazy("Quá hạn lâu nhất trước"),
        lambda one: (one.oldest is None, one.oldest, -one.late),
    ),
    "ty-le": (
        gettext_lazy("Tỷ lệ quá hạn cao nhất trước"),
        lambda one: (-one.late / max(one.open, 1), -one.late),
    ),
}


def _url(request: HttpRequest, **changes: str) -> str:
    query = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    for name, value in changes.items():
        query.pop(name.replace("_", "-"), None)
        if value:
            query[name.replace("_", "-")] = value
    base = reverse("desk:board-overdue")
    return f"{base}?{urlencode(query)}" if query else base


class Board:
    """The figures of one request: every unit's row, narrowed by register and level."""

    def __init__(self, request: HttpRequest) -> None:
        self.sight = work.sight_of(request)
        known = {one.code: one for one in registry.all_registers()}
        slug = request.GET.get("so", "")
        self.register = next((code for code, one in known.items() if one.slug == slug), "")
        self.level = request.GET.get("cap", "")
        self.order = request.GET.get("xep", "")
        if self.order not in ORDERS:
            self.order = next(iter(ORDERS))
        self.calendar = calendar()
        cells = overdue.by_unit(self.sight)
        self.units = overdue.units_named(one.unit_id for one in cells)
        if self.level in UnitKind.values:
            cells = [one for one in cells if self.units[one.unit_id].kind == self.level]
        self.by_register = self._summed(cells, lambda one: one.register, by="register")
        if self.register:
            cells = [one for one in cells if one.register == self.register]
        rows = self._summed(cells, lambda one: one.unit_id, by="unit_id")
        self.rows = sorted(rows, key=ORDERS[self.order][1])
        self.all = overdue.total(cells)

    @staticmethod
    def _summed(cells: list[Owed], key: Callable[[Owed], Any], *, by: str) -> list[Owed]:
        groups: dict[Any, list[Owed]] = defaultdict(list)
        for one in cells:
            groups[key(one)].append(one)
        return [overdue.total(found, **{by: value}) for value, found in groups.items()]

    def days_late(self, one: Owed) -> int:
        """Working days since the earliest deadline that passed."""
        if one.oldest is None:
            return 0
        return self.calendar.working_days(dates.local_day(one.oldest), self.sight.day)


def _share(one: Owed) -> str:
    return numbers.percent(one.late * 100 / one.open) if one.open else ""


def _known(sight: Sight) -> str:
    if sight.past:
        return _("hết ngày %(day)s") % {"day": dates.day(sight.day)}
    return dates.moment(sight.at)


def _days(count: int) -> str:
    return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", count) % {
        "n": numbers.number(count)
    }


@require_GET
def overdue_page(request: HttpRequest) -> HttpResponse:
    """GET /bang/qua-han/: ``so`` a register, ``cap`` a level, ``xep`` an order, ``don-vi`` opened."""
    board = Board(request)
    opened = request.GET.get("don-vi", "")
    late = [one for one in board.rows if one.late]
    rows = [_row(request, board, one, opened) for one in board.rows]
    context = {
        "title": _("Quá hạn theo đơn vị"),
        "line": _("Việc chưa hoàn thành mà đã quá hạn, tính đến %(known)s")
        % {"known": _known(board.sight)},
        "actions": [
            {
                "label": _("Xuất XLSX"),
                "url": reverse("desk:board-overdue-file") + _url(request).partition("/qua-han/")[2],
                "icon": "file-type-xls",
            }
        ],
        "tiles": _tiles(request, board, late),
        "filters": _filters(request, board),
        "rows": rows,
        "printed": MOST_PRINTED,
        "unprinted": max(len(rows) - MOST_PRINTED, 0),
        "top": max((one.late for one in board.rows), default=0),
        "foot": _row(request, board, board.all, opened, whole=True),
        "fields": [
            {
                "label": registry.get(one.register).label,
                "open": one.open,
                "late": one.late,
                "share": _share(one),
                "days": board.days_late(one),
                "url": _url(request, so=registry.get(one.register).slug),
                "current": one.register == board.register,
            }
            for one in sorted(board.by_register, key=lambda one: (-one.late, -one.open))
        ],
        "long": LONG,
        "very_long": VERY_LONG,
        "as_of": dates.day(board.sight.day),
        "work": _opened(request, board, opened) if opened else None,
        "picks": "" if board.sight.past else work.PICKS,
        "crumbs": with_crumbs((_("Quá hạn theo đơn vị"), None)),
    }
    return render(request, "desk/board_overdue.html", context)


def _row(
    request: HttpRequest, board: Board, one: Owed, opened: str, *, whole: bool = False
) -> dict[str, Any]:
    key = ALL if whole else str(one.unit_id)
    name = _("Tất cả đơn vị") if whole else str(board.units[one.unit_id])
    young, middle, old = one.ages
    return {
        "id": f"don-vi-{key}",
        "name": name,
        "url": _url(request, don_vi="" if opened == key else key) + f"#don-vi-{key}",
        "open_url": _url(request, don_vi=key, xem="chua-xong") + f"#don-vi-{key}",
        "late_url": _url(request, don_vi=key) + f"#don-vi-{key}",
        "opened": opened == key,
        "open": one.open,
        "late": one.late,
        "share": _share(one),
        "ages": one.ages,
        "ages_words": _(
            "%(young)s việc quá hạn đến %(long)s ngày làm việc, %(middle)s việc đến %(very)s ngày, "
            "%(old)s việc lâu hơn"
        )
        % {"young": young, "middle": middle, "old": old, "long": LONG, "very": VERY_LONG},
        "days": board.days_late(one),
        "since": dates.day(one.oldest) if one.oldest else "",
    }


def _tiles(request: HttpRequest, board: Board, late: list[Owed]) -> list[dict[str, Any]]:
    first = min((one.oldest for one in late if one.oldest), default=None)
    oldest = [one for one in late if one.oldest == first]
    old = [one for one in late if one.very_long]
    soon = [one for one in board.rows if one.soon]
    units = lambda n: ngettext("%(n)s đơn vị", "%(n)s đơn vị", n) % {"n": n}  # noqa: E731
    return [
        {
            "label": _("Quá hạn, trên số chưa xong"),
            "figure": numbers.number(board.all.late),
            "of": "/ " + numbers.number(board.all.open),
            "words": f"{_share(board.all)}; {units(len(late))}" if board.all.open else "",
            "url": _url(request, don_vi=ALL) + f"#don-vi-{ALL}",
        },
        {
            "label": _("Quá hạn lâu nhất"),
            "figure": _days(board.days_late(oldest[0])) if oldest else "0",
            "of": "",
            "words": _named(board, oldest),
            "url": _url(request, xep="lau", don_vi=(key := _key_of(oldest))) + f"#don-vi-{key}"
            if oldest
            else "",
        },
        {
            "label": _("Quá hạn trên %(days)s ngày làm việc") % {"days": VERY_LONG},
            "figure": numbers.number(board.all.very_long),
            "of": _("việc"),
            "words": units(len(old)),
            "url": _url(request, xep="lau", don_vi=ALL) + f"#don-vi-{ALL}",
        },
        {
            "label": _("Sẽ đến hạn trong 3 ngày làm việc"),
            "figure": numbers.number(board.all.soon),
            "of": _("việc"),
            "words": units(len(soon)),
            "url": _url(request, don_vi=ALL, xem="sap-den-han") + f"#don-vi-{ALL}",
        },
    ]


def _key_of(rows: list[Owed]) -> str:
    """The row that opens on the work of these: their own, or that of all units."""
    return str(rows[0].unit_id) if len(rows) == 1 else ALL


def _named(board: Board, rows: list[Owed]) -> str:
    """The unit, or two of several with the same deadline."""
    names = [str(board.units[one.unit_id]) for one in rows]
    more = len(names) - MOST_IN_TILE
    if more <= 0:
        return "; ".join(names)
    told = ngettext("và %(n)s đơn vị khác", "và %(n)s đơn vị khác", more) % {"n": more}
    return f"{'; '.join(names[:MOST_IN_TILE])} {told}"


def _filters(request: HttpRequest, board: Board) -> dict[str, Any]:
    registers = [
        one
        for one in registry.all_registers()
        if policies.may_read(request.user, one)  # type: ignore[arg-type]
    ]
    chosen = request.GET.get("so", "")
    levels = sorted({unit.kind for unit in board.units.values()})
    return {
        "action": request.path,
        "label": _("Lọc bảng quá hạn"),
        "search": None,
        "selects": [
            {
                "name": "so",
                "label": _("Loại việc"),
                "options": [{"value": "", "label": _("Mọi loại việc"), "selected": not chosen}]
                + [
                    {"value": one.slug, "label": one.label, "selected": one.slug == chosen}
                    for one in registers
                ],
            },
            {
                "name": "cap",
                "label": _("Cấp đơn vị"),
                "options": [{"value": "", "label": _("Mọi cấp"), "selected": not board.level}]
                + [
                    {
                        "value": level,
                        "label": UnitKind(level).label,
                        "selected": level == board.level,
                    }
                    for level in levels
                ],
            },
            {
                "name": "xep",
                "label": _("Sắp xếp"),
                "options": [
                    {"value": name, "label": label, "selected": name == board.order}
                    for name, (label, _key) in ORDERS.items()
                ],
            },
        ],
        "days": [
            {
                "name": "tinh-den",
                "label": _("tính đến"),
                "value": dates.day(board.sight.day) if board.sight.past else "",
            }
        ],
        "keep": [],
        "words": [],
        "clear_url": "",
    }


def _opened(request: HttpRequest, board: Board, opened: str) -> dict[str, Any] | None:
    """The late work of the opened unit, the oldest first, page by page."""
    if opened != ALL and not (opened.isdecimal() and int(opened) in board.units):
        return None
    unit = None if opened == ALL else int(opened)
    view = request.GET.get("xem", "")
    which = VIEWS.get(view, Which.LATE)
    kept = {"don_vi": opened, "xem": view if view in VIEWS else ""}
    rows = overdue.work_of(board.sight, which, unit, board.register)
    if board.level in UnitKind.values:
        rows = rows.filter(unit__kind=board.level)
    found = queries.page(
        rows, board.sight, size=SIZE, after=Place.parse(request.GET.get("sau", ""))
    )
    return {
        "rows": [work.row_of(one, board.sight) for one in found.rows],
        "unit": str(board.units[unit]) if unit else _("tất cả đơn vị"),
        "which": which.label,
        "later_url": _url(request, **kept, sau=str(found.later)) + f"#don-vi-{opened}"
        if found.later
        else "",
        "first_url": _url(request, **kept) + f"#don-vi-{opened}" if request.GET.get("sau") else "",
    }


@require_GET
def overdue_file(request: HttpRequest) -> FileResponse:
    """GET /bang/qua-han/xuat.xlsx: the units of the board, whole."""
    board = Board(request)
    rows = [*board.rows, board.all]
    sheet = Sheet(
        name=_("Quá hạn theo đơn vị"),
        title=_("Quá hạn theo đơn vị, tính đến %(known)s") % {"known": _known(board.sight)},
        notes=[
            str(registry.get(board.register).label) if board.register else _("Mọi loại việc"),
        ],
        columns=[
            _("Đơn vị"), _("Chưa xong"), _("Quá hạn"), _("Tỷ lệ quá hạn (%)"),
            _("Quá hạn đến %(n)s ngày làm việc") % {"n": LONG},
            _("Quá hạn %(from)s đến %(to)s ngày") % {"from": LONG + 1, "to": VERY_LONG},
            _("Quá hạn trên %(n)s ngày") % {"n": VERY_LONG},
            _("Lâu nhất (ngày làm việc)"), _("Hạn sớm nhất đã qua"),
        ],
        rows=[
            [str(_unit_of(board, one)), one.open, one.late,
             round(one.late * 100 / one.open, 1) if one.open else None, *one.ages,
             board.days_late(one), dates.local_day(one.oldest) if one.oldest else None]
            for one in rows
        ],
    )  # fmt: skip
    return as_xlsx(f"qua-han-{board.sight.day.isoformat()}.xlsx", [sheet])


def _unit_of(board: Board, one: Owed) -> Unit | str:
    return board.units.get(one.unit_id, _("Tất cả đơn vị"))
