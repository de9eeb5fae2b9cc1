"""What time it is, in Việt Nam. The one place that asks, so that tests and demonstrations can fix it.

Rule: X-05, time zone Asia/Ho_Chi_Minh.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The current moment (aware); in a demonstration, the moment at which its clock stands."""
    if settings.FIXED_NOW:
        return datetime.fromisoformat(settings.FIXED_NOW).replace(tzinfo=ZONE)
    return datetime.now(ZONE)


def today() -> date:
    return now().astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """The last second of ``day``: "tính đến hết ngày"."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), ZONE)
