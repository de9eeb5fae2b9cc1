"""Who wrote a denunciation: allowing one person to read it, and reading it, with reasons.

The answer that shows it is given to a POST only, is kept by no cache, and tells nothing in its
address; no other page, list, export or answer of the API holds what stands in it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.policies import get_visible_or_404
from dieuhanh.kernel.journal import clock
from dieuhanh.registers.complaints import policies, queries
from dieuhanh.registers.complaints.actions import LONGEST_GRANT, grant_identity, open_identity
from dieuhanh.registers.complaints.forms import GrantIdentityForm, OpenIdentityForm
from dieuhanh.text import dates, numbers

DAYS_AT_FIRST = timedelta(7)


def identity_links(user: Any, entry: Entry) -> list[dict[str, Any]]:
    """The link from a letter's page to that of its writer, where ``user`` may open that one."""
    if entry.register != queries.LETTERS or policies.guarded_letter(user, entry.pk) is None:
        return []
    url = reverse("desk:identity", args=[registry.get(queries.LETTERS).slug, entry.pk])
    return [{"label": _("Thông tin người tố cáo"), "url": url, "icon": "shield-lock"}]


def _letter_or_404(request: HttpRequest, slug: str, pk: int) -> Entry:
    register = register_or_404(request, slug)
    row = get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    guarded = register.code == queries.LETTERS and policies.guarded_letter(request.user, pk)  # type: ignore[arg-type]
    if not guarded:
        raise Http404(_("Không có trang này, hoặc trang không thuộc quyền xem."))
    return row.entry  # type: ignore[no-any-return]


def _frame(request: HttpRequest, slug: str, entry: Entry) -> dict[str, Any]:
    register = register_or_404(request, slug)
    number = numbers.number(entry.number)
    return {
        "subtitle": f"{register.label} {number}/{entry.year}",
        "cancel_url": reverse("desk:entry", args=[slug, entry.pk]),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[slug])),
            (number, reverse("desk:entry", args=[slug, entry.pk])),
            (_("Thông tin người tố cáo"), None),
        ),
    }


def _refuse(form: Any, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def identity_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET, POST /<slug>/<pk>/nguoi-to-cao/: who may read it until when; with a reason, reads it."""
    get_visible_or_404(request.user, register_or_404(request, slug), pk)  # type: ignore[arg-type]
    entry = _letter_or_404(request, slug, pk)
    granted = queries.grant_in_force(request.user, pk)  # type: ignore[arg-type]
    form = OpenIdentityForm(request.POST if request.method == "POST" else None)
    facts: list[tuple[str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            identity = open_identity(pk, actor=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            told = (identity.name, identity.address, identity.number) if identity else ("", "", "")
            terms = (_("Họ và tên"), _("Địa chỉ"), _("Số định danh cá nhân"))
            facts = [
                (term, words or _("không ghi")) for term, words in zip(terms, told, strict=True)
            ]
    context = _frame(request, slug, entry) | {
        "title": _("Thông tin người tố cáo"),
        "form": form if granted or form.errors else None,
        "until": dates.day(granted.ends_on) if granted else "",
        "facts": facts,
        "grants": [
            {
                "person": one.person.full_name,
                "granted_by": one.granted_by.full_name,
                "days": dates.span(one.starts_on, one.ends_on),
                "reason": one.reason,
            }
            for one in queries.grants_of(pk)
        ],
        "actions": [
            {
                "label": _("Cho phép mở"),
                "url": reverse("desk:identity-grant", args=[slug, pk]),
                "icon": "lock-open",
            }
        ]
        if policies.may_grant(request.user)  # type: ignore[arg-type]
        else [],
        "consequence": _("Mỗi lần mở đều ghi vào nhật ký; nội dung chỉ hiện một lần ở trang này."),
    }
    return render(request, "desk/identity.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@sent_once
def grant(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET, POST /<slug>/<pk>/nguoi-to-cao/cho-phep/: one person may read it for some days."""
    get_visible_or_404(request.user, register_or_404(request, slug), pk)  # type: ignore[arg-type]
    entry = _letter_or_404(request, slug, pk)
    if not policies.may_grant(request.user):  # type: ignore[arg-type]
        raise Http404(_("Việc này do người đứng đầu, lãnh đạo hoặc thanh tra quyết định."))
    people = queries.guarded_readers().exclude(pk=request.user.pk)  # type: ignore[misc]
    today = clock.today()
    form = GrantIdentityForm(
        request.POST if request.method == "POST" else None,
        initial={"starts_on": today, "ends_on": today + DAYS_AT_FIRST},
        people=people.order_by("full_name", "pk"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            grant_identity(pk, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Đã cho phép; việc này đã ghi vào nhật ký."))
            return redirect("desk:identity", slug=slug, pk=pk)
    context = _frame(request, slug, entry) | {
        "title": _("Cho phép mở thông tin người tố cáo"),
        "form": form,
        "submit_label": _("Cho phép"),
        "cancel_url": reverse("desk:identity", args=[slug, pk]),
        "consequence": _("Mỗi lần nhiều nhất %(days)s ngày, cho đúng một người và một đơn.")
        % {"days": LONGEST_GRANT.days},
    }
    return form_page(request, context)
