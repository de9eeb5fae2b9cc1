"""Papers of a demonstration: a letter in PDF with the newest documents, so that there is something
to look at beside the work. What they say is the subject in the register and nothing else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.kernel.identity.queries import first_in_role
from dieuhanh.registers.documents.queries import newest_incoming
from dieuhanh.reports.render.typesetting import families, typeset
from dieuhanh.text import dates

SOURCE = Path(__file__).parent / "templates" / "letter.typ"
HOW_MANY = 12


def load_papers() -> int:
    """Attach a letter to the newest incoming documents; how many. Inside the loading transaction.

    Nothing where the cast has no clerk.
    """
    clerk = first_in_role(Role.CLERK)
    if clerk is None:
        return 0
    rows = newest_incoming(HOW_MANY)
    for row in rows:
        _attach(row, row.entry, clerk)
    return len(rows)


def _attach(row: Any, entry: Entry, clerk: Person) -> None:
    data = {
        "sender": row.sender,
        "symbol": row.symbol,
        "dated": dates.day(row.issued_on or entry.opened_on),
        "subject": entry.title.removeprefix("V/v "),
        "arrived": dates.day(entry.opened_on),
        "number": str(entry.number),
        "families": list(families()),
    }
    name = f"{row.symbol.replace('/', '-')}.pdf"
    paper = typeset(SOURCE.read_bytes(), data)
    attach_file(entry.pk, actor=clerk, name=name, content=io.BytesIO(paper))
