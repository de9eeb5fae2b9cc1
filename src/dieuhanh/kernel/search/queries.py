"""Finding entries by words, numbers and symbols, within what a person may open (X-04).

The cost does not grow with the number of entries that match. An index of words gives *all* of its
matches before the first is read: right for rare words, and slow for common ones. So the newest
`LOOKED_AT` entries are looked at first; where they hold a page of matches, the list simply follows
the order of age, and the words are not looked up at all. Only rare ones are, and then they are few
enough to be ranked and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.actions import searchable
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.search import units
from dieuhanh.kernel.search.marks import mark
from dieuhanh.kernel.search.reading import Asked, read
from dieuhanh.kernel.search.units import FoundUnit
from dieuhanh.text.fold import words

#: The newest entries in which common words show.
LOOKED_AT = 4000
#: … and, of common words, in which those few show that one reader may open.
LOOKED_FURTHER = 100_000
#: The newest entries of each register in which matches of common words are counted.
LOOKED_AT_EACH = 1000
#: Facets are counted so far; more than these is “hơn 1.000”.
MOST_COUNTED = 1000
#: Most matches that are read to count them.
MOST_READ = 10_000
MOST_EXACT = 8
#: Candidates among which an exact symbol is looked for.
CANDIDATES = 60
MOST_HINTS = 6


def matching(query: str, *, prefix: str = "") -> Q:
    """Entries that say every word of ``query`` (a Q on Entry, or on its ``prefix``).

    The last word may be the beginning of one; abbreviations and what they stand for are the same.
    "vanh dai 4" finds "Vành đai 4". An empty query matches everything.
    """
    asked = read(query)
    return _says(asked.every_word, prefix) if asked else Q()


def _query(tsquery: str) -> SearchQuery:
    return SearchQuery(tsquery, config="simple", search_type="raw")


def _says(tsquery: str, prefix: str = "") -> Q:
    return Q(**{f"{prefix}words": _query(tsquery)})


@dataclass(frozen=True)
class Narrowed:
    """What the address narrows a search to."""

    register: Register | None = None
    year: int | None = None
    unit: int | None = None

    def __bool__(self) -> bool:
        return bool(self.register or self.year or self.unit)

    @property
    def condition(self) -> Q:
        found = Q()
        if self.register:
            found &= Q(register=self.register.code)
        if self.year:
            found &= Q(year=self.year)
        if self.unit:
            found &= Q(unit_id=self.unit)
        return found


@dataclass(frozen=True)
class Place:
    """Where a page of results begins. ``in_a_row`` None: results run by age alone."""

    in_a_row: bool | None
    opened_on: date
    pk: int

    def __str__(self) -> str:
        rank = {None: "", True: "c.", False: "t."}[self.in_a_row]
        return f"{rank}{self.opened_on.isoformat()}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """None when the text is no place (an old or mistyped address)."""
        rank = {"c.": True, "t.": False}.get(text[:2])
        day, _dot, pk = (text if rank is None else text[2:]).rpartition(".")
        try:
            return cls(rank, date.fromisoformat(day), int(pk)) if int(pk) < 2**63 else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Count:
    """How many entries, as far as they were counted; ``at_least``: there may be more."""

    n: int
    at_least: bool = False

    @property
    def many(self) -> bool:
        return self.n > MOST_COUNTED


@dataclass(frozen=True)
class Facets:
    """How many of the results are in each register, of each year, with each unit."""

    total: Count
    registers: dict[str, Count] = field(default_factory=dict)
    years: dict[int, Count] = field(default_factory=dict)
    units: dict[int, Count] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One page of results.

    Attributes:
        exact: entries of the very number or symbol that was asked for; on the first page only.
        rows: what says all the words, less ``exact``.
        units: units of that name; entries they lead are among the results if it is their whole name.
    """

    asked: Asked
    exact: list[Entry]
    rows: list[Entry]
    facets: Facets
    units: list[FoundUnit]
    older: Place | None
    newer: Place | None


Key = TypeVar("Key", str, int)
NOTHING_FOUND = Facets(Count(0))


def _beyond(place: Place, *, newer: bool) -> Q:
    comes = "gt" if newer else "lt"
    same_day = Q(**{"opened_on": place.opened_on, f"pk__{comes}": place.pk})
    return Q(**{f"opened_on__{comes}e": place.opened_on}) & (
        Q(**{f"opened_on__{comes}": place.opened_on}) | same_day
    )


