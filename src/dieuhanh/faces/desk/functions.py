"""The functions on the left of every page: one line each, by function of government (look, section 2).

A line may have several places (registers, boards, pages) of one function: the line leads to the
first that the person may open, the others stand as a row of links on top of each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dieuhanh.faces.desk.boards.events import readable
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.kernel.measures.model import Words
from dieuhanh.kernel.tracking.waiting import Waiting

#: More lines than this: merge, do not nest.
MOST_LINES = 18


def _reads_a_register(person: Person) -> bool:
    return any(policies.may_read(person, one) for one in registry.all_registers())


def _works_with_figures(person: Person) -> bool:
    """Everybody may; who only keeps the system does not use them."""
    return bool(person.roles - {Role.ADMINISTRATOR})


def _has(*roles: str) -> Callable[[Person], bool]:
    return lambda person: person.has_role(*roles)


def _anybody(_person: Person) -> bool:
    return True


@dataclass(frozen=True)
class Page:
    """A place that is no register: the name of its address, and who uses it."""

    name: str
    label: Words
    icon: str
    may: Callable[[Person], bool] = _anybody
    #: Other pages that belong to it, by name of their address.
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line: ``label`` and ``icon`` stand where the person has more than one of its places.

    ``places`` holds pages, and codes of registers.
    """

    label: Words
    icon: str
    places: tuple[Page | str, ...]


def one(place: Page) -> Line:
    return Line(place.label, place.icon, (place,))


HOME = Page("home", _("Việc của tôi"), "checklist", beside=("work", "unsent", "duty", "errands"))
BOOKS = Page(
    "numbers", _("Số đã cấp"), "list-details", _has(Role.CLERK, Role.SECRET_CLERK, Role.AUDITOR)
)
#: In the order of the column on the left.
GROUPS: tuple[tuple[Words, tuple[Line, ...]], ...] = (
    (
        _("Bàn làm việc"),
        (
            one(HOME),
            one(Page("board-calendar", _("Lịch của Ủy ban"), "calendar-event",
                     lambda person: bool(readable(person)))),
        ),
    ),
    (
        _("Văn bản và nhiệm vụ"),
        (
            Line(_("Văn bản"), "inbox", ("documents.incoming", "documents.outgoing", BOOKS)),
            Line(_("Nhiệm vụ giao"), "subtask", ("assignments.tasks",)),
            Line(_("Chương trình công tác"), "calendar-week", (
                "assignments.work_programme", "assignments.action_programme",
                "assignments.submissions")),
            Line(_("Phiên họp, cuộc họp"), "presentation", (
                "meetings.sessions", "meetings.items", "meetings.attendance")),
        ),
    ),
    (
        _("Người dân, doanh nghiệp"),
        (
            Line(_("Tiếp dân, đơn thư"), "mail-opened", (
                "complaints.letters", "complaints.visits", "complaints.cases",
                "complaints.reviews")),
            Line(_("Kiến nghị cử tri"), "message-2", (
                "petitions.council", "petitions.national_assembly", "petitions.contacts")),
            Line(_("Phản ánh, kiến nghị"), "speakerphone", ("feedback",)),
            Line(_("Thủ tục hành chính"), "file-certificate", (
                "procedures.decisions", "procedures.changes")),
        ),
    ),
    (
        _("Theo dõi, kiểm tra"),
        (
            Line(_("Quá hạn, trách nhiệm"), "clock-exclamation", (
                Page("board-overdue", _("Quá hạn theo đơn vị"), "clock-exclamation",
                     _reads_a_register),
                Page("board-responsibility", _("Trách nhiệm theo văn bản"), "users",
                     _reads_a_register))),
            Line(_("Kiểm tra công vụ"), "zoom-check", ("inspections",)),
            Line(_("Báo chí"), "news", ("press.matters", "press.conferences")),
            Line(_("Đối ngoại"), "world", (
                "foreign_reception.delegations", "foreign_reception.meetings")),
            Line(_("Nhật ký, quản trị"), "settings", (
                Page("journal", _("Nhật ký"), "history", _has(Role.AUDITOR, Role.ADMINISTRATOR)),
                Page("people", _("Người dùng"), "users", _has(Role.ADMINISTRATOR)),
                Page("checks", _("Kiểm tra hệ thống"), "settings", _has(Role.ADMINISTRATOR)))),
        ),
    ),
    (
        _("Số liệu, báo cáo"),
        (
            Line(_("Chỉ tiêu"), "chart-line", (
                Page("indicators", _("Chỉ tiêu"), "chart-line", _works_with_figures),
                Page("board-map", _("Bản đồ quận, huyện"), "map-pin", _reads_a_register))),
            Line(_("Báo cáo"), "report", (
                Page("reports", _("Báo cáo"), "report", _works_with_figures),
                "reports.campaigns",
                Page("proof", _("Soát số liệu"), "zoom-check", _works_with_figures))),
            Line(_("Quy định, danh mục"), "book", (
                Page("limits", _("Thời hạn theo quy định"), "clock-hour-8"),
                Page("calendar", _("Lịch làm việc"), "calendar-week"),
                Page("units", _("Đơn vị"), "building"))),
        ),
    ),
)  # fmt: skip


def _place(person: Person, place: Page | str, path: str, at: str) -> dict[str, Any] | None:
    """What a place says of itself; None where it is not for this person."""
    if isinstance(place, Page):
        if not place.may(person):
            return None
        url = reverse(f"desk:{place.name}")
        current = at in place.beside
        found = {"label": place.label, "icon": place.icon, "code": ""}
    else:
        register = registry.get(place)
        if not policies.may_read(person, register):
            return None
        url = reverse("desk:list", args=[register.slug])
        current = False
        found = {"label": register.label, "icon": register.icon, "code": place}
    current |= path == url or (url != "/" and path.startswith(url))
    return found | {"url": url, "current": current}


def groups_of(person: Person, path: str, waiting: Waiting, *, at: str = "") -> list[dict[str, Any]]:
    """Headings with their lines: {label, url, icon, count, current, places}.

    Args:
        path: of the page that is asked for.
        at: the name of its address.
    """
    groups: list[dict[str, Any]] = []
    for title, lines in GROUPS:
        items: list[dict[str, Any]] = []
        for line in lines:
            places = [
                found for one in line.places if (found := _place(person, one, path, at)) is not None
            ]
            if not places:
                continue
            several = len(places) > 1
            count = sum(waiting.work[one["code"]] for one in places if one["code"])
            items.append(
                {
                    "label": line.label if several else places[0]["label"],
                    "icon": line.icon if several else places[0]["icon"],
                    "url": places[0]["url"],
                    "count": count or None,
                    "current": any(one["current"] for one in places),
                    "places": places,
                }
            )
        if items:
            groups.append({"title": title, "items": items})
    if groups and groups[0]["items"][0]["url"] == "/":
        groups[0]["items"][0]["count"] = sum(waiting.work.values()) or None
    return groups


def places_beside(groups: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """The places of the line on which the page itself stands; none where there is but one."""
    for group in groups:
        for item in group["items"]:
            if any(one["url"] == path for one in item["places"]) and len(item["places"]) > 1:
                return list(item["places"])
    return []
