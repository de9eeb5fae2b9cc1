"""What was set aside in the papers of an entry, and by which mark a place is known again."""

from __future__ import annotations

import hashlib

from dieuhanh.proof.aside import Places
from dieuhanh.proof.findings import Finding
from dieuhanh.reports.proofing.models import SetAside


def mark_of(finding: Finding, places: Places) -> str:
    """Check, marked words and whole paragraph in one digest: it survives moving about and lapses
    when the paragraph changes."""
    said = (finding.check, *places.words(finding))
    return hashlib.sha256("\x00".join(said).encode()).hexdigest()


def set_aside_on(entry_id: int) -> dict[str, SetAside]:
    """Mark → what was set aside and not taken up again."""
    rows = SetAside.objects.filter(entry_id=entry_id, ended_at=None).select_related("person")
    return {one.mark: one for one in rows}