class _Search:
    """The entries that one query of one person finds, and how common its words are."""

    def __init__(self, person: Person, asked: Asked, narrowed: Narrowed, named: set[int]) -> None:
        self.asked, self.narrowed = asked, narrowed
        self.named = named
        self.readable = policies.visible(person)
        self.registers = [one.code for one in registry.all_registers()
                          if policies.may_read(person, one)]  # fmt: skip
        says = _says(asked.every_word) if asked else Q()
        if named:
            says |= Q(unit_id__in=sorted(named))
        self.saying = Entry.objects.filter(narrowed.condition, says).order_by()
        self.entries = self.saying.filter(self.readable)
        self.common = self.plenty = False

    def _from(self, place: Place | None, *, most: int, newer: bool) -> tuple[str, list[Any]]:
        """The statement that yields the newest entries from ``place`` on, with its values."""
        comes, order = ("<", "DESC") if not newer else (">", "ASC")
        where, given = ["TRUE"], list[Any]()
        if place:
            where.append(f"(opened_on, id) {comes} (%s, %s)")
            given += [place.opened_on, place.pk]
        if self.narrowed.register:
            where.append("register = %s")
            given.append(self.narrowed.register.code)
        if self.narrowed.year:
            where.append("opened_on BETWEEN %s AND %s")
            given += [date(self.narrowed.year, 1, 1), date(self.narrowed.year, 12, 31)]
        return (
            f"SELECT * FROM entries_entry WHERE {' AND '.join(where)}"
            f" ORDER BY opened_on {order}, id {order} LIMIT {most}"
        ), given

    def newest(self, place: Place | None, *, size: int, newer: bool) -> list[tuple[date, int]]:
        """Day and id of matches among the newest entries from ``place`` on, at most ``size``."""
        order = "ASC" if newer else "DESC"
        # What others wrote counts for how common the words are, and is not shown.
        mine = ExpressionWrapper(self.readable, output_field=BooleanField())
        rows, held = _among(
            self.saying.annotate(mine=mine).values_list("opened_on", "pk", "mine"),
            *self._from(place, most=LOOKED_AT, newer=newer),
            then=f"ORDER BY 1 {order}, 2 {order} LIMIT {LOOKED_AT}",
        )
        self.common = len(rows) / LOOKED_AT * held > MOST_READ
        found = [(day, pk) for day, pk, readable in rows if readable]
        self.plenty = self.common and len(found) >= size
        return found[:size]

    def by_age(self, place: Place | None, *, size: int, newer: bool) -> list[tuple[date, int]]:
        """Day and id of matches, the newest first.

        Common words are not looked up in their index: the entries that may be read are gone
        through in the order of age. (The planner takes words for rarer than they are.)
        """
        order = ("opened_on", "pk") if newer else ("-opened_on", "-pk")
        beyond = _beyond(place, newer=newer) if place else Q()
        if not (self.common and self.asked):
            rows = self.entries.filter(beyond).order_by(*order)
            return list(rows.values_list("opened_on", "pk")[:size])
        found, _held = _among(
            self.entries.values_list("opened_on", "pk"),
            *self._from(place, most=LOOKED_FURTHER, newer=newer),
            then=f"ORDER BY 1 {'ASC' if newer else 'DESC'}, 2 {'ASC' if newer else 'DESC'} LIMIT {size}",
        )
        if len(found) == size:
            return found
        readable = Entry.objects.filter(self.readable, self.narrowed.condition, beyond)
        columns = readable.order_by(*order).values_list("opened_on", "id", "words", "unit_id")
        try:
            sql, given = columns.query.sql_with_params()
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT opened_on, id FROM ({sql} OFFSET 0) AS readable"
                " WHERE words @@ to_tsquery('simple', %s) OR unit_id = ANY(%s) LIMIT %s",
                [*given, self.asked.every_word, sorted(self.named), size],
            )
            return cursor.fetchall()

    def ranked(self, place: Place | None, *, size: int, newer: bool) -> list[Any]:
        """(in a row?, day, id) of all matches: those that say it in one piece, then by age."""
        several = len(self.asked.groups) > 1
        whole = ExpressionWrapper(
            _says(self.asked.in_a_row) if several else Q(pk__gt=0), output_field=BooleanField()
        )
        rows = self.entries.annotate(whole=whole)
        if place:
            beyond = _beyond(place, newer=newer)
            if place.in_a_row is newer:  # only one rank is left in that direction
                rows = rows.filter(beyond, whole=place.in_a_row)
            else:
                rows = rows.filter(Q(whole=not place.in_a_row) | Q(beyond, whole=place.in_a_row))
        sign = "" if newer else "-"
        rows = rows.order_by(*(f"{sign}{name}" for name in ("whole", "opened_on", "pk")))
        return list(rows.values_list("whole", "opened_on", "pk")[:size])

    def keys(self, place: Place | None, *, size: int, newer: bool) -> list[Any]:
        """(in a row? or None where it does not matter, day, id), as far as asked for."""
        if place and place.in_a_row is not None:
            return self.ranked(place, size=size, newer=newer)
        found = self.newest(place, size=size, newer=newer)
        if len(found) < size:
            if not place and not self.common:
                return self.ranked(place, size=size, newer=newer)
            found = self.by_age(place, size=size, newer=newer)
        return [(None, day, pk) for day, pk in found]

    def facets(self) -> Facets:
        """Counts within a bounded number of entries, whatever the number of matches."""
        rows = self.entries.values("register", "year", "unit_id")
        sets = "GROUP BY GROUPING SETS ((register), (year), (unit_id))"
        told = "register, year, unit_id, count(*)"
        if self.common and self.narrowed.register:
            found, _held = _among(
                rows,
                "SELECT * FROM entries_entry WHERE register = %s"
                f" ORDER BY opened_on DESC, id DESC LIMIT {LOOKED_AT}",
                [self.narrowed.register.code], select=told, then=sets,
            )  # fmt: skip
        elif self.common:
            found, _held = _among(
                rows,
                "SELECT newest.* FROM unnest(%s::text[]) AS one(code), LATERAL (SELECT *"
                " FROM entries_entry WHERE register = one.code"
                f" ORDER BY opened_on DESC, id DESC LIMIT {LOOKED_AT_EACH}) AS newest",
                [self.registers], select=told, then=sets,
            )  # fmt: skip
        if self.common:
            facets = _facets(found, at_least=True)
            # A page of matches among the newest few thousand: of the whole there are far more.
            n = max(facets.total.n, MOST_COUNTED + 1) if self.plenty else facets.total.n
            return Facets(Count(n, at_least=True), facets.registers, facets.years, facets.units)
        try:
            sql, given = rows[: MOST_READ + 1].query.sql_with_params()
        except EmptyResultSet:
            return _facets([], at_least=False)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {told} FROM ({sql}) AS read {sets}", given)
            found = cursor.fetchall()
        read_out = sum(row[3] for row in found if row[0] is not None) > MOST_READ
        return _facets(found, at_least=read_out)


