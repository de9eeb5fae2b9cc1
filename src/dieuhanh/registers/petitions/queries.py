"""What pages, API, loading and measures read of petitions and of meetings with voters."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of, opened_between
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.petitions.models import Constituency, PetitionResult, PetitionSource

COUNCIL = "petitions.council"
NATIONAL_ASSEMBLY = "petitions.national_assembly"
CONTACTS = "petitions.contacts"
#: ledger → the register that keeps it
BOOKS = {"council": COUNCIL, "national_assembly": NATIONAL_ASSEMBLY}


def of_source(key: str, day: date) -> QuerySet[Entry]:
    """Petitions of a source known at the end of ``day``, however old (CT-08).

    A petition merged by then is one with its survivor, which is counted (CT-10).
    """
    not_merged = Q(petition__merged_on=None) | Q(petition__merged_on__gt=day)
    return Entry.objects.filter(
        not_merged, register__in=BOOKS.values(), petition__source__key=key, opened_on__lte=day
    )


def answered(key: str, day: date) -> QuerySet[Entry]:
    return of_source(key, day).filter(petition__answered_on__lte=day)


def resolved(key: str, day: date) -> QuerySet[Entry]:
    """Closed at the end of ``day`` as solved; “explained” closes too and is not counted (CT-08)."""
    known = PetitionResult.objects.filter(petition=OuterRef("pk"), decided_on__lte=day)
    latest = Subquery(known.order_by("-decided_on", "-pk").values("result")[:1])
    return (
        of_source(key, day).filter(closed_as_of(day)).alias(result=latest).filter(result="resolved")
    )


def in_progress(key: str, day: date) -> QuerySet[Entry]:
    """Not closed at the end of ``day``, whatever was promised (CT-07, CT-11)."""
    return of_source(key, day).filter(~closed_as_of(day))


def contacts(deputies: str, window: Window) -> QuerySet[Entry]:
    return opened_between(CONTACTS, window.start, window.cutoff).filter(kind=deputies)


def unsettled(window: Window) -> QuerySet[Entry]:
    """Petitions of every source not closed at the cut-off; one merged is one with its survivor."""
    day = window.cutoff
    not_merged = Q(petition__merged_on=None) | Q(petition__merged_on__gt=day)
    found = Entry.objects.filter(not_merged, register__in=BOOKS.values(), opened_on__lte=day)
    return found.filter(~closed_as_of(day))


def contacts_held(window: Window) -> QuerySet[Entry]:
    """Meetings with voters in the window, whoever's deputies met them."""
    return opened_between(CONTACTS, window.start, window.cutoff)


def sources() -> dict[str, PetitionSource]:
    """Sources by key."""
    return {one.key: one for one in PetitionSource.objects.order_by("key")}


def constituencies() -> list[Constituency]:
    return list(Constituency.objects.order_by("code"))
