"""The state of obligations, computed for a set, in SQL, as of any moment (NV-10, NV-11, NV-16)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.obligations.models import Obligation, PastCompletion, TimeLimit


class State(models.TextChoices):
    """Four quadrants and "no deadline"; labels are the legal terms of statistics."""

    DONE_IN_TIME = "done_in_time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")
    OPEN_IN_TIME = "open_in_time", _("Chưa hoàn thành trong hạn")
    OPEN_LATE = "open_late", _("Chưa hoàn thành quá hạn")
    NO_DEADLINE = "no_deadline", _("Không thời hạn")


def _standing(moment: datetime) -> Q:
    """Done by ``moment`` and not undone by then (a Q on what has ``done_at``, ``reopened_at``)."""
    return Q(done_at__lte=moment) & (Q(reopened_at=None) | Q(reopened_at__gt=moment))


def _done(moment: datetime, when: Q) -> Q:
    """Done at ``moment``, now or by a completion that was replaced since, that meets ``when``."""
    now = _standing(moment) & when
    before = PastCompletion.objects.annotate(due_at=F("obligation__due_at"))
    before = before.filter(_standing(moment) & when)
    return now | Q(pk__in=before.values("obligation"))


def is_done(moment: datetime) -> Q:
    return _done(moment, Q())


def in_state(state: str, moment: datetime) -> Q:
    """Obligations in one state at ``moment`` (a Q on Obligation)."""
    match State(state):
        case State.NO_DEADLINE:
            return Q(due_at=None)
        case State.DONE_IN_TIME:
            return _done(moment, Q(done_at__lte=F("due_at")))
        case State.DONE_LATE:
            return _done(moment, Q(done_at__gt=F("due_at")))
        case State.OPEN_IN_TIME:
            return ~is_done(moment) & Q(due_at__gte=moment)
        case State.OPEN_LATE:
            return ~is_done(moment) & Q(due_at__lt=moment)


def with_state(moment: datetime) -> QuerySet[Obligation]:
    """Obligations that exist at ``moment``, with their ``state`` and ``completed_at`` as of then."""
    before = PastCompletion.objects.filter(_standing(moment), obligation=OuterRef("pk"))
    return Obligation.objects.filter(started_at__lte=moment).annotate(
        completed_at=Case(
            When(_standing(moment), then=F("done_at")),
            default=Subquery(before.values("done_at")[:1]),
        ),
        state=Case(
            When(Q(due_at=None), then=Value(State.NO_DEADLINE)),
            *(
                When(in_state(state, moment), then=Value(state))
                for state in (State.DONE_IN_TIME, State.DONE_LATE, State.OPEN_IN_TIME)
            ),
            default=Value(State.OPEN_LATE),
            output_field=models.CharField(),
        ),
    )


def entries_in_state(state: str, moment: datetime) -> Q:
    """Entries that have an obligation in ``state`` at ``moment`` (a Q on Entry).

    An entry on which nothing is owed has no deadline.
    """
    owed = with_state(moment).filter(entry_id=OuterRef("pk"))
    found = Q(Exists(owed.filter(in_state(state, moment))))
    return found | ~Q(Exists(owed)) if state == State.NO_DEADLINE else found


def of_entries(entry_ids: list[int], moment: datetime) -> dict[int, list[Obligation]]:
    """Obligations of a page of entries, the most pressing first, in one query."""
    found: dict[int, list[Obligation]] = {}
    rows = (
        with_state(moment)
        .filter(entry_id__in=entry_ids)
        .select_related("limit", "unit")
        .order_by("entry_id", F("done_at").desc(nulls_first=True), F("due_at").asc(nulls_last=True))
    )
    for row in rows:
        found.setdefault(row.entry_id, []).append(row)
    return found


def limit_in_force(key: str, on: date) -> TimeLimit:
    """The version of a time limit that governs what starts on ``on``: the latest then (X-01).

    Raises:
        TimeLimit.DoesNotExist: no version was in force that day.
    """
    versions = TimeLimit.objects.filter(key=key, effective_from__lte=on).exclude(
        effective_to__lt=on
    )
    if (limit := versions.order_by("-effective_from").first()) is None:
        raise TimeLimit.DoesNotExist(f"{key} on {on}")
    return limit


def open_for(units: set[int], moment: datetime, visible: Q) -> QuerySet[Obligation]:
    """What units owe and have not done at ``moment``, the most pressing first."""
    return (
        with_state(moment)
        .filter(~is_done(moment), unit_id__in=units)
        .filter(entry__in=Entry.objects.filter(visible))
        .select_related("entry", "entry__unit", "limit", "unit")
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )
