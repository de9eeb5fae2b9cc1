"""Issuing a report: a document with a number, its figures frozen."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.measures.evaluate import behind
from dieuhanh.kernel.obligations.actions import finish
from dieuhanh.registers.documents.actions import issue_outgoing
from dieuhanh.registers.documents.models import DocumentType, Issuer, Secrecy
from dieuhanh.reports.compose.compose import Composed
from dieuhanh.reports.compose.document import Document
from dieuhanh.reports.issue.models import FrozenFigure, IssuedReport
from dieuhanh.reports.issue.rules import digest
from dieuhanh.reports.render import docx, pdf
from dieuhanh.reports.review.drafting import complete_draft
from dieuhanh.reports.review.models import Campaign
from dieuhanh.reports.review.queries import last_draft, texts_of
from dieuhanh.text import dates


@transaction.atomic
def issue_report(
    campaign_id: int, *, actor: Person, on: date, signer: str, recipients: str
) -> IssuedReport:
    """Issue the approved draft as an outgoing document and freeze every figure in it.

    Args:
        on: day of the document.

    Raises:
        Forbidden: ``actor`` does not keep the book of outgoing documents.
        WrongState: no draft is approved, or the report was issued before.
        WrongDate: ``on`` lies in the future or before the request.
        Refusal: a figure has no measure any more, or its sources contradict each other.

    Law: Nghị định 30/2020/NĐ-CP, Điều 15, Điều 18 (VT-01, VT-04).
    """
    entry = Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign_id)
    campaign = Campaign.objects.select_related("entry").get(pk=campaign_id)
    draft = last_draft(campaign)
    if draft is None or draft.approved_on is None:
        raise WrongState(_("Chưa có bản dự thảo nào được duyệt."))
    if entry.closed_on:
        raise WrongState(
            _("Báo cáo đã phát hành ngày %(day)s.") % {"day": dates.day(entry.closed_on)}
        )
    composed = complete_draft(draft)
    document = issue_outgoing(
        actor=actor,
        opened_on=on,
        issuer=Issuer.COMMITTEE,
        type=DocumentType.REPORT,
        secrecy=Secrecy.NONE,
        title=composed.document.subject,
        signer=signer,
        recipients=recipients,
        unit=entry.unit,
    )
    figures = _freeze(composed)
    issued = IssuedReport.objects.create(
        campaign=campaign,
        draft=draft,
        document=document.entry,
        issued_on=on,
        digest=digest(texts_of(draft), figures),
    )
    for figure in figures:
        figure.report = issued
    FrozenFigure.objects.bulk_create(figures)
    paper = _final(composed.document, document.symbol, signer, on)
    for name, content in (("bao-cao.docx", docx.render(paper)), ("bao-cao.pdf", pdf.render(paper))):
        attach_file(document.pk, actor=actor, name=name, content=io.BytesIO(content))
    finish(entry, on=on, outcome=document.symbol, by=actor.stands_for)
    record(
        "report.issued", actor=actor, entry_id=entry.pk, subject=str(entry), digest=issued.digest,
        symbol=document.symbol, figures=len(figures),
    )  # fmt: skip
    return issued


def _freeze(composed: Composed) -> list[FrozenFigure]:
    figures = []
    for position, answer in enumerate(composed.answers.values()):
        entries = behind(answer.measure, answer.window)
        ids = [] if entries is None else sorted(entries.values_list("pk", flat=True))
        figures.append(
            FrozenFigure(
                measure=answer.measure.id,
                position=position,
                label=str(answer.measure.label),
                measure_unit=str(answer.measure.unit),
                value=answer.value,
                decimals=answer.decimals,
                shown=answer.shown,
                origin=answer.origin,
                formula=answer.formula,
                source=answer.source,
                window_start=answer.window.start,
                window_end=answer.window.end,
                as_of=answer.window.as_of,
                entry_ids=ids,
            )
        )
    return figures


def _final(document: Document, symbol: str, signer: str, on: date) -> Document:
    """The report as it is signed: with its number and day, no longer a draft."""
    place = document.place_and_date.partition(",")[0]
    return replace(
        document,
        symbol=_("Số: %(symbol)s") % {"symbol": symbol},
        place_and_date=f"{place}, {dates.official(on)}",
        signature=(*document.signature[:-1], signer) if document.signature else (signer,),
        draft=False,
    )
