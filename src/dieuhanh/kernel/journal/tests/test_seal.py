"""Seals: what was sealed stays as it was, or is seen to be changed."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections, transaction

from dieuhanh.kernel.journal.actions import (
    SYSTEM,
    _digest,
    broken_seals,
    last_line_id,
    record,
    seal,
)
from dieuhanh.kernel.journal.models import Line, Seal

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


#: What the code before 0003_acting_for made of the line of the test below.
OLD = "8e93bafdcd212532ff133356e3b73757c88934e2f6fa204f3aba0a32cd3680f6"


#: What the code before 0003_acting_for made of the line of the test below.
OLD = "8e93bafdcd212532ff133356e3b73757c88934e2f6fa204f3aba0a32cd3680f6"


class ToTheOwner:
    """All of a test through the owner's connection, so that it can tamper in one transaction."""

    def db_for_read(self, model, **hints):
        return "owner"

    db_for_write = db_for_read


@pytest.fixture
def owner(settings):
    settings.DATABASE_ROUTERS = [ToTheOwner()]
    return connections["owner"]


@pytest.fixture
def sealed(owner):
    """Two seals, over three lines more than there were."""
    record("test.line", actor=SYSTEM, subject="một", reason="vì một")
    first = seal()
    lines = [record("test.line", actor=SYSTEM, subject=word) for word in ("hai", "ba")]
    second = seal()
    assert (second.first_line, second.last_line) == (lines[0].pk, lines[1].pk)
    assert first.last_line < second.first_line
    return first, second


def tamper(owner, statement, *values):
    with owner.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute("ALTER TABLE journal_line DISABLE TRIGGER journal_line_append_only")
        cursor.execute(statement, values)
        assert cursor.rowcount == 1
        cursor.execute("ALTER TABLE journal_line ENABLE TRIGGER journal_line_append_only")


def test_untouched_lines_are_whole(sealed):
    assert broken_seals() == []
    assert seal() is None
    assert Seal.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "'khác'"), ("reason", "'khác'"), ("actor_name", "'Người khác'"),
        ("actor_unit", "'Sở khác'"), ("verb", "'test.other'"), ("entry_id", "7"),
        ("for_id", "7"), ("for_name", "'Người khác'"),
        ("actor_id", "7"), ("at", "at + interval '1 microsecond'"), ("details", """'{"a": 1}'"""),
    ],
)  # fmt: skip
def test_a_changed_line_is_caught(owner, sealed, column, value):
    first, _second = sealed
    tamper(owner, f"UPDATE journal_line SET {column} = {value} WHERE id = %s", first.last_line)
    assert broken_seals() == [first]


@dataclass
class StandIn:
    """Somebody who acts for somebody."""

    acting: Any
    pk: int = 8
    full_name: str = "Trần Thị B"
    unit_name: str = ""


@pytest.fixture
def stood_in(owner):
    """A seal over a line of Trần Thị B, who acted for Nguyễn Văn A."""
    giver = SimpleNamespace(pk=7, full_name="Nguyễn Văn A")
    record("test.line", actor=SYSTEM, subject="trước")
    seal()
    line = record("test.line", actor=StandIn(SimpleNamespace(giver=giver)), subject="thay")
    assert (line.actor_name, line.for_id, line.for_name) == ("Trần Thị B", 7, "Nguyễn Văn A")
    mark = seal()
    assert (mark.first_line, mark.last_line) == (line.pk, line.pk)
    assert broken_seals() == []
    return mark


@pytest.mark.parametrize("change", ["for_id = 9", "for_name = 'C'", "for_id = NULL, for_name = ''"])
def test_for_whom_it_was_done_is_sealed(owner, stood_in, change):
    tamper(owner, f"UPDATE journal_line SET {change} WHERE id = %s", stood_in.last_line)
    assert broken_seals() == [stood_in]


def test_a_seal_of_before_the_columns_still_holds():
    at = dt.datetime(2024, 6, 17, 1, 40, tzinfo=dt.UTC)
    old = Line(pk=1, at=at, actor_id=7, actor_name="Nguyễn Văn A", actor_unit="Sở",
               verb="entry.closed", entry_id=3, subject="1/2024", reason="vì",
               details={"on": "2024-06-17"})  # fmt: skip
    assert _digest("before", [old]) == OLD


def test_a_removed_line_is_caught(owner, sealed):
    _first, second = sealed
    tamper(owner, "DELETE FROM journal_line WHERE id = %s", second.first_line)
    assert broken_seals() == [second]


def test_an_inserted_line_is_caught(owner):
    with suppress(ZeroDivisionError), transaction.atomic(using="owner"):
        gap = record("test.line", actor=SYSTEM, subject="bị hủy")
        1 / 0  # noqa: B018
    record("test.line", actor=SYSTEM, subject="một")
    mark = seal()
    with owner.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_line (id, at, actor_name, actor_unit, verb, subject, reason,"
            " details) VALUES (%s, now(), '', '', 'test.line', 'chen', '', '{}')",
            [gap.pk],
        )
    assert broken_seals() == [mark]


def test_a_seal_rewritten_breaks_the_next(owner, sealed):
    first, second = sealed
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_seal DISABLE TRIGGER journal_seal_append_only")
        cursor.execute("UPDATE journal_seal SET digest = 'x' WHERE id = %s", [first.pk])
        cursor.execute("ALTER TABLE journal_seal ENABLE TRIGGER journal_seal_append_only")
    assert [mark.pk for mark in broken_seals()] == [first.pk, second.pk]


def test_the_last_line_is_the_version_of_everything():
    before = last_line_id()
    line = record("test.line", actor=SYSTEM, subject="thử")
    assert before < last_line_id() == line.pk == Line.objects.latest("pk").pk


def test_the_program_itself_seals():
    record("test.line", actor=SYSTEM, subject="thử")
    with transaction.atomic():
        mark = seal()
    assert mark.last_line == last_line_id()
    assert broken_seals() == []
