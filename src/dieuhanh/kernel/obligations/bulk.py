"""Writing many entries at once with COPY: entries, their register's rows, their obligations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, models

from dieuhanh.kernel.entries.actions import searchable
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.numbering.actions import raise_to
from dieuhanh.kernel.obligations.actions import start_of_business
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.kernel.obligations.reckoning import due_of
from dieuhanh.kernel.workdays.queries import calendar_of, latest_version

BATCH = 20_000


@dataclass(frozen=True)
class BulkEntry:
    """One entry to write. ``row`` holds the register's own columns, in the order of ``copy_in``.

    ``duty`` makes an obligation: due by ``limit_key`` or on ``due_on``, else without a deadline.
    ``parts`` are rows that hang on the entry or on the register's row, as (model, values).
    """

    kind: str
    title: str
    unit_id: int
    opened_on: date
    row: tuple[Any, ...]
    book: str = ""
    confidentiality: str = "ordinary"
    closed_on: date | None = None
    outcome: str = ""
    duty: str = ""
    limit_key: str = ""
    due_on: date | None = None
    found_by: str = ""
    co_unit_ids: tuple[int, ...] = ()
    parts: tuple[tuple[type[models.Model], dict[str, Any]], ...] = ()


@dataclass
class Deadlines:
    """Due moments by limit and starting day; a bulk has many entries of the same day."""

    known: dict[tuple[str, date], tuple[TimeLimit, datetime, datetime | None]] = field(
        default_factory=dict
    )
    calendar_version: int = field(default_factory=latest_version)

    def of(self, key: str, day: date) -> tuple[TimeLimit, datetime, datetime | None]:
        if (key, day) not in self.known:
            limit, start = limit_in_force(key, day), start_of_business(day)
            due = due_of(limit, start, calendar_of(self.calendar_version))
            self.known[key, day] = limit, start, due
        return self.known[key, day]

    def due_on(self, key: str, day: date) -> date:
        """The last day of a limit that yields one.

        Raises:
            ValueError: it yields none.
        """
        due = self.of(key, day)[2]
        if due is None:
            raise ValueError(f"{key} yields no date")
        return due.date()

    def of_entry(self, one: BulkEntry) -> tuple[int | None, datetime, datetime | None]:
        """The limit (None where the day was set by hand), start and due moment of an entry."""
        if one.limit_key:
            limit, start, due = self.of(one.limit_key, one.opened_on)
            return limit.pk, start, due
        due_at = clock.end_of(one.due_on) if one.due_on else None
        return None, start_of_business(one.opened_on), due_at


def _reserve(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(
    register: Register,
    columns: Sequence[str],
    entries: Iterable[BulkEntry],
    *,
    agency_id: int,
    deadlines: Deadlines,
    progress: Callable[[int], None] = lambda n: None,
) -> int:
    """Write entries in the order given; their numbers follow it. Inside the caller's transaction.

    Args:
        columns: columns of the register's table beside ``entry_id``.
        progress: told how many were written after each batch.

    Returns:
        how many were written.
    """
    counters: Counter[tuple[str, int]] = Counter()
    folded: dict[str, str] = {}
    total = 0
    batch: list[BulkEntry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            _write(register, columns, batch, agency_id, deadlines, counters, folded)
            total += len(batch)
            progress(len(batch))
            batch = []
    if batch:
        _write(register, columns, batch, agency_id, deadlines, counters, folded)
        total += len(batch)
        progress(len(batch))
    for (book, year), last in counters.items():
        raise_to(agency_id, book, year, last)
    return total


def _write(
    register: Register,
    columns: Sequence[str],
    batch: list[BulkEntry],
    agency_id: int,
    deadlines: Deadlines,
    counters: Counter[tuple[str, int]],
    folded: dict[str, str],
) -> None:
    ids = _reserve("entries_entry", len(batch))
    table = register.model._meta.db_table
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY entries_entry (id, register, agency_id, book, year, number, kind, title,"
            " confidentiality, unit_id, opened_on, closed_on, outcome, synthetic, version, folded)"
            " FROM STDIN"
        ) as copy:
            for pk, one in zip(ids, batch, strict=True):
                book, year = one.book or register.code, one.opened_on.year
                counters[book, year] += 1
                words = f"{one.title} {one.found_by}"
                if words not in folded:
                    folded[words] = searchable([words]) if one.confidentiality != "secret" else ""
                copy.write_row((
                    pk, register.code, agency_id, book, year, counters[book, year], one.kind,
                    one.title, one.confidentiality, one.unit_id, one.opened_on, one.closed_on,
                    one.outcome, True, 1, folded[words],
                ))  # fmt: skip
        with cursor.copy(f"COPY {table} (entry_id, {', '.join(columns)}) FROM STDIN") as copy:
            for pk, one in zip(ids, batch, strict=True):
                copy.write_row((pk, *one.row))
        with cursor.copy(
            "COPY obligations_obligation (entry_id, limit_id, duty, unit_id, started_at, due_at,"
            " first_due_at, calendar_version, done_at, product, expected, returned_for) FROM STDIN"
        ) as copy:
            for pk, one in zip(ids, batch, strict=True):
                if not one.duty:
                    continue
                limit_id, start, due = deadlines.of_entry(one)
                done = max(start_of_business(one.closed_on), start) if one.closed_on else None
                copy.write_row((
                    pk, limit_id, one.duty, one.unit_id, start, due, due,
                    deadlines.calendar_version, done, one.outcome, "", "",
                ))  # fmt: skip
        if any(one.co_unit_ids for one in batch):
            with cursor.copy("COPY entries_co_unit (entry_id, unit_id) FROM STDIN") as copy:
                for pk, one in zip(ids, batch, strict=True):
                    for unit_id in one.co_unit_ids:
                        copy.write_row((pk, unit_id))
    _write_parts(register, zip(ids, batch, strict=True))


def _write_parts(register: Register, written: Iterable[tuple[int, BulkEntry]]) -> None:
    """The rows that hang on entries just written, each model's at once."""
    found: dict[type[models.Model], list[models.Model]] = {}
    for pk, one in written:
        for model, values in one.parts:
            parent = next(
                field.attname
                for field in model._meta.concrete_fields
                if field.related_model in (Entry, register.model)
            )
            found.setdefault(model, []).append(model(**{parent: pk}, **values))
    for model, rows in found.items():
        model._default_manager.bulk_create(rows)
