"""Who may do what with an obligation. One Q for each verb; docs/policies.md prints the table.

Two sides meet on an obligation. The *owing* side does it: people of the unit that leads, whoever
is in charge. The *asking* side judges it: whoever asked, and those who keep the register, unless
somebody asked their own unit for it. Nobody judges what he did himself; the actions see to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Case, Q, QuerySet, When

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import CHANGE, Register
from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.kernel.obligations.models import Obligation

DO = "do"
ASK_EXTENSION = "ask_extension"
HAND_OVER = "hand_over"
DECIDE = "decide"
CONFIRM = "confirm"
PAUSE = "pause"
SET_LENGTH = "set_length"
URGE = "urge"

OWING = frozenset({DO, ASK_EXTENSION, HAND_OVER})
ASKING = frozenset({HAND_OVER, DECIDE, CONFIRM, PAUSE, SET_LENGTH, URGE})
#: What decides over the work of others: not for the side that owes it to somebody.
JUDGING = frozenset({DECIDE, CONFIRM, PAUSE, SET_LENGTH})
#: Roles that read only: their units owe nothing through them.
ONLY_READ = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
#: Roles that urge whatever they may see: they answer for how work gets on.
URGING = frozenset({Role.LEADER, Role.PLANNER})


def _changeable(user: Person, registers: Iterable[Register]) -> Q:
    """Entries of these registers that the user may change (a Q on Entry)."""
    each = (policies.allowed(user, CHANGE, one) for one in registers)
    return reduce(or_, (one for one in each if one != policies.NOTHING), policies.NOTHING)


def working_units(user: Person) -> set[int]:
    """Units for which the user works; not those in which he only reads."""
    return {one.unit_id for one in user.current_appointments if one.role not in ONLY_READ}


def _around(entry: Entry | None) -> tuple[QuerySet[Entry], list[Register]]:
    """The entries to look among, and their registers: those of one entry, or all there are."""
    if entry is None:
        return Entry.objects.all(), list(registry.all_registers())
    return Entry.objects.filter(pk=entry.pk), [registry.get(entry.register)]


def allowed(user: Person, verb: str, entry: Entry | None = None) -> Q:
    """Obligations with which ``user`` may do ``verb`` (a Q on Obligation).

    Args:
        entry: of the obligations that are asked about; any, unless given. The database then looks
            at that one alone, not at every entry the user may open.
    """
    return _held(user, verb, entry) & seen(user, entry)


def _held(user: Person, verb: str, entry: Entry | None) -> Q:
    """What `allowed` opens of the obligations whose entry ``user`` may open."""
    me = user.stands_for
    among, registers = _around(entry)
    keeps = Q(entry__in=among.filter(_changeable(user, registers)))
    found = keeps
    if verb in JUDGING:
        owes = Q(unit_id__in=working_units(user)) | Q(person=me)
        found &= Q(asked_by=None) | ~owes
    if verb in OWING:
        found |= Q(unit_id__in=working_units(user)) | Q(person=me)
    if verb in ASKING:
        found |= Q(asked_by=me)
    if verb == URGE:
        heads = {one.unit_id for one in user.current_appointments if one.role == Role.HEAD}
        found |= Q(unit_id__in=heads)
        if user.has_role(*URGING):
            found = Q(pk__isnull=False)
    return found


def seen(user: Person, entry: Entry | None = None) -> Q:
    """Obligations whose entry ``user`` may open (a Q on Obligation); ``entry`` as in `allowed`."""
    among, registers = _around(entry)
    return Q(entry__in=among.filter(policies.visible(user, registers)))


def may(user: Person, verb: str, obligation: Obligation) -> bool:
    return verb in rights(user, obligation, [verb])


def rights(user: Person, obligation: Obligation, verbs: Iterable[str]) -> set[str]:
    """Which of ``verbs`` the user may do with an obligation; one query."""
    each = {
        verb: Case(
            When(_held(user, verb, obligation.entry), then=True),
            default=False,
            output_field=BooleanField(),
        )
        for verb in sorted(verbs)
    }
    rows = Obligation.objects.filter(seen(user, obligation.entry), pk=obligation.pk)
    found = rows.values_list(*each.values()).first()
    return {verb for verb, may_do in zip(each, found or (), strict=False) if may_do}
