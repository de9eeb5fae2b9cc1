"""Looking at reports with every check: one by one, and at those given together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dieuhanh.proof.checks.registry import Check, TogetherCheck, all_checks, all_together
from dieuhanh.proof.findings import Finding, Place, Remark, place_of
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.reading.source import Source


def look_at(report: Report, *, without: Collection[str] = ()) -> list[Finding]:
    """What the checks find in one report, in the order of the text.

    Args:
        without: ids of checks that are switched off ("sums.parts", or "sums" for all of a room).
    """
    sources = {id(passage): report.source for passage in report.passages}
    found = [
        _finding(sources, check, remark)
        for check in all_checks()
        if check.id not in without and check.id.partition(".")[0] not in without
        for remark in check.look(report)
    ]
    return sorted(found, key=lambda one: (one.place.start, one.place.end, one.check))


def look_at_all(reports: Sequence[Report], *, without: Collection[str] = ()) -> list[Finding]:
    """What is found in each of several reports, in their order; then what they say differently."""
    found = [one for report in reports for one in look_at(report, without=without)]
    if len(reports) < 2:
        return found
    sources = {id(passage): report.source for report in reports for passage in report.passages}
    for check in all_together():
        if check.id not in without and check.id.partition(".")[0] not in without:
            found += [_finding(sources, check, remark) for remark in check.look(reports)]
    return found


def _finding(
    sources: Mapping[int, Source], check: Check | TogetherCheck, remark: Remark
) -> Finding:
    def place(span: Span) -> Place:
        return place_of(sources[id(span.passage)], span)

    return Finding(
        check.id,
        remark.severity or check.severity,
        place(remark.span),
        remark.vi,
        remark.en,
        remark.arithmetic,
        remark.suggestion,
        tuple(place(one) for one in remark.related),
    )
