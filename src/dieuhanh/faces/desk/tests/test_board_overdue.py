"""The board of what is late: the same figures everywhere, opened down to the entry."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from dieuhanh.faces.desk.boards.overdue import ALL
from dieuhanh.kernel.entries.policies import visible
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import State, with_state
from dieuhanh.kernel.tracking import overdue
from dieuhanh.kernel.tracking.queries import Sight

pytestmark = pytest.mark.django_db
PAGE = "/bang/qua-han/"


def _late_of(person, moment):
    """Late work tallied apart: every obligation with its state, counted in Python."""
    seen = set(Obligation.objects.filter(entry__in=_entries(person)).values_list("pk", flat=True))
    found: dict[int, int] = {}
    for one in with_state(moment).filter(state=State.OPEN_LATE):
        if one.pk in seen:
            found[one.unit_id] = found.get(one.unit_id, 0) + 1
    return found


def _entries(person):
    from dieuhanh.kernel.entries.models import Entry

    return Entry.objects.filter(visible(person)).values("pk")


@pytest.mark.parametrize("who", ["lanh_dao", "giam_doc_so", "van_thu"])
def test_the_board_counts_what_is_late_and_may_be_seen(request, who):
    person = request.getfixturevalue(who)
    for moment in (clock.now(), clock.end_of(clock.today() - timedelta(days=60))):
        rows = overdue.by_unit(Sight(person, moment, past=moment < clock.now()))
        counted: dict[int, int] = {}
        for one in rows:
            counted[one.unit_id] = counted.get(one.unit_id, 0) + one.late
        assert {unit: n for unit, n in counted.items() if n} == _late_of(person, moment)


def test_the_unit_with_the_oldest_is_one_click_away(client, lanh_dao):
    client.force_login(lanh_dao)
    page = client.get(PAGE).content.decode()
    oldest = re.search(
        r'Quá hạn lâu nhất</div><div class="big"><a class="fig" href="([^"]+)"', page
    )
    assert oldest, "The board says at a glance what is late the longest."
    opened = client.get(oldest[1].replace("&amp;", "&").partition("#")[0]).content.decode()
    due = min(one.due_at for one in with_state(clock.now()).filter(state=State.OPEN_LATE))
    assert f'datetime="{due:%Y}' in opened or clock.today().strftime("%Y") in opened
    assert 'data-due="overdue"' in opened


def test_every_number_of_the_table_is_in_the_file(client, lanh_dao):
    client.force_login(lanh_dao)
    answer = client.get(PAGE + "xuat.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    *units, whole = [row for row in rows if isinstance(row[1], int)]
    assert (
        whole[2]
        == sum(row[2] for row in units)
        == sum(one.late for one in overdue.by_unit(Sight(lanh_dao, clock.now())))
    )
    assert all(row[2] == sum(row[4:7]) for row in (*units, whole)), "Ages are parts of late."


@pytest.mark.parametrize(
    "query", ["?so=khong-co", "?cap=x&xep=y", "?don-vi=999999", "?don-vi=x&sau=z", "?tinh-den=0000"]
)
def test_an_address_by_hand_is_no_failure(client, lanh_dao, query):
    client.force_login(lanh_dao)
    assert client.get(PAGE + query).status_code == 200


def test_all_late_work_can_be_walked_to_its_end(client, lanh_dao):
    client.force_login(lanh_dao)
    total = sum(one.late for one in overdue.by_unit(Sight(lanh_dao, clock.now())))
    address, seen = f"{PAGE}?don-vi={ALL}", 0
    for _page in range(total // 20 + 2):
        page = client.get(address).content.decode()
        seen += page.count('name="viec"')
        after = re.search(r'<a href="([^"]+)" rel="next"', page)
        if not after:
            break
        address = after[1].replace("&amp;", "&").partition("#")[0]
    assert seen == total


def test_the_board_costs_few_queries(client, lanh_dao, django_assert_max_num_queries):
    client.force_login(lanh_dao)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(f"{PAGE}?don-vi={ALL}&tinh-den=31/5/2024")
