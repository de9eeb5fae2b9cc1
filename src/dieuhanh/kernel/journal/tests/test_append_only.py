"""Nobody changes a line of the journal: not the program, not the owner (BV-13)."""

import pytest
from django.db import DatabaseError, connections, transaction

from dieuhanh.config.database import APP_ROLE, DELETABLE
from dieuhanh.kernel.journal.actions import SYSTEM, record
from dieuhanh.kernel.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

CHANGES = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
]
TABLES = {"journal_line": "reason", "journal_seal": "digest"}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("alias", "words"), [("default", "permission denied"), ("owner", "append-only")]
)
def test_a_change_is_refused(alias, words, table, change):
    lines = Line.objects.using(alias)  # the other connection would hold a lock against this one
    count = lines.count()
    with connections[alias].cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        with pytest.raises(DatabaseError, match=words), transaction.atomic(using=alias):
            cursor.execute(change.format(table=table, column=TABLES[table]))
    assert lines.count() == count


def test_the_orm_cannot_change_a_line_either():
    line = record("test.line", actor=SYSTEM, subject="thử")
    line.subject = "khác"
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
    assert Line.objects.get(pk=line.pk).subject == "thử"


def test_the_program_deletes_nothing_but_what_comes_and_goes():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == APP_ROLE
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND has_table_privilege(oid, 'DELETE')"
        )
        assert {row[0] for row in cursor.fetchall()} == set(DELETABLE)


def test_a_line_stands_or_falls_with_its_change():
    last = Line.objects.latest("pk").pk
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("test.line", actor=SYSTEM, subject="thử")
        1 / 0  # noqa: B018
    assert Line.objects.latest("pk").pk == last


def test_a_line_keeps_plain_values_of_who_and_where(van_thu):
    line = record("test.line", actor=van_thu, subject="x" * 400, reason="vì sao", đếm=3)
    line.refresh_from_db()
    assert (line.actor_id, line.actor_name) == (van_thu.pk, "Nguyễn Thị Thanh Mai")
    assert line.actor_unit == van_thu.unit_name != ""
    assert (len(line.subject), line.reason, line.details) == (300, "vì sao", {"đếm": 3})
