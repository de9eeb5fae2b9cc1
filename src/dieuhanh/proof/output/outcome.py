"""All that came of a look at some reports; every output tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dieuhanh.proof.aside import Aside, Settled
from dieuhanh.proof.findings import Finding
from dieuhanh.proof.model import Report
from dieuhanh.proof.reading.source import Unreadable


@dataclass(frozen=True)
class Outcome:
    """What was read, what was found, and what is left out for a reason.

    Attributes:
        refused: files that were not read, by name.
        found: the findings still open.
        without: checks that were switched off → why; "" where nobody said.
        unused: asides that fit nothing any more.
    """

    reports: Sequence[Report]
    found: Sequence[Finding]
    refused: Sequence[tuple[str, Unreadable]] = ()
    settled: Sequence[Settled] = ()
    without: Mapping[str, str] = field(default_factory=dict)
    unused: Sequence[Aside] = ()

    def of(self, name: str) -> list[Finding]:
        """The open findings of one file, in the order of its text."""
        mine = [one for one in self.found if one.place.file == name]
        return sorted(mine, key=lambda one: (one.place.start, one.place.end, one.check))
