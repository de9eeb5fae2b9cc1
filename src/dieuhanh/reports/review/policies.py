"""Who may do what in a report's campaign. Reading it is a matter of the entry, like everywhere."""

from __future__ import annotations

from django.db.models import Q

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.identity.models import Person, Role, Unit
from dieuhanh.registers.documents.queries import OUTGOING
from dieuhanh.reports.review.models import Campaign
from dieuhanh.reports.review.queries import CAMPAIGNS

#: Roles that see what every unit wrote; others see their own unit's.
SEE_ALL = (Role.PLANNER, Role.LEADER, Role.AUDITOR)


def may_synthesise(user: Person, campaign: Campaign) -> bool:
    """Write drafts, hold rounds, decide on opinions."""
    return policies.may_change(user, campaign.entry)


def may_approve(user: Person) -> bool:
    return user.covers("reports.campaigns") and user.has_role(Role.LEADER)


def units_owing(user: Person, campaign: Campaign) -> list[Unit]:
    """The person's own units that were asked."""
    asked = campaign.entry.obligations.filter(unit_id__in=user.unit_ids)
    return list(Unit.objects.filter(pk__in=asked.values("unit")).order_by("name"))


def contributions_open(user: Person) -> Q:
    """Of a campaign that ``user`` may open: contributions and explanations that they may read."""
    if user.has_role(*SEE_ALL):
        return Q()
    return Q(unit_id__in=user.unit_ids)


def explanations_open(user: Person) -> Q:
    """Explanations of all campaigns that ``user`` may read (a Q on Explanation)."""
    campaigns = policies.visible_entries(user, registry.get(CAMPAIGNS))
    return contributions_open(user) & Q(campaign__entry__in=campaigns)


def may_issue(user: Person) -> bool:
    """A report is issued as an outgoing document: whoever keeps that book."""
    return policies.may_enter(user, registry.get(OUTGOING))
