"""`dieuhanh proof FILE…`: reads reports and says what a careful reader would ask about.

`dieuhanh.proof.arguments` reads the words of the command; here is what it does."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from dieuhanh.proof.aside import Aside, Places, settle, unused
from dieuhanh.proof.aside_file import read_asides, write_asides
from dieuhanh.proof.findings import Finding, Severity
from dieuhanh.proof.looking import look_at_all
from dieuhanh.proof.model import Report
from dieuhanh.proof.output.files import places, write
from dieuhanh.proof.output.outcome import Outcome
from dieuhanh.proof.output.terminal import print_outcome
from dieuhanh.proof.output.told import told
from dieuhanh.proof.output.words import Language, said
from dieuhanh.proof.reading import read
from dieuhanh.proof.reading.source import Source, Unreadable
from dieuhanh.proof.refused import Refused
from dieuhanh.proof.understanding.whole import understand

CLEAN, FOUND, NOT_READ = 0, 1, 2

#: One finding that is to be set aside: check, line, reason.
Placed = tuple[str, int, str]
Against = Callable[[Sequence[Report]], list[Finding]]


@dataclass
class _Read:
    """What became of the files."""

    reports: list[Report] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)  # of the reports
    refused: list[tuple[str, Unreadable]] = field(default_factory=list)

    @property
    def sources(self) -> list[Source]:
        return [one.source for one in self.reports]


def run(
    paths: Sequence[Path],
    *,
    as_json: bool = False,
    html: Path | None = None,
    docx: Path | None = None,
    severities: Collection[Severity] = (),
    as_of: date | None = None,
    without: Mapping[str, str] | None = None,
    aside: Path | None = None,
    set_aside: Sequence[Placed] = (),
    against: Against | None = None,
    language: Language = "vi",
    today: date | None = None,
    out: TextIO | None = None,
) -> int:
    """Read the files, look at them, print or write what was found.

    Args:
        html: where to write one page with all of them.
        docx: where to write the report as a Word file with comments; of several, a folder.
        severities: only these; empty: all.
        as_of: the day of the reports, where their texts should not be asked.
        without: ids of checks, or of rooms of checks, that are switched off → why.
        aside: the file of findings set aside; ``set_aside`` adds to it, with the day ``today``.
        against: compares the reports with what is known elsewhere.

    Returns:
        0 where nothing is wrong, 1 where a finding is an error, 2 where a file was not read or what
        was asked cannot be done.
    """
    out = out or sys.stdout
    try:
        asides = [] if aside is None or (set_aside and not aside.exists()) else read_asides(aside)
        looked = _read(paths, as_of)
        found = look_at_all(looked.reports, without=without or {})
        found += against(looked.reports) if against else []
        if aside and set_aside:
            asides += _new_asides(
                found, looked, set_aside, today or datetime.now().astimezone().date()
            )
            write_asides(aside, asides, never=paths)
        outcome = _outcome(looked, found, asides, without or {}, severities)
        never = [*paths, *([aside] if aside else [])]
        made = _write(outcome, looked.paths, html, docx, never, language)
    except Refused as why:
        sys.stderr.write(f"{said(why, language)}\n")
        return NOT_READ
    if as_json:
        json.dump(told(outcome), out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        print_outcome(outcome, out, language=language, findings=not made)
        for one in made:
            out.write(f"{'Đã ghi' if language == 'vi' else 'Written:'} {one}\n")
    if looked.refused:
        return NOT_READ
    return FOUND if any(one.severity is Severity.ERROR for one in outcome.found) else CLEAN


def _read(paths: Sequence[Path], as_of: date | None) -> _Read:
    looked = _Read()
    for path in dict.fromkeys(paths):
        try:
            looked.reports.append(understand(read(path), as_of=as_of))
            looked.paths.append(path)
        except Unreadable as why:
            looked.refused.append((str(path), why))
    return looked


def _new_asides(
    found: Sequence[Finding], looked: _Read, wanted: Sequence[Placed], today: date
) -> list[Aside]:
    """Raises Refused where a reason is empty, or there is no such finding on a line."""
    known = Places(looked.sources)
    asides = []
    for check, line, reason in wanted:
        there = [
            one for one in found
            if one.check == check and one.place.line <= line <= one.place.line_end
        ]  # fmt: skip
        if not there or not reason.strip():
            raise Refused(
                f"Không bỏ qua được {check}@{line}: "
                + ("dòng này không có chỗ nào như vậy." if reason.strip() else "cần có lý do."),
                f"{check}@{line} is not set aside: "
                + ("there is no such finding." if reason.strip() else "a reason is needed."),
            )
        asides += [known.aside(one, reason.strip(), on=today) for one in there]
    return asides


def _outcome(
    looked: _Read,
    found: Sequence[Finding],
    asides: Sequence[Aside],
    without: Mapping[str, str],
    severities: Collection[Severity],
) -> Outcome:
    still_open, settled = settle(found, looked.sources, asides)
    idle = [
        one for one in unused(asides, settled)
        if one.check not in without and one.check.partition(".")[0] not in without
    ]  # fmt: skip
    every = Outcome(looked.reports, still_open, looked.refused, settled, without, idle)
    if not severities:
        return every
    return replace(
        every,
        found=[one for one in still_open if one.severity in severities],
        settled=[one for one in settled if one[0].severity in severities],
    )


def _write(
    outcome: Outcome,
    paths: Sequence[Path],
    html: Path | None,
    docx: Path | None,
    never: Sequence[Path],
    language: Language,
) -> list[Path]:
    """The files that were asked for; raises Refused where one cannot be written."""
    made: list[Path] = []
    if not outcome.reports:
        return made
    if html:
        from dieuhanh.proof.output.page import page

        write(html, page(outcome, language).encode(), never=never)
        made.append(html)
    if docx:
        from dieuhanh.proof.output.docx.commented import commented

        sources = {path: one.source for path, one in zip(paths, outcome.reports, strict=True)}
        for path, target in places(docx, paths, ".docx"):
            data = commented(sources[path], path.read_bytes(), outcome, language)
            write(target, data, never=[*never, *made])
            made.append(target)
    return made
