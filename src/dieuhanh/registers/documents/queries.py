"""What pages, API and measures read of documents."""

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import opened_between
from dieuhanh.kernel.measures.model import Window

INCOMING = "documents.incoming"
OUTGOING = "documents.outgoing"


def incoming(window: Window, **conditions: object) -> QuerySet[Entry]:
    """Incoming documents by day of arrival."""
    return opened_between(INCOMING, window.start, window.cutoff).filter(**conditions)


def outgoing(window: Window, **conditions: object) -> QuerySet[Entry]:
    """Outgoing documents by date of the document."""
    return opened_between(OUTGOING, window.start, window.cutoff).filter(**conditions)
