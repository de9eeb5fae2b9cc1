"""What stands around every page: functions by group, where I am, the date, me."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dieuhanh.faces.desk import functions
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications.queries import MOST_COUNTED
from dieuhanh.kernel.tracking.waiting import waiting_for

#: Pages with a column of their own on the left fold the functions to a rail of icons.
RAILED = ("report", "parts")
#: Where a request keeps its frame once made.
MADE = "_shell_made"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nobody sees a line for which they have no right; made once a request."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    made: dict[str, Any] | None = getattr(request, MADE, None)
    if made is None:
        made = _made(request, person)
        setattr(request, MADE, made)
    return made


def _made(request: HttpRequest, person: Any) -> dict[str, Any]:
    path, match = request.path, request.resolver_match
    name = (match.url_name or "") if match else ""
    waiting = waiting_for(person)
    groups = functions.groups_of(person, path, waiting, at=name)
    lines = [item for group in groups for item in group["items"]]
    registers = [item for item in lines if any(one["code"] for one in item["places"])]
    reports = [item for item in lines if item["icon"] == "report"]
    menu = {"label": _("Chức năng"), "url": "#functions", "icon": "menu-2", "current": False}
    moment = moment_of(request)
    return {
        "shell": {
            "groups": groups,
            "places": functions.places_beside(groups, path),
            "dock": [lines[0], *registers[:1], *reports[:1], menu],
            "today": clock.today(),
            "person": _person(request, person),
            "acting": person.acting
            and {
                "mandate": person.acting.pk,
                "giver": person.acting.giver.full_name,
                "ends_on": person.acting.ends_on,
                "stop_url": reverse("desk:act-stop"),
            },
            "notices": _notices(waiting.notices),
            "rail": name in RAILED,
            "search_url": reverse("desk:search"),
            "home_url": reverse("desk:home"),
            "as_of": moment.day if moment.past else None,
            "now_url": _without(request, "tinh-den"),
            "demo": settings.DEMO,
        }
    }


def _person(request: HttpRequest, person: Any) -> dict[str, Any]:
    """Me, and with which hats I act: those of whom I stand in for, while acting."""
    offices = [
        {"role": one.get_role_display(), "title": one.title, "unit": one.unit.name}
        for one in person.current_appointments
    ]
    hat = offices[0]["title"] or offices[0]["role"] if offices else ""
    other = "en" if get_language() == "vi" else "vi"
    return {
        "name": person.full_name,
        "initials": "".join(word[0] for word in person.full_name.split()[-2:]),
        "unit": person.unit_name,
        "hat": _("%(hat)s và %(n)s vai trò khác") % {"hat": hat, "n": len(offices) - 1}
        if len(offices) > 1
        else "",
        "offices": offices,
        "here": request.get_full_path(),
        "links": [
            {"label": _("Nội dung chưa gửi"), "url": reverse("desk:unsent"), "icon": "pencil"},
            {"label": _("Việc chạy nền"), "url": reverse("desk:errands"), "icon": "refresh"},
            {"label": _("Ủy quyền, làm thay"), "url": reverse("desk:mandates"), "icon": "users"},
            {
                "label": "English" if other == "en" else "Tiếng Việt",
                "url": reverse("desk:language", args=[other]),
                "icon": "book",
                "post": True,
                "returns": True,
            },
            {
                "label": _("Đăng xuất"),
                "url": reverse("desk:sign-out"),
                "icon": "logout",
                "post": True,
            },
        ],
    }


def _notices(count: int) -> dict[str, Any]:
    """The bell: unread notices."""
    shown = f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")
    return {"url": reverse("desk:notices"), "shown": shown, "live": settings.LIVE_URL}


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def with_crumbs(*crumbs: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"label": label, "url": url} for label, url in crumbs]
