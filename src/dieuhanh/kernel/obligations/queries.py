"""The state of obligations, computed for a set, in SQL, as of any moment (NV-10, NV-11, NV-16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import (
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
)
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.obligations.models import (
    STILL_OPEN,
    Direction,
    DueChange,
    Handover,
    Obligation,
    PastCompletion,
    Pause,
    Recurrence,
    TimeLimit,
)


class State(models.TextChoices):
    """Four quadrants and "no deadline"; labels are the legal terms of statistics."""

    DONE_IN_TIME = "done_in_time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")
    OPEN_IN_TIME = "open_in_time", _("Chưa hoàn thành trong hạn")
    OPEN_LATE = "open_late", _("Chưa hoàn thành quá hạn")
    NO_DEADLINE = "no_deadline", _("Không thời hạn")


def due_as_of(moment: datetime, prefix: str = "") -> Combinable:
    """The deadline that was in force at ``moment``: before the first change that came later.

    An expression on Obligation, or with ``prefix`` on what refers to one.
    """
    later = DueChange.objects.filter(at__gt=moment)
    first = later.filter(obligation=OuterRef(f"{prefix}pk")).order_by("at", "pk")
    return Case(
        When(
            **{f"{prefix}pk__in": later.values("obligation")},
            then=Subquery(first.values("due_before")[:1]),
        ),
        default=F(f"{prefix}due_at"),
    )


def _standing(moment: datetime) -> Q:
    """Done by ``moment`` and not undone by then (a Q on what has ``done_at``, ``reopened_at``)."""
    return Q(done_at__lte=moment) & (Q(reopened_at=None) | Q(reopened_at__gt=moment))


def is_done(moment: datetime) -> Q:
    """Done at ``moment``, now or by a completion that was replaced since."""
    before = PastCompletion.objects.filter(_standing(moment))
    return _standing(moment) | Q(pk__in=before.values("obligation"))


def _done(moment: datetime, comparison: type[models.Lookup]) -> Q:  # type: ignore[type-arg]
    """Done at ``moment`` by a completion that compares so with the deadline in force then."""
    now = _standing(moment) & Q(comparison(F("done_at"), due_as_of(moment)))
    before = PastCompletion.objects.filter(
        _standing(moment), comparison(F("done_at"), due_as_of(moment, "obligation__"))
    )
    return now | Q(pk__in=before.values("obligation"))


def is_paused(moment: datetime) -> Q:
    """The clock stands at ``moment``."""
    standing = Pause.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=moment), started_at__lte=moment
    )
    return Q(pk__in=standing.values("obligation"))


def in_state(state: str, moment: datetime) -> Q:
    """Obligations in one state at ``moment`` (a Q on Obligation).

    While the clock stands nothing becomes late: a pause begins in time.
    """
    due = due_as_of(moment)
    match State(state):
        case State.NO_DEADLINE:
            return Q(IsNull(due, True))
        case State.DONE_IN_TIME:
            return _done(moment, LessThanOrEqual)
        case State.DONE_LATE:
            return _done(moment, GreaterThan)
        case State.OPEN_IN_TIME:
            in_time = Q(GreaterThanOrEqual(due, moment))
            return ~is_done(moment) & Q(IsNull(due, False)) & (in_time | is_paused(moment))
        case State.OPEN_LATE:
            return ~is_done(moment) & Q(LessThan(due, moment)) & ~is_paused(moment)


def outside_one_state(moment: datetime) -> QuerySet[Obligation]:
    """Obligations that exist at ``moment`` and are in no state or in two: none, ever.

    One statement for any set; tests and the bench count it.
    """
    states = (
        Case(When(in_state(state, moment), then=Value(1)), default=Value(0)) for state in State
    )
    return (
        Obligation.objects.filter(started_at__lte=moment)
        .annotate(states=sum(states, Value(0)))
        .exclude(states=1)
    )


def with_state(moment: datetime, *, past: bool = True) -> QuerySet[Obligation]:
    """Obligations that exist at ``moment``, as of then.

    Each row has its ``state``, ``completed_at``, the deadline then in force (``due_then``) and
    whether its clock stands (``paused``).

    Args:
        past: whether something may have happened since; of the present no history need be asked.
    """
    rows = Obligation.objects.filter(started_at__lte=moment)
    if past:
        before = PastCompletion.objects.filter(_standing(moment), obligation=OuterRef("pk"))
        rows = rows.annotate(
            completed_at=Case(
                When(_standing(moment), then=F("done_at")),
                default=Subquery(before.values("done_at")[:1]),
            ),
            due_then=due_as_of(moment),
            paused=Case(
                When(is_paused(moment), then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            ),
        )
    else:
        rows = rows.annotate(
            completed_at=Case(When(STILL_OPEN, then=None), default=F("done_at")),
            due_then=F("due_at"),
            paused=Exists(Pause.objects.filter(obligation=OuterRef("pk"), ended_at=None)),
        )
    # The same rule as `in_state`, said of the row's own annotations: far fewer subqueries.
    done, due = Q(completed_at__isnull=False), F("due_then")
    return rows.annotate(
        state=Case(
            When(due_then__isnull=True, then=Value(State.NO_DEADLINE)),
            When(done & Q(completed_at__lte=due), then=Value(State.DONE_IN_TIME)),
            When(done, then=Value(State.DONE_LATE)),
            When(Q(due_then__gte=moment) | Q(paused=True), then=Value(State.OPEN_IN_TIME)),
            default=Value(State.OPEN_LATE),
            output_field=models.CharField(),
        ),
    )


def entries_in_state(state: str, moment: datetime) -> Q:
    """Entries that have an obligation in ``state`` at ``moment`` (a Q on Entry).

    An entry on which nothing is owed has no deadline.
    """
    owed = Obligation.objects.filter(started_at__lte=moment, entry_id=OuterRef("pk"))
    found = Q(Exists(owed.filter(in_state(state, moment))))
    return found | ~Q(Exists(owed)) if state == State.NO_DEADLINE else found


def of_entries(
    entry_ids: list[int], moment: datetime, *, past: bool = True
) -> dict[int, list[Obligation]]:
    """Obligations of a page of entries, the most pressing first, in one query; see `with_state`."""
    found: dict[int, list[Obligation]] = {}
    rows = (
        with_state(moment, past=past)
        .filter(entry_id__in=entry_ids)
        .select_related("limit", "unit", "person")
        .order_by("entry_id", F("done_at").desc(nulls_first=True), F("due_at").asc(nulls_last=True))
    )
    for row in rows:
        found.setdefault(row.entry_id, []).append(row)
    return found


def limits_in_force(on: date) -> QuerySet[TimeLimit]:
    """The versions of time limits that govern what starts on ``on`` (X-01)."""
    return TimeLimit.objects.filter(effective_from__lte=on).exclude(effective_to__lt=on)


def limit_in_force(key: str, on: date) -> TimeLimit:
    """The version of a time limit that governs what starts on ``on`` (X-01).

    Raises:
        TimeLimit.DoesNotExist: no version was in force that day.
    """
    versions = limits_in_force(on).filter(key=key)
    if (limit := versions.order_by("-effective_from").first()) is None:
        raise TimeLimit.DoesNotExist(f"{key} on {on}")
    return limit


def limits_backward(on: date) -> QuerySet[TimeLimit]:
    """Limits in force that lie before an event."""
    return limits_in_force(on).filter(direction=Direction.BACKWARD).order_by("label")


def recurrences_of(entry_id: int) -> QuerySet[Recurrence]:
    """Duties that come again on an entry."""
    return Recurrence.objects.filter(entry=entry_id).select_related("unit").order_by("pk")


def owed_by(units: Iterable[int], moment: datetime) -> Q:
    """Obligations that one of ``units`` led at ``moment``: before the handovers that came later."""
    later = Handover.objects.filter(at__gt=moment)
    first = later.order_by("obligation", "at", "pk").distinct("obligation")
    then = Handover.objects.filter(pk__in=first.values("pk"), from_unit__in=units)
    still = Q(unit_id__in=units) & ~Q(pk__in=later.values("obligation"))
    return still | Q(pk__in=then.values("obligation"))
