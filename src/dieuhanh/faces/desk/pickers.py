"""What the pickers of forms ask while somebody types: units, people, the days of a month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.kernel.identity import finding
from dieuhanh.kernel.identity.finding import Option
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, LAST_YEAR, DayKind
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text import dates, numbers

#: Most choices of one answer.
MOST = 20
LONGEST = 100


def _answer(found: list[Option], more: int) -> HttpResponse:
    """``said`` is for a live region; ``more`` stands under the list."""
    said = _("Không có tên nào khớp.")
    if found:
        said = _("%(n)s lựa chọn.") % {"n": numbers.number(len(found))}
    words = _("Còn %(n)s tên khác; gõ thêm chữ.") % {"n": numbers.number(more)} if more else ""
    options = [asdict(one) for one in found]
    return JsonResponse({"options": options, "said": f"{said} {words}".strip(), "more": words})


@require_GET
def pick_unit(request: HttpRequest) -> HttpResponse:
    """GET /chon/don-vi/?q=: units by part of the name, old names too."""
    return _answer(*finding.units_like(request.GET.get("q", "")[:LONGEST], MOST))


@require_GET
def pick_person(request: HttpRequest) -> HttpResponse:
    """GET /chon/nguoi/?q=: people by part of the name, those of the own units first."""
    person: Person = request.user  # type: ignore[assignment]
    return _answer(*finding.people_like(request.GET.get("q", "")[:LONGEST], MOST, of=person))


def _month_of(request: HttpRequest) -> date:
    """From ``?thang=2024-06``; this month for anything that is no month of the calendar."""
    year, _dash, number = request.GET.get("thang", "").partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(year) == 4 and len(number) <= 2):
        return clock.today().replace(day=1)
    if FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12:
        return date(int(year), int(number), 1)
    return clock.today().replace(day=1)


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """GET /lich-lam-viec/thang/?thang=2024-06: each day, and why it is a day off."""
    first, days = _month_of(request), calendar()
    told = []
    for number in range(1, monthrange(first.year, first.month)[1] + 1):
        day = first.replace(day=number)
        kind, reason, said = days.kind(day), days.reason(day), dates.weekday(day)
        said = said[:1].upper() + said[1:]
        if kind is DayKind.WEEKLY_REST:
            said = _("%(weekday)s, ngày nghỉ hằng tuần") % {"weekday": said}
        elif kind is DayKind.OFF:
            said = _("%(weekday)s, ngày nghỉ: %(reason)s") % {"weekday": said, "reason": reason}
        elif kind is DayKind.MAKE_UP:
            said = _("%(weekday)s, ngày làm bù: %(reason)s") % {"weekday": said, "reason": reason}
        told.append({"value": dates.day(day), "said": said, "off": not days.is_working(day)})
    return JsonResponse(
        {
            "month": f"{first:%Y-%m}",
            "title": _("Tháng %(month)s năm %(year)s") % {"month": first.month, "year": first.year},
            "before": first.weekday(),  # empty places before the first, from Monday
            "weekdays": [dates.weekday_short(date(2024, 1, n)) for n in range(1, 8)],
            "today": dates.day(clock.today()),
            "days": told,
        }
    )
