"""What pages, API and measures read of documents."""

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import opened_between
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.documents.models import IncomingDocument, Secrecy

INCOMING = "documents.incoming"
OUTGOING = "documents.outgoing"


def incoming(window: Window, **conditions: object) -> QuerySet[Entry]:
    """Incoming documents by day of arrival."""
    return opened_between(INCOMING, window.start, window.cutoff).filter(**conditions)


def outgoing(window: Window, **conditions: object) -> QuerySet[Entry]:
    """Outgoing documents by date of the document."""
    return opened_between(OUTGOING, window.start, window.cutoff).filter(**conditions)


def newest_incoming(count: int) -> list[IncomingDocument]:
    """The newest incoming documents that are no state secrets, with their entries."""
    rows = IncomingDocument.objects.filter(secrecy=Secrecy.NONE).select_related("entry")
    return list(rows.order_by("-entry__opened_on", "-pk")[:count])
