"""What pages, API and measures read of reception, letters, cases and reviews."""

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of, opened_between
from dieuhanh.kernel.measures.model import Window

VISITS = "complaints.visits"
LETTERS = "complaints.letters"
CASES = "complaints.cases"
REVIEWS = "complaints.reviews"


def opened(code: str, window: Window, **conditions: object) -> QuerySet[Entry]:
    return opened_between(code, window.start, window.cutoff).filter(**conditions)


def cases_settled(window: Window, **conditions: object) -> QuerySet[Entry]:
    """Cases accepted in the window and settled by its cut-off."""
    return opened(CASES, window, **conditions).filter(closed_as_of(window.cutoff))
