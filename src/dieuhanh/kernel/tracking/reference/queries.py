"""What clocks stand on, to be read: limits with what depends on them, the days of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import (
    STILL_OPEN,
    Cause,
    DueChange,
    Obligation,
    TimeLimit,
)
from dieuhanh.kernel.obligations.queries import is_done, with_state
from dieuhanh.kernel.tracking.reference.actions import RECALCULATE
from dieuhanh.kernel.tracking.reference.policies import may_keep
from dieuhanh.kernel.workdays.calendar import Calendar, DayKind
from dieuhanh.kernel.workdays.models import Announced, CalendarNotice
from dieuhanh.text import dates

# Limits -----------------------------------------------------------------------------------------


def limits() -> list[TimeLimit]:
    """Every version of every limit, by key and day. One query."""
    return list(TimeLimit.objects.order_by("key", "effective_from"))


def limits_on(day: date) -> list[TimeLimit]:
    """The limits in force on ``day``, by key."""
    return [one for one in limits() if is_in_force(one, day)]


def versions_of(key: str) -> list[TimeLimit]:
    """The versions of one limit, the newest first; empty where there is no such limit."""
    return list(TimeLimit.objects.filter(key=key).order_by("-effective_from"))


def is_in_force(limit: TimeLimit, day: date) -> bool:
    return limit.effective_from <= day and (limit.effective_to is None or limit.effective_to >= day)


@dataclass(frozen=True)
class Dependents:
    """How many obligations of one register stand under a version of a limit, and are open now."""

    register: str
    written: int
    still_open: int


#: All obligations are counted for a page that changes with hardly any of them.
_dependents: Kept[dict[int, list[Dependents]]] = Kept(64)


def dependents(user: Person, limit_ids: Iterable[int] | None = None) -> dict[int, list[Dependents]]:
    """Id of a version → what depends on it, by register: all that ``user`` may see; of whoever
    keeps the limits, all there is, since he decides for it. One grouped query.
    """
    acting = user.acting.pk if user.acting else None
    chosen = None if limit_ids is None else tuple(limit_ids)
    of_whom = None if may_keep(user) else (user.pk, acting, clock.today())
    return _dependents.get((chosen, of_whom), lambda: _counted(user, chosen))


def _counted(user: Person, limit_ids: tuple[int, ...] | None) -> dict[int, list[Dependents]]:
    owed = Obligation.objects.filter(limit__isnull=False)
    if limit_ids is not None:
        owed = owed.filter(limit_id__in=limit_ids)
    if not may_keep(user):
        owed = owed.filter(entry__in=Entry.objects.filter(policies.visible(user)))
    counted = (
        owed.order_by("limit_id", "entry__register")
        .values_list("limit_id", "entry__register")
        .annotate(written=Count("pk"), still_open=Count("pk", filter=STILL_OPEN))
    )
    found: dict[int, list[Dependents]] = {}
    for limit_id, register, written, still_open in counted:
        found.setdefault(limit_id, []).append(Dependents(register, written, still_open))
    return found


def newest_open(
    user: Person, limit_ids: Iterable[int], moment: datetime, *, most: int
) -> list[Obligation]:
    """Open obligations under these versions that ``user`` may see, the newest first."""
    return list(
        with_state(moment)
        .filter(~is_done(moment), limit_id__in=list(limit_ids))
        .filter(entry__in=Entry.objects.filter(policies.visible(user)))
        .select_related("entry", "limit", "unit")
        .order_by("-started_at", "-pk")[:most]
    )


def story_of(key: str) -> QuerySet[Line]:
    """What the journal tells of a limit."""
    return Line.objects.filter(entry_id=None, verb__startswith="limit.", subject=key)


# Days -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearDay:
    """A day on which offices do not work as the week says, or of which a notice tells.

    ``notice`` is the one in force; None for a day of the national calendar.
    """

    day: date
    kind: DayKind
    reason: str
    notice: CalendarNotice | None


def notices_of(year: int) -> list[CalendarNotice]:
    """The notices of days of one year, as they were recorded, the newest first."""
    return list(CalendarNotice.objects.filter(day__year=year).order_by("-pk"))


def latest_of_each_day(notices: Iterable[CalendarNotice]) -> dict[date, CalendarNotice]:
    """Of several notices of one day the later one counts; a withdrawal leaves none."""
    found: dict[date, CalendarNotice] = {}
    for one in sorted(notices, key=lambda each: each.pk):
        if one.announced == Announced.WITHDRAWN:
            found.pop(one.day, None)
        else:
            found[one.day] = one
    return found


def special_days(year: int, notices: Iterable[CalendarNotice], known: Calendar) -> list[YearDay]:
    """Days off and days made up of one year, weekly rest aside.

    Raises:
        ValueError: the calendar does not reach to that year.
    """
    told = latest_of_each_day(notices)
    return [
        YearDay(one, known.kind(one), known.reason(one), told.get(one))
        for one in days_of(year)
        if known.kind(one) in (DayKind.OFF, DayKind.MAKE_UP) or one in told
    ]


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]


def announcements(notices: Iterable[CalendarNotice]) -> dict[int, Line]:
    """Id of a notice → the line of the journal that tells who recorded it; one query."""
    told = sorted({dates.day(one.day) for one in notices})
    lines = Line.objects.filter(entry_id=None, verb="calendar.announced", subject__in=told)
    return {line.details["notice"]: line for line in lines if "notice" in line.details}


def moved_by(notices: Iterable[CalendarNotice]) -> dict[int, int]:
    """Id of a notice → how many deadlines moved for it; one query."""
    by_reason = {
        f"{dates.day(one.day)}: {one.reason} ({one.source})": one
        for one in sorted(notices, key=lambda each: each.pk)
    }
    if not by_reason:
        return {}
    moved = DueChange.objects.filter(
        cause=Cause.CALENDAR,
        reason__in=by_reason,
        at__gte=min(one.recorded_at for one in by_reason.values()),
    )
    counted = moved.order_by().values_list("reason").annotate(moved=Count("pk"))
    return {by_reason[reason].pk: count for reason, count in counted}


def moved_by_limit(limit_ids: Iterable[int]) -> dict[int, int]:
    """Id of a version → how many deadlines moved when running work came under it; one query."""
    moved = DueChange.objects.filter(Q(cause=Cause.LIMIT), obligation__limit_id__in=list(limit_ids))
    counted = moved.order_by().values_list("obligation__limit_id").annotate(moved=Count("pk"))
    return dict(counted)


@dataclass(frozen=True)
class Reckoning:
    """What a job has still to reckon again: ids of notices, and of versions of limits."""

    notices: frozenset[int]
    limits: frozenset[int]


def being_reckoned() -> Reckoning:
    """Jobs that wait, run, or wait to be tried again; one query."""
    waiting = ProcrastinateJob.objects.filter(task_name=RECALCULATE, status__in=("todo", "doing"))
    asked = list(waiting.values_list("args", flat=True))
    return Reckoning(
        frozenset(one["notice_id"] for one in asked if "notice_id" in one),
        frozenset(one["limit_id"] for one in asked if "limit_id" in one),
    )


# Units ------------------------------------------------------------------------------------------


def unit_by_code(code: str) -> Unit | None:
    """The unit of that code; of several that bore it, the one that began last."""
    return Unit.objects.filter(code=code).order_by("-valid_from").first()