def _among(
    rows: QuerySet[Any, Any], looked_at: str, given: list[Any], *, select: str = "*", then: str
) -> tuple[list[Any], int]:
    """``rows`` among those entries that the statement ``looked_at`` yields, and about how many
    entries there are in all.

    A statement with a limit is worked off by itself: no index of words is asked.
    """
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # nobody may read anything here
        return [], 0
    inner = sql.replace('FROM "entries_entry"', 'FROM looked_at AS "entries_entry"', 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH looked_at AS ({looked_at})"
            f" SELECT {select}, (SELECT reltuples FROM pg_class WHERE oid = 'entries_entry'::regclass)"
            f" FROM ({inner}) AS found {then}",
            [*given, *params],
        )
        found = cursor.fetchall()
    return [row[:-1] for row in found], int(found[0][-1]) if found else 0


def _facets(found: Iterable[tuple[Any, ...]], *, at_least: bool) -> Facets:
    facets: dict[int, dict[Any, Count]] = {0: {}, 1: {}, 2: {}}
    for *keys, n in found:
        at = next(index for index, key in enumerate(keys) if key is not None)
        facets[at][keys[at]] = Count(n, at_least)
    total = sum(count.n for count in facets[0].values())
    return Facets(Count(total, at_least), *facets.values())


# Numbers and symbols ------------------------------------------------------------------------------


def _named_registers(person: Person, told: str) -> list[str]:
    """Codes of the registers that these folded words name."""
    return [
        one.code
        for one in registry.all_registers()
        if policies.may_read(person, one)
        and told in (" ".join(words(str(one.label))), " ".join(words(str(one.noun))))
    ]


