"""Finding people by their names: those who hold an office today, with the unit of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Max, Sum

from dieuhanh.kernel.identity.models import Appointment, in_force
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.search.reading import Asked
from dieuhanh.text.fold import words

#: Most people that one query finds.
MOST = 3
#: One word is the name of too many.
FEWEST_WORDS = 2


@dataclass(frozen=True)
class FoundPerson:
    name: str
    role: str
    unit: str
    unit_id: int


#: The names of one state of the tables, kept by each process until they change.
_names: dict[tuple[Any, ...], list[tuple[str, int]]] = {}


def hash_of(name: str) -> Func:
    """A number that is another one when the text is."""
    return Func(F(name), function="hashtext", output_field=IntegerField())


def _known() -> list[tuple[str, int]]:
    """Folded names, each with a blank on both sides, and the appointment."""
    day = clock.today()
    held = in_force(day).filter(person__is_active=True)
    stamp = (day, *held.aggregate(
        rows=Count("pk"), last=Max("pk"), names=Sum(hash_of("person__full_name"))
    ).values())  # fmt: skip
    if stamp not in _names:
        _names.clear()
        rows = held.order_by("person__full_name", "pk").values_list("person__full_name", "pk")
        _names[stamp] = [(f" {' '.join(words(name))} ", pk) for name, pk in rows]
    return _names[stamp]


def find_people(asked: Asked) -> list[FoundPerson]:
    """Holders of an office whose name has every word of ``asked``; at most `MOST`.

    Nobody for one word alone, nor for numbers.
    """
    if len(asked.tokens) < FEWEST_WORDS or not all(token.isalpha() for token in asked.tokens):
        return []
    sought = [f" {token} " for token in asked.tokens]
    sought[-1] = sought[-1].rstrip()
    found = [pk for name, pk in _known() if all(one in name for one in sought)][:MOST]
    if not found:
        return []
    rows = Appointment.objects.filter(pk__in=found).select_related("person", "unit")
    return [
        FoundPerson(one.person.full_name, one.get_role_display(), one.unit.name, one.unit_id)
        for one in rows.order_by("person__full_name", "pk")
    ]
