"""What a person keeps for their own work."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.personal.actions import KEPT_FOR
from dieuhanh.kernel.personal.models import SentForm, UnsentForm


def unsent_of(person: Person) -> QuerySet[UnsentForm]:
    """The forms that ``person`` began and did not send, the latest first, without their content."""
    found = UnsentForm.objects.filter(person=person, saved_at__gte=clock.now() - KEPT_FOR)
    return found.defer("sealed").order_by("-saved_at", "-pk")


def unsent_at(person: Person, address: str) -> UnsentForm | None:
    """What is kept of the form at ``address``."""
    return unsent_of(person).defer(None).filter(address=address).first()


def was_sent(key: UUID) -> bool:
    """Whether a form was sent under this key."""
    return SentForm.objects.filter(key=key).exists()
