"""The home page by role; signing in; the language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dieuhanh.faces.desk import unsent, work
from dieuhanh.faces.desk.sections.parts import Look
from dieuhanh.faces.desk.sections.table import ALWAYS, TABLE, built, hat_of, hats_of
from dieuhanh.faces.loading.reference import DEMO_PASSWORD
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.kernel.identity.queries import cast
from dieuhanh.kernel.tracking import queries
from dieuhanh.kernel.tracking.queries import Due, Side
from dieuhanh.text import dates, numbers

#: Rows of my work on the home page; the rest is one click away.
MOST = 20
SLUGS = {side: slug for slug, side in work.SIDES.items()}


class SignIn(LoginView):
    """GET, POST /dang-nhap/: local accounts; in a demonstration, its cast."""

    redirect_authenticated_user = True
    http_method_names = ["get", "post", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["carried_name"] = unsent.CARRIED
        context["open_url"] = reverse("portal:overview")
        context["carried"] = self.request.POST.get(unsent.CARRIED, "")
        if settings.DEMO:
            context["demo_password"] = DEMO_PASSWORD
            context["demo_cast"] = [
                {
                    "username": one.person.username,
                    "name": one.person.full_name,
                    "role": one.get_role_display(),
                    "unit": one.unit.name,
                }
                for one in cast()
            ]
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        address = unsent.bring_back(self.request)
        return redirect(unsent.open_url(address)) if address else response

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def _entering(person: Person) -> list[dict[str, Any]]:
    """What the person may enter, one click from home; nothing where they only read."""
    items = [
        {"label": one.label, "url": reverse("desk:enter", args=[one.slug]), "icon": one.icon}
        for one in registry.all_registers()
        if policies.may_enter(person, one)
    ]
    return [{"label": _("Vào sổ"), "icon": "plus", "items": items}] if items else []


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """GET /: my work across registers, the most pressing first, and what my role looks after.

    ``ben`` a side of the work, ``vai`` one of my roles, ``tinh-den`` as of a past day.
    """
    sight = work.sight_of(request)
    person = sight.person
    tally = queries.tally(sight)
    side = _side(request, tally)
    rows = queries.page(queries.open_work(sight, side), sight, size=MOST).rows
    total = tally.count(side)
    look = Look(sight, tally)
    role = hat_of(person, request.GET.get("vai", ""))
    shown = TABLE.get(role)
    whole = _address(reverse("desk:work"), request, ben=SLUGS[side])
    context = {
        "title": _("Việc của tôi"),
        "line": _line(tally, sight),
        "hats": [
            {
                "label": Role(one).label,
                "count": None,
                "url": _address(request.path, request, vai=TABLE[one].slug),
                "current": one == role,
            }
            for one in hats_of(person)
        ],
        "actions": [
            {"label": _("Tất cả việc"), "url": whole, "icon": "list-details"},
        ],
        "menus": [] if sight.past else _entering(person),
        "moment_form": {"day": dates.day(sight.day) if sight.past else "",
                        "keep": [("vai", request.GET["vai"])] if request.GET.get("vai") else []},
        "tiles": shown.tiles(look) if shown and shown.tiles else [],
        "tiles_note": _("từ 01/01/%(year)s, tính đến %(moment)s")
        % {"year": sight.day.year, "moment": _known(sight)},
        "above": built(shown.above, look) if shown else [],
        "tabs": [
            {
                "label": one.label,
                "count": tally.count(one),
                "url": _address(request.path, request, ben=SLUGS[one]),
                "current": one == side,
            }
            for one in SLUGS
        ],
        "any_work": any(tally.count(one) for one in SLUGS),
        "groups": work.groups_of(rows, sight, tally, side),
        "shown": len(rows),
        "total": total,
        "most": MOST,
        "work_url": whole,
        "below": built((*(shown.below if shown else ()), *ALWAYS), look),
    }  # fmt: skip
    return render(request, "desk/home.html", context)


def _side(request: HttpRequest, tally: queries.Tally) -> Side:
    """The side asked for, else the first on which there is work."""
    asked = work.SIDES.get(request.GET.get("ben", ""))
    return asked or next((one for one in work.SIDES.values() if tally.count(one)), Side.UNIT)


def _known(sight: queries.Sight) -> str:
    if sight.past:
        return _("hết ngày %(day)s") % {"day": dates.day(sight.day)}
    return dates.moment(sight.at)


def _line(tally: queries.Tally, sight: queries.Sight) -> str:
    """How much of the units' work is late and due, as of when."""
    if not any(tally.count(one) for one in SLUGS):
        return _("Không có việc chưa xong; tính đến %(known)s") % {"known": _known(sight)}
    return _(
        "%(total)s việc chưa xong, trong đó %(late)s việc quá hạn và %(soon)s việc đến hạn trong "
        "3 ngày làm việc; tính đến %(known)s"
    ) % {
        "total": numbers.number(tally.count(Side.UNIT)),
        "late": numbers.number(tally.count(Side.UNIT, Due.LATE)),
        "soon": numbers.number(
            tally.count(Side.UNIT, Due.TODAY) + tally.count(Side.UNIT, Due.SOON)
        ),
        "known": _known(sight),
    }


def _address(path: str, request: HttpRequest, **changes: str) -> str:
    """An address that keeps the role and the day of this page."""
    kept = {key: request.GET[key] for key in ("vai", "tinh-den") if request.GET.get(key)}
    if path != request.path:
        kept.pop("vai", None)
    query = kept | changes
    return f"{path}?{urlencode(query)}" if query else path


@require_POST
def set_language(request: HttpRequest, code: str) -> HttpResponse:
    """POST /ngon-ngu/<code>/: the language of the pages, kept in a cookie for a year.

    ``tiep``: the page to go back to, one of our own.
    """
    if code not in dict(settings.LANGUAGES):
        raise Http404(_("Không có ngôn ngữ này."))
    back = request.POST.get("tiep", "")
    ours = url_has_allowed_host_and_scheme(back, None, require_https=request.is_secure())
    response = redirect(back if ours and back.startswith("/") else reverse("desk:home"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
    )
    return response
