"""Substitution and authorisation: what I gave, what I was given, giving and revoking (VT-21)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.fields import DayField, TextArea
from dieuhanh.kernel.identity import queries
from dieuhanh.kernel.identity.actions import MandateRefused, give_mandate, revoke_mandate
from dieuhanh.kernel.identity.models import Mandate, MandateKind, Person
from dieuhanh.kernel.journal import clock
from dieuhanh.text import dates

#: Most rows of each of the two lists; the page says when older ones are left out.
MOST = 100


class PersonField(forms.CharField):
    """A person by full name or account; the page offers the people of the own units."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput({"list": "people", "autocomplete": "off", "data-pick": "person"}),
        )
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = queries.named(text)
        if len(found) == 1:
            return found[0]
        words = (
            _("Có nhiều người tên “%(value)s”; xin ghi tên đăng nhập.")
            if found
            else _("Không có người dùng “%(value)s”; xin ghi đủ họ tên hoặc tên đăng nhập.")
        )
        raise ValidationError(words, params={"value": text}, code="unknown")


class MandateForm(forms.Form):
    giver = PersonField(
        label=gettext_lazy("Người vắng"),
        required=False,
        help_text=gettext_lazy("Để trống nếu là chính ông/bà."),
    )
    stand_in = PersonField(
        label=gettext_lazy("Người nhận việc"),
        help_text=gettext_lazy("Gõ họ tên hoặc tên đăng nhập."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=MandateKind.choices)
    starts_on = DayField(label=gettext_lazy("Từ ngày"))
    ends_on = DayField(label=gettext_lazy("Đến hết ngày"))
    registers = forms.MultipleChoiceField(
        label=gettext_lazy("Nội dung: các sổ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Ủy quyền thì chọn ít nhất một sổ. Làm thay mà không chọn sổ nào là làm thay mọi sổ."
        ),
    )
    basis = forms.CharField(label=gettext_lazy("Số, ký hiệu văn bản giao việc"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), required=False, max_length=1000, widget=TextArea
    )

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readable = [
            (one.code, one.label)
            for one in registry.all_registers()
            if policies.may_read(actor, one)
        ]
        self.fields["registers"].choices = readable  # type: ignore[attr-defined]
        if not readable:
            del self.fields["registers"]
        if not queries.sends_stand_ins(actor):
            del self.fields["giver"]


class RevokeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000, widget=TextArea)


def _content(mandate: Mandate) -> str:
    if not mandate.registers:
        return _("Mọi sổ của người giao")
    labels = {one.code: str(one.label) for one in registry.all_registers()}
    return "; ".join(labels.get(code, code) for code in mandate.registers)


def _standing(mandate: Mandate) -> str:
    if mandate.revoked_on:
        return _("đã thu hồi ngày %(day)s") % {"day": dates.day(mandate.revoked_on)}
    if mandate.ends_on < clock.today():
        return _("đã hết thời hạn")
    if mandate.starts_on > clock.today():
        return _("chưa đến ngày")
    return _("đang có hiệu lực")


def _row(mandate: Mandate) -> dict[str, Any]:
    return {
        "mandate": mandate,
        "content": _content(mandate),
        "standing": _standing(mandate),
        "over": bool(mandate.revoked_on) or mandate.ends_on < clock.today(),
        "running": queries.is_running(mandate),
    }


@require_GET
def mandate_list(request: HttpRequest) -> HttpResponse:
    """GET /uy-quyen/: what I was given, what I gave or may revoke."""
    person: Person = request.user  # type: ignore[assignment]
    received = list(queries.received_by(person)[: MOST + 1])
    given = list(queries.seen_by(person)[: MOST + 1])
    context = {
        "title": _("Ủy quyền, làm thay"),
        "line": _("Có văn bản, có thời hạn, có nội dung; người nhận không được ủy quyền lại."),
        "received": [_row(one) for one in received[:MOST]],
        "given": [_row(one) for one in given[:MOST]],
        "more": len(received) > MOST or len(given) > MOST,
        "most": MOST,
        "actions": []
        if person.acting
        else [
            {
                "label": _("Giao việc cho người khác"),
                "url": reverse("desk:mandate-give"),
                "icon": "plus",
                "primary": True,
            }
        ],
        "crumbs": with_crumbs((_("Ủy quyền, làm thay"), None)),
    }
    return render(request, "desk/mandates.html", context)


def _refuse(form: forms.Form, refusal: MandateRefused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


@require_http_methods(["GET", "POST"])
@sent_once
def give(request: HttpRequest) -> HttpResponse:
    """GET, POST /uy-quyen/them/: a new substitution or authorisation."""
    person: Person = request.user  # type: ignore[assignment]
    typed = request.POST if request.method == "POST" else None
    form = MandateForm(typed, actor=person, initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"giver": form.cleaned_data.get("giver") or person}
        try:
            made = give_mandate(actor=person, **values)
        except MandateRefused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(
                request,
                _("Đã giao việc cho %(name)s, đến hết ngày %(day)s.")
                % {"name": made.stand_in.full_name, "day": dates.day(made.ends_on)},
            )
            return redirect("desk:mandates")
    context = {
        "title": _("Giao việc cho người khác"),
        "form": form,
        "submit_label": _("Giao việc"),
        "consequence": _(
            "Người nhận thấy và làm việc của người giao trong những ngày này; nhật ký ghi tên cả "
            "hai. Sổ văn bản mật, thông tin người tố cáo và việc quản trị không giao được."
        ),
        "cancel_url": reverse("desk:mandates"),
        "people": queries.colleagues(person),
        "crumbs": with_crumbs(
            (_("Ủy quyền, làm thay"), reverse("desk:mandates")), (_("Giao việc"), None)
        ),
    }
    return form_page(request, context, "desk/mandate_form.html")


@require_http_methods(["GET", "POST"])
@sent_once
def revoke(request: HttpRequest, mandate: int) -> HttpResponse:
    """GET, POST /uy-quyen/<mandate>/thu-hoi/: end it now, with a reason."""
    person: Person = request.user  # type: ignore[assignment]
    found = queries.seen_by(person).filter(pk=mandate).first()
    if found is None:
        raise Http404(_("Không có việc này, hoặc việc không thuộc quyền của ông/bà."))
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_mandate(mandate, actor=person, reason=form.cleaned_data["reason"])
        except MandateRefused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Đã thu hồi; có hiệu lực ngay."))
            return redirect("desk:mandates")
    context = {
        "title": _("Thu hồi"),
        "subtitle": str(found),
        "form": form,
        "submit_label": _("Thu hồi"),
        "cancel_url": reverse("desk:mandates"),
        "crumbs": with_crumbs(
            (_("Ủy quyền, làm thay"), reverse("desk:mandates")), (_("Thu hồi"), None)
        ),
    }
    return form_page(request, context)
