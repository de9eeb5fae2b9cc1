"""Setting aside what was found in a paper, and taking it up again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry
from dieuhanh.kernel.entries.errors import Refusal, WrongState
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.reports.proofing.models import SetAside


@transaction.atomic
def set_aside_finding(
    entry_id: int, *, actor: Person, check: str, mark: str, reason: str
) -> SetAside:
    """Say of a finding in a paper of the entry that it is no fault, and why.

    Args:
        check: id of the check that found it.
        mark: of the place, see `queries.mark_of`.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        Refusal: no reason is given.

    Law: Nghị định 09/2019/NĐ-CP, the regime of reports (BC-01); who lets a finding stand is named in
    the journal, with the reason.
    """
    entry = lock_entry(entry_id, actor=actor)
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal(_("Xin ghi lý do bỏ qua."), field="reason")
    aside, created = SetAside.objects.get_or_create(
        entry=entry,
        mark=mark,
        ended_at=None,
        defaults={"check_id": check, "reason": reason[:500], "person": actor, "at": clock.now()},
    )
    if created:
        record(
            "finding.set_aside", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
            check=check,
        )  # fmt: skip
    return aside


@transaction.atomic
def take_up_finding(entry_id: int, *, actor: Person, mark: str) -> None:
    """Take up again what was set aside.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        WrongState: it is not set aside.

    Law: Nghị định 09/2019/NĐ-CP (BC-01), as `set_aside_finding`.
    """
    entry = lock_entry(entry_id, actor=actor)
    aside = SetAside.objects.filter(entry=entry, mark=mark, ended_at=None).first()
    if aside is None:
        raise WrongState(_("Chỗ này không còn được bỏ qua."))
    aside.ended_at = clock.now()
    aside.save(update_fields=["ended_at"])
    record(
        "finding.taken_up", actor=actor, entry_id=entry.pk, subject=str(entry), check=aside.check_id
    )
