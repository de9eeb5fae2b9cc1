"""The calendar as it is known now, and as it was known when a due day was computed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from dieuhanh.kernel.workdays.calendar import Calendar, Notice
from dieuhanh.kernel.workdays.models import Announced, CalendarNotice


def latest_version() -> int:
    """The number of the newest notice; 0 where there is none. One query."""
    newest = CalendarNotice.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def known_days() -> set[date]:
    """Days of which some notice tells."""
    return set(CalendarNotice.objects.values_list("day", flat=True))


@lru_cache(maxsize=64)
def calendar_of(version: int) -> Calendar:
    """The calendar with the notices up to one number: national holidays beneath them (TG-05…08).

    Notices are only added, so a version never changes. Unconfirmed ones count too: they are
    configuration, marked as such.
    """
    in_force: dict[date, Notice] = {}
    for one in CalendarNotice.objects.filter(pk__lte=version).order_by("pk"):
        if one.announced == Announced.WITHDRAWN:
            in_force.pop(one.day, None)
        else:
            kind = "off" if one.announced == Announced.OFF else "working"
            in_force[one.day] = Notice(one.day, kind, one.reason, one.source)  # type: ignore[arg-type]
    return Calendar(tuple(in_force.values()))


def calendar() -> Calendar:
    """The calendar as it is known now. One query; keep it where many days are asked."""
    return calendar_of(latest_version())
