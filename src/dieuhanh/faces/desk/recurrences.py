"""Duties of an entry that come again: which there are, giving one, letting one come no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dieuhanh.faces.desk.duties import ReasonForm
from dieuhanh.faces.desk.entry import number_of, refuse
from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.identity.queries import standing_names
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Every, Recurrence
from dieuhanh.kernel.obligations.queries import limits_backward, recurrences_of
from dieuhanh.kernel.tracking.recurring.actions import end_recurrence, repeat_duty
from dieuhanh.text import dates


class RepeatForm(forms.Form):
    duty = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=300)
    unit = UnitField(label=gettext_lazy("Đơn vị chủ trì"))
    expected = forms.CharField(
        label=gettext_lazy("Sản phẩm cần có"), max_length=300, required=False
    )
    every = forms.ChoiceField(
        label=gettext_lazy("Lặp lại"), choices=Every.choices, widget=forms.RadioSelect
    )
    day = forms.IntegerField(
        label=gettext_lazy("Hạn vào ngày"),
        help_text=gettext_lazy(
            "Của tháng, hoặc của tháng cuối quý; ngày nghỉ thì lùi sang ngày làm việc sau."
        ),
        min_value=1,
        max_value=31,
        required=False,
    )
    limit_key = forms.ChoiceField(
        label=gettext_lazy("Thời hạn trước sự kiện"), choices=(), required=False
    )
    events = forms.CharField(
        label=gettext_lazy("Các ngày diễn ra sự kiện"),
        help_text=gettext_lazy("Mỗi dòng một ngày, như 15/6/2024."),
        required=False,
        widget=TextArea,
    )
    starts_on = DayField(label=gettext_lazy("Từ ngày"))
    ends_on = DayField(label=gettext_lazy("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.label) for one in limits_backward(clock.today())]
        self.fields["limit_key"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean_events(self) -> list[date]:
        found = []
        for line in self.cleaned_data["events"].splitlines():
            if not line.strip():
                continue
            try:
                found.append(dates.parse_day(line))
            except ValueError as error:
                raise ValidationError(
                    _("Không đọc được ngày “%(value)s”; xin ghi như 15/6/2024."),
                    params={"value": line.strip()},
                ) from error
        return found


class EndForm(ReasonForm):
    on = DayField(label=gettext_lazy("Đến hết ngày"))
    field_order = ("on", "reason")


def _changeable_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Register, Any]:
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    if not policies.may_change(request.user, row.entry):  # type: ignore[arg-type]
        raise Http404(_("Sổ này ông/bà chỉ có quyền xem."))
    return register, row


def _when(one: Recurrence) -> str:
    if one.every == Every.EVENT:
        shown = "; ".join(dates.day(date.fromisoformat(text)) for text in one.events)
        return _("trước các ngày %(days)s") % {"days": shown}
    return _("%(every)s, hạn ngày %(day)s") % {"every": one.get_every_display(), "day": one.day}


@require_http_methods(["GET", "POST"])
@sent_once
def recurrence_list(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET, POST /<slug>/<pk>/dinh-ky/: what recurs on an entry, and letting one more recur."""
    register, row = _changeable_or_404(request, slug, pk)
    typed = request.POST if request.method == "POST" else None
    form = RepeatForm(typed, initial={"starts_on": clock.today(), "unit": row.entry.unit})
    if request.method == "POST" and form.is_valid():
        try:
            repeat_duty(pk, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã giao việc định kỳ."))
            return redirect("desk:recurrences", slug=slug, pk=pk)
    recurring = recurrences_of(pk)
    context = {
        "title": _("Việc định kỳ"),
        "subtitle": f"{register.label} {number_of(row.entry)}",
        "rows": [
            {
                "duty": one.duty,
                "unit": one.unit.name,
                "when": _when(one),
                "ends": one.ends_on,
                "end_url": reverse("desk:recurrence-end", args=[slug, pk, one.pk])
                if not one.ends_on or one.ends_on > clock.today()
                else "",
            }
            for one in recurring
        ],
        "form": form,
        "submit_label": _("Giao việc định kỳ"),
        "cancel_url": reverse("desk:entry", args=[slug, pk]),
        "units": standing_names(clock.today()),
        "crumbs": _crumbs(register, row, _("Việc định kỳ")),
    }
    return form_page(request, context, "desk/recurrences.html")


@require_http_methods(["GET", "POST"])
@sent_once
def end(request: HttpRequest, slug: str, pk: int, recurrence: int) -> HttpResponse:
    """GET, POST /<slug>/<pk>/dinh-ky/<recurrence>/: let it come no more after a day."""
    register, row = _changeable_or_404(request, slug, pk)
    one = next((each for each in recurrences_of(pk) if each.pk == recurrence), None)
    if one is None:
        raise Http404(_("Không có việc định kỳ này."))
    typed = request.POST if request.method == "POST" else None
    form = EndForm(typed, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_recurrence(recurrence, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Việc định kỳ dừng sau ngày đã ghi."))
            return redirect("desk:recurrences", slug=slug, pk=pk)
    context = {
        "title": _("Dừng việc định kỳ"),
        "subtitle": one.duty,
        "form": form,
        "submit_label": _("Dừng việc định kỳ"),
        "consequence": _("Việc đã ghi vẫn phải làm."),
        "cancel_url": reverse("desk:recurrences", args=[slug, pk]),
        "crumbs": _crumbs(register, row, _("Dừng việc định kỳ")),
    }
    return form_page(request, context)


def _crumbs(register: Register, row: Any, last: str) -> list[dict[str, Any]]:
    return with_crumbs(
        (str(register.label), reverse("desk:list", args=[register.slug])),
        (number_of(row.entry), reverse("desk:entry", args=[register.slug, row.pk])),
        (last, None),
    )
