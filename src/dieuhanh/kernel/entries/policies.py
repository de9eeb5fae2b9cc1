"""Who may do what with entries. One Q for each verb and register, written once.

Lists, single rows, search, counts, exports, files, figures' entries, notices and the API all ask
here. What a register adds is data of its descriptor: who reads (``grants``), who writes
(``writers``), who opens what protects a denouncer (``guarded_readers``). docs/policies.md prints
the whole table from the same data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.entries.registry import (
    CHANGE,
    ENTER,
    EXPORT,
    READ,
    READ_GUARDED,
    Column,
    Register,
    Scope,
    Verb,
)
from dieuhanh.kernel.identity.models import Person

NOTHING = Q(pk__in=[])
#: Verbs that units taking part share with the unit that leads.
READING = frozenset({READ, EXPORT, READ_GUARDED})
#: What stands where a citizen's own data are not for this reader.
WITHHELD = "…"


@dataclass(frozen=True)
class Reach:
    """How far a person's appointments go for one verb in one register.

    Attributes:
        whole: to entries of all units, but those restricted to others.
        units: the units of those appointments; empty, and nothing is reached.
    """

    whole: bool
    units: frozenset[int]


def _granted(user: Person, register: Register, verb: str) -> Reach:
    """What the person's appointments open, before confidentiality.

    Acting for another, only what the mandate covers, and never what protects a denouncer.
    """
    if not user.covers(register.code) or (verb == READ_GUARDED and user.acting):
        return Reach(whole=False, units=frozenset())
    roles = register.roles(verb)
    whole, units = False, set()
    for appointment in user.current_appointments:
        if appointment.role not in roles:
            continue
        scope = register.grants.get(appointment.role)
        if scope is None:
            continue
        whole |= scope is Scope.ALL
        units.add(appointment.unit_id)
    return Reach(whole, frozenset(units))


def _of_units(units: Iterable[int], *, part: bool) -> Q:
    """Entries that these units lead, or ``part``: in which they take part."""
    units = sorted(units)
    led = Q(unit_id__in=units)
    if not part:
        return led
    shared = Entry.co_units.through.objects.filter(unit_id__in=units)
    return led | Q(pk__in=shared.values("entry_id"))


def _within(reach: Reach, guarded: Reach, *, part: bool) -> Q:
    """Entries within ``reach`` whose level is open; of guarded ones, those within ``guarded``."""
    theirs = _of_units(reach.units, part=part)
    found = ~Q(confidentiality=Confidentiality.RESTRICTED) | theirs if reach.whole else theirs
    if not guarded.units:
        return found & ~Q(confidentiality=Confidentiality.GUARDED)
    if guarded.whole or (not reach.whole and reach.units <= guarded.units):
        return found
    opened = _of_units(guarded.units, part=True)
    return found & (~Q(confidentiality=Confidentiality.GUARDED) | opened)


def allowed(user: Person, verb: str, register: Register) -> Q:
    """Entries of ``register`` with which ``user`` may do ``verb`` (a Q on Entry).

    Args:
        verb: READ, EXPORT, READ_GUARDED, CHANGE, or the name of one of the register's verbs.

    Raises:
        KeyError: the register knows no such verb.
    """
    reach = _granted(user, register, verb)
    if not reach.units:
        return NOTHING
    guarded = _granted(user, register, READ_GUARDED)
    return Q(register=register.code) & _within(reach, guarded, part=verb in READING)


def visible_in(user: Person, register: Register) -> Q:
    """Entries of ``register`` that ``user`` may open (a Q on Entry). Nothing unless granted."""
    return allowed(user, READ, register)


def allowed_entries(user: Person, verb: str, register: Register) -> QuerySet[Entry]:
    """Entries of ``register`` with which ``user`` may do ``verb``; see `allowed`."""
    return Entry.objects.filter(allowed(user, verb, register))


def visible_entries(user: Person, register: Register) -> QuerySet[Entry]:
    return allowed_entries(user, READ, register)


def visible(user: Person, registers: Iterable[Register] | None = None) -> Q:
    """Entries of all registers, or of these, that ``user`` may open (a Q on Entry)."""
    alike: dict[tuple[Reach, Reach], list[str]] = {}
    for register in registry.all_registers() if registers is None else registers:
        reach = _granted(user, register, READ)
        if reach.units:
            guarded = _granted(user, register, READ_GUARDED)
            alike.setdefault((reach, guarded), []).append(register.code)
    whole = NOTHING
    for (reach, guarded), codes in alike.items():
        whole |= Q(register__in=codes) & _within(reach, guarded, part=True)
    return whole


def may_read(user: Person, register: Register) -> bool:
    return bool(_granted(user, register, READ).units)


def may_enter(user: Person, register: Register, unit_id: int | None = None) -> bool:
    """Whether ``user`` may write a new entry, of ``unit_id`` where it is given."""
    reach = _granted(user, register, ENTER)
    return reach.whole or (bool(reach.units) if unit_id is None else unit_id in reach.units)


def may_change(user: Person, entry: Entry) -> bool:
    register = registry.get(entry.register)
    return Entry.objects.filter(allowed(user, CHANGE, register), pk=entry.pk).exists()


def visible_one(user: Person, pk: int) -> Entry | None:
    """The entry of that number, of whatever register, if the person may open it."""
    return Entry.objects.filter(visible(user), pk=pk).first()


def may_see(user: Person, register: Register, pk: int) -> bool:
    return visible_entries(user, register).filter(pk=pk).exists()


def get_visible_or_404(user: Person, register: Register, pk: int) -> Any:
    """The register's row. The only way a page or the API obtains one.

    An outsider cannot tell hidden from absent.
    """
    ids = visible_entries(user, register).filter(pk=pk)
    return get_object_or_404(register.rows(), pk=pk, entry__in=ids)


def may_do(user: Person, verb: Verb, entry: Entry) -> bool:
    """Whether ``verb`` of the entry's register is this person's; not, whether it applies now."""
    register = registry.get(entry.register)
    return Entry.objects.filter(allowed(user, verb.name, register), pk=entry.pk).exists()


# What of an entry is read --------------------------------------------------------------------------


def _personal(user: Person, register: Register) -> Q:
    """Entries whose citizens' own data ``user`` may read: those who write the register, and the
    units that lead or take part (a Q on Entry)."""
    reach = _granted(user, register, READ)
    if not reach.units:
        return NOTHING
    own = visible_in(user, register) & _of_units(reach.units, part=True)
    return own | allowed(user, CHANGE, register)


def reading(
    user: Person, register: Register, rows: Iterable[Any], columns: Iterable[Column] | None = None
) -> Callable[[Column, Any], Any]:
    """How ``user`` reads columns of these rows: the value of a column in a row.

    Citizens' own data read "…" where they are not for this person; what a column says of
    another entry that the person may not open is empty.

    Args:
        columns: those that will be asked for; all of the register unless given.
    """
    rows = list(rows)
    columns = list(register.columns if columns is None else columns)
    personal: set[int] = set()
    if any(column.personal for column in columns):
        ids = [row.pk for row in rows]
        found = Entry.objects.filter(_personal(user, register), pk__in=ids)
        personal = set(found.values_list("pk", flat=True))
    spoken_of = [column.other(row) for column in columns if column.other for row in rows]
    others = {entry.pk: entry.register for entry in spoken_of if entry is not None}
    known: set[int] = set()
    if others:
        registers = [registry.get(code) for code in sorted(set(others.values()))]
        found = Entry.objects.filter(visible(user, registers), pk__in=others)
        known = set(found.values_list("pk", flat=True))

    def read(column: Column, row: Any) -> Any:
        if column.other and (entry := column.other(row)) is not None and entry.pk not in known:
            return ""
        value = column.read(row)
        if column.personal and value and row.pk not in personal:
            return WITHHELD
        return value

    return read
