"""Reading the journal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line

#: Numbers of lines that a query may ask for.
LARGEST = 2**63 - 1


def lines_of(entry_id: int) -> QuerySet[Line]:
    """What the journal tells of an entry."""
    return Line.objects.filter(entry_id=entry_id)


@dataclass(frozen=True)
class Asked:
    """Which lines are looked for; what is None is not asked.

    Attributes:
        people: who acted, or for whom; numbers of people.
        first, last: days, both included.
        entries: numbers of the entries that lines tell of; a query that gives them, too.
    """

    people: Collection[int] | None = None
    verb: str = ""
    first: date | None = None
    last: date | None = None
    entries: Any = None


def search(asked: Asked) -> QuerySet[Line]:
    """The lines asked for, in no order."""
    lines = Line.objects.all()
    if asked.people is not None:
        lines = lines.filter(Q(actor_id__in=asked.people) | Q(for_id__in=asked.people))
    if asked.verb:
        lines = lines.filter(verb=asked.verb)
    if asked.first:
        lines = lines.filter(at__gte=clock.start_of(asked.first))
    if asked.last:
        lines = lines.filter(at__lte=clock.end_of(asked.last))
    if asked.entries is not None:
        lines = lines.filter(entry_id__in=asked.entries)
    return lines


@dataclass(frozen=True)
class Page:
    """One page of lines, newest first; cursors are numbers of lines, None at the ends."""

    rows: list[Line]
    older: int | None
    newer: int | None


def page(
    lines: QuerySet[Line], *, size: int, after: int | None = None, before: int | None = None
) -> Page:
    """The page of older lines after a cursor, or of newer ones before it; one query."""
    if before is not None:
        found = list(lines.filter(pk__gt=before).order_by("pk")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Page(found, found[-1].pk if found else None, found[0].pk if more else None)
    if after is not None:
        lines = lines.filter(pk__lt=after)
    found = list(lines.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    older = found[-1].pk if more else None
    return Page(found, older, found[0].pk if after is not None and found else None)
