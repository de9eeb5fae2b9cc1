"""Finding a unit or a person by a few letters of the name, tone marks aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from dieuhanh.kernel.identity.models import Person, Succession, Unit, in_force
from dieuhanh.kernel.journal import clock
from dieuhanh.text.fold import fold, nfc, words

#: Fewer digits than these fit into the number of a row.
MOST_DIGITS = 19


@dataclass(frozen=True)
class Option:
    """One choice: what the field then holds, what is read, and a second line about it."""

    value: str
    label: str
    note: str


def _rank(sought: list[str], label: str, *more: str) -> int | None:
    """How well a name fits: 0 best; None where some word of the search begins no word of it."""
    own = words(" ".join((label, *more)))
    if not all(any(one.startswith(word) for one in own) for word in sought):
        return None
    folded, joined = " ".join(words(label)), " ".join(sought)
    if joined in (folded, *(fold(one) for one in more)):
        return 0
    if folded.startswith(joined):
        return 1
    return 2 if joined in folded else 3


def _first(found: Iterable[tuple[int, Option]], most: int) -> tuple[list[Option], int]:
    best = sorted(found, key=lambda one: (one[0], one[1].label, one[1].note))
    return [option for _rank, option in best[:most]], max(len(best) - most, 0)


def _standing() -> Q:
    today = clock.today()
    return Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))


def unit_written(text: str) -> Unit | None:
    """The standing unit with this code or full name; None where there is none or more than one.

    A name that several units have is told apart by the code: "Phòng Nội vụ [NV-HK]".
    """
    found = Unit.objects.filter(_standing())
    name, _bracket, code = nfc(text).rstrip("] ").rpartition(" [")
    told_apart = found.filter(code=code, name__iexact=name).first() if name else None
    if unit := told_apart or found.filter(code=text).first():
        return unit
    named = list(found.filter(name__iexact=text)[:2])
    return named[0] if len(named) == 1 else None


def unit_asked(text: str) -> Unit | None:
    """The unit that an address names by its number, its code or its name; a dissolved one too."""
    number = text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < MOST_DIGITS
    found = Unit.objects.filter(pk=int(text)).first() if number else None
    if unit := found or unit_written(text):
        return unit
    ended = Unit.objects.filter(valid_to__lt=clock.today()).order_by("-valid_to")
    return ended.filter(Q(code=text) | Q(name__iexact=nfc(text))).first()


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """Number of a unit → its name; one query."""
    return dict(Unit.objects.filter(pk__in=numbers).values_list("pk", "name"))


def written(units: Iterable[Unit]) -> list[str]:
    """Names as `unit_written` reads them: with the code where others have the name. One query."""
    given = list(units)
    same = Unit.objects.filter(_standing(), name__in={one.name for one in given})
    names = Counter(same.values_list("name", flat=True))
    return [f"{one.name} [{one.code}]" if names[one.name] > 1 else one.name for one in given]


def units_like(text: str, most: int) -> tuple[list[Option], int]:
    """Units whose name or code has every word of ``text``, the best first, and how many more.

    A unit that was dissolved stands for those that took over. Two queries.
    """
    sought = words(text)
    standing = list(Unit.objects.filter(_standing()).select_related("parent"))
    names: dict[str, int] = {}
    for unit in standing:
        names[unit.name] = names.get(unit.name, 0) + 1

    def value(unit: Unit) -> str:
        return unit.name if names.get(unit.name) == 1 else f"{unit.name} [{unit.code}]"

    found = []
    for unit in standing:
        if (rank := _rank(sought, unit.name, unit.code)) is not None:
            level = [unit.get_kind_display(), unit.parent.name if unit.parent else ""]
            note = ", ".join(one for one in level if one)
            found.append((rank, Option(value(unit), unit.name, note)))
    if sought:
        past = Succession.objects.filter(since__lte=clock.today())
        for one in past.select_related("predecessor", "successor"):
            old, new = one.predecessor, one.successor
            rank = _rank(sought, old.name, old.code)
            if rank is not None and old.valid_to and new.name in names:
                note = _("nay thuộc %(unit)s") % {"unit": new.name}
                found.append((rank, Option(value(new), old.name, note)))
    return _first(found, most)


def people_like(text: str, most: int, *, of: Person) -> tuple[list[Option], int]:
    """Active people by name or account, those of the units of ``of`` first, and how many more.

    One query.
    """
    sought, own = words(text), of.unit_ids
    appointed = in_force(clock.today()).filter(person__is_active=True)
    offices: dict[int, list[str]] = {}
    people: dict[int, Person] = {}
    near: set[int] = set()
    for one in appointed.select_related("person", "unit"):
        people[one.person_id] = one.person
        office = f"{one.get_role_display()}, {one.unit.name}"
        offices.setdefault(one.person_id, []).append(office)
        if one.unit_id in own:
            near.add(one.person_id)
    names: dict[str, int] = {}
    for person in people.values():
        names[person.full_name] = names.get(person.full_name, 0) + 1
    found = []
    for pk, person in people.items():
        rank = _rank(sought, person.full_name, person.username)
        if rank is not None:
            value = person.full_name if names[person.full_name] == 1 else person.username
            note = "; ".join(offices[pk])
            found.append((rank + (0 if pk in near else 10), Option(value, person.full_name, note)))
    return _first(found, most)
