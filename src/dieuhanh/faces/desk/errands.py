"""Long work that goes on when the page is left: asking for it, watching it, fetching what it made."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.errands import actions, queries
from dieuhanh.kernel.errands.models import Errand, ErrandState
from dieuhanh.text import numbers

#: How a state looks: shape, words and colour of the chips of time (look of obligations).
LOOKS = {
    ErrandState.WAITING: "none",
    ErrandState.RUNNING: "open",
    ErrandState.DONE: "done",
    ErrandState.FAILED: "overdue",
}


def start(
    request: HttpRequest, kind: str, title: str, back: str, /, *, file: str = "", **arguments: Any
) -> HttpResponse:
    """Ask for an errand and go to its page. ``arguments`` are plain values for its performer."""
    errand = actions.ask_errand(
        request.user,  # type: ignore[arg-type]
        kind=kind,
        title=title,
        back=back,
        arguments=arguments | {"language": get_language()},
        file=file,
    )
    return redirect("desk:errand", errand=errand.pk)


def _theirs(request: HttpRequest, errand: int) -> Errand:
    found = queries.one_of(request.user, errand)  # type: ignore[arg-type]
    if found is None:
        raise Http404(_("Không có việc chạy nền này."))
    return found


def _row(one: Errand) -> dict[str, Any]:
    state = one.state
    progress = ""
    if state == ErrandState.RUNNING and one.total:
        progress = _("%(done)s trong %(total)s") % {
            "done": numbers.number(one.done),
            "total": numbers.number(one.total),
        }
    elif state == ErrandState.RUNNING and one.done:
        progress = _("đã xem %(done)s dòng") % {"done": numbers.number(one.done)}
    return {
        "title": one.title,
        "url": reverse("desk:errand", args=[one.pk]),
        "asked_at": one.asked_at,
        "ended_at": one.ended_at,
        "chip": {"state": LOOKS[state], "words": str(state.label).lower()},
        "running": not one.ended_at,
        "progress": progress,
        "share": one.done / one.total if one.total else None,
        "said": one.said,
        "failure": one.failure,
        "faults": one.faults,
        "file_url": reverse("desk:errand-file", args=[one.pk])
        if one.file_name and one.file
        else "",
        "file_name": one.file_name,
        "back": one.back,
    }


@require_GET
def errand_list(request: HttpRequest) -> HttpResponse:
    """GET /chay-nen/: one's own, the latest first."""
    rows = [_row(one) for one in queries.of_person(request.user)]  # type: ignore[arg-type]
    context = {
        "title": _("Việc chạy nền"),
        "line": _("Nhập, xuất, dựng tệp; rời trang không làm dừng. Tệp giữ %(days)s ngày.")
        % {"days": actions.KEPT_DAYS},
        "rows": rows,
        "full": len(rows) == queries.MOST,
        "most": queries.MOST,
        "crumbs": with_crumbs((_("Việc chạy nền"), None)),
    }
    return render(request, "desk/errands.html", context)


@require_GET
def errand_page(request: HttpRequest, errand: int) -> HttpResponse:
    """GET /chay-nen/<errand>/: how far it is; asks again each second until it ended."""
    found = _theirs(request, errand)
    context = {
        "title": found.title,
        "errand": _row(found),
        "crumbs": with_crumbs((_("Việc chạy nền"), reverse("desk:errands")), (found.title, None)),
    }
    return render(request, "desk/errand.html", context)


@require_GET
def errand_file(request: HttpRequest, errand: int) -> FileResponse:
    """GET /chay-nen/<errand>/tep/: what it made, to whom it was made for."""
    found = _theirs(request, errand)
    path = actions.folder() / found.file
    if not (found.file_name and found.file and path.exists()):
        raise Http404(_("Tệp này không còn được giữ; xin làm lại."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.file_name)
