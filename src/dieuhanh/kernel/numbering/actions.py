"""Taking the next number of a book."""

from django.db import connection
from django.db.transaction import TransactionManagementError


def take_number(agency_id: int, book: str, year: int) -> int:
    """The next number of the series, from 1 each year, without gaps and without doubles.

    Call it inside the transaction that writes the entry: the counter's row stays locked until
    that transaction ends, and a rollback gives the number back.

    Raises:
        TransactionManagementError: there is no open transaction.

    Law: Nghị định 30/2020/NĐ-CP, Điều 15 (VT-01, VT-02), Điều 22 (VT-43).
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("take_number needs an open transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO numbering_series (agency_id, book, year, last) VALUES (%s, %s, %s, 1)
            ON CONFLICT ON CONSTRAINT series_unique DO UPDATE SET last = numbering_series.last + 1
            RETURNING last
            """,
            [agency_id, book, year],
        )
        return int(cursor.fetchone()[0])


def raise_to(agency_id: int, book: str, year: int, last: int) -> None:
    """Continue a series after numbers that were loaded from elsewhere; never lowers it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO numbering_series (agency_id, book, year, last) VALUES (%s, %s, %s, %s)
            ON CONFLICT ON CONSTRAINT series_unique
            DO UPDATE SET last = greatest(numbering_series.last, excluded.last)
            """,
            [agency_id, book, year, last],
        )
