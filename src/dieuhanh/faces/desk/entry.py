"""One entry of any register: its page, entering it, and what can be done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.identity import identity_links
from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.previews import preview_of
from dieuhanh.faces.desk.proofing.papers import READABLE
from dieuhanh.faces.desk.sending import form_page, sending_of, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import DUTY_TOLD, events_of, tell_duty
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale
from dieuhanh.kernel.entries.fields import EntryField, bound
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.entries.registry import Register, Related, Verb
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.files.storage import path_of
from dieuhanh.kernel.identity.queries import standing_names
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.journal.queries import lines_of
from dieuhanh.kernel.obligations.queries import of_entries, with_state
from dieuhanh.registers.documents.queries import OUTGOING
from dieuhanh.text import dates, numbers

ICONS = {
    "entry.closed": "check",
    "entry.corrected": "pencil",
    "entry.reopened": "arrow-back-up",
    "entry.postponed": "calendar-event",
    "file.attached": "paperclip",
    "finding.set_aside": "zoom-check",
    "finding.taken_up": "zoom-check",
    "identity.opened": "eye",
}
RELATED_LENGTH = 200


class AttachmentForm(forms.Form):
    attachment = forms.FileField(label=gettext_lazy("Tệp"))


def number_of(entry: Any) -> str:
    shown = numbers.number(entry.number)
    return f"M{shown}" if entry.confidentiality == "secret" else shown


@require_GET
def detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET /<slug>/<pk>/: dated facts, obligations, attachments, story."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    return render(request, "desk/entry.html", _detail(request, register, row))


def _detail(request: HttpRequest, register: Register, row: Any) -> dict[str, Any]:
    entry, moment, attachment = row.entry, moment_of(request), AttachmentForm()
    owed: list[Any] = list(of_entries([entry.pk], moment.at, past=moment.past).get(entry.pk, []))
    changeable = not moment.past and policies.may_change(request.user, entry)  # type: ignore[arg-type]
    verbs = [verb for verb in register.verbs if changeable and verb.applies(row)]
    asked = request.GET.get("vi-sao", "")
    secret = entry.confidentiality == "secret"
    attachments = [] if secret else list(entry.attachments.order_by("added_at", "pk"))
    title = next(column.read(row) for column in register.columns if column.key == "title")
    return {
        "register": register,
        "row": row,
        "entry": entry,
        "title": title,
        "secret": secret,
        "number": number_of(entry),
        "actions": [
            *(
                {
                    "label": verb.label,
                    "url": reverse("desk:verb", args=[register.slug, entry.pk, verb.slug]),
                    "icon": verb.icon,
                    "primary": index == 0 and verb.name == "close",
                }
                for index, verb in enumerate(verbs)
            ),
            {
                "label": _("Bản đồ trách nhiệm"),
                "url": f"{reverse('desk:board-responsibility')}?goc={entry.pk}",
                "icon": "subtask",
            },
            *identity_links(request.user, entry),
            *_proof_links(register, entry, attachments),
        ],
        "facts": _facts(request, register, row, moment.day),
        "obligations": [
            {
                "duty": one.duty,
                "url": reverse("desk:duty", args=[one.pk]),
                "person": one.person.full_name if one.person else "",
                "unit": one.unit.name,
                "chip": clocks.chip(one, moment.at),
                "why_url": reverse("desk:why", args=[register.slug, entry.pk, one.pk]),
                "why_id": f"vi-sao-{one.pk}",
                "why": clocks.why(one, moment.at) if asked == str(one.pk) else None,
                "product": one.product if one.done_at and one.completed_at == one.done_at else "",
            }
            for one in owed
        ],
        "related": [_related(request, one, row) for one in register.related],
        "recurrences_url": reverse("desk:recurrences", args=[register.slug, entry.pk])
        if changeable
        else "",
        "attachments": attachments,
        "preview": preview_of(request, register, entry, attachments),
        "attachment_form": attachment if changeable and not secret else None,
        "sending": sending_of(request, attachment),
        "events": _story(request, register, entry.pk),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[register.slug])),
            (number_of(entry), None),
        ),
    }


def _proof_links(
    register: Register, entry: Entry, attachments: list[Attachment]
) -> list[dict[str, Any]]:
    """The way to proofread it: for papers that go out, and where there is a file with a text."""
    if entry.confidentiality == Confidentiality.SECRET:
        return []
    if register.code != OUTGOING and not any(one.content_type in READABLE for one in attachments):
        return []
    url = reverse("desk:entry-proof", args=[register.slug, entry.pk])
    return [{"label": _("Soát số liệu"), "url": url, "icon": "zoom-check"}]


def _related(request: HttpRequest, related: Related, row: Any) -> dict[str, Any]:
    """Entries that belong to this one, those the person may open, oldest first."""
    register = registry.get(related.register)
    entries = policies.visible_entries(request.user, register)  # type: ignore[arg-type]
    rows = register.rows().filter(**{related.field: row.pk}, entry__in=entries)
    found = list(rows.order_by("entry__opened_on", "pk")[: RELATED_LENGTH + 1])
    column = next(one for one in register.columns if one.key == "title")
    return {
        "label": related.label,
        "rows": [
            {
                "number": number_of(one.entry),
                "url": reverse("desk:entry", args=[register.slug, one.pk]),
                "title": column.read(one),
                "kind": register.kind_label(one.entry.kind),
            }
            for one in found[:RELATED_LENGTH]
        ],
        "more": len(found) > RELATED_LENGTH,
        "list_url": reverse("desk:list", args=[register.slug]),
    }


def _facts(
    request: HttpRequest, register: Register, row: Any, known: date
) -> list[tuple[str, str]]:
    """Dated facts that had happened by the end of ``known``."""
    entry = row.entry
    read = policies.reading(request.user, register, [row])  # type: ignore[arg-type]
    facts = [(str(register.opened_label), dates.weekday_day(entry.opened_on))]
    for column in register.columns:
        if column.key == "title":
            continue
        value = read(column, row)
        if hasattr(value, "isoformat"):
            value = dates.day(value)
        if value not in (None, ""):
            facts.append((str(column.label).split(" và ")[0], str(value)))
        if column.sub and column.sub(row):
            facts.append((str(_("Nơi gửi, ban hành")), str(column.sub(row))))
    facts.append((str(_("Đơn vị")), entry.unit.name))
    if entry.confidentiality == Confidentiality.RESTRICTED:
        facts.append((str(_("Phạm vi xem")), str(Confidentiality.RESTRICTED.label)))
    if co_units := [unit.name for unit in entry.co_units.order_by("name")]:
        facts.append((str(_("Đơn vị phối hợp")), "; ".join(co_units)))
    for closing in (*entry.past_closings.order_by("closed_on", "pk"), entry):
        if closing.closed_on and closing.closed_on <= known:
            facts.append((str(register.closed_label), dates.weekday_day(closing.closed_on)))
            if closing.outcome:
                facts.append((str(_("Kết quả")), closing.outcome))
        if closing.reopened_on and closing.reopened_on <= known:
            facts.append((str(_("Mở lại")), dates.weekday_day(closing.reopened_on)))
    if entry.synthetic:
        facts.append((str(_("Nguồn")), str(_("Mục minh họa, sinh từ số tổng của bộ dữ liệu"))))
    return facts


def _story(request: HttpRequest, register: Register, entry_id: int) -> list[dict[str, Any]]:
    """What the journal tells of an entry, newest first; corrections show both values.

    The number of another entry that the person may not open reads "…".
    """
    sentences = {
        "entry.closed": _("ghi kết quả."),
        "entry.corrected": _("đính chính."),
        "entry.reopened": _("mở lại."),
        "entry.postponed": _("lùi thời hạn."),
        "file.attached": _("đính kèm một tệp."),
        "finding.set_aside": _("bỏ qua một chỗ khi soát số liệu."),
        "finding.taken_up": _("đưa lại một chỗ đã bỏ qua khi soát số liệu."),
        "identity.opened": _("mở thông tin người tố cáo."),
        **register.told,
    }

    fields = {
        name: field
        for form in (register.form, *(verb.form for verb in register.verbs))
        for name, field in form.base_fields.items()
    }
    labels = {"kind": _("Loại")} | {name: str(field.label) for name, field in fields.items()}

    def shown(name: str, value: str) -> str:
        field = fields.get(name)
        if not isinstance(field, EntryField) or "/" not in value:
            return value
        return value if field.find(value, request.user) else policies.WITHHELD  # type: ignore[arg-type]

    def tell(line: Line) -> dict[str, Any]:
        if line.verb in DUTY_TOLD:
            return tell_duty(line)
        details = []
        if line.reason:
            details.append(_("Lý do: %(reason)s") % {"reason": line.reason})
        for name, (old, new) in line.details.get("changes", {}).items():
            details.append(f"{labels.get(name, name)}: {shown(name, old)} → {shown(name, new)}")
        if line.verb == "entry.postponed":
            to = date.fromisoformat(line.details["to"])
            details.append(_("đến %(day)s") % {"day": dates.day(to)})
        if line.details.get("outcome"):
            details.append(line.details["outcome"])
        return {
            "icon": ICONS.get(line.verb, "inbox"),
            "sentence": sentences.get(line.verb, _("vào sổ.")),
            "detail": " · ".join(details),
        }

    return events_of(lines_of(entry_id), tell)


@require_GET
def why(request: HttpRequest, slug: str, pk: int, obligation: int) -> HttpResponse:
    """GET /<slug>/<pk>/vi-sao/<obligation>/: why it is due that day, in place or as a page."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    moment = moment_of(request)
    owed = get_object_or_404(
        with_state(moment.at, past=moment.past).select_related("limit"),
        pk=obligation,
        entry_id=row.pk,
    )
    back = reverse("desk:entry", args=[register.slug, row.pk])
    explained = clocks.why(owed, moment.at)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "ui/why.html", {"why": explained})
    crumbs = with_crumbs((str(register.label), reverse("desk:list", args=[slug])),
                         (number_of(row.entry), back))  # fmt: skip
    context = {
        "why": explained | {"close_url": back},
        "crumbs": crumbs,
        "title": explained["title"],
    }
    return render(request, "desk/why.html", context)


