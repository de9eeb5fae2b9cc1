"""`dieuhanh proof FILE…`: reads reports and prints what a careful reader would ask about."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from dieuhanh.proof.findings import Finding, Place, Severity
from dieuhanh.proof.looking import look_at_all
from dieuhanh.proof.model import Report
from dieuhanh.proof.reading import read
from dieuhanh.proof.reading.source import Source, Unreadable
from dieuhanh.proof.understanding.whole import understand

CLEAN, FOUND, NOT_READ = 0, 1, 2
_COLOURS = {"error": "31", "rounding": "33", "suspicious": "35", "style": "36"}
_SEVERITIES = {
    Severity.ERROR: "sai", Severity.ROUNDING: "làm tròn", Severity.SUSPICIOUS: "cần xem lại",
    Severity.STYLE: "cách viết",
}  # fmt: skip


def run(
    paths: Sequence[Path],
    *,
    as_json: bool = False,
    severities: Collection[Severity] = (),
    as_of: date | None = None,
    without: Collection[str] = (),
    out: TextIO | None = None,
) -> int:
    """Read the files, look at them, print what was found.

    Args:
        severities: only these; empty: all.
        as_of: the day of the reports, where their texts should not be asked.
        without: ids of checks that are switched off.

    Returns:
        0 where nothing is wrong, 1 where a finding is an error, 2 where a file was not read.
    """
    out = out or sys.stdout
    reports: list[Report] = []
    refused: list[tuple[Path, Unreadable]] = []
    for path in paths:
        try:
            reports.append(understand(read(path), as_of=as_of))
        except Unreadable as why:
            refused.append((path, why))
    found = [
        one for one in look_at_all(reports, without=without)
        if not severities or one.severity in severities
    ]  # fmt: skip
    if as_json:
        json.dump(told(reports, refused, found), out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        _print(reports, refused, found, out)
    if refused:
        return NOT_READ
    return FOUND if any(one.severity is Severity.ERROR for one in found) else CLEAN


def told(
    reports: Sequence[Report], refused: Sequence[tuple[Path, Unreadable]], found: Sequence[Finding]
) -> dict[str, Any]:
    """The one object that ``--json`` prints; docs/proof.md describes it."""
    files: list[dict[str, Any]] = [
        {
            "file": one.source.name,
            "day": one.day.isoformat() if one.day else None,
            "unread": [
                {"page": part.page, "message_vi": part.vi, "message_en": part.en}
                for part in one.source.unread
            ],
        }
        for one in reports
    ]
    files += [{"file": str(path), "error_vi": why.vi, "error_en": why.en} for path, why in refused]
    return {"files": files, "findings": [_finding(one) for one in found]}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "check": one.check,
        "severity": str(one.severity),
        **_place(one.place),
        "message_vi": one.message_vi,
        "message_en": one.message_en,
        "arithmetic": one.arithmetic,
        "suggestion": one.suggestion,
        "related": [_place(place) for place in one.related],
    }


def _place(place: Place) -> dict[str, Any]:
    return {key: value for key, value in asdict(place).items() if value is not None}


def _print(
    reports: Sequence[Report],
    refused: Sequence[tuple[Path, Unreadable]],
    found: Sequence[Finding],
    out: TextIO,
) -> None:
    colour = out.isatty() and "NO_COLOR" not in os.environ
    sources = {one.source.name: one.source for one in reports}
    for one in found:
        out.write(_shown(one, sources[one.place.file], colour=colour))
    for report in reports:
        for part in report.source.unread:
            out.write(f"{report.source.name}: {part.vi}\n")
    for path, why in refused:
        out.write(f"{path}: {why.vi}\n")
    counts = [
        f"{sum(one.severity is kind for one in found)} {words}"
        for kind, words in _SEVERITIES.items()
    ]
    if reports:
        said = ", ".join(counts) if found else "không thấy chỗ nào cần hỏi"
        out.write(f"{len(reports)} văn bản: {said}.\n")


def _shown(one: Finding, source: Source, *, colour: bool) -> str:
    place = one.place
    start, end = source.line_range(place.line)
    stop = min(place.end, end)
    line = source.text
    marked, plain = (f"\x1b[{_COLOURS[one.severity]};4m", "\x1b[0m") if colour else ("»", "«")
    shown = f"{line[start : place.start]}{marked}{line[place.start : stop]}{plain}{line[stop:end]}"
    head = f"{place.file}:{place.line}: {_SEVERITIES[one.severity]} [{one.check}]"
    rows = [head, f"  {one.message_vi}", f"  │ {shown.strip()}"]
    if one.arithmetic:
        rows.append(f"  = {one.arithmetic}")
    if one.suggestion:
        rows.append(f"  → {one.suggestion}")
    return "\n".join(rows) + "\n\n"
