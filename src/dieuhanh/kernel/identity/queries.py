"""Units and people, as forms offer them; who stands in for whom, and who may say so."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from dieuhanh.kernel.identity.models import Mandate, Person, Role, Unit, in_force
from dieuhanh.kernel.journal import clock

#: Most names that a form offers; others are found by their full name or account.
MOST_NAMES = 200


def _running(on: date) -> Q:
    return Q(revoked_on=None, starts_on__lte=on, ends_on__gte=on)


def _mandates() -> QuerySet[Mandate]:
    return Mandate.objects.select_related("giver", "stand_in")


def held_by(stand_in: Person, mandate_id: int) -> Mandate | None:
    """A mandate that ``stand_in`` was given, whatever became of it."""
    return _mandates().filter(pk=mandate_id, stand_in=stand_in).first()


def is_running(mandate: Mandate) -> bool:
    """Whether somebody may act under it today."""
    return (
        mandate.revoked_on is None
        and mandate.starts_on <= clock.today() <= mandate.ends_on
        and mandate.giver.is_active
    )


def running_for(stand_in: Person) -> QuerySet[Mandate]:
    """Those under which ``stand_in`` may act today."""
    return _mandates().filter(_running(clock.today()), stand_in=stand_in, giver__is_active=True)


def received_by(person: Person) -> QuerySet[Mandate]:
    """Those ``person`` was given, the latest first."""
    return _mandates().filter(stand_in=person).order_by("-ends_on", "-pk")


def seen_by(person: Person) -> QuerySet[Mandate]:
    """Those ``person`` gave or may revoke, the latest first. Nothing while acting for another."""
    if person.acting:
        return Mandate.objects.none()
    if person.has_role(Role.ADMINISTRATOR):
        theirs = Q()
    else:
        theirs = Q(giver=person) | Q(giver__in=_in_units(_headed(person)))
    return _mandates().filter(theirs).order_by("-ends_on", "-pk")


def overlapping(giver: Person, stand_in: Person, start: date, end: date) -> Mandate | None:
    """A mandate of the same pair, not revoked, that has a day in common."""
    found = Mandate.objects.filter(giver=giver, stand_in=stand_in, revoked_on=None)
    return found.filter(starts_on__lte=end, ends_on__gte=start).first()


def _headed(person: Person) -> set[int]:
    return {one.unit_id for one in person.current_appointments if one.role == Role.HEAD}


def _in_units(unit_ids: set[int]) -> QuerySet[Person]:
    appointed = in_force(clock.today()).filter(unit_id__in=unit_ids)
    return Person.objects.filter(pk__in=appointed.values("person"))


def may_send_stand_in(actor: Person, absent: Person) -> bool:
    """Heads for the people of their unit, administrators for everybody; nobody while acting."""
    if actor.acting:
        return False
    if actor.has_role(Role.ADMINISTRATOR):
        return True
    return _in_units(_headed(actor)).filter(pk=absent.pk).exists()


def may_revoke(actor: Person, mandate: Mandate) -> bool:
    if actor.acting:
        return False
    return actor.pk == mandate.giver_id or may_send_stand_in(actor, mandate.giver)


def sends_stand_ins(person: Person) -> bool:
    """Whether ``person`` may ever hand over somebody else's work."""
    return person.acting is None and person.has_role(Role.HEAD, Role.ADMINISTRATOR)


def colleagues(person: Person) -> list[Person]:
    """The active people of the person's own units, by name; at most ``MOST_NAMES``."""
    found = _in_units(person.unit_ids).filter(is_active=True).exclude(pk=person.pk)
    return list(found.order_by("full_name", "pk")[:MOST_NAMES])


def standing_names(on: date) -> list[str]:
    """Names of the units that stand on a day, for forms to offer; communes are typed."""
    units = Unit.objects.filter(valid_from__lte=on).exclude(valid_to__lt=on).exclude(kind="commune")
    return list(units.order_by("name").values_list("name", flat=True))


def named(text: str) -> list[Person]:
    """Active people of that account or full name; two at most, to tell that a name is not enough."""
    people = Person.objects.filter(is_active=True)
    by_account = people.filter(username=text).first()
    return [by_account] if by_account else list(people.filter(full_name__iexact=text)[:2])
