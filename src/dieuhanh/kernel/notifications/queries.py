"""Reading notices: what a person was told and may still see; what could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.notifications.models import Delivery, DeliveryState, Notice

#: Unread notices are counted up to here; more is "99+".
MOST_COUNTED = 100
PAGE = 50
FAILED = (DeliveryState.REFUSED, DeliveryState.GIVEN_UP)


def of_person(person: Person) -> QuerySet[Notice]:
    """Notices to a person, but those on entries the person may no longer see."""
    seen = Entry.objects.filter(policies.visible(person), pk=OuterRef("entry_id"))
    return Notice.objects.filter(Q(entry=None) | Q(Exists(seen)), person=person)


def is_theirs(person: Person, notice_id: int) -> bool:
    """Whether a notice is one of the person's own, and may still be seen."""
    return of_person(person).filter(pk=notice_id).exists()


def unread_count(person: Person) -> int:
    """How many are unread, at most `MOST_COUNTED`; one query."""
    return of_person(person).filter(read_at=None)[:MOST_COUNTED].count()


@dataclass(frozen=True)
class Page:
    """One page of notices, newest first; cursors are numbers of notices, None at the ends."""

    rows: list[Notice]
    older: int | None
    newer: int | None


def page(
    person: Person, *, after: int | None = None, before: int | None = None, size: int = PAGE
) -> Page:
    """The page of older notices after a cursor, or of newer ones before it."""
    rows = of_person(person)
    if before is not None:
        found = list(rows.filter(pk__gt=before).order_by("pk")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Page(found, found[-1].pk if found else None, found[0].pk if more else None)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    older = found[-1].pk if more else None
    return Page(found, older, found[0].pk if after is not None and found else None)


def due_deliveries(moment: datetime) -> QuerySet[Delivery]:
    """Mails whose next attempt is due."""
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED, next_at__lte=moment)
    return queued.order_by("next_at", "pk")


def undelivered(day: date) -> QuerySet[Delivery]:
    """What could not be delivered and stands in the administrators' digest of ``day``."""
    failed = Delivery.objects.filter(state__in=FAILED)
    return failed.filter(Q(reported_on=None) | Q(reported_on=day)).order_by("settled_at", "pk")


def deliveries_by_state() -> dict[str, int]:
    """All mails, counted by state."""
    counted = dict(Delivery.objects.values_list("state").annotate(n=Count("pk")).order_by())
    return {str(state): counted.get(state, 0) for state in DeliveryState}
