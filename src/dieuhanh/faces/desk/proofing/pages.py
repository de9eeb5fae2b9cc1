"""The pages on which papers are looked at. Of what is dropped or pasted nothing is kept: each look
reads it anew, and the page holds what was decided. What is set aside in a paper of an entry is kept
with the entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk.campaigns import campaign_or_404, crumbs_of
from dieuhanh.faces.desk.entry import number_of
from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.proofing.papers import READABLE, File, Look, Paper, read_papers
from dieuhanh.faces.desk.reports import composed_or_404
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.fields import TextArea
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.files.storage import LARGEST, path_of
from dieuhanh.proof.aside import Aside
from dieuhanh.proof.aside_file import parse_asides, told_asides
from dieuhanh.proof.findings import Finding, Severity
from dieuhanh.proof.output.corrected import replaces
from dieuhanh.proof.output.sheet import Sheet
from dieuhanh.proof.output.words import SEVERITIES, Language, counts, message, said
from dieuhanh.proof.reading import read_text
from dieuhanh.proof.reading.source import Block, Kind, Source, Unreadable
from dieuhanh.proof.refused import Refused
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.proofing.actions import set_aside_finding, take_up_finding
from dieuhanh.reports.proofing.queries import mark_of_aside, set_aside_on
from dieuhanh.reports.proofing.source import source_of
from dieuhanh.reports.review.drafting import compose_draft

MOST_FILES = 10
REASON = "ly-do-"
LONGEST_REASON = 500


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """Several files; each is an UploadedFile."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        found = [super(_Files, self).clean(one, initial) for one in data or []]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("Mỗi lần soát nhiều nhất %(n)s tệp.") % {"n": MOST_FILES})
        for one in found:
            if one.size > LARGEST:
                raise forms.ValidationError(_("%(name)s lớn hơn 50 MB.") % {"name": one.name})
        return found


class ProofForm(forms.Form):
    papers = _Files(
        label=gettext_lazy("Tệp cần soát: kéo thả vào đây hoặc chọn"),
        help_text=gettext_lazy(
            "DOCX, PDF có chữ, HTML, Markdown hoặc TXT; nhiều tệp thì được so với nhau."
        ),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán văn bản"),
        widget=TextArea({"rows": 5}),
        required=False,
        strip=False,
    )
    reasons = forms.FileField(
        label=gettext_lazy("Tệp các lý do đã bỏ qua"),
        help_text=gettext_lazy("Tệp đã tải về ở lần soát trước, hoặc của lệnh dieuhanh proof."),
        required=False,
    )
    registers = forms.BooleanField(
        label=gettext_lazy("Đối chiếu với số trong các sổ"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("papers") and not cleaned.get("text", "").strip():
            self.add_error("papers", _("Xin chọn tệp hoặc dán văn bản cần soát."))
        return cleaned


def _language() -> Language:
    return "en" if get_language() == "en" else "vi"


@require_http_methods(["GET", "POST"])
def proof_page(request: HttpRequest) -> HttpResponse:
    """GET, POST /soat-so-lieu/: drop files or paste a text; POST with ``tai`` answers a copy."""
    form = ProofForm(request.POST, request.FILES) if request.method == "POST" else ProofForm()
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            look = _given(form, _reasons(request.POST))
            if wanted := request.POST.get("tai"):
                return _answer(_copy(look, wanted, request.POST.getlist("nhan")))
            shown = _shown(look, accepted=request.POST.getlist("nhan"), form_id="soat")
        except Refused as why:
            form.add_error("reasons", said(why, _language()))
        except Refusal as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.message)
            )
    context = {
        "title": _("Soát số liệu"),
        "line": _("Tìm số cộng không khớp, ngày không thể có, văn bản viện dẫn sai, chữ lặp…"),
        "form": form,
        "given": [form["papers"], form["text"]],
        "fault": " ".join(str(one) for found in form.errors.values() for one in found),
        "look": shown,
        "crumbs": with_crumbs((_("Soát số liệu"), None)),
    }
    return render(request, "desk/proof.html", context, status=422 if form.errors else 200)


def _given(form: ProofForm, reasons: dict[str, Aside]) -> Look:
    """Raises Refused where the file of reasons is none."""
    given = [(one.name or "", one.read()) for one in form.cleaned_data["papers"]]
    papers, refused = read_papers(given)
    if form.cleaned_data["text"].strip():
        name = _("Văn bản đã dán")
        try:
            papers.append(Paper(read_text(form.cleaned_data["text"], name)))
        except Unreadable as why:
            refused.append((name, why))
    known: dict[str, Aside] = {}
    if kept := form.cleaned_data["reasons"]:
        asides = parse_asides(kept.read(), kept.name)
        known = {mark_of_aside(one): one for one in asides if one.quote}
    return Look(papers, refused, form.cleaned_data["registers"], reasons=known | reasons)


