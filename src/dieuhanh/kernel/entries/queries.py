"""Reading entries: windows, states of the entry itself, keyset pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry, PastClosing
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.numbering.models import Series

LONGEST_NUMBER = 9


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


def entries_numbered(text: str) -> QuerySet[Entry]:
    """Entries with this number in any book: "44.051", "44051/2024"; none for what is no number.

    Agencies and books are those that gave numbers, so the index of numbers finds them.
    """
    number, _slash, year = text.strip().lstrip("Mm").replace(".", "").partition("/")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return Entry.objects.none()
    series = Series.objects.all()
    if year:
        if not (year.isascii() and year.isdigit() and len(year) == len("2024")):
            return Entry.objects.none()
        series = series.filter(year=int(year))
    return Entry.objects.filter(
        agency__in=series.values("agency"),
        book__in=series.values("book"),
        year__in=series.values("year"),
        number=int(number),
    )


def titles_of(ids: Collection[int], seen: Q) -> dict[int, Entry]:
    """Entries by number, those of ``seen``, with what names them and nothing else; one query."""
    found = Entry.objects.filter(seen, pk__in=ids)
    return found.only("register", "number", "year", "title").in_bulk()


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


@dataclass(frozen=True)
class Given:
    """The numbers given in one book of an agency and a year.

    Attributes:
        last: the highest by the end of the day asked for.
        today: how many on that day.
        gaps: numbers below ``last`` that no entry has; None for a past day, as an entry may be
            registered, and numbered, later than the day on which it was opened.
    """

    agency: str
    book: str
    last: int
    today: int
    gaps: int | None


#: All entries of a year are counted.
_given: Kept[list[Given]] = Kept(16)


def numbers_given(year: int, day: date, *, past: bool = False) -> list[Given]:
    """The books of a year with the numbers given by the end of ``day``. One query."""
    return _given.get((year, day, past), lambda: _counted(year, day, past=past))


def _counted(year: int, day: date, *, past: bool) -> list[Given]:
    entries = Entry.objects.filter(year=year)
    if past:
        entries = entries.filter(opened_on__lte=day)
    rows = (
        entries.order_by()
        .values("agency__name", "book")
        .annotate(last=Max("number"), count=Count("*"), today=Count("pk", filter=Q(opened_on=day)))
        .order_by("agency__name", "book")
    )
    return [
        Given(
            row["agency__name"],
            row["book"],
            row["last"],
            row["today"],
            gaps=None if past else row["last"] - row["count"],
        )
        for row in rows
    ]


def opened_on_day(user: Person, codes: Collection[str], day: date) -> dict[str, int]:
    """Register → how many entries of that day ``user`` may open. One query."""
    registers = [registry.get(code) for code in codes]
    seen = Entry.objects.filter(policies.visible(user, registers), opened_on=day)
    rows = seen.order_by().values_list("register").annotate(n=Count("*"))
    return dict(rows)
