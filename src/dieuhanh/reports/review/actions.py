"""Asking for a report, writing it, hearing opinions on it, approving it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import correct, lock_entry, open_entry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import complete, owe_all, start_of_business
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.compose.template import UnknownPeriod, read_template
from dieuhanh.reports.review import policies
from dieuhanh.reports.review.drafting import complete_draft
from dieuhanh.reports.review.models import (
    Campaign,
    Contribution,
    Decision,
    Draft,
    DraftSection,
    Explanation,
    Opinion,
    Round,
)
from dieuhanh.reports.review.queries import (
    CAMPAIGNS,
    last_draft,
    newest_contribution,
    template_sections,
    texts_of,
    undecided,
    units_asked,
)
from dieuhanh.text import dates
from dieuhanh.text.fold import nfc


@transaction.atomic
def open_campaign(
    *,
    actor: Person,
    report: str,
    period: str,
    opened_on: date,
    due_on: date,
    as_of: date | None,
    request_symbol: str,
    asked: Iterable[str],
    unit: Unit,
) -> Campaign:
    """Ask the units for their part of a report (đề nghị đơn vị báo cáo).

    Args:
        report: id of the template.
        opened_on: day of the request.
        due_on: last day for contributions.
        as_of: day the figures are cut off at; the last one of the period unless given.
        asked: groups of units, keys of `queries.ASKED`.
        unit: who compiles the report.

    Raises:
        Forbidden: ``actor`` does not compile reports.
        Refusal: the period is none, or no unit is asked.
        WrongDate: a day lies in the future, or the deadline before the request.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-02, BC-06).
    """
    try:
        window = read_template(report).window(period, as_of)
    except UnknownPeriod as error:
        raise Refusal(str(error), field="period") from None
    units = units_asked(asked)
    if not units:
        raise Refusal(_("Xin chọn ít nhất một nhóm đơn vị."), field="asked")
    template = read_template(report)
    title = template.values["title"].format(**template.words(window))
    entry = open_entry(
        CAMPAIGNS,
        actor=actor,
        unit=unit,
        kind=report,
        title=title,
        opened_on=opened_on,
        also_found_by=[request_symbol, period],
    )
    campaign = Campaign.objects.create(
        entry=entry,
        report=report,
        period=period,
        as_of=window.as_of,
        request_symbol=nfc(request_symbol),
        due_on=due_on,
    )
    owe_all(
        entry,
        units,
        duty=_("Gửi phần báo cáo của đơn vị"),
        start=start_of_business(opened_on),
        due_on=due_on,
        asked_by=actor.stands_for,
    )
    record(
        "report.requested", actor=actor, entry_id=entry.pk, subject=str(entry), report=report,
        period=period, units=len(units),
    )  # fmt: skip
    return campaign


@transaction.atomic
def correct_campaign(
    entry_id: int, *, actor: Person, version: int, reason: str, request_symbol: str
) -> Campaign:
    """Correct the symbol of the request, with a reason. What was asked, of whom and by when stands.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8.
    """
    entry = lock_entry(entry_id, actor=actor)
    campaign = Campaign.objects.get(pk=entry_id)
    difference = correct(
        entry,
        campaign,
        version=version,
        changes={"request_symbol": request_symbol},
        also_found_by=[request_symbol, campaign.period],
    )
    record(
        "entry.corrected", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        changes=difference,
    )  # fmt: skip
    return campaign


def _lock(campaign_id: int) -> Campaign:
    """The campaign, locked; its contributions and drafts are numbered one after another."""
    Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign_id)
    return Campaign.objects.select_related("entry").get(pk=campaign_id)


def _refuse_issued(campaign: Campaign) -> None:
    if campaign.entry.closed_on:
        raise WrongState(
            _("Báo cáo đã phát hành ngày %(day)s, không sửa được nữa.")
            % {"day": dates.day(campaign.entry.closed_on)}
        )


@transaction.atomic
def submit_contribution(
    campaign_id: int, *, actor: Person, unit: Unit, section: str, text: str, version: int
) -> Contribution:
    """Send a unit's text for a section. After the deadline it is accepted and counts as late.

    Args:
        version: number of the newest one that the writer saw; 0 where there was none.

    Raises:
        Forbidden: ``unit`` was not asked, or ``actor`` does not belong to it.
        WrongState: the report has been issued.
        Refusal: the report has no such section, or the text is empty.
        Stale: somebody else of the unit wrote in the meantime; both texts are shown.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-02).
    """
    campaign = _lock(campaign_id)
    if unit not in policies.units_owing(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    if section not in {one.key for one in template_sections(campaign.report)}:
        raise Refusal(_("Báo cáo không có mục này."), field="section")
    if not text.strip():
        raise Refusal(_("Phần báo cáo chưa có nội dung."), field="text")
    newest = newest_contribution(campaign, unit, section)
    seen = newest.version if newest else 0
    if seen != version:
        raise Stale
    now = clock.now()
    contribution = Contribution.objects.create(
        campaign=campaign,
        unit=unit,
        section=section,
        version=seen + 1,
        text=nfc(text),
        person=actor,
        submitted_at=now,
    )
    for owed in campaign.entry.obligations.select_for_update().filter(unit=unit):
        complete(owed, on=clock.today(), product=_("Phần báo cáo của đơn vị"))
    record(
        "report.contributed", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        unit=unit.name, section=section, version=contribution.version,
    )  # fmt: skip
    return contribution


@transaction.atomic
def explain_figure(
    campaign_id: int, *, actor: Person, unit: Unit, measure: str, text: str
) -> Explanation:
    """Say what must be known of a figure. The figure itself stays as it is counted.

    Raises:
        Forbidden: ``unit`` was not asked, or ``actor`` does not belong to it.
        WrongState: the report has been issued.
        Refusal: nothing was written.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8.
    """
    campaign = _lock(campaign_id)
    if unit not in policies.units_owing(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    if not text.strip():
        raise Refusal(_("Giải trình chưa có nội dung."), field="text")
    explanation = Explanation.objects.create(
        campaign=campaign,
        unit=unit,
        measure=measure,
        text=nfc(text.strip()),
        person=actor,
        written_at=clock.now(),
    )
    record(
        "report.explained", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        unit=unit.name, measure=measure,
    )  # fmt: skip
    return explanation


@transaction.atomic
def make_draft(campaign_id: int, *, actor: Person, note: str) -> Draft:
    """Begin the next version: a copy of the one before, or of the template. Older ones are closed.

    Raises:
        Forbidden: ``actor`` does not compile this report.
        WrongState: it has been issued, or a version is approved.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-12).
    """
    campaign = _lock(campaign_id)
    if not policies.may_synthesise(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    before = last_draft(campaign)
    if before and before.approved_on:
        raise WrongState(
            _("Bản %(number)s đã được duyệt; không lập bản mới.") % {"number": before.number}
        )
    texts = (
        texts_of(before)
        if before
        else {one.key: one.text for one in template_sections(campaign.report)}
    )
    now = clock.now()
    draft = Draft.objects.create(
        campaign=campaign,
        number=before.number + 1 if before else 1,
        note=nfc(note),
        person=actor,
        made_at=now,
    )
    DraftSection.objects.bulk_create(
        DraftSection(draft=draft, section=section, text=text, person=actor, changed_at=now)
        for section, text in texts.items()
    )
    record(
        "report.drafted", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        draft=draft.number,
    )  # fmt: skip
    return draft


@transaction.atomic
def write_section(
    draft_id: int, *, actor: Person, section: str, text: str, version: int
) -> DraftSection:
    """Write a section of the newest draft. Figures stand in it by reference.

    Args:
        version: of the section, as the writer saw it.

    Raises:
        Forbidden: ``actor`` does not compile this report.
        WrongState: the draft is not the newest one, or it is approved or issued.
        Stale: somebody else wrote this section in the meantime; nothing is lost.
        Refusal: a reference or placeholder in the text is wrong; the message says the line.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8.
    """
    draft = Draft.objects.get(pk=draft_id)
    campaign = _lock(draft.campaign_id)
    if not policies.may_synthesise(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    draft.refresh_from_db()
    if draft != last_draft(campaign):
        raise WrongState(_("Đã có bản dự thảo mới hơn; bản này chỉ để xem."))
    if draft.approved_on:
        raise WrongState(_("Bản này đã được duyệt, không sửa được nữa."))
    written = draft.sections.select_for_update(of=("self",)).get(section=section)
    if written.version != version:
        raise Stale
    text = nfc(text.replace("\r\n", "\n"))
    try:
        compose(campaign.report, campaign.period, campaign.as_of, {section: text})
    except SectionError as error:
        raise Refusal(
            _("Dòng %(line)s: %(reason)s.") % {"line": error.line, "reason": error.reason},
            field="text",
        ) from None
    written.text, written.version = text, written.version + 1
    written.person, written.changed_at = actor, clock.now()
    written.save()
    record(
        "report.written", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        draft=draft.number, section=section,
    )  # fmt: skip
    return written


@transaction.atomic
def hold_round(
    draft_id: int, *, actor: Person, body: str, held_on: date, conclusion: str = ""
) -> Round:
    """Record that a body was asked for its opinion on a draft.

    Raises:
        Forbidden: ``actor`` does not compile this report.
        WrongState: the report has been issued.
        WrongDate: the day lies in the future, or before the request.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-12).
    """
    draft = Draft.objects.get(pk=draft_id)
    campaign = _lock(draft.campaign_id)
    if not policies.may_synthesise(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    _require_since_request(campaign, held_on, "held_on")
    held = Round.objects.create(draft=draft, body=body, held_on=held_on, conclusion=nfc(conclusion))
    record(
        "report.heard", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        draft=draft.number, body=body, on=held_on.isoformat(),
    )  # fmt: skip
    return held


def _require_since_request(campaign: Campaign, day: date, field: str) -> None:
    if day > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field=field)
    if day < campaign.entry.opened_on:
        raise WrongDate(
            _("Ngày này trước ngày %(day)s.") % {"day": dates.day(campaign.entry.opened_on)},
            field=field,
        )


@transaction.atomic
def give_opinion(
    round_id: int, *, actor: Person, author: str, section: str, text: str, given_on: date
) -> Opinion:
    """Write down an opinion. One on an older draft is kept, and says which draft it speaks of.

    Args:
        author: whose opinion it is, as it will be answered.
        section: empty for the report as a whole.

    Raises:
        Forbidden: ``actor`` does not compile this report.
        WrongState: the report has been issued.
        WrongDate: the day lies in the future, or before the request.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-12).
    """
    held = Round.objects.select_related("draft").get(pk=round_id)
    campaign = _lock(held.draft.campaign_id)
    if not policies.may_synthesise(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    _require_since_request(campaign, given_on, "given_on")
    opinion = Opinion.objects.create(
        round=held, section=section, author=nfc(author), text=nfc(text), given_on=given_on
    )
    record(
        "report.opinion", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        body=held.body, section=section,
    )  # fmt: skip
    return opinion


@transaction.atomic
def decide_opinion(opinion_id: int, *, actor: Person, decision: str, reason: str = "") -> Opinion:
    """Accept an opinion, partly or not; whatever is not taken over whole needs a reason.

    Raises:
        Forbidden: ``actor`` does not compile this report.
        WrongState: the report has been issued.
        Refusal: the reason is missing.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-12).
    """
    opinion = Opinion.objects.select_related("round__draft").get(pk=opinion_id)
    campaign = _lock(opinion.round.draft.campaign_id)
    if not policies.may_synthesise(actor, campaign):
        raise Forbidden
    _refuse_issued(campaign)
    if decision != Decision.ACCEPTED and not reason.strip():
        raise Refusal(_("Xin ghi lý do khi không tiếp thu toàn bộ."), field="reason")
    opinion.decision, opinion.reason = decision, nfc(reason.strip())
    opinion.decided_on = clock.today()
    opinion.save(update_fields=["decision", "reason", "decided_on"])
    record(
        "report.decided", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        decision=decision, reason=reason,
    )  # fmt: skip
    return opinion


@transaction.atomic
def approve_draft(draft_id: int, *, actor: Person) -> Draft:
    """Approve the newest draft; from then on its text stands.

    Raises:
        Forbidden: ``actor`` is no leader of the Committee.
        WrongState: it is not the newest one, it is approved, or opinions wait for a decision.
        Refusal: a figure has no measure any more, or its sources contradict each other.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8; Nghị định 30/2020/NĐ-CP, Điều 13.
    """
    draft = Draft.objects.get(pk=draft_id)
    campaign = _lock(draft.campaign_id)
    if not policies.may_approve(actor):
        raise Forbidden
    _refuse_issued(campaign)
    draft.refresh_from_db()
    if draft != last_draft(campaign) or draft.approved_on:
        raise WrongState(_("Chỉ duyệt được bản dự thảo mới nhất, chưa duyệt."))
    if waiting := undecided(campaign).count():
        raise WrongState(
            _("Còn %(count)s ý kiến chưa có quyết định tiếp thu.") % {"count": waiting}
        )
    complete_draft(draft)
    draft.approved_on = clock.today()
    draft.save(update_fields=["approved_on"])
    record(
        "report.approved", actor=actor, entry_id=campaign.pk, subject=str(campaign),
        draft=draft.number,
    )  # fmt: skip
    return draft
