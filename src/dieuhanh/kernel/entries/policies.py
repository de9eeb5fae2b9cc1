"""Who may see and change entries. One Q, written once, for lists, single rows, files and API.

Visibility hangs on the entry: what a register adds is only its grants by role.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.entries.registry import Register, Scope
from dieuhanh.kernel.identity.models import Person

NOTHING = Q(pk__in=[])


def _granted(user: Person, register: Register, *, writing: bool = False) -> Q:
    """Entries of one register that the person's appointments open, before confidentiality."""
    units: set[int] = set()
    for appointment in user.current_appointments:
        if writing and appointment.role not in register.writers:
            continue
        scope = register.grants.get(appointment.role)
        if scope is Scope.ALL:
            return Q(register=register.code)
        if scope is Scope.UNIT:
            units.add(appointment.unit_id)
    if not units:
        return NOTHING
    theirs = Q(unit_id__in=units)
    if not writing:
        part = Entry.co_units.through.objects.filter(unit_id__in=units)
        theirs |= Q(pk__in=part.values("entry_id"))
    return Q(register=register.code) & theirs


def visible_in(user: Person, register: Register) -> Q:
    """Entries of ``register`` that ``user`` may open (a Q on Entry). Nothing unless granted."""
    granted = _granted(user, register)
    if granted == NOTHING or user.has_role(*register.guarded_readers):
        return granted
    return granted & ~Q(confidentiality=Confidentiality.GUARDED)


def visible_entries(user: Person, register: Register) -> QuerySet[Entry]:
    return Entry.objects.filter(visible_in(user, register))


def visible(user: Person) -> Q:
    """Entries of all registers that ``user`` may open (a Q on Entry)."""
    whole = NOTHING
    for register in registry.all_registers():
        part = visible_in(user, register)
        if part != NOTHING:
            whole |= part
    return whole


def writable_in(user: Person, register: Register) -> Q:
    """Entries of ``register`` that ``user`` may correct, close and reopen (a Q on Entry)."""
    return _granted(user, register, writing=True) & visible_in(user, register)


def may_read(user: Person, register: Register) -> bool:
    return _granted(user, register) != NOTHING


def may_enter(user: Person, register: Register, unit_id: int | None = None) -> bool:
    """Whether ``user`` may write a new entry, of ``unit_id`` where it is given."""
    for appointment in user.current_appointments:
        if appointment.role not in register.writers:
            continue
        scope = register.grants.get(appointment.role)
        if scope is Scope.ALL or (scope is Scope.UNIT and unit_id in (None, appointment.unit_id)):
            return True
    return False


def may_change(user: Person, entry: Entry) -> bool:
    register = registry.get(entry.register)
    return Entry.objects.filter(writable_in(user, register), pk=entry.pk).exists()


def may_see(user: Person, register: Register, pk: int) -> bool:
    return visible_entries(user, register).filter(pk=pk).exists()


def get_visible_or_404(user: Person, register: Register, pk: int) -> Any:
    """The register's row. The only way a page or the API obtains one.

    An outsider cannot tell hidden from absent.
    """
    ids = visible_entries(user, register).filter(pk=pk)
    return get_object_or_404(register.rows(), pk=pk, entry__in=ids)