def _reasons(posted: Any) -> dict[str, Aside]:
    """Mark → what was set aside on the page itself."""
    return {
        name.removeprefix(REASON): Aside("", " ".join(str(words).split())[:LONGEST_REASON])
        for name, words in posted.items()
        if name.startswith(REASON) and str(words).strip()
    }


def _copy(look: Look, wanted: str, accepted: list[str]) -> File:
    """Raises Refusal, Refused: it cannot be made."""
    match wanted:
        case "ban-sua":
            return look.corrected(accepted)
        case "ghi-chu":
            return look.commented(_language())
        case "ly-do":
            return File("ly-do-bo-qua.json", "application/json", told_asides(look.asides()))
        case _other:
            raise Http404(_("Không có loại tệp này."))


def _answer(file: File) -> HttpResponse:
    response = HttpResponse(file.data, content_type=file.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return response


def _shown(
    look: Look,
    *,
    accepted: list[str],
    form_id: str,
    keeps: bool = False,
    may_set_aside: bool = False,
) -> dict[str, Any]:
    """What ``desk/proof_result.html`` shows.

    Args:
        accepted: marks that were ticked before.
        form_id: the form by which a copy is asked for: files that were dropped are sent again.
        keeps: what is set aside is kept with an entry.
    """
    language, outcome = _language(), look.outcome

    def tools(one: Finding) -> str:
        mark = look.mark(one)
        return render_to_string(
            "desk/proof_tools.html",
            {"mark": mark, "accepted": mark in accepted, "replaces": replaces(one), "keeps": keeps,
             "may_set_aside": may_set_aside, "form_id": form_id},
        )  # fmt: skip

    sheets: dict[str, Sheet] = {}
    for number, report in enumerate(outcome.reports, 1):
        name = report.source.name
        sheets[name] = Sheet(report.source, outcome.of(name), language, number=number, tools=tools)
    acts = [("ghi-chu", _("Bản Word có ghi chú"), "file-type-docx")]
    if any(replaces(one) for one in outcome.found):
        acts.append(("ban-sua", _("Bản đã nhận sửa"), "pencil"))
    if outcome.settled and not keeps:
        acts.append(("ly-do", _("Các lý do bỏ qua"), "download"))
    severities = SEVERITIES[language]
    return {
        "said": _summary(look, language),
        "refused": [(name, said(why, language)) for name, why in outcome.refused],
        "kinds": [
            {"id": str(one), "label": severities[one].capitalize(), "count": count}
            for one in Severity
            if (count := sum(found.severity is one for found in outcome.found))
        ],
        "sheets": [
            {
                "id": f"van-ban-{sheet.number}",
                "name": name,
                "said": counts(sheet.findings, language).capitalize() + ".",
                "jumps": [
                    {"number": at, "kind": one.severity, "words": message(one, language)}
                    for at, one in enumerate(sheet.findings, 1)
                ],
                "number": sheet.number,
                "unread": [said(one, language) for one in sheet.source.unread],
                "html": mark_safe("".join(sheet.rows(sheets))),
            }
            for name, sheet in sheets.items()
        ],
        "settled": [
            {"quote": one.place.quote, "words": message(one, language), "reason": aside.reason,
             "by": aside.by, "mark": look.mark(one)}
            for one, aside in outcome.settled
        ],
        "acts": [
            {"value": value, "label": label, "icon": icon} for value, label, icon in acts
        ]
        if outcome.reports
        else [],
        "form_id": form_id,
        "keeps": keeps,
        "may_set_aside": may_set_aside,
    }  # fmt: skip


def _summary(look: Look, language: Language) -> str:
    if not look.outcome.reports:
        return _("Không đọc được văn bản nào.")
    found = counts(look.outcome.found, language).capitalize()
    if look.ours:
        against = _("số liệu lấy thẳng từ các sổ")
    elif look.registers:
        against = _("đã đối chiếu với các sổ")
    else:
        against = _("chưa đối chiếu với các sổ")
    return f"{found}; {against}."


# Papers of the program itself -----------------------------------------------------------------------


@require_GET
def report_proof(request: HttpRequest, report: str, period: str) -> HttpResponse:
    """GET /bao-cao/<report>/<period>/soat/: a report as it writes itself now."""
    document = composed_or_404(request, report, period).document
    look = Look([Paper(source_of(document))], ours=True)
    crumbs = with_crumbs(
        (_("Báo cáo"), reverse("desk:reports")),
        (document.period_label, reverse("desk:report", args=[report, period])),
        (_("Soát số liệu"), None),
    )
    return _own_page(request, look, document.title, crumbs, None)


@require_http_methods(["GET", "POST"])
def draft_proof(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/ban/<number>/soat/: a draft; POST sets a finding aside."""
    campaign = campaign_or_404(request, pk)
    draft = get_object_or_404(campaign.drafts.select_related("campaign__entry"), number=number)
    try:
        document = compose_draft(draft).document
    except SectionError:  # the page of the draft says where
        return redirect("desk:campaign-draft", pk=pk, number=number)
    crumbs = crumbs_of(
        campaign,
        (str(draft), reverse("desk:campaign-draft", args=[pk, number])),
        (_("Soát số liệu"), None),
    )
    look = Look([Paper(source_of(document))], ours=True)
    return _own_page(request, look, document.title, crumbs, campaign.entry)


@require_http_methods(["GET", "POST"])
def entry_proof(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET, POST /<slug>/<pk>/soat/: what an entry says in its title and files; POST sets aside."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    entry: Entry = row.entry
    if entry.confidentiality == Confidentiality.SECRET:
        raise Http404(_("Văn bản mật không được soát trên hệ thống này."))
    papers, refused = read_papers((one.name, path_of(one).read_bytes()) for one in readable(entry))
    crumbs = with_crumbs(
        (str(register.label), reverse("desk:list", args=[register.slug])),
        (number_of(entry), reverse("desk:entry", args=[register.slug, entry.pk])),
        (_("Soát số liệu"), None),
    )
    look = Look([_title_of(entry), *papers], refused, registers=True)
    return _own_page(request, look, number_of(entry), crumbs, entry)


def readable(entry: Entry) -> list[Attachment]:
    """Attachments of an entry that are texts."""
    rows = entry.attachments.filter(content_type__in=READABLE)
    return list(rows.order_by("added_at", "pk"))


def _title_of(entry: Entry) -> Paper:
    title = " ".join(entry.title.split())
    block = Block(Kind.PARAGRAPH, ((0, len(title)),))
    return Paper(Source(_("Trích yếu"), title + "\n", (block,) if title else ()))


def _own_page(
    request: HttpRequest, look: Look, subject: str, crumbs: list[Any], entry: Entry | None
) -> HttpResponse:
    """A look at a paper of the program; with an entry, what is set aside is kept with it."""
    fault = ""
    may = entry is not None and policies.may_change(request.user, entry)  # type: ignore[arg-type]
    if entry is not None:
        look.reasons = _kept(entry)
        if request.method == "POST":
            if not may:
                raise Http404(_("Mục này ông/bà chỉ có quyền xem."))
            try:
                _decide(request, look, entry)
            except Refusal as refusal:
                fault = str(refusal.message)
            else:
                return redirect(request.path)
    try:
        if wanted := request.GET.get("tai"):
            return _answer(_copy(look, wanted, request.GET.getlist("nhan")))
    except (Refusal, Refused) as why:
        fault = said(why, _language()) if isinstance(why, Refused) else str(why.message)
    context = {
        "title": _("Soát số liệu"),
        "line": subject,
        "fault": fault,
        "look": _shown(
            look, accepted=request.GET.getlist("nhan"), form_id="ban-sao", keeps=entry is not None,
            may_set_aside=may,
        ),
        "crumbs": crumbs,
    }  # fmt: skip
    return render(request, "desk/proof_own.html", context, status=422 if fault else 200)


def _kept(entry: Entry) -> Mapping[str, Aside]:
    return {
        mark: Aside(one.check_id, one.reason, on=one.at.date(), by=one.person.full_name)
        for mark, one in set_aside_on(entry.pk).items()
    }


def _decide(request: HttpRequest, look: Look, entry: Entry) -> None:
    """Set one finding aside, or take one up again.

    Raises:
        Forbidden, Refusal: see the actions; there is no such finding any more.
    """
    actor: Any = request.user
    if mark := request.POST.get("dua-lai"):
        take_up_finding(entry.pk, actor=actor, mark=mark)
        messages.success(request, _("Đã đưa lại chỗ này."))
        return
    mark = request.POST.get("bo-qua", "")
    finding = next((one for one in look.outcome.found if look.mark(one) == mark), None)
    if finding is None:
        raise Refusal(_("Văn bản đã đổi, không còn chỗ này; xin xem lại."))
    reason = request.POST.get(f"{REASON}{mark}", "")
    set_aside_finding(entry.pk, actor=actor, check=finding.check, mark=mark, reason=reason)
    messages.success(request, _("Đã bỏ qua chỗ này và giữ lý do."))
