"""Issued reports, and how far the registers have moved since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dieuhanh.kernel.measures.evaluate import Answer, Evaluator, behind
from dieuhanh.kernel.measures.model import UnknownMeasure, Window
from dieuhanh.reports.issue.models import FrozenFigure, IssuedReport
from dieuhanh.reports.review.models import Campaign


@dataclass(frozen=True)
class Drift:
    """A frozen figure beside what its measure says today of the same window and cut-off.

    ``now`` is None where the measure does not exist any more.
    """

    frozen: FrozenFigure
    now: Answer | None

    @property
    def vanished(self) -> bool:
        return self.now is None

    @property
    def moved(self) -> bool:
        return self.now is not None and _rounded(self.now.value) != _rounded(self.frozen.value)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.000001"))


def issued_of(campaign: Campaign) -> IssuedReport | None:
    found = IssuedReport.objects.filter(campaign=campaign)
    return found.select_related("draft", "document", "campaign__entry").first()


def window_of(frozen: FrozenFigure) -> Window:
    period = frozen.report.campaign.period
    return Window(frozen.window_start, frozen.window_end, frozen.as_of, period)


def drift(issued: IssuedReport) -> list[Drift]:
    """Every figure as it was issued, beside its value today."""
    figures = issued.figures.defer("entry_ids").select_related("report__campaign")
    evaluators: dict[Window, Evaluator] = {}
    found = []
    for frozen in figures.order_by("position"):
        window = window_of(frozen)
        evaluator = evaluators.setdefault(window, Evaluator(window))
        try:
            now: Answer | None = evaluator.answer(frozen.measure)
        except UnknownMeasure:
            now = None
        found.append(Drift(frozen, now))
    return found


def moved_entries(frozen: FrozenFigure, now: Answer) -> tuple[set[int], set[int]]:
    """Ids of entries that came into a figure since it was issued, and of those that left it."""
    entries = behind(now.measure, now.window)
    today = set() if entries is None else set(entries.values_list("pk", flat=True))
    before = set(frozen.entry_ids)
    return today - before, before - today
