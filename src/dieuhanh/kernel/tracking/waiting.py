"""What waits for a person, counted for the frame of every page: open work, and unread notices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, Q, Value

from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications.models import Notice
from dieuhanh.kernel.notifications.queries import MOST_COUNTED, of_person
from dieuhanh.kernel.obligations.queries import owed_by
from dieuhanh.kernel.tracking.queries import Sight, open_seen


@dataclass(frozen=True)
class Waiting:
    """How much waits.

    Attributes:
        notices: unread ones, at most `MOST_COUNTED`.
        work: register → open obligations of which the person is in charge, or which a unit of the
            person owes and nobody has taken.
    """

    notices: int = 0
    work: Counter[str] = field(default_factory=Counter)


def waiting_for(person: Person) -> Waiting:
    """Now, in one statement."""
    mine = Q(person=person.stands_for.pk)
    if units := sorted(person.unit_ids):
        mine |= Q(person=None, unit_id__in=units)
    work = (
        open_seen(Sight(person, clock.now()))
        .filter(mine)
        .order_by()
        .values(code=F("entry__register"))
        .annotate(n=Count("*"))
    )
    unread = of_person(person).filter(read_at=None).order_by().values("pk")[:MOST_COUNTED]
    notices = (
        Notice.objects.filter(pk__in=unread)
        .order_by()
        .values(code=Value("", CharField()))
        .annotate(n=Count("*"))
    )
    found: Counter[str] = Counter()
    for row in notices.union(work, all=True):
        found[row["code"]] += row["n"]
    return Waiting(found.pop("", 0), found)


@dataclass(frozen=True)
class OfUnit:
    """Open work that a unit owes in one register."""

    register: str
    open: int
    late: int


def owed_by_unit(sight: Sight, unit_id: int) -> list[OfUnit]:
    """What a unit owes, as far as whoever looks may open it, the most late first. One query."""
    mine = owed_by([unit_id], sight.at) if sight.past else Q(unit_id=unit_id)
    rows = (
        open_seen(sight)
        .filter(mine)
        .order_by()
        .values(code=F("entry__register"))
        .annotate(open=Count("*"), late=Count("pk", filter=Q(due_then__lt=sight.at, paused=False)))
        .order_by("-late", "-open", "code")
    )
    return [OfUnit(row["code"], row["open"], row["late"]) for row in rows]
