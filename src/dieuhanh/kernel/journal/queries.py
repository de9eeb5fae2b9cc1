"""Reading the journal."""

from __future__ import annotations

from django.db.models import QuerySet

from dieuhanh.kernel.journal.models import Line


def lines_of(entry_id: int) -> QuerySet[Line]:
    """What the journal tells of an entry."""
    return Line.objects.filter(entry_id=entry_id)
