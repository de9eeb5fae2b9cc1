"""What others changed on a person's work since the end of the last working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.policies import visible
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.tracking.queries import Sight
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, Calendar

#: Newest lines that are looked at; older ones stand in the story of each entry.
MOST_READ = 500


@dataclass(frozen=True)
class Changes:
    """Lines of the journal, newest first.

    Attributes:
        rows: lines with ``mine``: ``register`` and ``title`` of their entry.
        more: whether there are more than were asked for.
    """

    since: datetime
    rows: list[Any]
    more: bool


def last_working_day(day: date, days: Calendar | None) -> date:
    """The working day before ``day``; the day before where there is no calendar."""
    before = day - timedelta(1)
    if days is None or before.year < FIRST_YEAR:
        return before
    return days.working_or_previous(before)


def changes(sight: Sight, days: Calendar | None, *, size: int) -> Changes:
    """What others did on entries that I lead, asked for or am in charge of, or my units do or take
    part in, after the last working day ended. One query."""
    since = clock.end_of(last_working_day(sight.day, days))
    me, units = sight.person.stands_for.pk, sorted(sight.person.unit_ids)
    newest = (
        Line.objects.filter(at__gt=since, at__lte=sight.at)
        .exclude(entry_id=None)
        .exclude(actor_id=sight.person.pk)
        .order_by("-pk")[:MOST_READ]
    )
    entry = _mine(me, units).filter(visible(sight.person), pk=OuterRef("entry_id"))
    rows = list(
        Line.objects.filter(pk__in=newest.values("pk"))
        .annotate(
            mine=Subquery(entry.values(of=JSONObject(register="register", title="title"))[:1])
        )
        .filter(mine__isnull=False)
        .order_by("-pk")[: size + 1]
    )
    return Changes(since, rows[:size], len(rows) > size)


def _mine(me: int, units: list[int]) -> QuerySet[Entry]:
    owed = Obligation.objects.filter(
        Q(unit_id__in=units) | Q(person=me) | Q(asked_by=me), entry=OuterRef("pk")
    )
    shared = Entry.co_units.through.objects.filter(unit_id__in=units, entry=OuterRef("pk"))
    led = Q(unit_id__in=units)
    return Entry.objects.order_by().filter(led | Q(Exists(owed)) | Q(Exists(shared)))
