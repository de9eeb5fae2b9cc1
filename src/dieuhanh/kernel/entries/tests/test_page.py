"""Keyset pages: every row once, forwards and back."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor, closed_as_of, page

DAY = dt.date(2024, 6, 13)


@pytest.mark.parametrize(
    "text", ["", "x", "2024-06-13", "2024-06-13.", "2024-06-13.x", "32/6.4", "2024-13-01.1", "."]
)
def test_what_is_no_cursor_is_none(text):
    assert Cursor.parse(text) is None


def test_a_cursor_survives_its_text():
    cursor = Cursor(DAY, 7)
    assert Cursor.parse(str(cursor)) == cursor == Cursor.parse("2024-06-13.7")


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 7, 50])
def test_forwards_and_back_each_row_once(size):
    rows = Entry.objects.filter(register="feedback", opened_on__gte=dt.date(2024, 5, 27))
    everything = list(rows.order_by("-opened_on", "-pk").values_list("pk", flat=True))
    there, pages, cursor = [], 0, None
    while True:
        found = page(rows, size=size, after=cursor, prefix="")
        there += [row.pk for row in found.rows]
        pages += 1
        if found.older is None:
            break
        cursor = found.older
    assert there == everything
    assert pages == -(-len(everything) // size)

    back = [row.pk for row in found.rows]
    while found.newer:
        found = page(rows, size=size, before=found.newer, prefix="")
        back = [row.pk for row in found.rows] + back
    assert back == everything


@pytest.mark.django_db
def test_an_empty_set_has_one_empty_page():
    found = page(Entry.objects.none(), size=5, prefix="")
    assert (found.rows, found.older, found.newer) == ([], None, None)
    found = page(Entry.objects.filter(register="feedback"), size=5, after=Cursor(dt.date.min, 1),
                 prefix="")  # fmt: skip
    assert (found.rows, found.older, found.newer) == ([], None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "closed"),
    [("2024-06-02", 0), ("2024-06-03", 1), ("2024-06-04", 0), ("2024-06-05", 1), ("2024-06-09", 1),
     ("2024-06-10", 0)],
)  # fmt: skip
def test_closed_as_of_a_day(day, closed):
    """Closed on 03/6, reopened on 04/6, closed again on 05/6, reopened on 10/6."""
    entry = Entry.objects.filter(register="feedback").first()
    Entry.objects.filter(pk=entry.pk).update(
        opened_on=dt.date(2024, 6, 1), closed_on=dt.date(2024, 6, 5),
        reopened_on=dt.date(2024, 6, 10),
    )  # fmt: skip
    entry.past_closings.create(closed_on=dt.date(2024, 6, 3), reopened_on=dt.date(2024, 6, 4))
    found = Entry.objects.filter(closed_as_of(dt.date.fromisoformat(day)), pk=entry.pk)
    assert found.count() == closed
