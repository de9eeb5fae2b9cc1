"""The words that outputs have in common, in the two languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dieuhanh.proof.aside import Aside
from dieuhanh.proof.findings import Finding, Severity
from dieuhanh.proof.output.outcome import Outcome
from dieuhanh.proof.reading.source import Unread, Unreadable
from dieuhanh.proof.refused import Refused

Language = Literal["vi", "en"]

SEVERITIES: dict[Language, dict[Severity, str]] = {
    "vi": {
        Severity.ERROR: "sai", Severity.ROUNDING: "làm tròn", Severity.SUSPICIOUS: "cần xem lại",
        Severity.STYLE: "cách viết",
    },
    "en": {
        Severity.ERROR: "error", Severity.ROUNDING: "rounding", Severity.SUSPICIOUS: "suspicious",
        Severity.STYLE: "style",
    },
}  # fmt: skip


def said(one: Unread | Unreadable | Refused, language: Language) -> str:
    return one.vi if language == "vi" else one.en


def message(one: Finding, language: Language) -> str:
    return one.message_vi if language == "vi" else one.message_en


def counts(found: Sequence[Finding], language: Language) -> str:
    """ "3 sai, 0 làm tròn, …"; of nothing, that there is nothing."""
    if not found:
        return "không thấy chỗ nào cần hỏi" if language == "vi" else "nothing to ask about"
    return ", ".join(
        f"{sum(one.severity is severity for one in found)} {words}"
        for severity, words in SEVERITIES[language].items()
    )


def left_out(outcome: Outcome, language: Language) -> list[str]:
    """One line for what was set aside, for each check switched off, for each aside without use."""
    vi = language == "vi"
    lines = []
    if count := len(outcome.settled):
        lines.append(
            f"{count} chỗ đã được bỏ qua, có lý do." if vi else f"{count} set aside, with reasons."
        )
    for check, reason in outcome.without.items():
        why = f": {reason}" if reason else ""
        lines.append(f"Không dùng {check}{why}." if vi else f"Switched off: {check}{why}.")
    for one in outcome.unused:
        what = f"{one.check} {_quoted(one)}({one.reason})"
        lines.append(
            f"Không còn khớp chỗ nào: {what}." if vi else f"Set aside, but fits nothing: {what}."
        )
    return lines


def _quoted(one: Aside) -> str:
    return f"“{one.quote}” " if one.quote else ""
