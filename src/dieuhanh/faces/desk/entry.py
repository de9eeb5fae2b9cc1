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
from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import events_of
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale
from dieuhanh.kernel.entries.registry import Register, Related, Verb
from dieuhanh.kernel.files.actions import attach_file, path_of
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import of_entries
from dieuhanh.kernel.text import dates, numbers

ICONS = {
    "entry.closed": "check",
    "entry.corrected": "pencil",
    "entry.reopened": "arrow-back-up",
    "entry.postponed": "calendar-event",
    "file.attached": "paperclip",
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
    entry, moment = row.entry, moment_of(request)
    owed: list[Any] = list(of_entries([entry.pk], moment.at).get(entry.pk, []))
    changeable = not moment.past and policies.may_change(request.user, entry)  # type: ignore[arg-type]
    verbs = [verb for verb in register.verbs if changeable and verb.applies(row)]
    asked = request.GET.get("vi-sao", "")
    secret = entry.confidentiality == "secret"
    title = next(column.read(row) for column in register.columns if column.key == "title")
    return {
        "register": register,
        "row": row,
        "entry": entry,
        "title": title,
        "secret": secret,
        "number": number_of(entry),
        "actions": [
            {
                "label": verb.label,
                "url": reverse("desk:verb", args=[register.slug, entry.pk, verb.slug]),
                "icon": verb.icon,
                "primary": index == 0 and verb.name == "close",
            }
            for index, verb in enumerate(verbs)
        ],
        "facts": _facts(register, row, moment.day),
        "obligations": [
            {
                "duty": one.duty,
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
        "attachments": entry.attachments.order_by("added_at") if not secret else [],
        "attachment_form": AttachmentForm() if changeable and not secret else None,
        "events": _story(register, entry.pk),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[register.slug])),
            (number_of(entry), None),
        ),
    }


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


def _facts(register: Register, row: Any, known: date) -> list[tuple[str, str]]:
    """Dated facts that had happened by the end of ``known``."""
    entry = row.entry
    facts = [(str(register.opened_label), dates.weekday_day(entry.opened_on))]
    for column in register.columns:
        if column.key == "title":
            continue
        value = column.read(row)
        if hasattr(value, "isoformat"):
            value = dates.day(value)
        if value not in (None, ""):
            facts.append((str(column.label).split(" và ")[0], str(value)))
        if column.sub and column.sub(row):
            facts.append((str(_("Nơi gửi, ban hành")), str(column.sub(row))))
    facts.append((str(_("Đơn vị")), entry.unit.name))
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


def _story(register: Register, entry_id: int) -> list[dict[str, Any]]:
    """What the journal tells of an entry, newest first; corrections show both values."""
    sentences = {
        "entry.closed": _("ghi kết quả."),
        "entry.corrected": _("đính chính."),
        "entry.reopened": _("mở lại."),
        "entry.postponed": _("lùi thời hạn."),
        "file.attached": _("đính kèm một tệp."),
        "identity.opened": _("mở thông tin người tố cáo."),
        **register.told,
    }

    labels = {"kind": _("Loại")} | {
        name: str(field.label)
        for form in (register.form, *(verb.form for verb in register.verbs))
        for name, field in form.base_fields.items()
    }

    def tell(line: Line) -> dict[str, Any]:
        details = []
        if line.reason:
            details.append(_("Lý do: %(reason)s") % {"reason": line.reason})
        for field, (old, new) in line.details.get("changes", {}).items():
            details.append(f"{labels.get(field, field)}: {old} → {new}")
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

    return events_of(Line.objects.filter(entry_id=entry_id), tell)


@require_GET
def why(request: HttpRequest, slug: str, pk: int, obligation: int) -> HttpResponse:
    """GET /<slug>/<pk>/vi-sao/<obligation>/: why it is due that day, in place or as a page."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    owed = get_object_or_404(
        Obligation.objects.select_related("limit"), pk=obligation, entry_id=row.pk
    )
    back = reverse("desk:entry", args=[register.slug, row.pk])
    explained = clocks.why(owed, moment_of(request).at)
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
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """GET, POST /<slug>/them/: a new entry."""
    register = register_or_404(request, slug)
    if not policies.may_enter(request.user, register):  # type: ignore[arg-type]
        raise Http404(_("Sổ này ông/bà chỉ có quyền xem."))
    initial = {"opened_on": clock.today(), "unit": request.user.unit_name}  # type: ignore[union-attr]
    form = register.form(request.POST if request.method == "POST" else None, initial=initial)
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
            return redirect("desk:entry", slug=slug, pk=row.pk)
    context = {
        "title": register.enter_label,
        "form": form,
        "submit_label": register.enter_label,
        "cancel_url": reverse("desk:list", args=[slug]),
        "units": _units(),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[slug])),
            (str(register.enter_label), None),
        ),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """A refusal beside the field it concerns, or above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))


def _units() -> list[str]:
    return list(
        Unit.objects.filter(valid_to=None).exclude(kind="commune").values_list("name", flat=True)
    )


@require_http_methods(["GET", "POST"])
def verb(request: HttpRequest, slug: str, pk: int, action: str) -> HttpResponse:
    """GET, POST /<slug>/<pk>/<verb>/: close, correct, reopen."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    chosen = next((one for one in register.verbs if one.slug == action), None)
    if chosen is None or not policies.may_change(request.user, row.entry):  # type: ignore[arg-type]
        raise Http404(_("Không có thao tác này, hoặc thao tác không thuộc quyền của ông/bà."))
    typed = request.POST if request.method == "POST" else None
    form = chosen.form(typed, initial=_initial(chosen, row))
    latest: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            chosen.act(pk, actor=request.user, **form.cleaned_data)
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Stale as refusal:
            refuse(form, refusal)
            row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
            latest = _facts(register, row, clock.today())
            data = request.POST.copy()  # the next attempt stands on the version now shown
            data["version"] = str(row.entry.version)
            form.data = data
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã lưu: %(what)s.") % {"what": str(chosen.label).lower()})
            if not policies.may_see(request.user, register, pk):  # type: ignore[arg-type]
                return redirect("desk:list", slug=slug)  # it went to another unit
            return redirect("desk:entry", slug=slug, pk=pk)
    context = {
        "title": chosen.label,
        "subtitle": next(one.read(row) for one in register.columns if one.key == "title"),
        "form": form,
        "submit_label": chosen.label,
        "consequence": chosen.consequence,
        "cancel_url": reverse("desk:entry", args=[slug, pk]),
        "latest": latest,
        "units": _units(),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[slug])),
            (number_of(row.entry), reverse("desk:entry", args=[slug, pk])),
            (str(chosen.label), None),
        ),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def _initial(chosen: Verb, row: Any) -> dict[str, Any]:
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
