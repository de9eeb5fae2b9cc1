"""Confirming a limit, and putting another version of it in force: forms and their pages."""

from __future__ import annotations

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

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.entry import refuse
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongState
from dieuhanh.kernel.entries.fields import DayField, TextArea
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Certainty, Direction, LimitUnit, TimeLimit
from dieuhanh.kernel.tracking.reference import policies, queries
from dieuhanh.kernel.tracking.reference.actions import CHANGEABLE, change_limit, confirm_limit
from dieuhanh.kernel.workdays.calendar import FIRST_YEAR, LAST_YEAR
from dieuhanh.text import dates, numbers

#: Longest limits that may be typed, so that a slip of the pen yields no day beyond the calendar.
LONGEST_DAYS, LONGEST_MONTHS = 3650, 240
HOURS = (LimitUnit.WORKING_HOUR, LimitUnit.NATURAL_HOUR)


def value_words(name: str, value: str) -> str:
    """What the journal kept of a field of a limit, as it is read."""
    if value in ("", "None"):
        return _("không có")
    known = {"unit": LimitUnit, "certainty": Certainty}.get(name)
    return str(dict(known.choices).get(value, value)) if known else value


class ConfirmForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Lý do, nguồn đã đối chiếu"),
        max_length=1000,
        widget=TextArea,
        help_text=gettext_lazy("Ví dụ: số, ký hiệu văn bản trả lời của cơ quan xác nhận."),
    )


class ChangeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    effective_from = DayField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        help_text=gettext_lazy("Phiên bản đang có hiệu lực sẽ hết hiệu lực vào ngày liền trước."),
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("Độ dài"),
        choices=Certainty.choices,
        help_text=gettext_lazy(
            "Chưa xác định, hoặc theo từng việc, thì để trống ô bên dưới: không ngày nào được tự đặt."
        ),
    )
    length = forms.IntegerField(
        label=gettext_lazy("Bao nhiêu"),
        required=False,
        min_value=0,
        max_value=LONGEST_DAYS,
        widget=forms.NumberInput({"class": "w-tiny", "inputmode": "numeric"}),
        help_text=gettext_lazy("0 là trong ngày."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị tính"),
        choices=LimitUnit.choices,
        widget=forms.Select({"class": "w-mid"}),
    )
    extension = forms.CharField(
        label=gettext_lazy("Quy định về gia hạn"), required=False, max_length=300
    )
    extension_times = forms.IntegerField(
        label=gettext_lazy("Được gia hạn mấy lần"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput({"class": "w-tiny", "inputmode": "numeric"}),
    )
    extension_length = forms.IntegerField(
        label=gettext_lazy("Mỗi lần thêm nhiều nhất"),
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
        widget=forms.NumberInput({"class": "w-tiny", "inputmode": "numeric"}),
        help_text=gettext_lazy(
            "Theo đơn vị tính ở trên. Để trống thì người quyết định ghi ngày mới."
        ),
    )
    pause = forms.CharField(
        label=gettext_lazy("Được tạm dừng khi nào"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Để trống là không được tạm dừng."),
    )
    legal_basis = forms.CharField(label=gettext_lazy("Căn cứ, điều luật"), max_length=300)
    confirmed = forms.BooleanField(
        label=gettext_lazy("Con số này đã được xác nhận"), required=False
    )
    owner = forms.CharField(
        label=gettext_lazy("Cơ quan xác nhận"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Phải ghi khi chưa xác nhận."),
    )
    applies_to_running = forms.TypedChoiceField(
        label=gettext_lazy("Việc đang làm"),
        choices=[
            (
                "",
                gettext_lazy(
                    "Giữ thời hạn cũ: chỉ việc bắt đầu từ ngày hiệu lực theo thời hạn mới"
                ),
            ),
            (
                "1",
                gettext_lazy(
                    "Đến ngày hiệu lực, tính lại mọi việc chưa xong theo thời hạn mới, kể từ ngày việc "
                    "ấy bắt đầu; ai liên quan được báo. Việc đã xong không đổi"
                ),
            ),
        ],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000, widget=TextArea)

    def __init__(self, *args: Any, direction: str = Direction.FORWARD, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if direction == Direction.BACKWARD:  # hours are not counted backwards
            self.fields["unit"].choices = [  # type: ignore[attr-defined]
                choice for choice in LimitUnit.choices if choice[0] not in HOURS
            ]

    def clean_effective_from(self) -> Any:
        day = self.cleaned_data["effective_from"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Năm phải từ %(first)s đến %(last)s."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
                code="range",
            )
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("unit") == LimitUnit.MONTH and (values.get("length") or 0) > LONGEST_MONTHS:
            self.add_error(
                "length", _("Không quá %(n)s tháng; xin kiểm tra lại.") % {"n": LONGEST_MONTHS}
            )
        return values


def _versions_or_404(person: Person, key: str) -> list[TimeLimit]:
    """The versions of a limit, for whoever keeps limits; the newest first."""
    if not policies.may_keep(person):
        raise Http404(_("Việc này do người quản trị hệ thống thực hiện."))
    found = queries.versions_of(key)
    if not found:
        raise Http404(_("Không có thời hạn này."))
    return found


def _version(versions: list[TimeLimit], asked: Any) -> TimeLimit:
    """The version that was asked for, else the newest."""
    return next((one for one in versions if str(one.pk) == str(asked)), versions[0])


@require_http_methods(["GET", "POST"])
@sent_once
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET, POST /thoi-han/<key>/xac-nhan/: a version was found to be so, with where."""
    person: Person = request.user  # type: ignore[assignment]
    versions = _versions_or_404(person, key)
    asked = request.POST.get("version") or request.GET.get("phien-ban")
    unconfirmed = [one for one in versions if not one.confirmed]
    limit = _version(versions if asked else unconfirmed or versions, asked)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, initial={"version": limit.pk}
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm_limit(limit.pk, actor=person, reason=form.cleaned_data["reason"])
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Đã xác nhận thời hạn. Hạn của các việc đang làm không thay đổi.")
            )
            return redirect("desk:limit", key=key)
    return _form(
        request, limit, form, _("Xác nhận thời hạn"), _("Xác nhận"),
        consequence=_("Độ dài giữ nguyên; trang giải thích hạn thôi ghi “chưa được xác nhận”. Nếu "
                      "con số khác, xin ghi phiên bản mới."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@sent_once
def change(request: HttpRequest, key: str) -> HttpResponse:
    """GET, POST /thoi-han/<key>/sua/: another version, in force from a day on."""
    person: Person = request.user  # type: ignore[assignment]
    versions = _versions_or_404(person, key)
    limit = _version(versions, request.POST.get("version"))
    initial = {name: getattr(versions[0], name) for name in CHANGEABLE}
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"version": versions[0].pk, "owner": versions[0].owner},
        direction=limit.direction,
    )
    latest: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        values["applies_to_running"] = bool(values["applies_to_running"])
        try:
            after = change_limit(limit.pk, actor=person, **values)
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except WrongState as refusal:  # somebody else was first: the next attempt stands on theirs
            refuse(form, refusal)
            newest = queries.versions_of(key)[0]
            data = request.POST.copy()
            data["version"] = str(newest.pk)
            form.data = data
            latest = [
                (_("Hiệu lực từ"), dates.day(newest.effective_from)),
                (_("Thời hạn"), clocks.limit_words(newest)),
                (_("Căn cứ"), newest.legal_basis),
            ]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _changed_words(person, versions, after))
            return redirect(f"{reverse('desk:limit', args=[key])}?phien-ban={after.pk}")
    return _form(
        request, versions[0], form, _("Ghi phiên bản mới của thời hạn"), _("Phiên bản mới"), latest=latest,
        consequence=_("Phiên bản cũ không bị xóa: việc đã làm vẫn đọc được theo thời hạn khi ấy."),
    )  # fmt: skip


def _changed_words(person: Person, versions: list[TimeLimit], after: TimeLimit) -> str:
    """What was done, and what happens to running work."""
    owed = queries.dependents(person, [one.pk for one in versions])
    running = numbers.number(sum(one.still_open for some in owed.values() for one in some))
    day = dates.day(after.effective_from)
    if after.applies_to_running and after.effective_from > clock.today():
        said = _(
            "Đã ghi phiên bản mới. Từ %(day)s, các việc còn mở (nay là %(n)s) được tính lại theo "
            "phiên bản này; ai liên quan sẽ được báo."
        )
    elif after.applies_to_running:
        said = _(
            "Đã ghi phiên bản mới, có hiệu lực từ %(day)s. %(n)s việc đang mở đang được tính lại; "
            "ai liên quan sẽ được báo."
        )
    else:
        said = _(
            "Đã ghi phiên bản mới, có hiệu lực từ %(day)s. %(n)s việc đang mở giữ thời hạn cũ."
        )
    return said % {"day": day, "n": running}


def _form(
    request: HttpRequest,
    limit: TimeLimit,
    form: forms.Form,
    title: str,
    crumb: str,
    *,
    consequence: str,
    latest: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    page = reverse("desk:limit", args=[limit.key])
    context = {
        "title": title,
        "subtitle": f"{limit.label}: {clocks.limit_words(limit)}",
        "form": form,
        "submit_label": title,
        "consequence": consequence,
        "cancel_url": page,
        "latest": latest,
        "crumbs": with_crumbs(
            (_("Thời hạn"), reverse("desk:limits")), (limit.key, page), (crumb, None)
        ),
    }
    return form_page(request, context)
