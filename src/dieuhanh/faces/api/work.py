"""Work of the caller across registers: the filters and counts of the page, values instead of prose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from dieuhanh.faces.desk.moments import EARLIEST
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.tracking import queries
from dieuhanh.kernel.tracking.queries import Due, Place, Side, Sight

LARGEST_PAGE = 200
router = Router()


class WorkOut(Schema):
    id: int
    entry: int
    register_code: str
    title: str
    duty: str
    unit: str
    person: str | None
    due_at: datetime | None
    due: str
    state: str


class CountOut(Schema):
    side: str
    due: str
    register_code: str
    count: int


class WorkPage(Schema):
    as_of: datetime
    soon_until: date
    total: int
    counts: list[CountOut]
    obligations: list[WorkOut]
    next: str | None
    previous: str | None


@router.get("/my-work", response=WorkPage)
def my_work(
    request: HttpRequest, side: Side = Side.UNIT, due: Due | None = None, register_code: str = "",
    as_of: date | None = Query(None, ge=date(EARLIEST, 1, 1)), after: str = "", before: str = "", size: int = 50,
) -> dict[str, Any]:  # fmt: skip
    """What is open on one side of the caller, the most pressing first; ``counts`` are of all sides.

    ``as_of`` a past day shows the end of it. ``next`` and ``previous`` are what to ask for by
    ``after`` and ``before``.

    Raises:
        Http404: there is no such register.
    """
    person: Any = request.user
    if register_code and register_code not in {one.code for one in registry.all_registers()}:
        raise Http404
    past = as_of is not None and as_of < clock.today()
    at = clock.end_of(as_of) if past and as_of else clock.now()
    sight = Sight(person, at, past)
    tally = queries.tally(sight)
    rows = queries.open_work(sight, side)
    if due:
        rows = rows.filter(queries.due_within(due, sight, tally.soon_until))
    if register_code:
        rows = rows.filter(entry__register=register_code)
    found = queries.page(
        rows, sight, size=max(1, min(size, LARGEST_PAGE)),
        after=Place.parse(after), before=Place.parse(before),
    )  # fmt: skip
    return {
        "as_of": at,
        "soon_until": tally.soon_until,
        "total": tally.count(side, due or "", register_code),
        "counts": [
            {"side": at, "due": group, "register_code": code, "count": n}
            for (at, group, code), n in sorted(tally.cells.items())
        ],
        "obligations": [
            {
                "id": one.pk,
                "entry": one.entry_id,
                "register_code": one.entry.register,
                "title": one.entry.title,
                "duty": one.duty,
                "unit": str(one.unit),
                "person": str(one.person) if one.person else None,
                "due_at": one.due_then,
                "due": str(queries.due_group(one, sight, tally.soon_until)),
                "state": str(one.state),
            }
            for one in found.rows
        ],
        "next": str(found.later) if found.later else None,
        "previous": str(found.earlier) if found.earlier else None,
    }
