"""People with an account (người dùng), each with all offices held on a day: for administrators."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.identity.queries import Held, keeps_people, people_on
from dieuhanh.text import dates, numbers

SIZE = 50
#: ``?thieu=chuc-vu``: active people without any office.
IDLE = "chuc-vu"


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """GET /nguoi-dung/: ``q`` words of the name, the account or the unit."""
    if not keeps_people(request.user):  # type: ignore[arg-type]
        raise Http404(_("Không có trang này."))
    moment = moment_of(request)
    sought = request.GET.get("q", "").strip()[:200]
    found = people_on(moment.day, sought)
    idle = request.GET.get("thieu", "") == IDLE
    if idle:
        found = [one for one in found if one.person.is_active and not one.appointments]
    start = request.GET.get("tu-dong", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
    query = {"q": sought, "tinh-den": dates.day(moment.day) if moment.past else "",
             "thieu": IDLE if idle else ""}  # fmt: skip
    page = found[first : first + SIZE]

    def address(**changes: Any) -> str:
        kept = {key.replace("_", "-"): value for key, value in (query | changes).items() if value}
        return f"{request.path}?{urlencode(kept)}" if kept else request.path

    context = {
        "title": _("Người dùng"),
        "line": _("%(n)s người có tài khoản; chức vụ tính đến ngày %(day)s")
        % {"n": numbers.number(len(found)), "day": dates.day(moment.day)},
        "filters": {
            "action": request.path,
            "label": _("Tìm người dùng"),
            "search": {
                "name": "q",
                "value": sought,
                "label": _("Tìm người dùng"),
                "placeholder": _("Họ tên, tên đăng nhập hoặc đơn vị"),
            },
            "keep": [(key, value) for key, value in query.items() if value and key != "q"],
            "words": [{"label": _("Chưa có chức vụ"), "remove_url": address(thieu="")}]
            if idle
            else [],
        },
        "people": [_person(one, moment.day) for one in page],
        "pager": {
            "words": _("%(shown)s người trong %(total)s. Danh sách không bị cắt.")
            % {"shown": numbers.number(len(page)), "total": numbers.number(len(found))},
            "older_label": _("Tiếp theo"),
            "newer_label": _("Trước đó"),
            "older_url": address(tu_dong=first + SIZE) if first + SIZE < len(found) else "",
            "newer_url": address(tu_dong=max(first - SIZE, 0)) if first else "",
        },
        "crumbs": with_crumbs((_("Người dùng"), None)),
    }
    return render(request, "desk/people.html", context)


def _person(one: Held, day: date) -> dict[str, Any]:
    return {
        "name": one.person.full_name,
        "username": one.person.username,
        "active": one.person.is_active,
        "journal_url": f"{reverse('desk:journal')}?{urlencode({'nguoi': one.person.username})}",
        "offices": [
            {
                "role": held.get_role_display(),
                "title": held.title,
                "unit": held.unit.name,
                "url": reverse("desk:unit", args=[held.unit_id]),
                "since": held.valid_from,
                "until": held.valid_to,
                "ended": held.unit.valid_to is not None and held.unit.valid_to < day,
            }
            for held in one.appointments
        ],
    }
