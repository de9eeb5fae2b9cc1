"""When an obligation is due: its limit, its extensions and pauses, the calendar. No writes.

Reckoning again from the same rows gives the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import (
    Certainty,
    Direction,
    Extension,
    Obligation,
    TimeLimit,
)
from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.due import Stop, due_moment
from dieuhanh.kernel.workdays.due import Unit as DayUnit
from dieuhanh.text.dates import local_day


def due_of(
    limit: TimeLimit,
    start: datetime,
    calendar: Calendar,
    *,
    length: int | None = None,
    extra: int = 0,
    stops: Iterable[Stop] = (),
) -> datetime | None:
    """The last moment in time of a limit; None where the rule yields none.

    That is so where its length is not known, or is the case's and the case has none yet, and
    where it is a minimum (see `earliest_end`).

    Args:
        start: moment of the start event; for a backward limit, of the event it lies before.
        length: of this case, where the limit leaves it to the case.
        extra: what extensions added.
        stops: pauses that have ended.

    Units: length and extra in the limit's unit.
    Law: Bộ luật Dân sự 91/2015/QH13, Điều 147, Điều 148 (TG-01, TG-02).
    """
    if limit.direction == Direction.AT_ONCE:
        return start
    known = length if limit.certainty == Certainty.BY_CASE else limit.length
    if known is None or limit.direction == Direction.MINIMUM:
        return None
    return due_moment(
        start,
        known + extra,
        DayUnit(limit.unit),
        calendar,
        backwards=limit.direction == Direction.BACKWARD,
        stops=stops,
    )


def earliest_end(limit: TimeLimit, start: datetime, calendar: Calendar) -> datetime | None:
    """Before when something may not end, for a limit that is a minimum ("at least 15 days")."""
    if limit.direction != Direction.MINIMUM or limit.length is None:
        return None
    return due_moment(start, limit.length, DayUnit(limit.unit), calendar)


def stops_of(obligation: Obligation) -> list[Stop]:
    """Pauses that have ended, in order."""
    return [
        (one.started_at, one.ended_at)
        for one in sorted(obligation.pauses.all(), key=lambda one: one.started_at)
        if one.ended_at
    ]


def granted_of(obligation: Obligation) -> list[Extension]:
    """Extensions that were granted, in the order of the decisions."""
    granted = [one for one in obligation.extensions.all() if one.granted and one.decided_at]
    return sorted(granted, key=lambda one: (one.decided_at, one.pk))


def reckon(obligation: Obligation, calendar: Calendar) -> datetime | None:
    """The deadline of an obligation from all that is written of it.

    A day that was named, at first or by an extension, stands: only what the clock stood after it
    was named moves it, by working days. Extensions by a length lengthen the limit itself.
    """
    stops, granted = stops_of(obligation), granted_of(obligation)
    named = [one for one in granted if one.until]
    if named and named[-1].until and named[-1].decided_at:
        since = named[-1].decided_at
        stood = [(max(begin, since), end) for begin, end in stops if end > since]
        return _moved(clock.end_of(named[-1].until), stood, calendar)
    if obligation.limit is None:
        first = obligation.first_due_at
        return _moved(first, stops, calendar) if first else None
    return due_of(
        obligation.limit,
        obligation.event_at or obligation.started_at,
        calendar,
        length=obligation.length,
        extra=sum(one.length or 0 for one in granted),
        stops=stops,
    )


def _moved(due: datetime, stops: list[Stop], calendar: Calendar) -> datetime:
    """A day that was named, moved by the working days of pauses; never before they are over."""
    days = sum(calendar.working_days(local_day(begin), local_day(end)) for begin, end in stops)
    if days:
        due = clock.end_of(calendar.add_working(local_day(due), days))
    runs_again = max((end for _begin, end in stops), default=due)
    return (
        due if runs_again <= due else clock.end_of(calendar.working_or_next(local_day(runs_again)))
    )
