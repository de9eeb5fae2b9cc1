"""Who may decide on the identity of a denouncer, and who may be allowed to read it."""

from __future__ import annotations

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.registers.complaints.queries import LETTERS, guarded_readers

#: Who decides: heads, leaders and the inspectorate, of those who may open guarded letters at all.
GRANTERS = (Role.HEAD, Role.LEADER, Role.AUDITOR)


def guarded_letter(user: Person, entry_id: int) -> Entry | None:
    """The entry of a denunciation that ``user`` may open in their own name."""
    if user.acting:
        return None  # who was named reads, nobody in their place
    register = registry.get(LETTERS)
    visible = policies.visible_entries(user, register)
    return visible.filter(pk=entry_id, confidentiality=Confidentiality.GUARDED).first()


def may_grant(user: Person) -> bool:
    return user.has_role(*GRANTERS) and may_be_granted(user)


def may_be_granted(user: Person) -> bool:
    """Whether denunciations are this person's work."""
    return guarded_readers().filter(pk=user.pk).exists()
