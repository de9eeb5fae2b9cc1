"""The working calendar: days off and made up of a year, the notices, and recording another one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk.entry import refuse
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import who
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.fields import DayField, TextArea
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.tracking.reference import policies, queries
from dieuhanh.kernel.tracking.reference.actions import announce_day
from dieuhanh.kernel.tracking.reference.queries import YearDay
from dieuhanh.kernel.ui.templatetags.look import chip
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, LAST_YEAR, Calendar, DayKind
from dieuhanh.kernel.workdays.models import Announced, CalendarNotice
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text import dates, numbers


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class NoticeForm(forms.Form):
    day = DayField(label=gettext_lazy("Ngày"))
    announced = forms.ChoiceField(
        label=gettext_lazy("Ngày này"),
        choices=[(one.value, one.label[:1].upper() + one.label[1:]) for one in Announced],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        widget=TextArea,
        help_text=gettext_lazy(
            "Hiện dưới từng ngày khi giải thích hạn, ví dụ: nghỉ hoán đổi Quốc khánh."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Văn bản thông báo"),
        max_length=300,
        help_text=gettext_lazy("Số, ký hiệu, ngày, cơ quan ban hành."),
    )
    confirmed = forms.BooleanField(label=gettext_lazy("Đã đối chiếu với văn bản"), required=False)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Lịch làm việc chỉ có từ năm %(first)s đến năm %(last)s."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
                code="range",
            )
        return day


def _year_of(request: HttpRequest) -> int:
    """From ``?nam=``; this year for anything that is no year of the calendar."""
    asked = request.GET.get("nam", "")
    if asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR:
        return int(asked)
    return clock.today().year


@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """GET /lich-lam-viec/?nam=: the days off and made up of a year, the notices, the months."""
    person: Person = request.user  # type: ignore[assignment]
    year, known = _year_of(request), calendar()
    notices = queries.notices_of(year)
    special = queries.special_days(year, notices, known)
    lines = queries.announcements(notices)
    standing = {one.notice.pk for one in special if one.notice}
    later = [one for one in notices if one.pk in lines or one.pk not in standing]
    off = sum(one.kind is DayKind.OFF for one in special)
    worked = sum(known.is_working(one) for one in queries.days_of(year))
    context = {
        "title": _("Lịch làm việc năm %(year)s") % {"year": year},
        "line": _(
            "%(worked)s ngày làm việc; %(off)s ngày nghỉ lễ, nghỉ bù, nghỉ hoán đổi. Thông báo của "
            "cơ quan có thẩm quyền đè lên lịch nghỉ quốc gia."
        )
        % {"worked": worked, "off": off},
        "actions": [
            {
                "label": _("Ghi thông báo"),
                "url": reverse("desk:calendar-announce"),
                "icon": "plus",
                "primary": True,
            }
        ]
        if policies.may_keep(person)
        else [],
        "tabs": [
            {"label": str(one), "count": None, "url": f"{request.path}?nam={one}",
             "current": one == year}
            for one in range(max(FIRST_YEAR, year - 1), min(LAST_YEAR, year + 1) + 1)
        ],
        "day_columns": [
            {"label": _("Ngày")},
            {"label": _("Ngày này")},
            {"label": _("Lý do")},
            {"label": _("Theo")},
            {"label": _("Tình trạng")},
        ],
        "day_rows": [_day_row(one, lines) for one in special],
        "notice_columns": [
            {"label": _("Thông báo")},
            {"label": _("Ngày này")},
            {"label": _("Văn bản")},
            {"label": _("Ghi lúc")},
            {"label": _("Hạn thay đổi")},
        ],
        "notice_rows": _notice_rows(notices, later, lines),
        "months": [_month(known, year, number) for number in range(1, 13)],
        "year": year,
        "crumbs": with_crumbs((_("Lịch làm việc"), None)),
    }  # fmt: skip
    return render(request, "desk/calendar.html", context)


def _kind_words(one: YearDay) -> str:
    return {
        DayKind.OFF: _("nghỉ"),
        DayKind.MAKE_UP: _("làm bù"),
        DayKind.WORKING: _("làm việc"),
        DayKind.WEEKLY_REST: _("nghỉ hằng tuần"),
    }[one.kind]


def _day_row(one: YearDay, lines: dict[int, Line]) -> dict[str, Any]:
    notice = one.notice
    state = "open" if one.kind is DayKind.OFF else "soon"
    return {
        "cells": [
            {"kind": "title", "text": _capital(dates.weekday_day(one.day))},
            {"kind": "text", "text": chip(_kind_words(one), state)},
            {"kind": "text", "text": _capital(one.reason)},
            {"kind": "text", "text": notice.source if notice
             else _("Lịch nghỉ lễ quốc gia (Bộ luật Lao động, Điều 111, Điều 112)"),
             "sub": _recorded(notice, lines) if notice else ""},
            {"kind": "text", "text": _confirmed(notice)},
        ]
    }  # fmt: skip


def _confirmed(notice: CalendarNotice | None) -> str:
    if notice is None:
        return _("theo luật")
    if notice.confirmed:
        return chip(_("đã đối chiếu"), "done", "check")
    return chip(_("chưa đối chiếu"), "soon", "clock-exclamation")


def _notice_rows(
    notices: list[CalendarNotice], shown: list[CalendarNotice], lines: dict[int, Line]
) -> list[dict[str, Any]]:
    """Notices that somebody recorded here, and those that no longer count."""
    moved = queries.moved_by(shown)
    waiting = queries.being_reckoned().notices
    counts = queries.latest_of_each_day(notices)
    newest = {one.day: one for one in sorted(notices, key=lambda each: each.pk)}
    return [
        {
            "cells": [
                {"kind": "title", "text": _capital(dates.weekday_day(one.day)),
                 "sub": _standing(one, newest[one.day], counts.get(one.day))},
                {"kind": "text", "text": _capital(one.get_announced_display()),
                 "sub": one.reason},
                {"kind": "text", "text": one.source, "sub": _confirmed(one)},
                {"kind": "text", "text": _recorded(one, lines)},
                {"kind": "text", "text": _effect(one, lines, moved, waiting)},
            ]
        }
        for one in shown
    ]  # fmt: skip


def _standing(one: CalendarNotice, newest: CalendarNotice, counts: CalendarNotice | None) -> str:
    if one == counts:
        return _("đang tính theo thông báo này")
    if one == newest:
        return _("ngày này nay theo lịch quốc gia")
    return _("đã có thông báo sau")


def _recorded(one: CalendarNotice, lines: dict[int, Line]) -> str:
    """When and by whom: "17/6/2024 08:40, Nguyễn Văn A"."""
    line = lines.get(one.pk)
    recorder = who(line) if line else _("nạp cùng dữ liệu nền")
    return f"{dates.moment(one.recorded_at)}, {recorder}"


def _effect(
    one: CalendarNotice, lines: dict[int, Line], moved: dict[int, int], waiting: frozenset[int]
) -> str:
    if one.pk in waiting:
        return _("đang tính lại")
    if one.pk not in lines:
        return _("đã tính từ đầu")
    count = moved.get(one.pk, 0)
    if not count:
        return _("không hạn nào đổi")
    return ngettext("%(n)s việc đổi hạn", "%(n)s việc đổi hạn", count) % {
        "n": numbers.number(count)
    }


def _month(known: Calendar, year: int, number: int) -> dict[str, Any]:
    days = [one for one in queries.days_of(year) if one.month == number]
    worked = sum(map(known.is_working, days))
    return {
        "name": _("Tháng %(month)s") % {"month": number},
        "worked": ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", worked) % {"n": worked},
        "cells": [
            {
                "weekday": dates.weekday_short(one),
                "day_number": one.day,
                "label": {DayKind.OFF: _("nghỉ"), DayKind.MAKE_UP: _("bù")}.get(
                    known.kind(one), ""
                ),
                "off": not known.is_working(one),
                "today": one == clock.today(),
                "last": known.kind(one) is DayKind.MAKE_UP,
                "title": known.reason(one),
            }
            for one in days
        ],
    }


@require_http_methods(["GET", "POST"])
@sent_once
def announce(request: HttpRequest) -> HttpResponse:
    """GET, POST /lich-lam-viec/thong-bao/: what a notice says of one day."""
    person: Person = request.user  # type: ignore[assignment]
    if not policies.may_keep(person):
        raise Http404(_("Việc này do người quản trị hệ thống thực hiện."))
    form = NoticeForm(
        request.POST if request.method == "POST" else None, initial={"announced": Announced.OFF}
    )
    if request.method == "POST" and form.is_valid():
        try:
            notice = announce_day(actor=person, **form.cleaned_data)
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request,
                _(
                    "Đã ghi thông báo về %(day)s. Hạn của các việc đang mở qua ngày ấy đang được "
                    "tính lại; ai liên quan sẽ được báo. Việc đã xong không thay đổi."
                )
                % {"day": dates.weekday_day(notice.day)},
            )
            return redirect(f"{reverse('desk:calendar')}?nam={notice.day.year}")
    context = {
        "title": _("Ghi thông báo lịch làm việc"),
        "subtitle": _(
            "Ngày nghỉ lễ, nghỉ hoán đổi, làm bù theo văn bản của cơ quan có thẩm quyền."
        ),
        "form": form,
        "submit_label": _("Ghi thông báo"),
        "consequence": _(
            "Thông báo không sửa, không xóa được; ghi thông báo sau cho cùng ngày là thay thông báo "
            "trước. Hạn của việc đang mở được tính lại; việc đã xong giữ nguyên."
        ),
        "cancel_url": reverse("desk:calendar"),
        "crumbs": with_crumbs(
            (_("Lịch làm việc"), reverse("desk:calendar")), (_("Ghi thông báo"), None)
        ),
    }
    return form_page(request, context)