def exactly(person: Person, asked: Asked, narrowed: Narrowed) -> list[Entry]:
    """Entries of the very number or symbol, the newest first; at most `MOST_EXACT`.

    A symbol that only the title mentions is no exact one.
    """
    readable = policies.visible(person) & narrowed.condition
    entries = Entry.objects.select_related("unit").order_by("-opened_on", "-pk")
    if asked.symbol:
        row = " <-> ".join(f"'{word}'" for word in asked.symbol)
        sought = f" {' '.join(asked.symbol)} "
        return [
            one for one in entries.filter(readable, _says(row))[:CANDIDATES]
            if sought in f" {own_words(one)} "
        ][:MOST_EXACT]  # fmt: skip
    if asked.number is None:
        return []
    told, number, year = asked.number
    found = entries.filter(readable, number=number)
    if told:
        codes = _named_registers(person, told)
        if not codes:
            return []
        found = found.filter(register__in=codes)
    if year:
        found = found.filter(year=year)
    return list(found[:MOST_EXACT])


def own_words(entry: Entry) -> str:
    """The folded words of what an entry says beside its title: symbol, sender and the like."""
    return entry.folded[len(searchable([entry.title])) :].strip()


# One page -----------------------------------------------------------------------------------------


def search(
    person: Person,
    asked: Asked,
    *,
    size: int,
    narrowed: Narrowed | None = None,
    after: Place | None = None,
    before: Place | None = None,
    counted: bool = True,
) -> Found:
    """One page of what ``person`` may open and ``asked`` finds.

    With no words, everything that it is narrowed to; nothing where it is not narrowed either.

    Args:
        counted: whether to count the results; without, their facets are empty.
    """
    narrowed = narrowed or Narrowed()
    if not asked and not narrowed:
        return Found(asked, [], [], NOTHING_FOUND, [], None, None)
    found_units = units.find_units(asked)
    exact = [] if after or before else exactly(person, asked, narrowed)
    here = _Search(person, asked, narrowed, units.meant(found_units))
    newer, place = before is not None, before or after
    keys = here.keys(place, size=size + 1, newer=newer)
    more, keys = len(keys) > size, keys[:size]
    if newer:
        keys.reverse()
    places = [Place(*key) for key in keys]
    ids = [key[2] for key in keys]
    known = Entry.objects.filter(pk__in=ids).select_related("unit").in_bulk() if ids else {}
    first = {one.pk for one in exact}
    facets = here.facets() if counted and keys else NOTHING_FOUND
    if facets.total.at_least:
        facets = _at_least_shown(facets, known.values())
    return Found(
        asked=asked,
        exact=exact,
        rows=[known[pk] for pk in ids if pk not in first],
        facets=_with(exact, asked, facets),
        units=found_units,
        older=places[-1] if places and (more or newer) else None,
        newer=places[0] if places and (more if newer else after) else None,
    )


def _at_least_shown(facets: Facets, shown: Iterable[Entry]) -> Facets:
    """What was not looked at for counting, and yet stands on the page, is counted too."""
    shown = list(shown)
    total = Count(max(facets.total.n, len(shown)), at_least=True)
    return Facets(
        total,
        _raised(facets.registers, (one.register for one in shown)),
        _raised(facets.years, (one.year for one in shown)),
        _raised(facets.units, (one.unit_id for one in shown)),
    )


def _raised(counts: dict[Key, Count], shown: Iterable[Key]) -> dict[Key, Count]:
    raised = dict(counts)
    for key, n in Counter(shown).items():
        raised[key] = Count(max(n, counts[key].n if key in counts else 0), at_least=True)
    return raised


def _with(exact: list[Entry], asked: Asked, facets: Facets) -> Facets:
    """Count those found by their number too: they need not say it in words."""
    others = [one for one in exact if not mark(one.folded, asked).whole]
    if not others:
        return facets
    registers, years, led = dict(facets.registers), dict(facets.years), dict(facets.units)
    for one in others:
        _add(registers, one.register)
        _add(years, one.year)
        _add(led, one.unit_id)
    total = Count(facets.total.n + len(others), facets.total.at_least)
    return Facets(total, registers, years, led)


def _add(counts: dict[Any, Count], key: str | int) -> None:
    before = counts.get(key, Count(0))
    counts[key] = Count(before.n + 1, before.at_least)


def found_alone(person: Person, asked: Asked) -> list[str]:
    """Of a query that finds nothing: which of its words find something by themselves."""
    groups = asked.groups[:MOST_HINTS]
    if len(groups) < 2:
        return []
    readable = Entry.objects.filter(policies.visible(person)).order_by()
    parts, given = [], list[Any]()
    for group in groups:
        sql, params = readable.filter(_says(group.tsquery)).values("pk").query.sql_with_params()
        parts.append(f"EXISTS ({sql})")
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        answers = cursor.fetchone()
    return [group.typed for group, answer in zip(groups, answers or (), strict=True) if answer]
