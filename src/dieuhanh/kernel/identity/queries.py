"""Units and people, as forms offer them; who stands in for whom, and who may say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from dieuhanh.kernel.identity.models import (
    Appointment,
    Mandate,
    Person,
    Role,
    Succession,
    Unit,
    UnitKind,
    in_force,
)
from dieuhanh.kernel.journal import clock
from dieuhanh.text.fold import fold

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


def districts_on(day: date) -> list[Unit]:
    """Districts that stand on a day, in order of their codes; none after the two-level reform."""
    standing = Unit.objects.filter(kind=UnitKind.DISTRICT, valid_from__lte=day)
    return list(standing.exclude(valid_to__lt=day).order_by("code"))


def named(text: str) -> list[Person]:
    """Active people of that account or full name; two at most, to tell that a name is not enough."""
    people = Person.objects.filter(is_active=True)
    by_account = people.filter(username=text).first()
    return [by_account] if by_account else list(people.filter(full_name__iexact=text)[:2])


def first_in_role(role: str) -> Person | None:
    """Somebody who has, or had, that role."""
    return Person.objects.filter(appointments__role=role).order_by("pk").first()


# Pages of people and units -------------------------------------------------------------------------


def may_read_journal(person: Person) -> bool:
    """Auditors and administrators; a stand-in only under a mandate over all of the giver's work."""
    return person.covers("journal") and person.has_role(Role.AUDITOR, Role.ADMINISTRATOR)


def keeps_people(person: Person) -> bool:
    """Administrators, never by a mandate (`NEVER_HANDED_OVER`)."""
    return person.has_role(Role.ADMINISTRATOR)


def numbers_of_people(text: str) -> list[int]:
    """People, active or not, of that account or with these words in their name; `MOST_NAMES` at most."""
    found = Person.objects.filter(Q(username=text) | Q(full_name__icontains=text))
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST_NAMES])


@dataclass(frozen=True)
class Held:
    """A person with the appointments held on a day, the earliest first."""

    person: Person
    appointments: list[Appointment]


def people_on(day: date, text: str = "") -> list[Held]:
    """All people by name, or those whose account, name or unit has ``text``. Two queries."""
    held: dict[int, list[Appointment]] = {}
    for one in in_force(day).select_related("unit").order_by("valid_from", "pk"):
        held.setdefault(one.person_id, []).append(one)
    sought = fold(text)
    return [
        Held(person, offices)
        for person in Person.objects.order_by("full_name", "pk")
        for offices in [held.get(person.pk, [])]
        if sought in fold(" ".join([person.username, person.full_name, *(one.unit.name for one in offices)]))
    ]  # fmt: skip


def people_of(unit: Unit, day: date) -> list[Appointment]:
    """Who holds an office in ``unit`` on a day; heads first, then by name."""
    found = in_force(day).filter(unit=unit, person__is_active=True).select_related("person")
    heads_first = Case(When(role=Role.HEAD, then=0), When(role=Role.LEADER, then=0), default=1)
    return list(found.order_by(heads_first, "person__full_name", "pk"))


def units_on(day: date) -> list[Unit]:
    """Units that stand on a day, by name, each with ``heads``: names of those who head it."""
    chairs = in_force(day).filter(role__in=(Role.HEAD, Role.LEADER), person__is_active=True)
    heads: dict[int, list[str]] = {}
    for unit_id, name in chairs.order_by("pk").values_list("unit_id", "person__full_name"):
        heads.setdefault(unit_id, []).append(name)
    standing = Unit.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day).order_by("name")
    found = list(standing.select_related("parent"))
    for one in found:
        one.heads = heads.get(one.pk, [])  # type: ignore[attr-defined]
    return found


def unit_named(pk: int) -> Unit | None:
    return Unit.objects.select_related("parent").filter(pk=pk).first()


def parts_of(unit: Unit, day: date) -> list[Unit]:
    """Units right under ``unit`` on a day, by name."""
    found = Unit.objects.filter(parent=unit, valid_from__lte=day).exclude(valid_to__lt=day)
    return list(found.order_by("name"))


def successions_of(unit: Unit) -> list[Succession]:
    """What ``unit`` took over and who took over from it, the earliest first."""
    found = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
    return list(found.select_related("predecessor", "successor").order_by("since", "pk"))


@dataclass(frozen=True)
class Kept:
    """What an administrator keeps, counted."""

    units: int
    headless: int
    people: int
    idle: int  # active people without any office


def kept_on(day: date) -> Kept:
    """Counts of units and people on a day, in one statement."""
    offices = in_force(day)
    chairs = offices.filter(role__in=(Role.HEAD, Role.LEADER), person__is_active=True)
    standing = Unit.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day).order_by()
    active = Person.objects.filter(is_active=True).order_by()

    def counted(rows: QuerySet[Any], what: str) -> QuerySet[Any]:
        return rows.values(what=Value(what)).annotate(n=Count("*"))

    rows = counted(standing, "units").union(
        counted(standing.exclude(pk__in=chairs.values("unit")), "headless"),
        counted(active, "people"),
        counted(active.exclude(pk__in=offices.values("person")), "idle"),
        all=True,
    )
    found = {row["what"]: row["n"] for row in rows}
    return Kept(**{name: found.get(name, 0) for name in ("units", "headless", "people", "idle")})


def cast() -> list[Appointment]:
    """Who signs in to a demonstration, with their offices."""
    found = Appointment.objects.filter(person__demo=True, person__is_active=True)
    return list(found.select_related("person", "unit").order_by("pk"))
