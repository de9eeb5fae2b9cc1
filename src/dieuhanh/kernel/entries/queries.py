"""Reading entries: windows, states of the entry itself, keyset pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dieuhanh.kernel.entries.models import Entry, PastClosing


def opened_between(code: str, start: date, end: date) -> QuerySet[Entry]:
    """Entries of a register whose opening fact lies in [start, end], both days included."""
    return Entry.objects.filter(register=code, opened_on__gte=start, opened_on__lte=end)


def closed_as_of(day: date, *, prefix: str = "") -> Q:
    """Closed at the end of ``day``: the closing fact has happened and is not undone by then."""
    now = Q(**{f"{prefix}closed_on__lte": day}) & (
        Q(**{f"{prefix}reopened_on": None}) | Q(**{f"{prefix}reopened_on__gt": day})
    )
    before = PastClosing.objects.filter(closed_on__lte=day, reopened_on__gt=day)
    return now | Q(**{f"{prefix}pk__in": before.values("entry")})


@dataclass(frozen=True)
class Cursor:
    """Where a page of a list begins: the last row of the page before. Newest first."""

    opened_on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.opened_on.isoformat()}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None when the text is no cursor (an old or mistyped address)."""
        day, _, pk = text.rpartition(".")
        try:
            return cls(date.fromisoformat(day), int(pk))
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    older: Cursor | None
    newer: Cursor | None


def page(
    rows: QuerySet[Any],
    *,
    size: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
    prefix: str = "entry__",
) -> Page:
    """One keyset page, newest first. The cost does not grow with the depth of the page.

    ``after`` asks for the page of older rows that follows the cursor, ``before`` for the page of
    newer rows that precedes it.
    """
    opened, pk = f"{prefix}opened_on", f"{prefix}id"

    def beyond(cursor: Cursor, comparison: str) -> Q:
        # The first half lets the index start at the right place, the second breaks ties.
        return Q(**{f"{opened}__{comparison}e": cursor.opened_on}) & (
            Q(**{f"{opened}__{comparison}": cursor.opened_on})
            | Q(**{f"{pk}__{comparison}": cursor.pk})
        )

    def cursor_of(row: Any) -> Cursor:
        entry = row if isinstance(row, Entry) else row.entry
        return Cursor(entry.opened_on, entry.pk)

    if before:
        found = list(rows.filter(beyond(before, "gt")).order_by(opened, pk)[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Page(
            found,
            older=cursor_of(found[-1]) if found else None,
            newer=cursor_of(found[0]) if more and found else None,
        )
    if after:
        rows = rows.filter(beyond(after, "lt"))
    found = list(rows.order_by(f"-{opened}", f"-{pk}")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(
        found,
        older=cursor_of(found[-1]) if more and found else None,
        newer=cursor_of(found[0]) if after and found else None,
    )
