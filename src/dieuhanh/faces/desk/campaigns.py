"""The life of a report on the site: who was asked, who has answered, what units write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.entry import refuse
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies as entry_policies
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import UnknownMeasure
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.reports.compose.figures import figure_url
from dieuhanh.reports.compose.sections import referenced
from dieuhanh.reports.compose.template import read_template
from dieuhanh.reports.review import policies, queries
from dieuhanh.reports.review.actions import explain_figure, submit_contribution
from dieuhanh.reports.review.forms import ExplanationForm, TextForm
from dieuhanh.reports.review.models import Campaign, Contribution, Draft, Round
from dieuhanh.text import dates

SIZE = 50
#: Tabs of the units: what they answer to ``?trang-thai=``, and the state of time of each.
TABS = {
    "": None,
    "cho": State.OPEN_IN_TIME,
    "cham": State.OPEN_LATE,
    "dung-han": State.DONE_IN_TIME,
    "gui-muon": State.DONE_LATE,
}


def campaign_or_404(request: HttpRequest, pk: int) -> Campaign:
    register = registry.get(queries.CAMPAIGNS)
    return entry_policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type, no-any-return]


def crumbs_of(campaign: Campaign, *more: tuple[str, str | None]) -> list[Any]:
    register = registry.get(queries.CAMPAIGNS)
    whole = reverse("desk:list", args=[register.slug])
    own = reverse("desk:campaign", args=[campaign.pk]) if more else None
    name = _("Đợt %(number)s") % {"number": campaign.entry}
    return with_crumbs((str(register.label), whole), (name, own), *more)


@require_GET
def campaign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /dot-bao-cao/<pk>/: dates, who has answered, drafts, opinions."""
    campaign = campaign_or_404(request, pk)
    moment = moment_of(request)
    owed: list[Any] = list(queries.answers_owed(campaign, moment.at))
    counts = queries.tally(owed)
    compiles = policies.may_synthesise(request.user, campaign)  # type: ignore[arg-type]
    drafts, rounds = queries.drafts_of(campaign), queries.rounds_of(campaign)
    last = drafts[-1] if drafts else None
    context = {
        "campaign": campaign,
        "title": campaign.entry.title,
        "line": _("Hạn gửi %(due)s; chốt số liệu đến hết ngày %(as_of)s")
        % {"due": dates.day(campaign.due_on), "as_of": dates.day(campaign.as_of)},
        "actions": _actions(request, campaign, last, compiles=compiles),
        "events": _chain(campaign, drafts, rounds),
        "tiles": _tiles(counts),
        "tabs": _tabs(request, counts),
        "compiles": compiles,
        "mine": _own(campaign, policies.units_owing(request.user, campaign)),  # type: ignore[arg-type]
        "drafts": _drafts(campaign, drafts),
        "rounds": _rounds(campaign, rounds, last, writes=compiles and not campaign.entry.closed_on),
        **_units(request, campaign, owed),
        "crumbs": crumbs_of(campaign),
    }
    return render(request, "desk/campaign.html", context)


def _actions(
    request: HttpRequest, campaign: Campaign, last: Draft | None, *, compiles: bool
) -> list[dict[str, Any]]:
    """What this person can do now; the next step of the report stands first."""
    user: Any = request.user
    if campaign.entry.closed_on:
        return [_action(campaign, "campaign-issued", _("Số liệu đã chốt"), "lock", primary=True)]
    acts = []
    if policies.may_approve(user) and last and not last.approved_on:
        acts.append(_action(campaign, "campaign-approve", _("Duyệt bản dự thảo"), "checks"))
    if last and last.approved_on and policies.may_issue(user):
        acts.append(_action(campaign, "campaign-issue", _("Phát hành"), "send"))
    if compiles:
        if not (last and last.approved_on):
            label = _("Lập bản mới") if last else _("Lập bản dự thảo")
            acts.append(_action(campaign, "campaign-draft-new", label, "pencil"))
        if last:
            acts.append(_action(campaign, "campaign-round", _("Ghi lần xin ý kiến"), "message-2"))
    if acts:
        acts[0]["primary"] = True
    return acts


