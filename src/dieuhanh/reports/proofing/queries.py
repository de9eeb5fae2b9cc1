"""What was set aside in the papers of an entry, and by which mark a place is known again."""

from __future__ import annotations

import hashlib

from dieuhanh.proof.aside import Aside, Places
from dieuhanh.proof.findings import Finding
from dieuhanh.reports.proofing.models import SetAside


def mark_of(finding: Finding, places: Places) -> str:
    """Check, marked words and whole paragraph in one digest: it survives moving about and lapses
    when the paragraph changes."""
    return _digest(finding.check, *places.words(finding))


def mark_of_aside(aside: Aside) -> str:
    """The mark of the place that was set aside elsewhere, by the command."""
    return _digest(aside.check, aside.quote, aside.paragraph)


def _digest(check: str, quote: str, paragraph: str) -> str:
    return hashlib.sha256("\x00".join((check, quote, paragraph)).encode()).hexdigest()


def set_aside_on(entry_id: int) -> dict[str, SetAside]:
    """Mark → what was set aside and not taken up again."""
    rows = SetAside.objects.filter(entry_id=entry_id, ended_at=None).select_related("person")
    return {one.mark: one for one in rows}
