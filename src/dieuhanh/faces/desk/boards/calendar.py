"""The calendar of the Committee: a week or a month of dated facts, one lane a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.boards.booklet import Sheet, as_xlsx
from dieuhanh.faces.desk.boards.events import LANES, Event, Lane, events, last_day_before, readable
from dieuhanh.faces.desk.moments import Moment, days_of, moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.registry import EXPORT
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, LAST_YEAR, Calendar, DayKind
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text import dates, numbers

MONTH = "thang"
#: How many lines of one cell a printed week has room for; the rest is told by its number. In the
#: widest column an event takes one, in the others two; a warning takes one more.
LINES_PRINTED = 7
WIDEST = "meetings"


@dataclass(frozen=True)
class Span:
    """The days that are shown: a week from Monday to Sunday, or whole weeks around a month."""

    day: date
    month: bool

    @property
    def first(self) -> date:
        start = self.day.replace(day=1) if self.month else self.day
        return start - timedelta(days=start.weekday())

    @property
    def last(self) -> date:
        if not self.month:
            return self.first + timedelta(days=6)
        end = self.after - timedelta(days=1)
        return end + timedelta(days=6 - end.weekday())

    @property
    def after(self) -> date:
        """A day of the next week, or the first of the next month."""
        if not self.month:
            return self.day + timedelta(days=7)
        return (self.day.replace(day=1) + timedelta(days=32)).replace(day=1)

    @property
    def before(self) -> date:
        if not self.month:
            return self.day - timedelta(days=7)
        return (self.day.replace(day=1) - timedelta(days=1)).replace(day=1)

    @property
    def days(self) -> list[date]:
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]

    @property
    def words(self) -> str:
        if self.month:
            return _("Tháng %(month)s năm %(year)s") % {
                "month": self.day.month,
                "year": self.day.year,
            }
        return _("Tuần %(first)s – %(last)s") % {
            "first": dates.short_day(self.first),
            "last": dates.day(self.last),
        }


def _span(request: HttpRequest, moment: Moment) -> Span:
    """From ``?tu=`` (any day of the week or month) and ``?xem=thang``."""
    asked, _end = days_of(request)
    day = asked if asked and FIRST_YEAR < asked.year < LAST_YEAR else moment.day
    return Span(day, request.GET.get("xem") == MONTH)


def _url(request: HttpRequest, **changes: str) -> str:
    kept = {name: request.GET.get(name, "") for name in ("tu", "xem", "tinh-den")}
    query = urlencode({name: value for name, value in {**kept, **changes}.items() if value})
    base = reverse("desk:board-calendar")
    return f"{base}?{query}" if query else base


@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """GET /bang/lich/: ``tu`` a day of the week shown, ``xem=thang`` its month, ``tinh-den``."""
    person: Person = request.user  # type: ignore[assignment]
    moment = moment_of(request)
    span = _span(request, moment)
    known_by = moment.day if moment.past else None
    found = events(person, span.first, span.last, known_by=known_by)
    known = calendar()
    lanes = readable(person)
    used = {one.lane for one in found}
    days = [_day(one, found, known, moment, lanes, span) for one in span.days]
    context = {
        "title": _("Lịch của Ủy ban"),
        "line": _line(span, found, moment),
        "actions": _actions(request),
        "views": [
            {"label": _("Tuần"), "count": None, "url": _url(request, xem=""),
             "current": not span.month},
            {"label": _("Tháng"), "count": None, "url": _url(request, xem=MONTH),
             "current": span.month},
        ],
        "before_url": _url(request, tu=dates.day(span.before)),
        "after_url": _url(request, tu=dates.day(span.after)),
        "now_url": _url(request, tu=""),
        "words": span.words,
        "month": span.month,
        "filters": {
            "action": request.path,
            "label": _("Đến ngày khác"),
            "search": None,
            "selects": [],
            "days": [
                {"name": "tu", "label": _("tháng có ngày") if span.month else _("tuần có ngày"),
                 "value": dates.day(span.day) if request.GET.get("tu") else ""},
                {"name": "tinh-den", "label": _("tính đến"),
                 "value": dates.day(moment.day) if moment.past else ""},
            ],
            "keep": [("xem", MONTH)] if span.month else [],
        },
        "lanes": [lane for lane in lanes if lane.key in used],
        "empty_lanes": [lane.label for lane in lanes if lane.key not in used],
        "unread_lanes": [lane.label for lane in LANES if lane not in lanes],
        "days": days,
        "weeks": [days[start : start + 7] for start in range(0, len(days), 7)],
        "weekdays": [dates.WEEKDAYS[n] for n in range(7)],
        "clashes": sum(bool(one.clash) for one in found),
        "nothing": None if found else _nothing(request, person, span),
        "crumbs": with_crumbs((_("Lịch của Ủy ban"), None)),
    }  # fmt: skip
    return render(request, "desk/board_calendar.html", context)


def _line(span: Span, found: list[Event], moment: Moment) -> str:
    told = ngettext("%(n)s mục", "%(n)s mục", len(found)) % {"n": numbers.number(len(found))}
    as_of = _("hết ngày %(day)s") % {"day": dates.day(moment.day)} if moment.past else (
        dates.moment(moment.at))  # fmt: skip
    return _("%(span)s; %(told)s; tính đến %(as_of)s") % {
        "span": span.words, "told": told, "as_of": as_of,
    }  # fmt: skip


def _actions(request: HttpRequest) -> list[dict[str, Any]]:
    query = _url(request).partition("?")[2]
    suffix = f"?{query}" if query else ""
    return [
        {"label": _("Xuất XLSX"), "url": reverse("desk:board-calendar-file") + suffix,
         "icon": "file-type-xls"},
        {"label": _("Tải lịch (.ics)"), "url": reverse("desk:board-calendar-ics") + suffix,
         "icon": "calendar-event"},
    ]  # fmt: skip


def _nothing(request: HttpRequest, person: Person, span: Span) -> dict[str, str]:
    """Why there is nothing, and the way to the last day on which there was something."""
    words = _("%(span)s: chưa sổ nào ghi mục thuộc quyền xem của ông/bà.") % {"span": span.words}
    day = last_day_before(person, span.first)
    if day is None:
        return {"words": words}
    return {
        "words": words,
        "url": _url(request, tu=dates.day(day)),
        "url_label": _("Xem %(day)s, ngày gần nhất có ghi") % {"day": dates.weekday_day(day)},
    }


# A day ------------------------------------------------------------------------------------------


def _day(
    day: date,
    found: list[Event],
    known: Calendar,
    moment: Moment,
    lanes: list[Lane],
    span: Span,
) -> dict[str, Any]:
    kind = known.kind(day)
    of_day = [one for one in found if one.day == day]
    cells = [
        _cell(lane, [one for one in of_day if one.lane == lane.key])
        for lane in lanes
        if any(one.lane == lane.key for one in found)
    ]
    return {
        "day": day,
        "weekday": dates.weekday(day)[:1].upper() + dates.weekday(day)[1:],
        "date": dates.short_day(day),
        "today": day == moment.day,
        "off": not known.is_working(day),
        "note": _note(known, day, kind),
        "outside": span.month and day.month != span.day.month,
        "cells": cells,
        "empty": not of_day,
        "clash": any(one.clash for one in of_day),
        "url": f"{reverse('desk:board-calendar')}?{urlencode({'tu': dates.day(day)})}",
    }


def _note(known: Calendar, day: date, kind: DayKind) -> str:
    """Why offices do not work as the week says; weekly rest needs no word."""
    if kind is DayKind.OFF:
        return known.reason(day)
    if kind is DayKind.MAKE_UP:
        return known.reason(day) or _("làm bù")
    return ""


def _cell(lane: Lane, found: list[Event]) -> dict[str, Any]:
    shown, lines, beyond = [], 0, 0
    for one in found:
        lines += 1 + (lane.key != WIDEST) + bool(one.clash)
        beyond += lines > LINES_PRINTED
        shown.append(
            {
                "title": one.title,
                "note": one.note,
                "clash": one.clash,
                "closed": one.closed,
                "strong": one.kind == "collective",
                "url": _event_url(one),
                "beyond": lines > LINES_PRINTED,
            }
        )
    count = sum(one.amount for one in found)
    return {"lane": lane, "events": shown, "count": count, "beyond": beyond}


def _event_url(one: Event) -> str:
    slug = registry.get(one.register).slug
    if one.pk and one.lane == "deadlines":
        return reverse("desk:campaign", args=[one.pk])
    if one.pk:
        return reverse("desk:entry", args=[slug, one.pk])
    day = dates.day(one.day)
    query = urlencode({"loai": one.kind, "tu": day, "den": day})
    return f"{reverse('desk:list', args=[slug])}?{query}"


# Files ------------------------------------------------------------------------------------------


def _exported(request: HttpRequest) -> tuple[Span, list[Event]]:
    person: Person = request.user  # type: ignore[assignment]
    moment = moment_of(request)
    span = _span(request, moment)
    known_by = moment.day if moment.past else None
    return span, events(person, span.first, span.last, known_by=known_by, verb=EXPORT)


@require_GET
def calendar_file(request: HttpRequest) -> FileResponse:
    """GET /bang/lich/xuat.xlsx: the week or month that is shown, one line an event."""
    span, found = _exported(request)
    labels = {lane.key: str(lane.label) for lane in LANES}
    known = calendar()
    sheet = Sheet(
        name=_("Lịch của Ủy ban"),
        title=span.words,
        notes=[_clash_note()],
        columns=[
            _("Ngày"), _("Thứ"), _("Ngày nghỉ, làm bù"), _("Loại"), _("Nội dung"), _("Chi tiết"),
            _("Cần xem lại"),
        ],
        rows=[
            [one.day, dates.weekday(one.day), _note(known, one.day, known.kind(one.day)),
             labels[one.lane], one.title, one.note, one.clash]
            for one in found
        ],
    )  # fmt: skip
    return as_xlsx(f"lich-{span.first.isoformat()}.xlsx", [sheet])


def _clash_note() -> str:
    return _(
        "Các sổ ghi ngày, không ghi giờ: chỗ trùng trong ngày cần xem lại, chưa chắc trùng giờ."
    )


@require_GET
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """GET /bang/lich/lich.ics: the same for a calendar program (RFC 5545), each as a whole day.

    A calendar program may send its events elsewhere: of entries that are not open to everybody
    the file says only what kind of thing it is.
    """
    _, found = _exported(request)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dieuhanh//lich//VI", "CALSCALE:GREGORIAN"]
    labels = {lane.key: str(lane.label) for lane in LANES}
    stamp = f"{moment_of(request).at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for one in found:
        key = one.pk or f"{one.day:%Y%m%d}-{one.kind}"
        shown = labels[one.lane] if one.closed else f"{labels[one.lane]}: {one.title}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.register}-{key}@dieuhanh",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(shown)}",
            *([] if one.closed else [f"DESCRIPTION:{_escaped(one.note)}"]),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    text = "\r\n".join(part for line in lines for part in _folded(line)) + "\r\n"
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lich.ics"'
    return response


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """Lines of at most 75 bytes; those that go on begin with a space (RFC 5545, 3.1)."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > 75:
            yield part
            part = " "
        part += letter
    yield part