def _action(
    campaign: Campaign, name: str, label: str, icon: str, *, primary: bool = False
) -> dict[str, Any]:
    url = reverse(f"desk:{name}", args=[campaign.pk])
    return {"label": label, "url": url, "icon": icon, "primary": primary}


def _chain(campaign: Campaign, drafts: list[Draft], rounds: list[Round]) -> list[dict[str, Any]]:
    """The dates of the report, from the request to its issue."""
    entry = campaign.entry
    events = [
        {
            "at": entry.opened_on,
            "icon": "send",
            "sentence": _("Đề nghị các đơn vị báo cáo."),
            "detail": campaign.request_symbol,
        },
        {
            "at": campaign.due_on,
            "icon": "clock-check",
            "sentence": _("Hạn các đơn vị gửi báo cáo."),
        },
    ]
    for draft in drafts:
        events.append(
            {
                "at": dates.local_day(draft.made_at),
                "icon": "pencil",
                "sentence": _("Bản dự thảo %(number)s.") % {"number": draft.number},
                "detail": draft.note,
            }
        )
        if draft.approved_on:
            events.append(
                {
                    "at": draft.approved_on,
                    "icon": "checks",
                    "sentence": _("Duyệt bản %(number)s.") % {"number": draft.number},
                }
            )
    for held in rounds:
        events.append(
            {
                "at": held.held_on,
                "icon": "message-2",
                "sentence": _("Xin ý kiến: %(body)s.") % {"body": held.get_body_display()},
                "detail": held.conclusion,
            }
        )
    if entry.closed_on:
        events.append(
            {
                "at": entry.closed_on,
                "icon": "report",
                "sentence": _("Phát hành."),
                "detail": entry.outcome,
            }
        )
    return sorted(events, key=lambda event: event["at"])


def _tiles(counts: dict[str, int]) -> list[dict[str, Any]]:
    asked = sum(counts.values())
    done = counts[State.DONE_IN_TIME] + counts[State.DONE_LATE]
    return [
        {
            "label": _("Đơn vị đã gửi"),
            "figure": str(done),
            "of": _("trong %(asked)s") % {"asked": asked},
            "share": done / asked if asked else None,
        },
        {"label": _("Gửi muộn"), "figure": str(counts[State.DONE_LATE])},
        {"label": _("Chưa gửi, còn hạn"), "figure": str(counts[State.OPEN_IN_TIME])},
        {"label": _("Chưa gửi, đã quá hạn"), "figure": str(counts[State.OPEN_LATE])},
    ]


def _tabs(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "": _("Tất cả"),
        "cho": _("Chưa gửi"),
        "cham": _("Quá hạn"),
        "dung-han": _("Đúng hạn"),
        "gui-muon": _("Gửi muộn"),
    }
    current = request.GET.get("trang-thai", "")
    return [
        {
            "label": labels[key],
            "count": sum(counts.values()) if state is None else counts[state],
            "url": f"?trang-thai={key}#don-vi" if key else "?#don-vi",
            "current": key == (current if current in TABS else ""),
        }
        for key, state in TABS.items()
    ]


