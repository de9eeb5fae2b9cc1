"""What a person was told: the list, and marking as read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.notifications import actions, queries, texts
from dieuhanh.kernel.notifications.models import Notice, NoticeKind

ICONS = {
    NoticeKind.SOON: "clock-hour-8",
    NoticeKind.TODAY: "clock-exclamation",
    NoticeKind.LATE: "alert-triangle",
    NoticeKind.ESCALATED: "alert-triangle",
    NoticeKind.URGED: "bell-ringing",
    NoticeKind.ASSIGNED: "clipboard-list",
    NoticeKind.HANDED_OVER: "user-check",
    NoticeKind.EXTENSION_ASKED: "message-question",
    NoticeKind.DECIDED: "gavel",
    NoticeKind.RETURNED: "arrow-back-up",
    NoticeKind.PAUSED: "player-pause",
    NoticeKind.DEADLINE_MOVED: "calendar-event",
    NoticeKind.DIGEST: "news",
    NoticeKind.ERRAND: "refresh",
}
#: The largest number that a cursor may hold: that of the database's own.
LARGEST = 2**63 - 1


def _cursor(request: HttpRequest, name: str) -> int | None:
    """None for nothing and for what is no number: an old or mistyped address."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= LARGEST else None


def _row(one: Notice) -> dict[str, Any]:
    home = "/" if one.kind == NoticeKind.DIGEST else ""
    if "errand" in one.parts:
        home = reverse("desk:errand", args=[one.parts["errand"]])
    return {
        "id": one.pk,
        "at": one.created_at,
        "icon": ICONS[NoticeKind(one.kind)],
        "kind": one.get_kind_display(),
        "sentence": texts.sentence(one),
        "details": texts.details(one),
        "url": texts.path_of(one.parts.get("register", ""), one.entry_id) or home,
        "unread": one.read_at is None,
    }


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """GET /thong-bao/: newest first, by pages."""
    person: Person = request.user  # type: ignore[assignment]
    found = queries.page(person, after=_cursor(request, "sau"), before=_cursor(request, "truoc"))
    rows = [_row(one) for one in found.rows]
    context = {
        "title": _("Thông báo"),
        "line": _("Mỗi việc báo một lần; việc đang chờ xem ở Việc của tôi."),
        "rows": rows,
        "any_unread": any(row["unread"] for row in rows),
        "pager": {
            "words": _("%(n)s thông báo trên trang này") % {"n": len(rows)},
            "older_url": f"{request.path}?sau={found.older}" if found.older else "",
            "newer_url": f"{request.path}?truoc={found.newer}" if found.newer else "",
        },
        "crumbs": with_crumbs((_("Thông báo"), None)),
    }
    return render(request, "desk/notices.html", context)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """POST /thong-bao/da-doc/: all of one's own are read."""
    actions.mark_read(request.user)  # type: ignore[arg-type]
    return redirect("desk:notices")


@require_POST
def read_one(request: HttpRequest, notice: int) -> HttpResponse:
    """POST /thong-bao/<notice>/da-doc/: one of one's own is read.

    Raises:
        Http404: it is another's, or none.
    """
    if not queries.is_theirs(request.user, notice):  # type: ignore[arg-type]
        raise Http404
    actions.mark_read(request.user, notice_id=notice)  # type: ignore[arg-type]
    return redirect("desk:notices")