@require_http_methods(["GET", "POST"])
@sent_once
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """GET, POST /<slug>/them/: a new entry."""
    register = register_or_404(request, slug)
    if not policies.may_enter(request.user, register):  # type: ignore[arg-type]
        raise Http404(_("Sổ này ông/bà chỉ có quyền xem."))
    initial = {"opened_on": clock.today(), "unit": request.user.unit_name}  # type: ignore[union-attr]
    typed = request.POST if request.method == "POST" else None
    form = bound(register.form(typed, initial=initial), request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        try:
            row = register.enter_act(actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request,
                _("Đã vào %(register)s số %(number)s.")
                % {"register": str(register.label).lower(), "number": number_of(row.entry)},
            )
            return _back(request, register, row.pk)
    context = {
        "title": register.enter_label,
        "form": form,
        "submit_label": register.enter_label,
        "cancel_url": reverse("desk:list", args=[slug]),
        "units": standing_names(clock.today()),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[slug])),
            (str(register.enter_label), None),
        ),
    }
    return form_page(request, context)


def _back(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    """To the entry; to the list where it now belongs to a unit that this person does not see."""
    if policies.may_see(request.user, register, pk):  # type: ignore[arg-type]
        return redirect("desk:entry", slug=register.slug, pk=pk)
    return redirect("desk:list", slug=register.slug)


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """A refusal beside the field it concerns, or above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))


@require_http_methods(["GET", "POST"])
@sent_once
def verb(request: HttpRequest, slug: str, pk: int, action: str) -> HttpResponse:
    """GET, POST /<slug>/<pk>/<verb>/: close, correct, reopen."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    chosen = next((one for one in register.verbs if one.slug == action), None)
    if chosen is None or not policies.may_do(request.user, chosen, row.entry):  # type: ignore[arg-type]
        raise Http404(_("Không có thao tác này, hoặc thao tác không thuộc quyền của ông/bà."))
    if request.method == "GET" and (wrong := chosen.refusal(row)):
        messages.error(request, str(wrong.message))
        return render(request, "desk/entry.html", _detail(request, register, row), status=422)
    typed = request.POST if request.method == "POST" else None
    form = bound(chosen.form(typed, initial=initial_of(chosen, row)), request.user)  # type: ignore[arg-type]
    latest: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            chosen.perform(row, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Stale as refusal:
            refuse(form, refusal)
            row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
            latest = _facts(request, register, row, clock.today())
            data = request.POST.copy()  # the next attempt stands on the version now shown
            data["version"] = str(row.entry.version)
            form.data = data
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã lưu: %(what)s.") % {"what": str(chosen.label).lower()})
            return _back(request, register, pk)
    context = {
        "title": chosen.label,
        "subtitle": next(one.read(row) for one in register.columns if one.key == "title"),
        "form": form,
        "submit_label": chosen.label,
        "consequence": chosen.consequence,
        "cancel_url": reverse("desk:entry", args=[slug, pk]),
        "latest": latest,
        "units": standing_names(clock.today()),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[slug])),
            (number_of(row.entry), reverse("desk:entry", args=[slug, pk])),
            (str(chosen.label), None),
        ),
    }
    return form_page(request, context, keeps=keeps_typed(row.entry))


