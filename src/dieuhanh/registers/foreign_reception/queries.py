"""What pages, actions and measures read of delegations and the meetings with them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import opened_between
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.foreign_reception.models import DelegationMeeting, Host

DELEGATIONS = "foreign_reception.delegations"
MEETINGS = "foreign_reception.meetings"
LEADERS = (Host.CHAIRMAN, Host.VICE_CHAIRMAN)


def was_met_before(delegation_id: int, day: date) -> bool:
    """Whether a meeting with the delegation is dated before ``day``."""
    met = DelegationMeeting.objects.filter(delegation_id=delegation_id)
    return met.filter(entry__opened_on__lt=day).exists()


def arrived(window: Window) -> QuerySet[Entry]:
    return opened_between(DELEGATIONS, window.start, window.cutoff)


def met_by_leaders(window: Window) -> QuerySet[Entry]:
    """Meetings of the Chairman or a Vice Chairman with a delegation."""
    held = opened_between(MEETINGS, window.start, window.cutoff)
    return held.filter(delegationmeeting__host__in=LEADERS)
