"""The one object that ``--json`` prints; docs/proof.md describes it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dieuhanh.proof.aside import Aside
from dieuhanh.proof.findings import Finding, Place
from dieuhanh.proof.output.outcome import Outcome


def told(outcome: Outcome) -> dict[str, Any]:
    files: list[dict[str, Any]] = [
        {
            "file": one.source.name,
            "day": one.day.isoformat() if one.day else None,
            "unread": [
                {"page": part.page, "message_vi": part.vi, "message_en": part.en}
                for part in one.source.unread
            ],
        }
        for one in outcome.reports
    ]
    files += [
        {"file": name, "error_vi": why.vi, "error_en": why.en} for name, why in outcome.refused
    ]
    return {
        "files": files,
        "findings": [told_finding(one) for one in outcome.found],
        "set_aside": [
            {**told_finding(finding), **_reason(aside)} for finding, aside in outcome.settled
        ],
        "without": [{"check": one, "reason": why} for one, why in outcome.without.items()],
        "unused_asides": [
            {"check": one.check, "quote": one.quote, "paragraph": one.paragraph, **_reason(one)}
            for one in outcome.unused
        ],
    }


def told_finding(one: Finding) -> dict[str, Any]:
    """One finding; the API tells it in the same words."""
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


def _reason(aside: Aside) -> dict[str, Any]:
    return {
        "reason": aside.reason,
        "on": aside.on.isoformat() if aside.on else None,
        "by": aside.by,
    }


def _place(place: Place) -> dict[str, Any]:
    return {key: value for key, value in asdict(place).items() if value is not None}
