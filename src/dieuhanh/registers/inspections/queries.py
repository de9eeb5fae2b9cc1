"""What pages, API and measures read of inspections of public duty."""

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import opened_between
from dieuhanh.kernel.measures.model import Window

INSPECTIONS = "inspections"


def carried_out(window: Window) -> QuerySet[Entry]:
    """Inspections whose day lies in the window, repeat checks among them."""
    return opened_between(INSPECTIONS, window.start, window.cutoff)
