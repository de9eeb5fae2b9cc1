"""Expanding control totals into single entries, deterministically: same input, same entries.

Names, days, units and subjects are made up and every entry is marked synthetic. This proves
nothing about counting; the tests count a random set whose truth is tallied apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dieuhanh.faces.loading.expansions import complaints, documents, feedback
from dieuhanh.faces.loading.expansions.setting import Setting
from dieuhanh.kernel.obligations.bulk import BulkEntry

#: register → (its own columns, how its entries are made)
EXPANSIONS: dict[str, tuple[tuple[str, ...], Callable[[Setting], Iterator[BulkEntry]]]] = {
    "documents.incoming": (
        ("origin", "sender", "type", "secrecy", "symbol", "issued_on", "bypasses_level", "holder"),
        documents.incoming,
    ),
    "documents.outgoing": (
        ("issuer", "type", "secrecy", "symbol", "signer", "recipients", "holder"),
        documents.outgoing,
    ),
    "complaints.visits": (("by_leader", "people", "field"), complaints.visits),
    "complaints.letters": (("letter_class", "field", "eligible", "sender"), complaints.letters),
    "complaints.cases": (("case_class", "basis", "field"), complaints.cases),
    "complaints.reviews": (("collective", "measure_taken"), complaints.reviews),
    "feedback": (("about", "channel"), feedback.feedback),
}
