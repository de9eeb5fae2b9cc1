"""Composing a draft: as it stands, or only if it could be approved."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.reports.compose.compose import Composed, compose
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.review.models import Draft
from dieuhanh.reports.review.queries import texts_of


def compose_draft(draft: Draft) -> Composed:
    """The draft as a report.

    Raises:
        SectionError: a figure in it has no measure any more.
    """
    campaign = draft.campaign
    return compose(campaign.report, campaign.period, campaign.as_of, texts_of(draft))


def complete_draft(draft: Draft) -> Composed:
    """The draft as a report that can be approved or issued.

    Raises:
        Refusal: a figure has no measure any more, or its sources contradict each other (KT-05).
    """
    try:
        composed = compose_draft(draft)
    except SectionError as error:
        raise Refusal(
            _("Mục %(section)s, dòng %(line)s: %(reason)s.")
            % {"section": error.section, "line": error.line, "reason": error.reason}
        ) from None
    if conflicts := [one for one in composed.answers.values() if one.conflict]:
        raise Refusal(
            _("Các nguồn cho giá trị khác nhau, xin chọn trước: %(figures)s.")
            % {"figures": "; ".join(str(one.measure.label) for one in conflicts)}
        )
    return composed
