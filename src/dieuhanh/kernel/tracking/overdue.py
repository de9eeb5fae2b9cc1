"""Open work by the unit that owes it and the register it stands in: what is late, and since when.

Counts what whoever looks may open, as of any moment, in one statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Handover, Obligation
from dieuhanh.kernel.obligations.queries import owed_by
from dieuhanh.kernel.tracking.queries import SOON_DAYS, Sight, open_seen
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, Calendar
from dieuhanh.kernel.workdays.queries import calendar

#: Working days late after which work counts as late for long, and for very long.
LONG, VERY_LONG = 5, 15


@dataclass(frozen=True)
class Owed:
    """Open work of one unit in one register, or a sum of several."""

    unit_id: int
    register: str
    open: int
    late: int
    long: int  # late for more than `LONG` working days
    very_long: int
    soon: int
    oldest: datetime | None  # the earliest deadline that passed

    @property
    def ages(self) -> tuple[int, int, int]:
        """Late by up to `LONG`, up to `VERY_LONG`, and more working days."""
        return self.late - self.long, self.long - self.very_long, self.very_long


def total(rows: Iterable[Owed], unit_id: int = 0, register: str = "") -> Owed:
    """The sum of several, named by what they have in common."""
    found = list(rows)
    oldest = [one.oldest for one in found if one.oldest]
    sums = {name: sum(getattr(one, name) for one in found) for name in COUNTED}
    return Owed(unit_id, register, oldest=min(oldest, default=None), **sums)


COUNTED = ("open", "late", "long", "very_long", "soon")


def unit_as_of(moment: datetime) -> Combinable:
    """The unit that owed an obligation at ``moment``: before the first handover that came later."""
    later = Handover.objects.filter(at__gt=moment)
    first = later.filter(obligation=OuterRef("pk")).order_by("at", "pk")
    return Case(
        When(pk__in=later.values("obligation"), then=Subquery(first.values("from_unit")[:1])),
        default=F("unit"),
        output_field=BigIntegerField(),
    )


def _late(sight: Sight) -> Q:
    return Q(due_then__lt=sight.at, paused=False)


def _days(sight: Sight) -> Calendar | None:
    """The calendar; None before it begins, when there was no work either."""
    return calendar() if sight.day.year >= FIRST_YEAR else None


def _soon(sight: Sight, days: Calendar | None) -> Q:
    until = clock.end_of(days.add_working(sight.day, SOON_DAYS) if days else sight.day)
    return Q(due_then__gte=sight.at, due_then__lte=until, paused=False)


def by_unit(
    sight: Sight, days: Calendar | None = None, units: Collection[int] | None = None
) -> list[Owed]:
    """One row for each unit and register with open work.

    Args:
        days: the calendar, where it is at hand; read otherwise.
        units: only of these; of all unless given.
    """
    days = days or _days(sight)
    owed = open_seen(sight).order_by()
    if units is not None:
        owed = owed.filter(owed_by(units, sight.at) if sight.past else Q(unit_id__in=units))

    def ago(count: int) -> Q:
        """Late for more than ``count`` working days."""
        if days is None:
            return Q(pk=None)
        return _late(sight) & Q(due_then__lt=clock.start_of(days.add_working(sight.day, -count)))

    rows: Any = owed.values(
        owing=unit_as_of(sight.at) if sight.past else F("unit"), code=F("entry__register")
    ).annotate(
        open=Count("*"),
        late=Count("pk", filter=_late(sight)),
        long=Count("pk", filter=ago(LONG)),
        very_long=Count("pk", filter=ago(VERY_LONG)),
        soon=Count("pk", filter=_soon(sight, days)),
        oldest=Min("due_then", filter=_late(sight)),
    )
    return [
        Owed(
            row["owing"], row["code"], oldest=row["oldest"], **{name: row[name] for name in COUNTED}
        )
        for row in rows
    ]


class Which(models.TextChoices):
    """Which open work of the board is meant."""

    LATE = "late", _("quá hạn")
    SOON = "soon", _("sắp đến hạn")
    OPEN = "open", _("chưa xong")


def work_of(
    sight: Sight, which: str, unit_id: int | None = None, register: str = ""
) -> QuerySet[Any]:
    """The obligations behind a figure of the board, of one unit or of all: for `queries.page`."""
    rows: QuerySet[Obligation] = open_seen(sight)
    match Which(which):
        case Which.LATE:
            rows = rows.filter(_late(sight))
        case Which.SOON:
            rows = rows.filter(_soon(sight, _days(sight)))
    if unit_id is not None:
        rows = rows.annotate(owing=unit_as_of(sight.at)) if sight.past else rows
        rows = rows.filter(**{"owing" if sight.past else "unit_id": unit_id})
    return rows.filter(entry__register=register) if register else rows


def units_named(ids: Iterable[int]) -> dict[int, Unit]:
    """Units by number."""
    return Unit.objects.in_bulk(set(ids))
