"""What pages, API and measures read of feedback."""

from django.db.models import Q, QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of, opened_between
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.queries import State, entries_in_state

FEEDBACK = "feedback"


def received(window: Window) -> QuerySet[Entry]:
    return opened_between(FEEDBACK, window.start, window.cutoff)


def handled(window: Window, state: State) -> QuerySet[Entry]:
    """Received in the window and handled by its cut-off, in time or late (PA-05)."""
    return received(window).filter(entries_in_state(state, clock.end_of(window.cutoff)))


def in_progress(window: Window) -> QuerySet[Entry]:
    return received(window).filter(Q(~closed_as_of(window.cutoff)))
