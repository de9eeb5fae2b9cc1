"""From a decision to everyone who holds a part, for whoever may open each of them."""

import io

import pytest
from openpyxl import load_workbook

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.registers.meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
PAGE = "/bang/trach-nhiem/"


@pytest.fixture
def session(db):
    """A session of the data set with items."""
    return AgendaItem.objects.select_related("session__entry").latest("pk").session


def test_a_session_leads_to_its_items_and_their_units(client, lanh_dao, session):
    client.force_login(lanh_dao)
    page = client.get(f"{PAGE}?goc={session.pk}").content.decode()
    for item in session.items.select_related("entry__unit"):
        assert f"/{item.pk}/" in page, "Each item of the session is one click away."
        assert item.entry.unit.name in page
    assert "đơn vị giữ một phần" in page


def test_a_unit_without_a_head_is_said(client, lanh_dao):
    client.force_login(lanh_dao)
    task = Entry.objects.filter(register="assignments.tasks", co_units__isnull=False).first()
    page = client.get(f"{PAGE}?goc={task.pk}").content.decode()
    assert "chưa có người đứng đầu trong hệ thống" in page
    assert "Phối hợp:" in page


def test_the_start_page_names_decisions_with_many_holders(client, lanh_dao):
    client.force_login(lanh_dao)
    page = client.get(PAGE).content.decode()
    assert "?goc=" in page


@pytest.mark.parametrize("asked", ["999999999", "abc", "-1"])
def test_what_may_not_be_opened_is_not_found(client, lanh_dao, asked):
    client.force_login(lanh_dao)
    assert client.get(f"{PAGE}?goc={asked}").status_code == 404
    assert client.get(f"{PAGE}xuat.xlsx?goc={asked}").status_code == 404


def test_somebody_without_the_register_finds_nothing(client, tiep_dan, session):
    client.force_login(tiep_dan)
    assert client.get(f"{PAGE}?goc={session.pk}").status_code == 404


def test_the_file_has_a_line_for_each_part(client, lanh_dao, session):
    client.force_login(lanh_dao)
    answer = client.get(f"{PAGE}xuat.xlsx?goc={session.pk}")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    names = {row[1] for row in book.active.iter_rows(values_only=True) if isinstance(row[0], int)}
    assert len(names) == 1 + session.items.count()


def test_the_map_costs_few_queries(client, lanh_dao, session, django_assert_max_num_queries):
    client.force_login(lanh_dao)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(f"{PAGE}?goc={session.pk}")
    with django_assert_max_num_queries(12):
        client.get(PAGE)
