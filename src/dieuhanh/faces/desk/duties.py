"""One obligation: who owes what, until when and why; and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.entry import keeps_typed, number_of, refuse
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import duty_lines, events_of, tell_duty
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.fields import DayField, TextArea
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications.recipients import heads_of
from dieuhanh.kernel.obligations.models import Certainty, Obligation
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.kernel.tracking import actions, policies
from dieuhanh.text import dates

MOST_LETTERS = 500


class DoneForm(forms.Form):
    on = DayField(label=gettext_lazy("Ngày hoàn thành"))
    product = forms.CharField(
        label=gettext_lazy("Sản phẩm: số, ký hiệu văn bản trả lời"),
        max_length=MOST_LETTERS,
        required=False,
    )


class ConfirmForm(forms.Form):
    pass


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=MOST_LETTERS, widget=TextArea)


class PauseForm(ReasonForm):
    on = DayField(label=gettext_lazy("Tạm dừng từ ngày"))
    field_order = ("on", "reason")


class ResumeForm(forms.Form):
    on = DayField(label=gettext_lazy("Tính tiếp từ ngày"))


class MoreForm(ReasonForm):
    length = forms.IntegerField(label=gettext_lazy("Xin thêm"), min_value=1)
    field_order = ("length", "reason")


class UntilForm(ReasonForm):
    until = DayField(label=gettext_lazy("Thời hạn xin lùi đến"))
    field_order = ("until", "reason")


class DecideForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=gettext_lazy("Quyết định"),
        choices=(("yes", gettext_lazy("Đồng ý")), ("no", gettext_lazy("Không đồng ý"))),
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Ý kiến; lý do nếu không đồng ý"),
        max_length=MOST_LETTERS,
        required=False,
        widget=TextArea,
    )


class LengthForm(ReasonForm):
    length = forms.IntegerField(label=gettext_lazy("Thời hạn của việc này"), min_value=1)
    field_order = ("length", "reason")


def _extension_form(obligation: Obligation) -> type[forms.Form]:
    """By the law's own length where it has one, else to a day that is named."""
    limit = obligation.limit
    if limit is None or not limit.extension_length:
        return UntilForm
    words = _("Tối đa %(n)s %(unit)s (%(law)s).") % {
        "n": limit.extension_length,
        "unit": limit.get_unit_display(),
        "law": limit.legal_basis,
    }
    length = forms.IntegerField(
        label=_("Xin thêm (%(unit)s)") % {"unit": limit.get_unit_display()},
        min_value=1,
        initial=limit.extension_length,
        help_text=words,
    )
    return type("LawfulForm", (MoreForm,), {"length": length})


@dataclass(frozen=True)
class DutyVerb:
    """What can be done with an obligation, as a page with one form.

    Attributes:
        name: in the API.
        right: verb of `tracking.policies`.
        applies: whether it is possible as the obligation stands.
    """

    name: str
    slug: str
    label: Any
    icon: str
    right: str
    form: Callable[[Obligation], type[forms.Form]]
    act: Callable[..., Any]
    applies: Callable[[Any], bool]
    consequence: Any = ""
    primary: bool = False


def _paused(one: Any) -> bool:
    return any(pause.ended_at is None for pause in one.pauses.all())


def _asked(one: Any) -> bool:
    return any(extension.decided_at is None for extension in one.extensions.all())


def _unjudged(one: Any) -> bool:
    return not one.is_open and one.asked_by_id is not None and one.confirmed_at is None