def _units(request: HttpRequest, campaign: Campaign, owed: list[Any]) -> dict[str, Any]:
    """Fifty units with what they owe; those that hold others up come first."""
    moment = moment_of(request)
    asked = request.GET.get("trang-thai", "")
    state = TABS.get(asked)
    if state is not None:
        owed = [one for one in owed if one.state == state]
    number = request.GET.get("trang", "1")
    first = (max(1, int(number)) - 1) * SIZE if number.isdecimal() and len(number) < 6 else 0
    rows = owed[first : first + SIZE + 1]
    sent = queries.sections_sent(campaign, [row.unit_id for row in rows[:SIZE]])
    page = first // SIZE + 1
    suffix = f"&trang-thai={asked}" if state is not None else ""
    return {
        "columns": [
            {"label": _("Đơn vị"), "width_class": "w-title"},
            {"label": _("Tình trạng"), "width_class": "w-due"},
            {"label": _("Ngày gửi"), "numeric": True, "width_class": "w-date"},
            {"label": _("Số mục"), "numeric": True, "width_class": "w-number"},
        ],
        "rows": [
            {
                "cells": [
                    {"kind": "unit", "text": row.unit.name},
                    {"kind": "due", "due": clocks.chip(row, moment.at)},
                    {
                        "kind": "date",
                        "text": dates.day(dates.local_day(row.completed_at))
                        if row.completed_at
                        else "",
                    },
                    {"kind": "number", "text": sent.get(row.unit_id, 0)},
                ]
            }
            for row in rows[:SIZE]
        ],
        "pager": {
            "newer_url": f"?trang={page - 1}{suffix}#don-vi" if page > 1 else "",
            "older_url": f"?trang={page + 1}{suffix}#don-vi" if len(rows) > SIZE else "",
        },
    }


def _own(campaign: Campaign, units: list[Unit]) -> list[dict[str, Any]]:
    """Units of the person's own: every section, and what was sent for it."""
    newest: dict[tuple[int, str], Contribution] = {}
    if units:
        sent = queries.newest_contributions(campaign).filter(unit__in=units)
        newest = {(one.unit_id, one.section): one for one in sent}
    sections = queries.template_sections(campaign.report) if units else []
    return [
        {
            "unit": unit.name,
            "sections": [
                _own_section(campaign, unit, section, newest.get((unit.pk, section.key)))
                for section in sections
            ],
        }
        for unit in units
    ]


def _own_section(
    campaign: Campaign, unit: Unit, section: queries.Section, sent: Contribution | None
) -> dict[str, Any]:
    address = [campaign.pk, unit.pk, section.key]
    return {
        "title": section.title,
        "url": reverse("desk:campaign-contribute", args=address),
        "sent": sent,
        "late": sent is not None and dates.local_day(sent.submitted_at) > campaign.due_on,
    }


def _drafts(campaign: Campaign, drafts: list[Draft]) -> list[dict[str, Any]]:
    found = []
    for draft in reversed(drafts):
        before = next((one for one in drafts if one.number == draft.number - 1), None)
        compare = reverse("desk:campaign-compare", args=[campaign.pk])
        found.append(
            {
                "draft": draft,
                "url": reverse("desk:campaign-draft", args=[campaign.pk, draft.number]),
                "compare_url": f"{compare}?tu={before.number}&den={draft.number}" if before else "",
            }
        )
    return found


def _rounds(
    campaign: Campaign, rounds: list[Round], last: Draft | None, *, writes: bool
) -> list[dict[str, Any]]:
    titles = {one.key: one.title for one in queries.template_sections(campaign.report)}
    return [
        {
            "round": held,
            "old": last is not None and held.draft.number < last.number,
            "newest": last.number if last else 0,
            "add_url": reverse("desk:campaign-opinion", args=[campaign.pk, held.pk])
            if writes
            else "",
            "opinions": [
                {
                    "opinion": one,
                    "about": titles.get(one.section, "") or _("Toàn bộ báo cáo"),
                    "decide_url": reverse("desk:campaign-decide", args=[campaign.pk, one.pk])
                    if writes
                    else "",
                }
                for one in held.opinions.all()
            ],
        }
        for held in rounds
    ]


# What units write ---------------------------------------------------------------------------------


def _own_unit_or_404(request: HttpRequest, campaign: Campaign, unit: int) -> Unit:
    for one in policies.units_owing(request.user, campaign):  # type: ignore[arg-type]
        if one.pk == unit:
            return one
    raise Http404(_("Đơn vị này không được đề nghị báo cáo, hoặc không phải đơn vị của ông/bà."))


