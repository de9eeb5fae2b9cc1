"""When people are reminded, and when a mail is tried again. Pure; numbers in one place.

All numbers here are configuration of the committee (GK): no law sets them. Its working
regulation (quy chế làm việc) may.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.text.dates import local

#: Working days before the due day on which the first reminder comes.
SOON_DAYS = 3
#: Late by so many working days: the head of the unit hears of it; the head of the agency.
HEAD_AFTER, AGENCY_AFTER = 3, 10
#: Calendar days after which something late is no news: it stands in lists and digests only.
OLDEST_LATE = 60
#: Obligations one run of the reminder job takes at each stage; the next run takes the rest.
PER_RUN = 500
#: People one run of the digest job writes to before it hands on to the next run.
PEOPLE_PER_RUN = 200
#: Rows of a digest; the counts are always whole.
DIGEST_ROWS = 20
#: Letters of a message that somebody types when urging.
LONGEST_MESSAGE = 300

#: Minutes to wait after each failed attempt to send a mail: about a day in all.
BACK_OFF = (1, 2, 5, 15, 30, 60, 120, 240, 240, 240, 240, 240)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts (at least 1); None: give up."""
    if attempts > len(BACK_OFF):
        return None
    return timedelta(minutes=BACK_OFF[attempts - 1])


def in_working_hours(moment: datetime, calendar: Calendar) -> bool:
    """Whether offices are open at ``moment`` (TG-03 to TG-08)."""
    here = local(moment)
    if not calendar.is_working(here.date()):
        return False
    return any(opens <= here.time() < closes for opens, closes in calendar.sessions)


def opening(day: date, calendar: Calendar) -> time | None:
    """When offices open on ``day``; None when they do not."""
    return calendar.sessions[0][0] if calendar.is_working(day) else None
