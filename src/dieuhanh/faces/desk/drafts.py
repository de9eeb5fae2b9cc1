"""Drafts of a report: writing, comparing, opinions, approval, issue, and what moved since."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk.campaigns import campaign_or_404, crumbs_of, figures_in, keep_typed
from dieuhanh.faces.desk.entry import refuse
from dieuhanh.faces.desk.reports import text_of
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.kernel.entries import policies as entry_policies
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.registers.documents.queries import OUTGOING
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.issue.actions import issue_report
from dieuhanh.reports.issue.queries import Drift, drift, issued_of, moved_entries
from dieuhanh.reports.review import policies, queries
from dieuhanh.reports.review.actions import (
    approve_draft,
    decide_opinion,
    give_opinion,
    hold_round,
    make_draft,
    write_section,
)
from dieuhanh.reports.review.drafting import compose_draft
from dieuhanh.reports.review.forms import (
    DecisionForm,
    DraftForm,
    IssueForm,
    OpinionForm,
    RoundForm,
    TextForm,
)
from dieuhanh.reports.review.models import Campaign, Draft, DraftSection
from dieuhanh.text import dates, numbers


def _draft_or_404(campaign: Campaign, number: int) -> Draft:
    return get_object_or_404(campaign.drafts.select_related("campaign__entry"), number=number)


def _sections(draft: Draft) -> list[DraftSection]:
    return list(draft.sections.order_by("section"))


def _titles(campaign: Campaign) -> dict[str, str]:
    return {one.key: one.title for one in queries.template_sections(campaign.report)}


def _writer_or_404(request: HttpRequest, campaign: Campaign) -> None:
    if not policies.may_synthesise(request.user, campaign):  # type: ignore[arg-type]
        raise Http404(_("Việc này thuộc đơn vị tổng hợp báo cáo."))


@require_GET
def draft_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """GET /dot-bao-cao/<pk>/ban/<number>/: the draft as a report, its sections beside it."""
    campaign = campaign_or_404(request, pk)
    draft = _draft_or_404(campaign, number)
    last = queries.last_draft(campaign)
    writes = (
        policies.may_synthesise(request.user, campaign)  # type: ignore[arg-type]
        and draft == last
        and not draft.approved_on
    )
    try:
        composed = compose_draft(draft)
    except SectionError as error:
        fault = _("Mục %(section)s, dòng %(line)s: %(reason)s.") % {
            "section": _titles(campaign).get(error.section, error.section),
            "line": error.line,
            "reason": error.reason,
        }
        return render(
            request, "desk/broken.html",
            {"title": str(draft), "fault": fault, "edits": _edits(campaign, draft) if writes else [],
             "crumbs": crumbs_of(campaign, (str(draft), None))},
        )  # fmt: skip
    context = text_of(composed, request) | {
        "draft": draft,
        "state": _("Bản %(number)s đã duyệt") % {"number": number}
        if draft.approved_on
        else str(draft),
        "edits": _edits(campaign, draft) if writes else [],
        "files": [
            {
                "label": _("Soát số liệu"),
                "url": reverse("desk:campaign-draft-proof", args=[pk, number]),
                "icon": "zoom-check",
            }
        ],
        "crumbs": crumbs_of(campaign, (str(draft), None)),
    }
    return render(request, "desk/report.html", context)


def _edits(campaign: Campaign, draft: Draft) -> list[dict[str, str]]:
    titles = _titles(campaign)
    return [
        {
            "label": titles.get(one.section, one.section),
            "url": reverse(
                "desk:campaign-section", args=[campaign.pk, draft.number, one.section]
            ),
        }
        for one in _sections(draft)
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@sent_once
def section(request: HttpRequest, pk: int, number: int, section: str) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/ban/<number>/<section>/: write a section, units' texts below."""
    campaign = campaign_or_404(request, pk)
    _writer_or_404(request, campaign)
    draft = _draft_or_404(campaign, number)
    written = get_object_or_404(draft.sections.select_related("person"), section=section)
    initial = {"text": written.text, "version": written.version}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            write_section(draft.pk, actor=request.user, section=section, **form.cleaned_data)  # type: ignore[arg-type]
        except Stale as refusal:
            refuse(form, refusal)
            written.refresh_from_db()
            theirs = written
            keep_typed(form, written.version)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã lưu mục này."))
            return redirect("desk:campaign-draft", pk=pk, number=number)
    title = _titles(campaign).get(section, section)
    sent = queries.newest_contributions(campaign).filter(
        policies.contributions_open(request.user),  # type: ignore[arg-type]
        section=section,
    )
    context = {
        "title": title,
        "line": str(draft),
        "form": form,
        "submit_label": _("Lưu mục"),
        "cancel_url": reverse("desk:campaign-draft", args=[pk, number]),
        "theirs": theirs,
        "contributions": [
            {"sent": one, "late": dates.local_day(one.submitted_at) > campaign.due_on}
            for one in sent
        ],
        "campaign": campaign,
        "figures": figures_in(request, campaign, written.text, None),
        "crumbs": crumbs_of(
            campaign,
            (str(draft), reverse("desk:campaign-draft", args=[pk, number])),
            (title, None),
        ),
    }
    return form_page(request, context, "desk/section.html")


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /dot-bao-cao/<pk>/so-sanh/?tu=1&den=2: two drafts side by side."""
    campaign = campaign_or_404(request, pk)
    drafts = {str(one.number): one for one in queries.drafts_of(campaign)}
    old, new = (drafts.get(request.GET.get(name, "")) for name in ("tu", "den"))
    if old is None or new is None:
        raise Http404(_("Không có bản dự thảo này."))
    before, after, titles = queries.texts_of(old), queries.texts_of(new), _titles(campaign)
    context = {
        "title": _("So sánh bản %(old)s và bản %(new)s") % {"old": old.number, "new": new.number},
        "old": old,
        "new": new,
        "sections": [
            {"title": titles.get(key, key), "rows": list(side_by_side(before.get(key, ""), text))}
            for key, text in after.items()
            if before.get(key, "") != text
        ],
        "same": sum(before.get(key, "") == text for key, text in after.items()),
        "crumbs": crumbs_of(campaign, (_("So sánh"), None)),
    }
    return render(request, "desk/compare.html", context)


def side_by_side(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Paragraphs of two texts next to each other: (left, right, same | changed)."""
    left, right = (
        [" ".join(part.split()) for part in text.split("\n\n")] for text in (before, after)
    )
    matcher = difflib.SequenceMatcher(a=left, b=right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for n in range(max(b - a, d - c)):
            yield (
                left[a + n] if a + n < b else "",
                right[c + n] if c + n < d else "",
                "same" if kind == "equal" else "changed",
            )


def _form_page(
    request: HttpRequest, campaign: Campaign, form: forms.Form, title: str, **more: Any
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "submit_label": title,
        "cancel_url": reverse("desk:campaign", args=[campaign.pk]),
        "crumbs": crumbs_of(campaign, (title, None)),
    }
    return form_page(request, context | more)


def _done(request: HttpRequest, campaign: Campaign, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("desk:campaign", pk=campaign.pk)


@require_http_methods(["GET", "POST"])
@sent_once
def new_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/ban/: the next version, a copy of the last one."""
    campaign = campaign_or_404(request, pk)
    _writer_or_404(request, campaign)
    form = DraftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = make_draft(pk, actor=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã lập %(draft)s.") % {"draft": str(draft).lower()})
            return redirect("desk:campaign-draft", pk=pk, number=draft.number)
    said = _("Bản mới chép từ bản trước; bản trước chỉ còn để xem và so sánh.")
    return _form_page(request, campaign, form, _("Lập bản dự thảo"), consequence=said)


@require_http_methods(["GET", "POST"])
@sent_once
def new_round(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/y-kien/: a body was asked about the newest draft."""
    campaign = campaign_or_404(request, pk)
    _writer_or_404(request, campaign)
    draft = queries.last_draft(campaign)
    if draft is None:
        raise Http404(_("Chưa có bản dự thảo nào."))
    typed = request.POST if request.method == "POST" else None
    form = RoundForm(typed, initial={"held_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            hold_round(draft.pk, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _done(request, campaign, _("Đã ghi lần xin ý kiến."))
    title = _("Ghi lần xin ý kiến")
    return _form_page(request, campaign, form, title, subtitle=str(draft))


@require_http_methods(["GET", "POST"])
@sent_once
def opinion(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/y-kien/<round>/: one more opinion of a round."""
    campaign = campaign_or_404(request, pk)
    _writer_or_404(request, campaign)
    held = queries.round_of(campaign, round)
    if held is None:
        raise Http404(_("Không có lần xin ý kiến này."))
    typed = request.POST if request.method == "POST" else None
    form = OpinionForm(
        typed, initial={"given_on": held.held_on}, sections=list(_titles(campaign).items())
    )
    if request.method == "POST" and form.is_valid():
        try:
            give_opinion(round, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _done(request, campaign, _("Đã ghi ý kiến."))
    last = queries.last_draft(campaign)
    said = ""
    if last and held.draft != last:
        said = _("Ý kiến này về bản %(old)s; bản mới nhất là bản %(new)s.") % {
            "old": held.draft.number,
            "new": last.number,
        }
    subtitle = f"{held.get_body_display()}, {dates.day(held.held_on)}"
    return _form_page(
        request, campaign, form, _("Ghi ý kiến"), subtitle=subtitle, consequence=said
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@sent_once
def decide(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/y-kien/<opinion>/quyet-dinh/: accepted, partly, or not."""
    campaign = campaign_or_404(request, pk)
    _writer_or_404(request, campaign)
    given = queries.opinion_of(campaign, opinion)
    if given is None:
        raise Http404(_("Không có ý kiến này."))
    typed = request.POST if request.method == "POST" else None
    form = DecisionForm(typed, initial={"decision": given.decision, "reason": given.reason})
    if request.method == "POST" and form.is_valid():
        try:
            decide_opinion(opinion, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _done(request, campaign, _("Đã ghi quyết định về ý kiến."))
    return _form_page(request, campaign, form, _("Quyết định về ý kiến"), subtitle=given.text)


@require_http_methods(["GET", "POST"])
@sent_once
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/duyet/: the leader approves the newest draft."""
    campaign = campaign_or_404(request, pk)
    draft = queries.last_draft(campaign)
    if draft is None or not policies.may_approve(request.user):  # type: ignore[arg-type]
        raise Http404(_("Chưa có bản dự thảo, hoặc ông/bà không có quyền duyệt."))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            approve_draft(draft.pk, actor=request.user)  # type: ignore[arg-type]
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            words = _("Đã duyệt bản %(number)s.") % {"number": draft.number}
            return _done(request, campaign, words)
    said = _("Bản %(number)s được duyệt thì không sửa được nữa.") % {"number": draft.number}
    return _form_page(request, campaign, form, _("Duyệt bản dự thảo"), consequence=said)


@require_http_methods(["GET", "POST"])
@sent_once
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/phat-hanh/: a document with a number, figures frozen."""
    campaign = campaign_or_404(request, pk)
    if not policies.may_issue(request.user):  # type: ignore[arg-type]
        raise Http404(_("Việc này thuộc văn thư."))
    typed = request.POST if request.method == "POST" else None
    form = IssueForm(typed, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            issue_report(pk, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Forbidden:
            raise Http404(_("Việc này thuộc văn thư.")) from None
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã phát hành; số liệu trong báo cáo đã chốt."))
            return redirect("desk:campaign-issued", pk=pk)
    said = _("Báo cáo lấy số văn bản đi; mọi số liệu được chốt cùng các mục đứng sau nó.")
    return _form_page(request, campaign, form, _("Phát hành"), consequence=said)


@require_GET
def issued_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /dot-bao-cao/<pk>/da-phat-hanh/: frozen figures, and how the registers moved since."""
    campaign = campaign_or_404(request, pk)
    issued = issued_of(campaign)
    if issued is None:
        raise Http404(_("Báo cáo chưa phát hành."))
    found = drift(issued)
    moved = [one for one in found if one.moved or one.vanished]
    context = {
        "title": _("Số liệu đã chốt"),
        "line": _("%(count)s số, phát hành ngày %(day)s; %(moved)s số nay khác")
        % {"count": len(found), "day": dates.day(issued.issued_on), "moved": len(moved)},
        "issued": issued,
        "document_url": _document_url(request, issued.document_id),
        "facts": [
            (_("Văn bản"), campaign.entry.outcome),
            (_("Bản dự thảo"), str(issued.draft)),
            (_("Mã băm SHA-256"), issued.digest),
        ],
        "moved": [_drift_row(one) | {"why": _why(one)} for one in moved],
        "columns": [
            {"label": _("Số liệu"), "width_class": "w-title"},
            {"label": _("Đã chốt"), "numeric": True, "width_class": "w-due"},
            {"label": _("Hôm nay"), "numeric": True, "width_class": "w-due"},
            {"label": _("Chênh lệch"), "numeric": True, "width_class": "w-due"},
        ],
        "rows": [_drift_row(one) for one in found],
        "crumbs": crumbs_of(campaign, (_("Số liệu đã chốt"), None)),
    }
    return render(request, "desk/issued.html", context)


def _document_url(request: HttpRequest, document: int) -> str:
    """Empty for somebody who may not open the document itself."""
    register = registry.get(OUTGOING)
    if not entry_policies.may_see(request.user, register, document):  # type: ignore[arg-type]
        return ""
    return reverse("desk:entry", args=[register.slug, document])


def _drift_row(one: Drift) -> dict[str, Any]:
    frozen, now = one.frozen, one.now
    difference = ""
    if one.moved and now and now.value is not None and frozen.value is not None:
        difference = numbers.signed(now.value - frozen.value, frozen.decimals)
    return {
        "label": frozen.label,
        "cells": [
            {"kind": "text", "text": frozen.label, "sub": frozen.measure_unit},
            {"kind": "number", "text": frozen.shown},
            {"kind": "number", "text": now.shown if now else _("không còn chỉ tiêu này")},
            {"kind": "number", "text": difference},
        ],
    }


def _why(one: Drift) -> str:
    """Which entries came and went behind a figure that moved."""
    if one.now is None:
        return _("Chỉ tiêu này không còn; số đã chốt vẫn giữ nguyên.")
    came, left = moved_entries(one.frozen, one.now)
    if not came and not left:
        return _("Đã chốt %(frozen)s, nay %(now)s.") % {
            "frozen": one.frozen.shown,
            "now": one.now.shown,
        }
    return _("Đã chốt %(frozen)s, nay %(now)s: thêm %(came)s mục, bớt %(left)s mục.") % {
        "frozen": one.frozen.shown,
        "now": one.now.shown,
        "came": len(came),
        "left": len(left),
    }