def keeps_typed(entry: Any) -> bool:
    """Whether what is typed about it may be kept before it is sent."""
    return entry.confidentiality not in (Confidentiality.SECRET, Confidentiality.GUARDED)


def initial_of(chosen: Verb, row: Any) -> dict[str, Any]:
    """What stands in the fields of a verb's form before anything is typed."""
    if chosen.name != "correct":
        return {"on": clock.today()}
    entry, initial = row.entry, {}
    for name in chosen.form.base_fields:
        for source in (row, entry):
            if hasattr(source, name):
                value = getattr(source, name)
                initial[name] = list(value.all()) if hasattr(value, "all") else value
                break
    return initial | {"version": entry.version, "unit": entry.unit}


@require_POST
@sent_once
def attach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """POST /<slug>/<pk>/tep/: keep a file with the entry."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    if not policies.may_change(request.user, row.entry):  # type: ignore[arg-type]
        raise Http404(_("Sổ này ông/bà chỉ có quyền xem."))
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["attachment"]
        try:
            kept = attach_file(pk, actor=request.user, name=upload.name, content=upload.file)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã đính kèm %(name)s.") % {"name": kept.name})
            return redirect("desk:entry", slug=slug, pk=pk)
    context = _detail(request, register, row) | {"attachment_form": form}
    return render(request, "desk/entry.html", context, status=422)


@require_GET
def download(request: HttpRequest, slug: str, pk: int, attachment: int) -> FileResponse:
    """GET /<slug>/<pk>/tep/<attachment>/: the bytes, to whom the entry is open."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    kept = get_object_or_404(Attachment, pk=attachment, entry_id=row.pk)
    return FileResponse(
        path_of(kept).open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=kept.content_type,
    )
