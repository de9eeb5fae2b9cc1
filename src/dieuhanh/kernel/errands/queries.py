"""Errands of one person, which nobody else sees."""

from __future__ import annotations

from dieuhanh.kernel.errands.models import Errand
from dieuhanh.kernel.identity.models import Person

MOST = 50


def of_person(person: Person) -> list[Errand]:
    """The latest first, at most ``MOST``."""
    return list(Errand.objects.filter(person=person).order_by("-pk")[:MOST])


def one_of(person: Person, errand_id: int) -> Errand | None:
    return Errand.objects.filter(person=person, pk=errand_id).first()
