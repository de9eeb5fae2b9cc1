"""How many obligations were in which state at a past moment, by unit: counts, never rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import BigIntegerField, CharField

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.obligations.models import Handover
from dieuhanh.kernel.obligations.queries import State, with_state


@dataclass(frozen=True)
class Group:
    """Obligations that are counted together.

    Attributes:
        register: code of the register of their entries.
        kinds: kinds of those entries; empty for all.
        limits: keys of the time limits they run by.
    """

    register: str
    kinds: tuple[str, ...]
    limits: tuple[str, ...]

    def met(self) -> Q:
        found = Q(entry__register=self.register, limit__key__in=self.limits)
        return found & Q(entry__kind__in=self.kinds) if self.kinds else found


@dataclass(frozen=True)
class Tally:
    """One count: of a group, a unit and a state."""

    group: str
    unit_id: int
    state: str
    count: int


def by_unit(
    groups: dict[str, Group],
    *,
    start: date,
    end: date,
    at: datetime,
    confidentiality: Collection[str],
) -> list[Tally]:
    """Obligations on entries opened in [start, end], in the state and with the unit of ``at``.

    One query, whatever there is. What has no deadline is not counted; what belongs to two groups
    is counted in the first.

    Args:
        groups: name → which obligations.
        confidentiality: levels of entries that are counted; all others are left out.
    """
    # What was handed over after `at` was owed by the unit that handed over first.
    later = Handover.objects.filter(at__gt=at)
    first = later.filter(obligation=OuterRef("pk")).order_by("at", "pk")
    rows = (
        with_state(at)
        .filter(
            entry__opened_on__gte=start,
            entry__opened_on__lte=end,
            entry__confidentiality__in=confidentiality,
        )
        .annotate(
            group=Case(
                *(When(one.met(), then=Value(name)) for name, one in groups.items()),
                default=Value(""),
                output_field=CharField(),
            ),
            unit_then=Case(
                When(
                    pk__in=later.values("obligation"), then=Subquery(first.values("from_unit")[:1])
                ),
                default=F("unit_id"),
                output_field=BigIntegerField(),
            ),
        )
        .exclude(group="")
        .values("group", "unit_then", "state")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [
        Tally(row["group"], row["unit_then"], row["state"], row["count"])
        for row in rows
        if row["state"] != State.NO_DEADLINE
    ]


def names_of(unit_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Unit → (code, name)."""
    found = Unit.objects.filter(pk__in=unit_ids).values_list("pk", "code", "name")
    return {pk: (code, name) for pk, code, name in found}
