"""Receiving delegations and recording the meetings with them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, open_entry
from dieuhanh.kernel.entries.errors import WrongDate
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import correct_entry
from dieuhanh.registers.foreign_reception import queries
from dieuhanh.registers.foreign_reception.models import Delegation, DelegationMeeting
from dieuhanh.registers.foreign_reception.queries import DELEGATIONS, MEETINGS
from dieuhanh.text import dates


@transaction.atomic
def receive_delegation(
    *,
    actor: Person,
    opened_on: date,
    title: str,
    country: str,
    level: str,
    unit: Unit,
    purpose: str = "",
    co_units: list[Unit] | None = None,
) -> Delegation:
    """Record an international delegation that has arrived.

    Args:
        title: name of the delegation or organisation, without names of people.
        country: country, territory or international organisation it comes from.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = open_entry(
        DELEGATIONS,
        actor=actor,
        unit=unit,
        kind=level,
        title=title,
        opened_on=opened_on,
        co_units=co_units or (),
        also_found_by=(country,),
    )
    delegation = Delegation.objects.create(
        entry=entry, country=country, level=level, purpose=purpose
    )
    record("delegation.received", actor=actor, entry_id=entry.pk, subject=str(entry))
    return delegation


@transaction.atomic
def correct_delegation(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Delegation:
    """Correct the record of a delegation, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day of arrival lies in the future, or after a meeting with the delegation.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    delegation = Delegation.objects.get(pk=entry_id)
    if (day := changes.get("opened_on")) and queries.was_met_before(entry_id, day):
        raise WrongDate(_("Đã có cuộc tiếp đoàn trước ngày này."), field="opened_on")
    changes["kind"] = changes.get("level", delegation.level)
    correct_entry(
        entry,
        delegation,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=(changes.get("country", delegation.country),),
    )
    return delegation


def _require_arrived(delegation: Delegation, day: date) -> None:
    arrived_on = delegation.entry.opened_on
    if day < arrived_on:
        raise WrongDate(
            _("Đoàn đến ngày %(day)s, sau ngày này.") % {"day": dates.day(arrived_on)},
            field="opened_on",
        )


@transaction.atomic
def record_meeting(
    *,
    actor: Person,
    delegation: Delegation,
    opened_on: date,
    host: str,
    purpose: str,
    title: str,
    unit: Unit,
    co_units: list[Unit] | None = None,
) -> DelegationMeeting:
    """Record a meeting with a delegation. What was agreed is recorded by closing it.

    Args:
        host: who received, by title.
        purpose: courtesy call or working meeting; the class that is counted.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or before the delegation arrived.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    _require_arrived(delegation, opened_on)
    entry = open_entry(
        MEETINGS,
        actor=actor,
        unit=unit,
        kind=purpose,
        title=title,
        opened_on=opened_on,
        co_units=co_units or (),
        also_found_by=(delegation.entry.title, delegation.country),
    )
    meeting = DelegationMeeting.objects.create(
        entry=entry, delegation=delegation, host=host, purpose=purpose
    )
    record("delegation.met", actor=actor, entry_id=entry.pk, subject=str(entry))
    return meeting


@transaction.atomic
def correct_meeting(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> DelegationMeeting:
    """Correct the record of a meeting with a delegation, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future, or before the delegation arrived.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    found = DelegationMeeting.objects.select_related("delegation", "delegation__entry")
    meeting = found.get(pk=entry_id)
    delegation: Delegation = changes.get("delegation", meeting.delegation)
    _require_arrived(delegation, changes.get("opened_on", entry.opened_on))
    changes["kind"] = changes.get("purpose", meeting.purpose)
    correct_entry(
        entry,
        meeting,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=(delegation.entry.title, delegation.country),
    )
    return meeting
