"""Work across registers: whose it is, when it is due, how much of it there is, page by page.

The one definition of "my work": home, the list and the API read it here.
What a person may not see is not work: the same Q as everywhere decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, reduce
from operator import add
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.policies import visible
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import STILL_OPEN, Handover, Obligation, Pause
from dieuhanh.kernel.obligations.queries import State, is_done, owed_by, with_state
from dieuhanh.kernel.tracking.policies import allowed
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, Calendar
from dieuhanh.kernel.workdays.models import CalendarNotice
from dieuhanh.kernel.workdays.queries import calendar_of
from dieuhanh.text.dates import local_day

#: Working days within which what is due counts as soon.
SOON_DAYS = 3
#: Calendar days within which `SOON_DAYS` working days surely end, the longest holidays included.
SURELY = 31
LARGEST = 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Side(models.TextChoices):
    """On which side of an obligation somebody stands."""

    UNIT = "unit", _("Đơn vị chủ trì")
    MINE = "mine", _("Tôi phụ trách")
    SHARED = "shared", _("Phối hợp")
    ASKED = "asked", _("Tôi giao")


class Due(models.TextChoices):
    """When open work is due, seen from one day; every open obligation is in exactly one."""

    LATE = "late", _("Quá hạn")
    TODAY = "today", _("Hôm nay")
    SOON = "soon", _("Trong 3 ngày làm việc")
    LATER = "later", _("Sau đó")
    NONE = "none", _("Không thời hạn")
    PAUSED = "paused", _("Tạm dừng")


@dataclass(frozen=True)
class Sight:
    """Who looks, and as of when: now, or the end of a past day."""

    person: Person
    at: datetime
    past: bool = False

    @property
    def day(self) -> date:
        return local_day(self.at)

    @cached_property
    def seen(self) -> Q:
        """On entries that whoever looks may open (a Q on Obligation).

        Asked of each row, by a value that PostgreSQL cannot turn into a join: it would read all
        entries to join them with the few obligations of one person.
        """
        seen = Entry.objects.filter(visible(self.person), pk=OuterRef("entry_id")).order_by()
        return Q(Exact(Subquery(seen.values_list(Value(1))), 1))


def _charged_to(person_id: int, moment: datetime) -> Q:
    """Obligations that a person was in charge of at ``moment``, before later handovers."""
    later = Handover.objects.filter(at__gt=moment)
    first = later.order_by("obligation", "at", "pk").distinct("obligation")
    then = Handover.objects.filter(pk__in=first.values("pk"), from_person=person_id)
    still = Q(person=person_id) & ~Q(pk__in=later.values("obligation"))
    return still | Q(pk__in=then.values("obligation"))


def _on(side: str, sight: Sight) -> Q:
    """Obligations on one side of whoever looks (a Q on Obligation)."""
    person, units = sight.person, sorted(sight.person.unit_ids)
    me = person.stands_for.pk
    led = owed_by(units, sight.at) if sight.past else Q(unit_id__in=units)
    match Side(side):
        case Side.UNIT:
            return led
        case Side.MINE:
            return _charged_to(me, sight.at) if sight.past else Q(person=me)
        case Side.ASKED:
            return Q(asked_by=me)
        case Side.SHARED:
            part = Entry.co_units.through.objects.filter(unit_id__in=units)
            return Q(entry__in=part.values("entry_id")) & ~led


def _open(sight: Sight) -> QuerySet[Obligation]:
    """Open obligations with ``due_then`` and ``paused``. Now, partial indexes hold them all."""
    if sight.past:
        return with_state(sight.at).filter(~is_done(sight.at))
    paused = Pause.objects.filter(obligation=OuterRef("pk"), ended_at=None)
    return Obligation.objects.filter(STILL_OPEN, started_at__lte=sight.at).annotate(
        due_then=F("due_at"), paused=Exists(paused)
    )


def open_seen(sight: Sight) -> QuerySet[Obligation]:
    """All open obligations on entries that whoever looks may open, with ``due_then``, ``paused``."""
    return _open(sight).filter(sight.seen)


def open_work(sight: Sight, side: str) -> QuerySet[Obligation]:
    """Open obligations on one side, on entries that whoever looks may open.

    Each has the deadline in force at that moment (``due_then``) and whether its clock stands
    (``paused``). Units that take part are those of today.
    """
    return _open(sight).filter(_on(side, sight), sight.seen)


def due_within(due: str, sight: Sight, soon_until: date) -> Q:
    """Rows of `open_work` in one group of due days.

    Args:
        soon_until: the last day of `Due.SOON`, from `Tally`.
    """
    today, soon = clock.end_of(sight.day), clock.end_of(soon_until)
    if due == Due.PAUSED:
        return Q(paused=True)
    spans = {
        Due.LATE: Q(due_then__lt=sight.at),
        Due.TODAY: Q(due_then__gte=sight.at, due_then__lte=today),
        Due.SOON: Q(due_then__gt=today, due_then__lte=soon),
        Due.LATER: Q(due_then__gt=soon),
        Due.NONE: Q(due_then=None),
    }
    return Q(paused=False) & spans[Due(due)]


def due_group(row: Any, sight: Sight, soon_until: date) -> Due:
    """In which group a row of `open_work` stands: `due_within`, told of one row."""
    if row.paused:
        return Due.PAUSED
    if row.due_then is None:
        return Due.NONE
    if row.due_then < sight.at:
        return Due.LATE
    if row.due_then <= clock.end_of(sight.day):
        return Due.TODAY
    return Due.SOON if row.due_then <= clock.end_of(soon_until) else Due.LATER


# How much ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """How many open obligations there are, by side, group of due days and register.

    ``days`` is the calendar that was read with them; None before its first year.
    """

    soon_until: date
    cells: Counter[tuple[str, str, str]]
    days: Calendar | None = None

    def count(self, side: str, due: str = "", register: str = "") -> int:
        """The number on one side; "" means all groups, all registers."""
        return sum(
            n
            for (at, group, code), n in self.cells.items()
            if at == side and due in ("", group) and register in ("", code)
        )

    def registers(self, side: str) -> list[str]:
        return sorted({code for at, _due, code in self.cells if at == side})


def _bucket(sight: Sight) -> Case:
    """The group of due days; for days that may be soon, the day itself, as the calendar is read
    by the same statement."""
    last = clock.end_of(sight.day + timedelta(SURELY))
    return Case(
        When(paused=True, then=Value(Due.PAUSED.value)),
        When(due_then=None, then=Value(Due.NONE.value)),
        When(due_then__lt=sight.at, then=Value(Due.LATE.value)),
        When(due_then__lte=clock.end_of(sight.day), then=Value(Due.TODAY.value)),
        When(due_then__gt=last, then=Value(Due.LATER.value)),
        default=Cast(TruncDate("due_then", tzinfo=clock.ZONE), models.CharField()),
        output_field=models.CharField(),
    )


def _sides(sight: Sight, sides: list[Side]) -> Any:
    """On which of ``sides`` an obligation stands: bit n of the number is the n-th of them."""
    bits = (
        Case(When(_on(side, sight), then=Value(1 << n)), default=Value(0))
        for n, side in enumerate(sides)
    )
    return reduce(add, bits)


def _on_any(sight: Sight, sides: list[Side]) -> Q:
    """Obligations on one of these sides, each side found by its own index."""
    if len(sides) == 1:
        return _on(sides[0], sight)
    rows = Obligation.objects.order_by().values("pk")
    rows = rows if sight.past else rows.filter(STILL_OPEN)
    first, *others = (rows.filter(_on(side, sight)) for side in sides)
    return Q(pk__in=first.union(*others))


def tally(sight: Sight, sides: Iterable[Side] = Side) -> Tally:
    """All counts of these sides, and the calendar they need, in one statement."""
    sides = list(sides)
    counted = (
        _open(sight)
        .filter(_on_any(sight, sides), sight.seen)
        .order_by()
        .values(at=_sides(sight, sides), bucket=_bucket(sight), code=F("entry__register"))
        .annotate(n=Count("*"))
    )
    nothing = Value("", models.CharField())
    newest: Any = CalendarNotice.objects.order_by().values(
        at=Value(0), bucket=nothing, code=nothing
    )
    version = 0
    found: list[tuple[int, str, str, int]] = []
    for row in newest.annotate(n=Coalesce(Max("pk"), 0)).union(counted, all=True):
        if row["at"]:
            found.append((row["at"], row["bucket"], row["code"], row["n"]))
        else:
            version = row["n"]
    known = sight.day.year >= FIRST_YEAR  # before it there is no calendar, and no work
    days = calendar_of(version) if known else None
    soon_until = days.add_working(sight.day, SOON_DAYS) if days else sight.day
    cells: Counter[tuple[str, str, str]] = Counter()
    for at, bucket, code, n in found:
        if bucket not in Due.values:
            soon = date.fromisoformat(bucket) <= soon_until
            bucket = Due.SOON.value if soon else Due.LATER.value
        for bit, side in enumerate(sides):
            if at >> bit & 1:
                cells[str(side), bucket, code] += n
    return Tally(soon_until, cells, days)


# Page by page --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a page begins: a row beside it. Running clocks first, then by due moment, those
    without one last, then by number."""

    paused: bool
    due: datetime | None
    pk: int

    def __str__(self) -> str:
        due = "x" if self.due is None else (self.due - EPOCH) // timedelta(microseconds=1)
        return f"{'p' if self.paused else 'r'}{due}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """None when the text is no place (an old or mistyped address)."""
        due, dot, pk = text[1:].partition(".")
        try:
            if text[:1] not in ("p", "r") or not dot or not 0 <= int(pk) <= LARGEST:
                return None
            moment = None if due == "x" else EPOCH + timedelta(microseconds=int(due))
        except (ValueError, OverflowError):
            return None
        return cls(text[0] == "p", moment, int(pk))

    @classmethod
    def of(cls, row: Any) -> Place:
        return cls(bool(row.paused), row.due_then, row.pk)

    def _after(self) -> Q:
        if self.due is None:
            beyond = Q(due_then=None, pk__gt=self.pk)
        else:
            # The first half lets the index start at the right place, the second breaks ties.
            beyond = Q(due_then=None) | Q(due_then__gte=self.due) & (
                Q(due_then__gt=self.due) | Q(pk__gt=self.pk)
            )
        beyond &= Q(paused=self.paused)
        return beyond if self.paused else beyond | Q(paused=True)

    def _before(self) -> Q:
        if self.due is None:
            beyond = Q(due_then__isnull=False) | Q(pk__lt=self.pk)
        else:
            beyond = Q(due_then__lte=self.due) & (Q(due_then__lt=self.due) | Q(pk__lt=self.pk))
        beyond &= Q(paused=self.paused)
        return beyond | Q(paused=False) if self.paused else beyond


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    later: Place | None
    earlier: Place | None


def page(
    rows: QuerySet[Any],
    sight: Sight,
    *,
    size: int,
    after: Place | None = None,
    before: Place | None = None,
) -> Page:
    """One keyset page of `open_work`, the most pressing first, in one query, with ``state``.

    ``after`` asks for the rows that follow a place, ``before`` for those that lead up to it.
    """
    rows = rows.select_related("entry", "limit", "unit", "person").defer(
        "entry__folded", "entry__words", "limit__alternatives"
    )
    if before:
        back = rows.filter(before._before()).order_by(
            F("paused").desc(), F("due_then").desc(nulls_first=True), "-pk"
        )
        found = list(back[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        later = Place.of(found[-1]) if found else None
        earlier = Place.of(found[0]) if more else None
    else:
        on = rows.filter(after._after()) if after else rows
        found = list(on.order_by("paused", F("due_then").asc(nulls_last=True), "pk")[: size + 1])
        more, found = len(found) > size, found[:size]
        later = Place.of(found[-1]) if more else None
        earlier = Place.of(found[0]) if after and found else None
    return Page(_with_state(found, sight), later, earlier)


def _with_state(rows: Iterable[Any], sight: Sight) -> list[Any]:
    """Open rows, each with the ``state`` that `with_state` would give it."""
    done = list(rows)
    for row in done:
        if row.due_then is None:
            row.state = State.NO_DEADLINE
        else:
            late = row.due_then < sight.at and not row.paused
            row.state = State.OPEN_LATE if late else State.OPEN_IN_TIME
        row.completed_at = None
    return done


def chosen(sight: Sight, ids: Collection[int], verb: str) -> list[tuple[Any, bool]]:
    """Open obligations that were ticked and may be seen, each with whether ``verb`` may be done
    with it, in the order of the list."""
    rows = _open(sight).filter(sight.seen, pk__in=ids)
    found = page(rows, sight, size=len(ids)).rows if ids else []
    may = Obligation.objects.filter(allowed(sight.person, verb), pk__in=[one.pk for one in found])
    known = set(may.values_list("pk", flat=True))
    return [(one, one.pk in known) for one in found]


def receiving_units() -> list[str]:
    """Names of the units that a form offers to hand over to; communes are found by typing."""
    standing = Unit.objects.filter(valid_to=None).exclude(kind="commune")
    return list(standing.order_by("name").values_list("name", flat=True))