def figures_in(
    request: HttpRequest, campaign: Campaign, text: str, explain: Unit | None
) -> list[dict[str, Any]]:
    """The figures that a text refers to, as they stand today, with what units say of them (as far
    as the person may read that).

    Args:
        explain: the unit that may explain them.
    """
    window = read_template(campaign.report).window(campaign.period, campaign.as_of)
    evaluator = Evaluator(window)
    ids = referenced(text)
    evaluator.count_ahead(ids)
    said = queries.explanations_of(campaign, ids, policies.contributions_open(request.user))  # type: ignore[arg-type]
    found = []
    for id in ids:
        try:
            answer = evaluator.answer(id)
        except UnknownMeasure:
            continue
        found.append(
            {
                "id": id,
                "label": answer.measure.label,
                "shown": answer.shown,
                "unit": "" if answer.measure.unit == "%" else answer.measure.unit,
                "conflict": answer.conflict,
                "url": figure_url(id, window),
                "explanations": said.get(id, []),
                "explain_url": reverse("desk:campaign-explain", args=[campaign.pk, explain.pk, id])
                if explain
                else "",
            }
        )
    return found


@require_http_methods(["GET", "POST"])
@sent_once
def contribute(request: HttpRequest, pk: int, unit: int, section: str) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/gop/<unit>/<section>/: what a unit writes for one section."""
    campaign = campaign_or_404(request, pk)
    mine = _own_unit_or_404(request, campaign, unit)
    described = next(
        (one for one in queries.template_sections(campaign.report) if one.key == section), None
    )
    if described is None:
        raise Http404(_("Báo cáo không có mục này."))
    newest = queries.newest_contribution(campaign, mine, section)
    initial = {"text": newest.text if newest else "", "version": newest.version if newest else 0}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            sent = submit_contribution(
                pk,
                actor=request.user,  # type: ignore[arg-type]
                unit=mine,
                section=section,
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"],
            )
        except Forbidden:
            raise Http404(_("Không thực hiện được.")) from None
        except Stale as refusal:
            refuse(form, refusal)
            theirs = queries.newest_contribution(campaign, mine, section)
            keep_typed(form, theirs.version if theirs else 0)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            late = dates.local_day(sent.submitted_at) > campaign.due_on
            said = _("Đã gửi; phần này gửi sau hạn.") if late else _("Đã gửi.")
            messages.success(request, said)
            return redirect("desk:campaign", pk=pk)
    context = {
        "title": described.title,
        "line": mine.name,
        "form": form,
        "submit_label": _("Gửi phần báo cáo"),
        "cancel_url": reverse("desk:campaign", args=[pk]),
        "theirs": theirs,
        "late": clock.today() > campaign.due_on,
        "campaign": campaign,
        "figures": figures_in(request, campaign, described.text, mine),
        "crumbs": crumbs_of(campaign, (described.title, None)),
    }
    return form_page(request, context, "desk/section.html")


def keep_typed(form: forms.Form, version: int) -> None:
    """The next attempt stands on the version now shown; what was typed stays."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(version)
    form.data = data


@require_http_methods(["GET", "POST"])
@sent_once
def explain(request: HttpRequest, pk: int, unit: int, id: str) -> HttpResponse:
    """GET, POST /dot-bao-cao/<pk>/giai-trinh/<unit>/<id>/: what must be known of a figure."""
    campaign = campaign_or_404(request, pk)
    mine = _own_unit_or_404(request, campaign, unit)
    try:
        measure = model.get(id)
    except UnknownMeasure:
        raise Http404(_("Không có chỉ tiêu báo cáo này.")) from None
    form = ExplanationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            explain_figure(
                pk,
                actor=request.user,  # type: ignore[arg-type]
                unit=mine,
                measure=id,
                text=form.cleaned_data["text"],
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã ghi giải trình."))
            return redirect("desk:campaign", pk=pk)
    context = {
        "title": _("Giải trình số liệu"),
        "subtitle": measure.label,
        "form": form,
        "submit_label": _("Ghi giải trình"),
        "consequence": _("Số đếm từ sổ giữ nguyên; giải trình đi cùng số đó."),
        "cancel_url": reverse("desk:campaign", args=[pk]),
        "crumbs": crumbs_of(campaign, (_("Giải trình số liệu"), None)),
    }
    return form_page(request, context)
