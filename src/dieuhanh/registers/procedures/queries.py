"""What pages, API and measures read of procedures."""

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import opened_between
from dieuhanh.kernel.measures.model import Window

DECISIONS = "procedures.decisions"
CHANGES = "procedures.changes"


def issued(window: Window, type: str) -> QuerySet[Entry]:
    """Decisions of one type that were issued in the window."""
    return opened_between(DECISIONS, window.start, window.cutoff).filter(kind=type)


def changed(window: Window, effect: str) -> QuerySet[Entry]:
    """Procedures changed in one way by decisions that were issued in the window."""
    return opened_between(CHANGES, window.start, window.cutoff).filter(kind=effect)


def listed(window: Window) -> QuerySet[Entry]:
    """Procedures in the lists of the window's decisions, whatever was done to them (B9)."""
    found = opened_between(CHANGES, window.start, window.cutoff)
    return found.filter(procedurechange__in_list=True)
