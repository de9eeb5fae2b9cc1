"""What pages and actions read of a report's campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.queries import closed_as_of
from dieuhanh.kernel.identity.models import Person, Unit, UnitKind
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import State, with_state
from dieuhanh.reports.compose.sections import PLACEHOLDER, read_texts, section_title
from dieuhanh.reports.compose.template import read_template
from dieuhanh.reports.review.models import (
    Campaign,
    Contribution,
    Draft,
    Explanation,
    Opinion,
    Round,
)
from dieuhanh.text.dates import local_day

CAMPAIGNS = "reports.campaigns"
#: Kinds of units that a request goes to, each a choice of its own.
ASKED = {
    "departments": (UnitKind.DEPARTMENT, UnitKind.AGENCY),
    "districts": (UnitKind.DISTRICT,),
    "communes": (UnitKind.COMMUNE,),
}


def units_asked(groups: Iterable[str]) -> list[Unit]:
    kinds = [kind for group in groups for kind in ASKED[group]]
    return list(Unit.objects.filter(kind__in=kinds, valid_to=None).order_by("name"))


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    text: str


def template_sections(report: str) -> list[Section]:
    """The sections that units write for, as the template has them."""
    texts = read_texts(read_template(report).folder)
    return [
        Section(key, PLACEHOLDER.sub("…", section_title(text)) or key, text)
        for key, text in texts.items()
    ]


def answers_owed(campaign: Campaign, moment: datetime) -> QuerySet[Obligation]:
    """What each unit owes on a campaign, with its state; those that hold others up come first."""
    owed = with_state(moment).filter(entry_id=campaign.pk).select_related("unit")
    return owed.order_by(F("done_at").asc(nulls_first=True), "unit__name", "pk")


def tally(owed: Iterable[Any]) -> dict[str, int]:
    """How many units are in each state, of all that `answers_owed` gave."""
    return dict.fromkeys(State.values, 0) | Counter(one.state for one in owed)


def newest_contributions(campaign: Campaign) -> QuerySet[Contribution]:
    """The version that counts of each unit and section."""
    newest = campaign.contributions.order_by("unit", "section", "-version")
    picked = newest.distinct("unit", "section").values("pk")
    return (
        campaign.contributions.filter(pk__in=picked)
        .select_related("unit", "person")
        .order_by("section", "unit__name")
    )


def sections_sent(campaign: Campaign, unit_ids: Iterable[int]) -> dict[int, int]:
    """Unit → for how many sections it has written, for a page of units."""
    sent = campaign.contributions.filter(unit_id__in=list(unit_ids))
    counts = sent.order_by().values_list("unit").annotate(n=Count("section", distinct=True))
    return dict(counts)


def newest_contribution(campaign: Campaign, unit: Unit, section: str) -> Contribution | None:
    found = campaign.contributions.filter(unit=unit, section=section).select_related("person")
    return found.order_by("-version").first()


def explanations_of(
    campaign: Campaign, measures: Iterable[str], open_to: Q
) -> dict[str, list[Explanation]]:
    """Measure → what units say of it, the newest of each unit.

    Args:
        open_to: those that the reader may see (`policies.contributions_open`).
    """
    newest = campaign.explanations.filter(open_to, measure__in=list(measures))
    newest = newest.order_by("measure", "unit", "-pk").distinct("measure", "unit")
    found: dict[str, list[Explanation]] = {}
    for one in newest.select_related("unit"):
        found.setdefault(one.measure, []).append(one)
    return found


def explanations_for(measure: str, period: str, open_to: Q) -> list[Explanation]:
    """What units say of a figure in the campaigns of a period, the newest of each unit.

    Args:
        open_to: those that the reader may see (`policies.explanations_open`).
    """
    newest = Explanation.objects.filter(open_to, measure=measure, campaign__period=period)
    newest = newest.order_by("unit", "-pk").distinct("unit")
    return list(newest.select_related("unit"))


def drafts_of(campaign: Campaign) -> list[Draft]:
    return list(campaign.drafts.select_related("person").order_by("number"))


def last_draft(campaign: Campaign) -> Draft | None:
    return campaign.drafts.order_by("-number").first()


def texts_of(draft: Draft) -> dict[str, str]:
    return dict(draft.sections.order_by("section").values_list("section", "text"))


def rounds_of(campaign: Campaign) -> list[Round]:
    rounds = Round.objects.filter(draft__campaign=campaign).select_related("draft")
    return list(rounds.prefetch_related("opinions").order_by("held_on", "pk"))


def round_of(campaign: Campaign, pk: int) -> Round | None:
    return Round.objects.filter(pk=pk, draft__campaign=campaign).select_related("draft").first()


def opinion_of(campaign: Campaign, pk: int) -> Opinion | None:
    return Opinion.objects.filter(pk=pk, round__draft__campaign=campaign).first()


def undecided(campaign: Campaign) -> QuerySet[Opinion]:
    return Opinion.objects.filter(round__draft__campaign=campaign, decision="")


@dataclass(frozen=True)
class Running:
    """A campaign that is not issued yet, with how many units answered.

    Attributes:
        late: units whose deadline passed and that have not answered.
    """

    pk: int
    title: str
    asked: int
    sent: int
    late: int


def open_campaigns(user: Person, moment: datetime, *, past: bool = True) -> list[Running]:
    """Campaigns that ``user`` may open and that were not closed at ``moment``. One query.

    Args:
        past: whether something may have happened since (see `with_state`).
    """
    day = local_day(moment)
    entries = policies.visible_entries(user, registry.get(CAMPAIGNS))
    seen = entries.filter(~closed_as_of(day), opened_on__lte=day)
    owed: Any = with_state(moment, past=past)
    rows = (
        owed.filter(entry__in=seen)
        .order_by()
        .values("entry_id", "entry__title", "entry__opened_on", "state")
        .annotate(n=Count("pk"))
        .order_by("-entry__opened_on", "-entry_id")
    )
    found = []
    for (pk, title), of_one in groupby(rows, lambda row: (row["entry_id"], row["entry__title"])):
        asked = {row["state"]: row["n"] for row in of_one}
        sent = asked.get(State.DONE_IN_TIME, 0) + asked.get(State.DONE_LATE, 0)
        found.append(Running(pk, title, sum(asked.values()), sent, asked.get(State.OPEN_LATE, 0)))
    return found