VERBS = (
    DutyVerb(
        "complete", "hoan-thanh", gettext_lazy("Báo hoàn thành"), "check", policies.DO,
        lambda _one: DoneForm, actions.complete_obligation, lambda one: one.is_open, primary=True,
    ),
    DutyVerb(
        "confirm", "xac-nhan", gettext_lazy("Xác nhận hoàn thành"), "check", policies.CONFIRM,
        lambda _one: ConfirmForm, actions.confirm_obligation, _unjudged, primary=True,
        consequence=gettext_lazy("Kết quả được ghi nhận; bên thực hiện thấy xác nhận này."),
    ),
    DutyVerb(
        "return", "tra-lai", gettext_lazy("Trả lại"), "arrow-back-up", policies.CONFIRM,
        lambda _one: ReasonForm, actions.return_obligation, _unjudged,
        consequence=gettext_lazy("Việc trở lại chưa hoàn thành, thời hạn giữ nguyên."),
    ),
    DutyVerb(
        "ask_extension", "xin-gia-han", gettext_lazy("Xin gia hạn"), "calendar-event", policies.ASK_EXTENSION,
        _extension_form, actions.ask_extension,
        lambda one: one.is_open and one.due_at is not None and not _asked(one) and not _paused(one),
        consequence=gettext_lazy("Thời hạn ban đầu vẫn được giữ và hiện bên thời hạn mới."),
    ),
    DutyVerb(
        "decide_extension", "quyet-dinh-gia-han", gettext_lazy("Quyết định gia hạn"), "calendar-event", policies.DECIDE,
        lambda _one: DecideForm, actions.decide_extension, lambda one: one.is_open and _asked(one),
        primary=True,
    ),
    DutyVerb(
        "pause", "tam-dung", gettext_lazy("Tạm dừng thời hạn"), "player-pause", policies.PAUSE,
        lambda _one: PauseForm, actions.pause_obligation,
        lambda one: one.is_open and one.due_at is not None and not _paused(one)
        and (one.limit is None or bool(one.limit.pause)),
        consequence=gettext_lazy("Mọi người liên quan đều đọc được lý do."),
    ),
    DutyVerb(
        "resume", "tinh-tiep", gettext_lazy("Tính tiếp thời hạn"), "player-play", policies.PAUSE,
        lambda _one: ResumeForm, actions.resume_obligation, _paused, primary=True,
        consequence=gettext_lazy("Thời hạn lùi đúng bằng thời gian đã tạm dừng."),
    ),
    DutyVerb(
        "set_length", "dat-thoi-han", gettext_lazy("Đặt thời hạn theo quy định"), "calendar-event",
        policies.SET_LENGTH, lambda _one: LengthForm, actions.set_obligation_length,
        lambda one: one.is_open and one.limit is not None
        and one.limit.certainty == Certainty.BY_CASE,
    ),
)  # fmt: skip


def duty_or_404(request: HttpRequest, obligation_id: int) -> Any:
    """The obligation as it stands now, if the person may see its entry; 404 like an absent one."""
    moment = moment_of(request)
    owed = with_state(moment.at, past=moment.past)
    owed = owed.filter(policies.seen(request.user), pk=obligation_id)  # type: ignore[arg-type]
    owed = owed.select_related(
        "entry", "entry__unit", "unit", "limit", "person", "asked_by", "confirmed_by", "done_by"
    )
    gathered = ("pauses", "extensions__asked_by", "extensions__decided_by", "due_changes")
    return get_object_or_404(owed.prefetch_related(*gathered))


def _rights(user: Person, one: Obligation) -> set[str]:
    """Which verbs the person may do with it."""
    verbs = {verb.right for verb in VERBS} | {policies.HAND_OVER, policies.URGE}
    return policies.rights(user, one, verbs)


