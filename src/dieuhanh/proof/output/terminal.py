"""Findings for a terminal: the line, the marked words and the arithmetic."""

from __future__ import annotations

import os
from typing import TextIO

from dieuhanh.proof.findings import Finding
from dieuhanh.proof.output.outcome import Outcome
from dieuhanh.proof.output.words import SEVERITIES, Language, counts, left_out, message, said
from dieuhanh.proof.reading.source import Source

_COLOURS = {"error": "31", "rounding": "33", "suspicious": "35", "style": "36"}
#: What a terminal would obey instead of showing it.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


def print_outcome(
    outcome: Outcome, out: TextIO, *, language: Language = "vi", findings: bool = True
) -> None:
    """Print all findings, or only what there is to say of all of them together."""
    colour = out.isatty() and "NO_COLOR" not in os.environ
    sources = {one.source.name: one.source for one in outcome.reports}
    for one in outcome.found if findings else ():
        out.write(_shown(one, sources[one.place.file], language, colour=colour))
    for source in sources.values():
        for part in source.unread:
            out.write(f"{source.name}: {said(part, language)}\n")
    for name, why in outcome.refused:
        out.write(f"{name}: {said(why, language)}\n")
    for line in left_out(outcome, language):
        out.write(f"{line}\n")
    if outcome.reports:
        of = "văn bản" if language == "vi" else "texts"
        out.write(f"{len(outcome.reports)} {of}: {counts(outcome.found, language)}.\n")


def _shown(one: Finding, source: Source, language: Language, *, colour: bool) -> str:
    place = one.place
    start, end = source.line_range(place.line)
    stop = min(place.end, end)
    before, marked, after = (
        _safe(source.text[a:b]) for a, b in ((start, place.start), (place.start, stop), (stop, end))
    )
    on, off = (f"\x1b[{_COLOURS[one.severity]};4m", "\x1b[0m") if colour else ("»", "«")
    rows = [
        f"{place.file}:{place.line}: {SEVERITIES[language][one.severity]} [{one.check}]",
        f"  {_safe(message(one, language))}",
        f"  │ {f'{before}{on}{marked}{off}{after}'.strip()}",
    ]
    if one.arithmetic:
        rows.append(f"  = {_safe(one.arithmetic)}")
    if one.suggestion:
        rows.append(f"  → {_safe(one.suggestion)}")
    return "\n".join(rows) + "\n\n"


def _safe(words: str) -> str:
    return words.translate(_CONTROLS)
