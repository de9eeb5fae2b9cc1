"""Findings set aside: at one place or everywhere, always with a reason, which is kept.

A place is known again by its check, its words and the whole of its paragraph (of a cell: its row).
So it survives moving about and other changes of the report, and lapses when its paragraph changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dieuhanh.proof.findings import Finding
from dieuhanh.proof.reading.source import Source
from dieuhanh.proof.standing import Standing, folded


@dataclass(frozen=True)
class Aside:
    """What is set aside, and why.

    Attributes:
        check: its id, or a room of checks where ``quote`` is empty.
        quote: the marked words; "" for the whole check.
        paragraph: the words around them, as `Standing.paragraph` gives them.
        by: who set it aside, where that is known.
    """

    check: str
    reason: str
    quote: str = ""
    paragraph: str = ""
    on: date | None = None
    by: str = ""


Settled = tuple[Finding, Aside]


def settle(
    findings: Iterable[Finding], sources: Iterable[Source], asides: Sequence[Aside]
) -> tuple[list[Finding], list[Settled]]:
    """The findings still open, and those set aside, each with the first aside that fits."""
    places = Places(sources)
    checks = {one.check: one for one in reversed(asides) if not one.quote}
    known = {(one.check, one.quote, one.paragraph): one for one in reversed(asides) if one.quote}
    still_open: list[Finding] = []
    settled: list[Settled] = []
    for one in findings:
        aside = checks.get(one.check) or checks.get(one.check.partition(".")[0])
        if aside is None and known:
            aside = known.get((one.check, *places.words(one)))
        if aside is None:
            still_open.append(one)
        else:
            settled.append((one, aside))
    return still_open, settled


def unused(asides: Iterable[Aside], settled: Iterable[Settled]) -> list[Aside]:
    """Those that fit nothing any more."""
    used = {aside for _finding, aside in settled}
    return [one for one in asides if one not in used]


class Places:
    """Makes asides of findings in these texts."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._texts = {one.name: _Text(one) for one in sources}

    def words(self, finding: Finding) -> tuple[str, str]:
        """By what a place is known again: its own words, and those of its paragraph."""
        text = self._texts.get(finding.place.file)
        around = text.standing.paragraph(finding.place.start) if text else ""
        return folded(finding.place.quote), around

    def aside(self, finding: Finding, reason: str, *, on: date | None, by: str = "") -> Aside:
        """Set one finding aside, where it stands."""
        return Aside(finding.check, reason, *self.words(finding), on=on, by=by)


@dataclass
class _Text:
    source: Source

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.source)
