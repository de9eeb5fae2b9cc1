"""What pages, API and measures read of reception, letters, cases and reviews."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of, opened_between
from dieuhanh.kernel.identity.models import Person, in_force
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.complaints import sealing
from dieuhanh.registers.complaints.models import IdentityGrant, Letter, ProtectedIdentity

_Row = TypeVar("_Row", bound=Model)

VISITS = "complaints.visits"
LETTERS = "complaints.letters"
CASES = "complaints.cases"
REVIEWS = "complaints.reviews"


def opened(code: str, window: Window, **conditions: object) -> QuerySet[Entry]:
    return opened_between(code, window.start, window.cutoff).filter(**conditions)


def cases_settled(window: Window, **conditions: object) -> QuerySet[Entry]:
    """Cases accepted in the window and settled by its cut-off."""
    return opened(CASES, window, **conditions).filter(closed_as_of(window.cutoff))


def guarded_readers() -> QuerySet[Person]:
    """People whose appointments of today open guarded letters."""
    roles = registry.get(LETTERS).guarded_readers
    held = in_force(clock.today()).filter(role__in=roles)
    return Person.objects.filter(is_active=True, pk__in=held.values("person_id"))


def grants_of(letter_id: int) -> QuerySet[IdentityGrant]:
    """All grants for a letter, newest first."""
    return (
        IdentityGrant.objects.filter(letter_id=letter_id)
        .select_related("person", "granted_by")
        .order_by("-pk")
    )


def grant_in_force(person: Person, letter_id: int) -> IdentityGrant | None:
    """The grant under which ``person`` may read today who wrote a letter."""
    today = clock.today()
    return (
        grants_of(letter_id).filter(person=person, starts_on__lte=today, ends_on__gte=today).first()
    )


def letters_of_number(user: Person, number: str) -> QuerySet[Letter]:
    """Letters of the writer with this personal number that ``user`` may open, newest first.

    Never a denunciation: those have no index (TC-22).

    Raises:
        Refusal: the vault is closed.
    """
    with sealing.refusing_when_closed():
        indexes = sealing.indexes_of(number)
    visible = policies.visible_entries(user, registry.get(LETTERS))
    found = Letter.objects.filter(sender_number_index__in=indexes, entry__in=visible)
    return found.select_related("entry").order_by("-entry__opened_on", "-pk")


def _ends_of(rows: QuerySet[_Row]) -> list[_Row]:
    """The first and the last by number; one query."""
    first, last = (rows.order_by(by).values("pk")[:1] for by in ("pk", "-pk"))
    return list(rows.filter(Q(pk__in=first) | Q(pk__in=last)))


def require_opens_sealed() -> bool:
    """Try the first and the last sealed row of each table; True when one is under an older key.

    Raises:
        VaultClosed: one does not open.
    """
    kept = ProtectedIdentity.objects.all()
    numbered = Letter.objects.exclude(sender_number=None)
    older = False
    for identity in _ends_of(kept):
        sealing.opened_identity(identity)
        older |= not sealing.sealed_with_newest(identity.name)
    for letter in _ends_of(numbered):
        sealing.opened_number(letter)
        older |= not sealing.sealed_with_newest(letter.sender_number)
    return older
