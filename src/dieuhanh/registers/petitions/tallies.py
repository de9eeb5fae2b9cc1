"""How many petitions of each source are solved, explained or open at the end of a day: counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of
from dieuhanh.registers.petitions.models import PetitionResult, PetitionSource
from dieuhanh.registers.petitions.queries import BOOKS


@dataclass(frozen=True)
class Fate:
    """What became of the petitions of a source: three classes that add up to all of them."""

    source: PetitionSource
    resolved: int
    explained: int
    in_progress: int


def _known(day: date, confidentiality: tuple[str, ...]) -> QuerySet[Entry]:
    not_merged = Q(petition__merged_on=None) | Q(petition__merged_on__gt=day)
    return Entry.objects.filter(
        not_merged,
        register__in=BOOKS.values(),
        opened_on__lte=day,
        confidentiality__in=confidentiality,
    )


def by_source(day: date, *, confidentiality: tuple[str, ...]) -> list[Fate]:
    """Every source that has petitions at the end of ``day``, as `queries.of_source` counts them
    (CT-06, CT-07, CT-08). Two queries.

    Args:
        confidentiality: levels of entries that are counted.
    """
    results = PetitionResult.objects.filter(petition=OuterRef("pk"), decided_on__lte=day)
    latest = Subquery(results.order_by("-decided_on", "-pk").values("result")[:1])
    closed = closed_as_of(day)
    rows = (
        _known(day, confidentiality)
        .alias(latest=latest)
        .values("petition__source")
        .annotate(
            all=Count("pk"),
            closed=Count("pk", filter=closed),
            resolved=Count("pk", filter=closed & Q(latest="resolved")),
        )
        .order_by()
    )
    counts = {row["petition__source"]: row for row in rows}
    sources = PetitionSource.objects.filter(pk__in=counts).order_by("ledger", "passed_on", "key")
    return [
        Fate(
            source,
            resolved=counts[source.pk]["resolved"],
            explained=counts[source.pk]["closed"] - counts[source.pk]["resolved"],
            in_progress=counts[source.pk]["all"] - counts[source.pk]["closed"],
        )
        for source in sources
    ]
