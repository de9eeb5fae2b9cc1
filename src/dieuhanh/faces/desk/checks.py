"""The doctor's answers as a page: whether this installation is in order. For administrators."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces import doctor
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.identity.queries import keeps_people
from dieuhanh.kernel.journal import clock
from dieuhanh.text import dates


@require_GET
def checks_page(request: HttpRequest) -> HttpResponse:
    """GET /kiem-tra-he-thong/: every check, those that found something first."""
    if not keeps_people(request.user):  # type: ignore[arg-type]
        raise Http404(_("Không có trang này."))
    found = [
        {"name": name, "problem": problem, "note": note} for name, problem, note in doctor.run()
    ]
    wrong = sum(bool(one["problem"]) for one in found)
    said = (
        ngettext("%(n)s chỗ cần xử lý", "%(n)s chỗ cần xử lý", wrong) % {"n": wrong}
        if wrong
        else _("Mọi phần đều ổn")
    )
    context = {
        "title": _("Kiểm tra hệ thống"),
        "line": f"{said}, {dates.moment(clock.now())}",
        "checks": sorted(found, key=lambda one: not one["problem"]),
        "crumbs": with_crumbs((_("Kiểm tra hệ thống"), None)),
    }
    return render(request, "desk/checks.html", context)
