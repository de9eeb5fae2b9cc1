"""What pages, API and measures read of press conferences and press matters."""

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import opened_between
from dieuhanh.kernel.measures.model import Window

CONFERENCES = "press.conferences"
MATTERS = "press.matters"


def held(window: Window, mode: str) -> QuerySet[Entry]:
    """Press conferences of one mode held in the window."""
    return opened_between(CONFERENCES, window.start, window.cutoff).filter(kind=mode)


def directed(window: Window) -> QuerySet[Entry]:
    """Press matters on which a directing document was issued in the window, whenever taken in."""
    return Entry.objects.filter(
        register=MATTERS,
        pressmatter__directed_on__gte=window.start,
        pressmatter__directed_on__lte=window.cutoff,
    )
