"""The map of districts, coloured by a measure, and its table: the same numbers twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.boards import tiles
from dieuhanh.faces.desk.boards.booklet import Sheet, as_xlsx
from dieuhanh.faces.desk.boards.places import (
    UNIT,
    Counted,
    PlaceMeasure,
    behind,
    counted,
    offered,
    place_code,
)
from dieuhanh.faces.desk.entry import number_of
from dieuhanh.faces.desk.moments import days_of, moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor, page
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.identity.queries import districts_on
from dieuhanh.kernel.measures.model import Window
from dieuhanh.text import dates, numbers
from dieuhanh.text.fold import fold

SIZE = 50
BY_NAME = "ten"
#: Words before the own name of a district, left out on its tile.
KINDS_OF_DISTRICT = ("UBND quận ", "UBND huyện ", "UBND thị xã ")
COMMITTEE = "UBND "
#: Width and height of the outline beside the tiles.
LOCATOR = (150, 190)
CORNER = (0, 280)


@dataclass(frozen=True)
class Place:
    """One district with what was counted there; None where there are no figures at all."""

    unit: Unit
    full_name: str
    counted: Counted | None
    step: int
    url: str

    @property
    def code(self) -> str:
        return place_code(self.unit.code)

    @property
    def name(self) -> str:
        for kind in KINDS_OF_DISTRICT:
            if self.unit.name.startswith(kind):
                return self.unit.name.removeprefix(kind)
        return self.unit.name

    @property
    def shown(self) -> str:
        return numbers.number(self.counted.count if self.counted else None)


@dataclass(frozen=True)
class Board:
    """What the map, its table and its sheet are made of."""

    measure: PlaceMeasure
    window: Window
    places: list[Place]
    limits: list[int]
    elsewhere: int

    @property
    def known(self) -> bool:
        return any(one.counted for one in self.places)

    @property
    def values(self) -> list[int]:
        return [one.counted.count for one in self.places if one.counted]

    @property
    def total(self) -> int:
        return sum(self.values)


def _window(request: HttpRequest) -> Window:
    """This year so far unless given; never beyond the day that is asked for (``tinh-den``)."""
    day = moment_of(request).day
    start, end = days_of(request)
    end = min(end or day, day)
    start = start or date(end.year, 1, 1)
    return Window(min(start, end), end, day)


def _query(measure: PlaceMeasure, request: HttpRequest, **more: str) -> str:
    """The address of a board: what was chosen, and nothing that is the default."""
    kept = {name: request.GET.get(name, "") for name in ("tu", "den", "tinh-den", "xep")}
    known = {"so-lieu": measure.key, **kept, **more}
    return urlencode({name: value for name, value in known.items() if value})


def _chosen(request: HttpRequest, person: Person) -> PlaceMeasure:
    known = offered(person)
    return known.get(request.GET.get("so-lieu", "")) or next(iter(known.values()))


def _board(request: HttpRequest, person: Person, measure: PlaceMeasure) -> Board:
    window = _window(request)
    units = districts_on(window.cutoff)
    found = counted(person, measure, window)
    if not measure.at_cutoff and not any(one.count for one in found.values()):
        found = {}  # nothing at all was recorded in the window: that is not a zero of each
    values = (
        {one.code: found.get(place_code(one.code), Counted(0, 0)) for one in units} if found else {}
    )
    if measure.at_cutoff and measure.rows is not None and not found:
        values = {one.code: Counted(0, 0) for one in units}
    limits = tiles.limits_of([one.count for one in values.values()])
    places = [
        Place(
            unit,
            _full_name(measure, unit),
            values.get(unit.code),
            tiles.step_of(values[unit.code].count, limits) if unit.code in values else 0,
            _entries_url(measure, unit, request),
        )
        for unit in units
    ]
    own = {place_code(unit.code) for unit in units}
    elsewhere = sum(one.count for code, one in found.items() if code not in own)
    return Board(measure, window, _sorted(places, request), limits, elsewhere)


def _full_name(measure: PlaceMeasure, unit: Unit) -> str:
    """UBND quận Ba Đình for what its unit does, Quận Ba Đình for what happens there."""
    if measure.place == UNIT:
        return unit.name
    name = unit.name.removeprefix(COMMITTEE)
    return name[:1].upper() + name[1:]


def _sorted(places: list[Place], request: HttpRequest) -> list[Place]:
    if request.GET.get("xep") == BY_NAME:
        return sorted(places, key=lambda one: fold(one.name))
    return sorted(
        places, key=lambda one: (-(one.counted.count if one.counted else 0), fold(one.name))
    )


def _entries_url(measure: PlaceMeasure, unit: Unit, request: HttpRequest) -> str:
    base = reverse("desk:board-map-entries", args=[measure.key, place_code(unit.code)])
    kept = {name: request.GET.get(name, "") for name in ("tu", "den", "tinh-den")}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{base}?{query}" if query else base


def _period(measure: PlaceMeasure, window: Window) -> str:
    if measure.at_cutoff:
        return _("tính đến hết ngày %(day)s") % {"day": dates.day(window.cutoff)}
    return dates.span(window.start, window.cutoff)


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """GET /bang/ban-do/: ``so-lieu`` measure, ``tu``, ``den``, ``tinh-den``, ``xep`` order."""
    person: Person = request.user  # type: ignore[assignment]
    board = _board(request, person, _chosen(request, person))
    width, height = tiles.frame()
    context = {
        "title": _("Bản đồ quận, huyện"),
        "line": f"{board.measure.label}; {_period(board.measure, board.window)}",
        "actions": [
            {
                "label": _("Xuất XLSX"),
                "url": f"{reverse('desk:board-map-file')}?{_query(board.measure, request)}",
                "icon": "file-type-xls",
            }
        ],
        "filters": _filters(request, person, board),
        "sentence": _sentence(board),
        "tiles": _drawn(board),
        "width": width,
        "height": height,
        "outline": tiles.outline(*LOCATOR),
        "corner": CORNER,
        "locator_foot": CORNER[1] + LOCATOR[1] + 22,
        "legend": _legend(board),
        "known": board.known,
        "definition": board.measure.definition,
        "columns": _columns(board, request),
        "rows": [_row(board, one) for one in board.places],
        "foot": _foot(board),
        "hidden": _hidden_words(board),
        "crumbs": with_crumbs((_("Bản đồ quận, huyện"), None)),
    }
    return render(request, "desk/board_map.html", context)


def _filters(request: HttpRequest, person: Person, board: Board) -> dict[str, Any]:
    window, moment = board.window, moment_of(request)
    return {
        "action": request.path,
        "label": _("Chọn số liệu của bản đồ"),
        "search": None,
        "selects": [
            {
                "name": "so-lieu",
                "label": _("Số liệu"),
                "options": [
                    {"value": key, "label": one.label, "selected": key == board.measure.key}
                    for key, one in offered(person).items()
                ],
            }
        ],
        "days": [
            *(
                []
                if board.measure.at_cutoff
                else [{"name": "tu", "label": _("Từ"), "value": dates.day(window.start)}]
            ),
            {"name": "den", "label": _("Đến"), "value": dates.day(window.end)},
            {
                "name": "tinh-den",
                "label": _("tính đến"),
                "value": dates.day(moment.day) if moment.past else "",
            },
        ],
        "keep": [("xep", BY_NAME)] if request.GET.get("xep") == BY_NAME else [],
    }


def _sentence(board: Board) -> str:
    """What is to be seen: how much in all, and where most of it is."""
    if not board.places:
        return _(
            "Ngày %(day)s danh mục đơn vị không có cấp huyện; chưa có bản đồ của phường, xã."
        ) % {"day": dates.day(board.window.cutoff)}
    if not board.known:
        return _("Chưa có số liệu theo quận, huyện.") + " " + str(board.measure.definition)
    if not board.total:
        return _("Không quận, huyện nào có %(noun)s.") % {"noun": board.measure.noun}
    most = max(one.counted.count for one in board.places if one.counted)
    first = [one.full_name for one in board.places if one.counted and one.counted.count == most]
    where = ", ".join(first[:3]) if len(first) <= 3 else _("%(n)s quận, huyện") % {"n": len(first)}
    return _("Nhiều nhất: %(where)s, %(most)s %(noun)s.") % {
        "where": where,
        "most": numbers.number(most),
        "noun": board.measure.noun,
    }


def _drawn(board: Board) -> list[dict[str, Any]]:
    """Tiles in reading order of the map, so that the Tab key goes row by row."""
    known = tiles.tiles()
    found = []
    for one in board.places:
        tile = known.get(one.code)
        if tile is None:
            continue
        found.append(
            {
                "place": (tile.row, tile.column),
                "x": tile.x,
                "y": tile.y,
                "middle": tile.x + tiles.WIDTH // 2,
                "name_y": tile.y + 23,
                "figure_y": tile.y + 45,
                "width": tiles.WIDTH,
                "height": tiles.HEIGHT,
                "name": one.name,
                "shown": one.shown if one.counted else _("chưa có"),
                "css": f"step-{one.step}" if one.counted else "step-none",
                "url": one.url if one.counted and one.counted.count else "",
                "spoken": _spoken(board, one),
            }
        )
    return sorted(found, key=lambda one: one["place"])  # type: ignore[arg-type, return-value]


def _spoken(board: Board, one: Place) -> str:
    if one.counted is None:
        return f"{one.full_name}: {one.shown}"
    return f"{one.full_name}: {one.shown} {board.measure.noun}, {_step_words(one.step)}"


def _step_words(step: int) -> str:
    return _("bậc %(n)s trên 5") % {"n": step} if step else _("bằng 0")


def _legend(board: Board) -> list[dict[str, Any]]:
    return [
        {
            "css": f"step-{one.number}",
            "words": numbers.number(one.lowest)
            if one.lowest == one.highest
            else f"{numbers.number(one.lowest)} – {numbers.number(one.highest)}",
            "units": ngettext("(%(n)s quận, huyện)", "(%(n)s quận, huyện)", one.units)
            % {"n": one.units},
        }
        for one in reversed(tiles.legend(board.values, board.limits))
    ]


# The table --------------------------------------------------------------------------------------


def _columns(board: Board, request: HttpRequest) -> list[dict[str, Any]]:
    by_name = request.GET.get("xep") == BY_NAME
    base = reverse("desk:board-map")
    return [
        {
            "label": _("Quận, huyện, thị xã"),
            "url": f"{base}?{_query(board.measure, request, xep=BY_NAME)}",
            "sorted": "ascending" if by_name else "",
        },
        {
            "label": _("Số"),
            "numeric": True,
            "url": f"{base}?{_query(board.measure, request, xep='so')}",
            "sorted": "" if by_name else "descending",
        },
        {"label": _("Bậc"), "numeric": True},
    ]


def _row(board: Board, one: Place) -> dict[str, Any]:
    most = max(board.values, default=0)
    has = one.counted is not None and one.counted.count
    return {
        "name": one.full_name,
        "url": one.url if has else "",
        "shown": one.shown,
        "known": one.counted is not None,
        "step": one.step or "",
        "share": one.counted.count / most if one.counted and most else None,
    }


def _foot(board: Board) -> list[tuple[str, str]]:
    """How the districts add up with the rest, where adding says something."""
    if not board.known or board.measure.several:
        return []
    lines = [(_("Cộng các quận, huyện"), numbers.number(board.total))]
    if board.elsewhere:
        lines.append((_("Đơn vị khác (sở, ngành)"), numbers.number(board.elsewhere)))
        lines.append((_("Toàn Thành phố"), numbers.number(board.total + board.elsewhere)))
    return lines


def _hidden_words(board: Board) -> str:
    hidden = sum(one.counted.hidden for one in board.places if one.counted)
    if not hidden:
        return ""
    return ngettext(
        "%(hidden)s mục được đếm nhưng không thuộc quyền xem.",
        "%(hidden)s mục được đếm nhưng không thuộc quyền xem.",
        hidden,
    ) % {"hidden": numbers.number(hidden)}


@require_GET
def map_file(request: HttpRequest) -> FileResponse:
    """GET /bang/ban-do/xuat.xlsx: the table of the map."""
    person: Person = request.user  # type: ignore[assignment]
    board = _board(request, person, _chosen(request, person))
    rows: list[list[Any]] = [
        [one.code, one.full_name, one.counted.count, one.step]
        if one.counted
        else [one.code, one.full_name, _("chưa có số liệu"), None]
        for one in board.places
    ]
    sheet = Sheet(
        name=_("Bản đồ quận, huyện"),
        title=f"{board.measure.label}; {_period(board.measure, board.window)}",
        notes=[str(board.measure.definition), _steps_note()],
        columns=[_("Mã"), _("Quận, huyện, thị xã"), _("Số"), _("Bậc")],
        rows=rows,
    )
    return as_xlsx(f"ban-do-{board.measure.key}.xlsx", [sheet])


def _steps_note() -> str:
    return _(
        "Năm bậc, mỗi bậc gần bằng nhau về số quận, huyện; số bằng nhau ở cùng một bậc; số 0 đứng "
        "riêng."
    )


# The entries behind a tile ------------------------------------------------------------------------


@require_GET
def map_entries(request: HttpRequest, measure: str, code: str) -> HttpResponse:
    """GET /bang/ban-do/<measure>/<code>/: the entries behind one tile, keyset-paged."""
    person: Person = request.user  # type: ignore[assignment]
    chosen = offered(person).get(measure)
    window = _window(request)
    unit = next((one for one in districts_on(window.cutoff) if place_code(one.code) == code), None)
    if chosen is None or unit is None or chosen.rows is None:
        raise Http404(_("Không có số liệu này của quận, huyện này."))
    entries = behind(person, chosen, window, unit)
    after, before = (Cursor.parse(request.GET.get(name, "")) for name in ("sau", "truoc"))
    found = page(entries.select_related("unit"), size=SIZE, after=after, before=before, prefix="")
    total = entries.count()
    query = _query(chosen, request)
    here = {name: value for name, value in request.GET.items() if name in ("tu", "den", "tinh-den")}
    context = {
        "title": f"{_full_name(chosen, unit)}: {str(chosen.label)[:1].lower()}{str(chosen.label)[1:]}",
        "line": _("%(count)s mục; %(period)s")
        % {"count": numbers.number(total), "period": _period(chosen, window)},
        "columns": [
            {"label": _("Số"), "numeric": True, "width_class": "w-number"},
            {"label": _("Ngày"), "numeric": True, "width_class": "w-date"},
            {"label": _("Nội dung"), "width_class": "w-title"},
            {"label": _("Đơn vị"), "width_class": "w-unit"},
        ],
        "rows": [_entry_row(entry) for entry in found.rows],
        "pager": {
            "words": _("%(shown)s mục trong %(total)s. Danh sách không bị cắt.")
            % {"shown": len(found.rows), "total": numbers.number(total)},
            "older_url": f"?{urlencode({**here, 'sau': found.older})}" if found.older else "",
            "newer_url": f"?{urlencode({**here, 'truoc': found.newer})}" if found.newer else "",
        },
        "empty": _("Không có mục nào thuộc quyền xem."),
        "crumbs": with_crumbs(
            (_("Bản đồ quận, huyện"), f"{reverse('desk:board-map')}?{query}"),
            (_full_name(chosen, unit), None),
        ),
    }
    return render(request, "desk/board_map_entries.html", context)


def _entry_row(entry: Entry) -> dict[str, Any]:
    url = reverse("desk:entry", args=[registry.get(entry.register).slug, entry.pk])
    return {
        "url": url,
        "cells": [
            {"kind": "number", "text": number_of(entry), "url": url},
            {"kind": "date", "text": dates.day(entry.opened_on)},
            {
                "kind": "title",
                "text": entry.title or _("Văn bản mật, không có trích yếu"),
                "sub": registry.get(entry.register).label,
                "url": url,
            },
            {"kind": "unit", "text": entry.unit.name},
        ],
    }