@require_GET
def duty_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /viec/<pk>/: what is owed, by whom, until when and why; its story; what can be done."""
    return render(request, "desk/duty.html", _context(request, duty_or_404(request, pk)))


def _context(request: HttpRequest, one: Any) -> dict[str, Any]:
    moment, entry = moment_of(request), one.entry
    register = registry.get(entry.register)
    rights = set() if moment.past else _rights(request.user, one)  # type: ignore[arg-type]
    buttons = [
        {
            "label": verb.label,
            "url": reverse("desk:duty-verb", args=[one.pk, verb.slug]),
            "icon": verb.icon,
            "primary": verb.primary,
        }
        for verb in VERBS
        if verb.right in rights and verb.applies(one)
    ]
    if one.is_open:
        buttons += [
            {"label": label, "url": f"{reverse(name)}?viec={one.pk}", "icon": icon}
            for right, name, label, icon in (
                (policies.HAND_OVER, "desk:work-hand-over", _("Bàn giao"), "users"),
                (policies.URGE, "desk:work-urge", _("Đôn đốc"), "bell"),
            )
            if right in rights
        ]
    return {
        "title": one.duty,
        "entry": entry,
        "entry_title": entry.title or _("Văn bản mật"),
        "entry_url": reverse("desk:entry", args=[register.slug, entry.pk]),
        "register": register,
        "number": number_of(entry),
        "actions": buttons,
        "chip": clocks.chip(one, moment.at),
        "why": clocks.why(one, moment.at),
        "facts": _facts(one),
        "extensions": _extensions(one),
        "events": events_of(duty_lines(one), tell_duty),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[register.slug])),
            (number_of(entry), reverse("desk:entry", args=[register.slug, entry.pk])),
            (one.duty, None),
        ),
    }


def _facts(one: Any) -> list[tuple[str, str]]:
    """Who owes, who is asked, what for, and what became of it."""
    heads = ", ".join(person.full_name for person in heads_of(one.unit_id))
    facts = [
        (_("Đơn vị chủ trì"), one.unit.name),
        (
            _("Đơn vị phối hợp"),
            "; ".join(unit.name for unit in one.entry.co_units.order_by("name")),
        ),
        (_("Người thực hiện"), one.person.full_name if one.person else _("chưa phân công")),
        (_("Người chịu trách nhiệm"), heads or _("đơn vị chưa có người đứng đầu trên hệ thống")),
        (_("Người giao"), one.asked_by.full_name if one.asked_by else ""),
        (_("Sản phẩm cần có"), one.expected),
        (_("Bắt đầu"), dates.weekday_day(one.started_at)),
        (_("Thời hạn"), dates.weekday_day(one.due_then) if one.due_then else ""),
    ]
    if one.first_due_at and one.first_due_at != one.due_then:
        facts.append((_("Hạn ban đầu"), dates.weekday_day(one.first_due_at)))
    if one.completed_at:
        facts.append((_("Hoàn thành"), dates.weekday_day(one.completed_at)))
    if one.done_at and one.completed_at == one.done_at:
        facts.append((_("Sản phẩm"), one.product))
        confirmed = ""
        if one.confirmed_at:
            confirmed = f"{one.confirmed_by.full_name}, {dates.weekday_day(one.confirmed_at)}"
        elif one.asked_by_id:
            confirmed = _("chờ bên giao việc xác nhận")
        facts.append((_("Xác nhận"), confirmed))
    elif one.returned_for:
        facts.append((_("Trả lại"), f"{dates.weekday_day(one.reopened_at)}: {one.returned_for}"))
    return [(term, words) for term, words in facts if words]


def _extensions(one: Any) -> list[tuple[str, str]]:
    """Each extension that was asked for, with what became of it."""
    told = []
    for asked in sorted(one.extensions.all(), key=lambda each: each.pk):
        more = (
            dates.day(asked.until)
            if asked.until
            else _("thêm %(n)s %(unit)s")
            % {"n": asked.length, "unit": one.limit.get_unit_display() if one.limit else ""}
        )
        outcome = _("chờ quyết định")
        if asked.decided_at:
            outcome = _("đồng ý") if asked.granted else _("không đồng ý")
            outcome += f", {dates.weekday_day(asked.decided_at)}"
            if asked.answer:
                outcome += f" ({asked.answer})"
        told.append(
            (dates.weekday_day(asked.asked_at), f"{more}: {asked.reason}. {outcome.capitalize()}.")
        )
    return told


def form_of(verb: DutyVerb, one: Any, typed: Any) -> forms.Form:
    """The form of a verb for this obligation."""
    initial: dict[str, Any] = {"on": clock.today()}
    if one.length is not None:
        initial["length"] = one.length
    return verb.form(one)(typed, initial=initial)


@require_http_methods(["GET", "POST"])
@sent_once
def duty_verb(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """GET, POST /viec/<pk>/<action>/: one form, for whoever may do it."""
    one = duty_or_404(request, pk)
    verb = next((each for each in VERBS if each.slug == action), None)
    if verb is None or not policies.may(request.user, verb.right, one):  # type: ignore[arg-type]
        raise Http404(_("Không có thao tác này, hoặc thao tác không thuộc quyền của ông/bà."))
    typed = request.POST if request.method == "POST" else None
    form = form_of(verb, one, typed)
    if request.method == "POST" and form.is_valid():
        try:
            verb.act(pk, actor=request.user, **form.cleaned_data)
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã lưu: %(what)s.") % {"what": str(verb.label).lower()})
            return redirect("desk:duty", pk=pk)
    context = _context(request, one) | {
        "title": verb.label,
        "subtitle": f"{one.duty} · {one.unit.name}",
        "form": form,
        "submit_label": verb.label,
        "consequence": verb.consequence,
        "cancel_url": reverse("desk:duty", args=[pk]),
    }
    context["crumbs"] = [
        *context["crumbs"][:-1],
        {"label": one.duty, "url": reverse("desk:duty", args=[pk])},
        {"label": str(verb.label), "url": None},
    ]
    return form_page(request, context, keeps=keeps_typed(one.entry))
