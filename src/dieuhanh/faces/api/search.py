"""The search of the pages, with values: entries of all registers, units and figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from dieuhanh.faces.desk import finding
from dieuhanh.faces.desk.moments import window_of
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.search import queries
from dieuhanh.kernel.search.queries import Count, Narrowed, Place
from dieuhanh.kernel.search.reading import read
from dieuhanh.kernel.search.units import FoundUnit

LARGEST_PAGE = 200
router = Router()


class FoundEntryOut(Schema):
    id: int
    register_code: str
    number: int
    year: int
    title: str
    unit: str
    opened_on: date


class FoundUnitOut(Schema):
    """``ended_on`` and ``heirs``: the unit no longer stands, and who took over."""

    id: int
    name: str
    ended_on: date | None
    heirs: list[str]


class FoundFigureOut(Schema):
    label: str
    url: str


class FacetOut(Schema):
    """``at_least``: there may be more; counting ends a little after 1,000."""

    value: str
    count: int
    at_least: bool


class SearchOut(Schema):
    """``exact``: of the very number or symbol that was asked for, on the first page only."""

    total: FacetOut
    exact: list[FoundEntryOut]
    entries: list[FoundEntryOut]
    units: list[FoundUnitOut]
    figures: list[FoundFigureOut]
    registers: list[FacetOut]
    years: list[FacetOut]
    next: str | None
    previous: str | None


@router.get("/search", response=SearchOut)
def find(
    request: HttpRequest, q: str = "", register_code: str = "", year: int | None = Query(None, ge=1900, le=2999),
    unit: int | None = Query(None, ge=1, lt=2**31), after: str = "", before: str = "", size: int = 50,
) -> dict[str, Any]:  # fmt: skip
    """What the caller may open and ``q`` finds: exact numbers and symbols, then words, then age.

    ``next`` and ``previous`` are what to ask for by ``after`` and ``before``.

    Raises:
        Http404: there is no such register.
    """
    person: Any = request.user
    registers = {one.code: one for one in registry.all_registers()}
    if register_code and register_code not in registers:
        raise Http404
    asked, narrowed = read(q), Narrowed(registers.get(register_code), year, unit)
    found = queries.search(
        person, asked, size=max(1, min(size, LARGEST_PAGE)), narrowed=narrowed,
        after=Place.parse(after), before=Place.parse(before),
    )  # fmt: skip
    return {
        "total": _facet("", found.facets.total),
        "exact": [_entry(one) for one in found.exact],
        "entries": [_entry(one) for one in found.rows],
        "units": [_unit(one) for one in found.units],
        "figures": [
            {"label": one.label, "url": one.url}
            for one in finding.of_figures(asked, window_of(request))
        ],
        "registers": [_facet(code, n) for code, n in sorted(found.facets.registers.items())],
        "years": [_facet(str(each), n) for each, n in sorted(found.facets.years.items())],
        "next": str(found.older) if found.older else None,
        "previous": str(found.newer) if found.newer else None,
    }


def _facet(value: str, count: Count) -> dict[str, Any]:
    most = queries.MOST_COUNTED + 1
    return {"value": value, "count": min(count.n, most), "at_least": count.at_least or count.many}


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "id": one.pk,
        "register_code": one.register,
        "number": one.number,
        "year": one.year,
        "title": one.title,
        "unit": one.unit.name,
        "opened_on": one.opened_on,
    }


def _unit(one: FoundUnit) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "ended_on": one.ended_on,
        "heirs": [heir.name for heir in one.heirs],
    }
