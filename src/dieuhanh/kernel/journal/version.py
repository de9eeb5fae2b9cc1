"""Which state of the registers a process sees, told by the newest line of the journal.

Every action writes a line in the transaction of its change, so the registers stand still as long as
the newest line does (docs/adr/0016).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

#: The newest line with the transaction that wrote it, and whether a writer holds a number of a
#: line without having committed: its line would appear *below* a newer one.
_NEWEST = """
    SELECT line.id, line.xmin::text, EXISTS (
        SELECT FROM pg_locks AS held
        WHERE held.locktype = 'advisory' AND held.mode = 'ShareLock' AND held.granted
          AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (held.classid::bigint << 32 | held.objid::bigint)
              = hashtext('journal_seal')::bigint)
    FROM (SELECT id, xmin FROM journal_line ORDER BY id DESC LIMIT 1) AS line
"""


@dataclass(frozen=True)
class Version:
    """A state of the registers.

    Attributes:
        mark: equal for two looks at the journal between which no action was committed.
        settled: no action was under way that this mark would not tell from those before it; what
            is worked out *after* this look may be kept under the mark.
    """

    mark: tuple[int, str]
    settled: bool


def version() -> Version | None:
    """The state of the registers now; one statement.

    None inside a transaction: it may already see changes of its own whose line is yet to come.
    """
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        line, written_by, writing = cursor.fetchone() or (0, "", False)
    return Version((line, written_by), not writing)
