"""The journal is append-only for everybody, and nothing that was registered is deleted."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from dieuhanh.config import database
from dieuhanh.kernel.journal.actions import SYSTEM, broken_seals, record, seal
from dieuhanh.kernel.journal.models import Line, Seal


def _right(table: str, right: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
        return bool(cursor.fetchone()[0])


def test_tests_run_as_the_program(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == database.APP_ROLE, "Tests must fail where the program would."


@pytest.mark.parametrize("model", [Line, Seal])
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_program_has_no_right_to_change_the_journal(db, model, right: str) -> None:
    table = model._meta.db_table
    assert not _right(table, right), f"Revoke {right} on {table} in config/database.grant()."


def test_the_program_deletes_sessions_only(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
    deletable = {table for table in tables if _right(table, "DELETE")}
    assert deletable == set(database.DELETABLE), "Grant DELETE on rows of the framework only."


@pytest.mark.parametrize("verb", ["UPDATE journal_line SET verb = ''", "DELETE FROM journal_line"])
def test_a_line_stands(db, verb: str) -> None:
    record("entry.corrected", actor=SYSTEM, subject="thử")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_the_program_can_seal_and_verify(db) -> None:
    record("entry.corrected", actor=SYSTEM, subject="thử", reason="một")
    first = seal()
    assert first is not None
    record("entry.corrected", actor=SYSTEM, subject="thử", reason="hai")
    second = seal()
    assert second is not None
    assert second.first_line > first.last_line
    assert second.digest != first.digest
    assert seal() is None, "There is nothing to seal."
    assert broken_seals() == []
