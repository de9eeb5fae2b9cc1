"""Acting for somebody (làm thay): which hat a request wears, asked anew at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dieuhanh.faces.desk.middleware import Handler
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.identity import queries
from dieuhanh.kernel.identity.models import Mandate, Person
from dieuhanh.kernel.journal import clock
from dieuhanh.text import dates

#: Key of the session under which the chosen mandate is kept; signing out forgets it.
CHOSEN = "mandate"
#: Pages that take a POST whoever one acts for.
ANY_HAT = ("sign-out", "language", "act", "act-stop")
#: Where these begin, each view signs people in by itself; hats are worn there all the same.
API = "/api/"


class ActingMiddleware:
    """Puts the giver's hat on the person of the request, or takes it off for good.

    A mandate that ended, was revoked, or whose giver's account was closed is refused with a
    sentence; what was typed under it is shown again and nothing is written.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) and not request.path.startswith(API):
            return None  # for everybody: nobody's hat, and no session is read
        chosen = request.session.get(CHOSEN)
        person = request.user
        if chosen is None or not isinstance(person, Person):
            return None
        mandate = queries.held_by(person, chosen)
        if mandate and queries.is_running(mandate):
            person.act_under(mandate)
            return None
        del request.session[CHOSEN]
        match = request.resolver_match
        if mandate is None or match is None or match.url_name in ANY_HAT:
            return None
        return _refuse(request, match, _ended(mandate))


def _ended(mandate: Mandate) -> str:
    giver = mandate.giver.full_name
    if mandate.revoked_on:
        why = _("Việc làm thay %(giver)s đã được thu hồi ngày %(day)s.") % {
            "giver": giver,
            "day": dates.day(mandate.revoked_on),
        }
    elif not mandate.giver.is_active:
        why = _("Tài khoản của %(giver)s đã khóa nên việc làm thay đã dừng.") % {"giver": giver}
    elif clock.today() < mandate.starts_on:
        return _("Việc làm thay %(giver)s bắt đầu từ ngày %(day)s.") % {
            "giver": giver,
            "day": dates.day(mandate.starts_on),
        }
    else:
        why = _("Thời gian làm thay %(giver)s đã hết ngày %(day)s.") % {
            "giver": giver,
            "day": dates.day(mandate.ends_on),
        }
    return why + " " + _("Từ giờ ông/bà làm việc bằng quyền của mình.")


def _refuse(request: HttpRequest, match: ResolverMatch, sentence: str) -> HttpResponse | None:
    if request.path.startswith(API):
        return JsonResponse({"faults": [{"field": "", "message": sentence}]}, status=403)
    if request.method != "POST":
        messages.warning(request, sentence)
        return None if match.url_name == "home" else redirect("desk:home")
    form = _typed(request, match)
    form.full_clean()
    form.errors.clear()
    form.add_error(None, sentence)
    context = {
        "title": _("Chưa ghi được"),
        "form": form,
        "submit_label": _("Gửi lại bằng quyền của tôi"),
        "consequence": _(
            "Chưa có gì được ghi; nội dung ông/bà đã gõ vẫn còn ở trên (tệp thì xin chọn lại). "
            "Mục không thuộc quyền của ông/bà thì xin chuyển nội dung cho người có trách nhiệm."
        ),
        "cancel_url": reverse("desk:home"),
        "cancel_label": _("Về việc của tôi"),
    }
    return render(request, "desk/form.html", context, status=422)


class _Typed(forms.Form):
    """Whatever was typed, where the page's own form cannot be told from its address."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, value in data.items():
            if name != "csrfmiddlewaretoken" and not name.startswith("form_"):
                long = len(value) > 60 or "\n" in value
                widget = forms.Textarea({"rows": 8}) if long else forms.TextInput()
                self.fields[name] = forms.CharField(label=name, required=False, widget=widget)


def _typed(request: HttpRequest, match: ResolverMatch) -> forms.Form:
    """The form of the page that was sent, filled with what was typed; nothing else is read."""
    register = registry.by_slug(match.kwargs.get("slug", ""))
    if register and match.url_name == "enter":
        return register.form(request.POST)
    if register and match.url_name == "verb":
        for verb in register.verbs:
            if verb.slug == match.kwargs["action"]:
                return verb.form(request.POST)
    return _Typed(request.POST)


@require_POST
def act(request: HttpRequest, mandate: int) -> HttpResponse:
    """POST /lam-thay/<mandate>/: from now on do the giver's work."""
    person: Person = request.user  # type: ignore[assignment]
    held = queries.held_by(person, mandate)
    if held is None:
        raise Http404(_("Không có việc làm thay này."))
    if not queries.is_running(held):
        messages.warning(request, _ended(held))
        return redirect("desk:mandates")
    request.session[CHOSEN] = held.pk
    return redirect("desk:home")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """POST /lam-thay/thoi/: take the hat off."""
    request.session.pop(CHOSEN, None)
    messages.success(request, _("Đã thôi làm thay; ông/bà làm việc bằng quyền của mình."))
    return redirect("desk:home")
