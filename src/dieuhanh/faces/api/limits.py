"""Time limits and the working calendar, to be read: law is public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.kernel.tracking.reference import queries
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, LAST_YEAR
from dieuhanh.kernel.workdays.queries import calendar

router = Router()


class AlternativeOut(Schema):
    length: int
    unit: str
    source: str


class LimitExtensionOut(Schema):
    """``length`` is in the limit's unit; None where whoever decides names the day."""

    words: str
    times: int
    length: int | None
    decided_by: str


class LimitOut(Schema):
    """``length`` is None where ``certainty`` is not ``fixed``: such a limit yields no date."""

    key: str
    label: str
    start_event: str
    direction: str
    certainty: str
    length: int | None
    unit: str
    alternatives: list[AlternativeOut]
    extension: LimitExtensionOut
    pause: str
    legal_basis: str
    rule: str
    confirmed: bool
    owner: str
    effective_from: date
    effective_to: date | None
    applies_to_running: bool


class CalendarDayOut(Schema):
    """``source`` is empty for the national calendar; ``confirmed`` then is None."""

    day: date
    kind: str
    reason: str
    source: str
    confirmed: bool | None


class CalendarNoticeOut(Schema):
    id: int
    day: date
    announced: str
    reason: str
    source: str
    confirmed: bool
    recorded_at: datetime


class CalendarOut(Schema):
    year: int
    working_days: int
    days: list[CalendarDayOut]
    notices: list[CalendarNoticeOut]


def _limit(one: TimeLimit) -> dict[str, Any]:
    plain = (
        "key", "label", "start_event", "direction", "certainty", "length", "unit", "alternatives",
        "pause", "legal_basis", "rule", "confirmed", "owner", "effective_from", "effective_to",
        "applies_to_running",
    )  # fmt: skip
    return {name: getattr(one, name) for name in plain} | {
        "extension": {
            "words": one.extension,
            "times": one.extension_times,
            "length": one.extension_length,
            "decided_by": one.extension_by,
        }
    }


@router.get("/time-limits", response=list[LimitOut])
def list_limits(request: HttpRequest, on: date | None = None) -> list[dict[str, Any]]:
    """The time limits in force on a day, today unless given."""
    return [_limit(one) for one in queries.limits_on(on or clock.today())]


@router.get("/calendar/{year}", response=CalendarOut)
def get_calendar(request: HttpRequest, year: int) -> dict[str, Any]:
    """The days off and made up of a year, weekly rest aside, and the notices, newest first."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    known, notices = calendar(), queries.notices_of(year)
    return {
        "year": year,
        "working_days": sum(map(known.is_working, queries.days_of(year))),
        "days": [
            {
                "day": one.day,
                "kind": one.kind.value,
                "reason": one.reason,
                "source": one.notice.source if one.notice else "",
                "confirmed": one.notice.confirmed if one.notice else None,
            }
            for one in queries.special_days(year, notices, known)
        ],
        "notices": [
            {
                "id": one.pk,
                "day": one.day,
                "announced": one.announced,
                "reason": one.reason,
                "source": one.source,
                "confirmed": one.confirmed,
                "recorded_at": one.recorded_at,
            }
            for one in notices
        ],
    }
