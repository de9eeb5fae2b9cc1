"""Whom a notice is for: the person in charge, heads of units, and who may see the entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Appointment, Person, Role, Unit, in_force
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation

HEADS = (Role.HEAD, Role.LEADER)


@dataclass(frozen=True)
class Heads:
    """Who heads which unit today, and which unit stands above which; read once for a run."""

    of_unit: Mapping[int, tuple[int, ...]]
    parent: Mapping[int, int | None]

    def of(self, unit_id: int) -> tuple[int, ...]:
        """Heads of the unit itself; none where nobody is appointed."""
        return self.of_unit.get(unit_id, ())

    def above(self, unit_id: int) -> tuple[int, ...]:
        """Heads of the nearest unit above that has any: the agency that answers for the unit."""
        here = self.parent.get(unit_id)
        while here is not None:
            if found := self.of(here):
                return found
            here = self.parent.get(here)
        return ()


def heads() -> Heads:
    rows = in_force(clock.today()).filter(role__in=HEADS, person__is_active=True)
    of_unit: dict[int, tuple[int, ...]] = {}
    for unit, person in rows.order_by("pk").values_list("unit_id", "person_id"):
        of_unit[unit] = (*of_unit.get(unit, ()), person)
    return Heads(of_unit, dict(Unit.objects.values_list("pk", "parent_id")))


def in_charge(obligation: Obligation, known: Heads) -> tuple[int, ...]:
    """Who answers for an obligation first: the person in charge, else the head of the unit."""
    return (obligation.person_id,) if obligation.person_id else known.of(obligation.unit_id)


def answerable(obligation: Obligation) -> list[Person]:
    """The people to urge about an obligation: the person in charge and the heads of its unit."""
    found = Q(pk=obligation.person_id) | _heads(obligation.unit_id)
    return list(Person.objects.filter(found, is_active=True).order_by("pk"))


def heads_of(unit_id: int) -> list[Person]:
    """The heads who answer for a unit today."""
    return list(Person.objects.filter(_heads(unit_id), is_active=True).order_by("pk"))


def _heads(unit_id: int) -> Q:
    """Whoever heads one unit today (a Q on Person); `heads` reads all units, for a whole run."""
    appointed = in_force(clock.today()).filter(role__in=HEADS, unit=unit_id)
    return Q(pk__in=appointed.values("person"))


def people(ids: Iterable[int]) -> dict[int, Person]:
    """Active people with their appointments, in two queries."""
    found = Person.objects.filter(is_active=True).in_bulk(list(ids))
    rows = in_force(clock.today()).filter(person__in=found).select_related("unit")
    by_person: dict[int, list[Appointment]] = {pk: [] for pk in found}
    for row in rows.order_by("pk"):
        by_person[row.person_id].append(row)
    for pk, person in found.items():
        person.current_appointments = by_person[pk]
    return found


def who_may_see(known: Mapping[int, Person], wanted: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Of the entries wanted for each person, those the person may open now; one query a person."""
    return {
        pk: set(
            Entry.objects.filter(policies.visible(person), pk__in=wanted[pk]).values_list(
                "pk", flat=True
            )
        )
        for pk, person in known.items()
        if wanted.get(pk)
    }
