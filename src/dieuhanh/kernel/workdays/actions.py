"""Recording what the committee announces of its working days."""

from __future__ import annotations

from datetime import date

from django.db import connection

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.workdays.models import CalendarNotice


def add_notice(
    *, day: date, announced: str, reason: str, source: str, confirmed: bool
) -> CalendarNotice:
    """Add what a notice says of one day, inside the caller's transaction.

    Writers wait for each other, so that a version of the calendar holds all notices below its
    number (`workdays.queries.calendar_of`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('calendar_notice'))")
    return CalendarNotice.objects.create(
        day=day,
        announced=announced,
        reason=reason,
        source=source,
        confirmed=confirmed,
        recorded_at=clock.now(),
    )
