"""What stands around every page: functions by group, where I am, the date, me."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications.queries import MOST_COUNTED, unread_count

#: Pages with a column of their own on the left fold the functions to a rail of icons.
RAILED = ("report",)
#: Functions of government, in the order of the column on the left.
FUNCTIONS = {
    "documents": gettext_lazy("Văn bản"),
    "work": gettext_lazy("Điều hành công việc"),
    "voters": gettext_lazy("Cử tri, Hội đồng nhân dân"),
    "citizens": gettext_lazy("Người dân, doanh nghiệp"),
    "administration": gettext_lazy("Thủ tục, kiểm tra, đối ngoại"),
}


def _item(label: str, url: str, icon: str, path: str) -> dict[str, Any]:
    current = path == url or (url != "/" and path.startswith(url))
    return {"label": label, "url": url, "icon": icon, "count": None, "current": current}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nobody sees a line for which they have no right."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    path = request.path
    by_group: dict[str, list[dict[str, Any]]] = {group: [] for group in (*FUNCTIONS, "reports")}
    for register in registry.all_registers():
        if policies.may_read(person, register):
            url = reverse("desk:list", args=[register.slug])
            by_group[register.group].append(_item(str(register.label), url, register.icon, path))
    home = _item(_("Việc của tôi"), reverse("desk:home"), "checklist", path)
    home["current"] |= path.startswith(reverse("desk:work"))
    reports = _item(_("Báo cáo"), reverse("desk:reports"), "report", path)
    groups: list[dict[str, Any]] = [
        {"title": _("Bàn làm việc"), "items": [home]},
        *({"title": title, "items": by_group[group]} for group, title in FUNCTIONS.items()),
        {
            "title": _("Số liệu, báo cáo"),
            "items": [
                _item(_("Chỉ tiêu"), reverse("desk:indicators"), "chart-line", path),
                *by_group["reports"],
                reports,
            ],
        },
        {
            "title": _("Quy định"),
            "items": [
                _item(_("Thời hạn theo quy định"), reverse("desk:limits"), "clock-hour-8", path),
                _item(_("Lịch làm việc"), reverse("desk:calendar"), "calendar-week", path),
            ],
        },
    ]
    first = [item for items in by_group.values() for item in items][:1]
    functions = {"label": _("Chức năng"), "url": "#functions", "icon": "menu-2", "current": False}
    moment = moment_of(request)
    match = request.resolver_match
    initials = "".join(word[0] for word in person.full_name.split()[-2:])
    return {
        "shell": {
            "groups": [group for group in groups if group["items"]],
            "dock": [home, *first, reports, functions],
            "today": clock.today(),
            "person": {
                "name": person.full_name,
                "initials": initials,
                "unit": person.unit_name,
                "links": [
                    {
                        "label": _("Ủy quyền, làm thay"),
                        "url": reverse("desk:mandates"),
                        "icon": "users",
                    },
                    {
                        "label": "English" if get_language() == "vi" else "Tiếng Việt",
                        "url": reverse(
                            "desk:language", args=["en" if get_language() == "vi" else "vi"]
                        ),
                        "icon": "book",
                        "post": True,
                    },
                    {
                        "label": _("Đăng xuất"),
                        "url": reverse("desk:sign-out"),
                        "icon": "logout",
                        "post": True,
                    },
                ],
            },
            "acting": person.acting
            and {
                "mandate": person.acting.pk,
                "giver": person.acting.giver.full_name,
                "ends_on": person.acting.ends_on,
                "stop_url": reverse("desk:act-stop"),
            },
            "notices": _notices(person),
            "rail": bool(match and match.url_name in RAILED),
            "search_url": reverse("desk:search"),
            "home_url": reverse("desk:home"),
            "as_of": moment.day if moment.past else None,
            "now_url": _without(request, "tinh-den"),
            "demo": settings.DEMO,
        }
    }


def _notices(person: Any) -> dict[str, Any]:
    """The bell: unread notices, in one query."""
    count = unread_count(person)
    shown = f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")
    return {"url": reverse("desk:notices"), "shown": shown, "live": settings.LIVE_URL}


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def with_crumbs(*crumbs: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"label": label, "url": url} for label, url in crumbs]
