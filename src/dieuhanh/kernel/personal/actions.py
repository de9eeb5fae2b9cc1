"""Keeping what a person typed and did not send, and sending each form once.

Nothing here is government work, so the journal does not tell of it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.personal.models import SentForm, UnsentForm
from dieuhanh.kernel.vault.keys import VaultClosed
from dieuhanh.kernel.vault.sealing import Place, open_sealed, seal

#: How long a form that was not sent is kept, and the mark of one that was.
KEPT_FOR = timedelta(days=30)
#: Most characters of what is kept of one form, and most forms of one person.
LONGEST = 400_000
MOST_FORMS = 100


class TooMuch(ValueError):
    """More was typed than is kept, or the person keeps too many forms already."""


@dataclass(frozen=True)
class Typed:
    """What stands in a form: the key under which it would be sent, and the values by field."""

    key: UUID
    values: dict[str, list[str]] = field(repr=False)

    def __str__(self) -> str:
        return json.dumps({"key": str(self.key), "values": self.values}, ensure_ascii=False)

    @staticmethod
    def parse(text: str) -> Typed:
        read = json.loads(text)
        return Typed(UUID(read["key"]), read["values"])


def _place(pk: int) -> Place:
    return Place("personal_unsentform", "sealed", pk)


@transaction.atomic
def keep_unsent(person: Person, *, address: str, title: str, typed: Typed) -> UnsentForm | None:
    """Keep what was typed into the form at ``address``, in place of what was kept before.

    Returns:
        None where the form was sent meanwhile: what is sent is no longer unsent.

    Raises:
        TooMuch: see `LONGEST`, `MOST_FORMS`.
        VaultClosed: there is no key to seal it with.
    """
    text = str(typed)
    if len(text) > LONGEST:
        raise TooMuch
    if SentForm.objects.filter(key=typed.key).exists():
        return None
    mine = UnsentForm.objects.filter(person=person)
    if not mine.filter(address=address).exists() and mine.count() >= MOST_FORMS:
        raise TooMuch
    kept, _made = UnsentForm.objects.select_for_update().get_or_create(
        person=person, address=address, defaults={"sealed": b"", "saved_at": clock.now()}
    )
    kept.title, kept.sealed, kept.saved_at = title[:300], seal(text, _place(kept.pk)), clock.now()
    kept.save(update_fields=["title", "sealed", "saved_at"])
    return kept


def typed_in(kept: UnsentForm) -> Typed:
    """What was typed.

    Raises:
        VaultClosed: the key that sealed it is gone.
    """
    return Typed.parse(open_sealed(kept.sealed, _place(kept.pk)))


def discard_unsent(person: Person, *, unsent_id: int) -> bool:
    """Throw away one of the person's own; whether there was such a one."""
    return bool(UnsentForm.objects.filter(person=person, pk=unsent_id).delete()[0])


def discard_unsent_at(person: Person, *, address: str, key: UUID | None = None) -> None:
    """Throw away what is kept of the form at ``address``.

    Args:
        key: leave what was typed into another window, which would be sent under another key.
    """
    for kept in UnsentForm.objects.filter(person=person, address=address):
        with suppress(VaultClosed):
            if key and typed_in(kept).key != key:
                continue
        kept.delete()


@dataclass(frozen=True)
class Claim:
    """Whether the form is sent now (``first``), and the row that remembers it."""

    first: bool
    sent: SentForm


def claim_sending(person: Person, *, key: UUID, digest: str) -> Claim | None:
    """Take the key of a form in the caller's transaction: a second sending waits here for the end
    of the first.

    Args:
        digest: tells whether a later sending says the same.

    Returns:
        None where somebody else sent a form with this key.
    """
    sent, made = SentForm.objects.get_or_create(
        key=key, defaults={"person": person, "digest": digest, "sent_at": clock.now()}
    )
    return Claim(made, sent) if sent.person_id == person.pk else None


def tell_result(claim: Claim, address: str) -> None:
    """Remember where what came of a sending stands."""
    claim.sent.result = address[:500]
    claim.sent.save(update_fields=["result"])


def give_back(claim: Claim) -> None:
    """A form that was not accepted may be sent again under its key."""
    claim.sent.delete()


def drop_old() -> int:
    """Throw away what is older than `KEPT_FOR`; how many rows."""
    until = clock.now() - KEPT_FOR
    unsent = UnsentForm.objects.filter(saved_at__lt=until).delete()[0]
    return unsent + SentForm.objects.filter(sent_at__lt=until).delete()[0]
