"""Ghi kết luận, ghi khắc phục xong: what the inspected unit owes, by when, and done."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.registers.inspections.actions import conclude_inspection
from dieuhanh.registers.inspections.models import Inspection

pytestmark = pytest.mark.django_db
SLUG = "kiem-tra-cong-vu"
FOUND = {
    "concluded_on": "05/6/2024", "findings": "Ba công chức vắng mặt", "remedy": "Kiểm điểm",
    "remedy_due_on": "12/6/2024",
}  # fmt: skip


@pytest.fixture
def inspection(enter):
    return enter(SLUG)


@pytest.fixture
def url(inspection):
    return f"/{SLUG}/{inspection.pk}/"


@pytest.fixture
def concluded(client, inspection, url):
    assert client.post(f"{url}ket-luan/", FOUND).status_code == 302
    inspection.refresh_from_db()
    return inspection


def state(entry, day):
    moment = dt.datetime(2024, 6, day, 12, tzinfo=clock.ZONE)
    return with_state(moment).get(entry=entry).state


def test_the_inspected_unit_owes_the_remedy_by_its_day(concluded):
    owed = concluded.obligations.get()
    assert owed.unit.code == "STNMT"
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 12))
    assert owed.started_at.astimezone(clock.ZONE).date() == dt.date(2024, 6, 5)
    assert (concluded.closed_on, concluded.version) == (None, 2)
    line = Line.objects.filter(entry_id=concluded.pk).latest("pk")
    assert line.verb == "inspection.concluded"
    assert line.details == {"on": "2024-06-05", "due": "2024-06-12"}


def test_remedied_late_is_done_late(client, concluded, url):
    answer = client.post(f"{url}ket-thuc/", {"on": "14/6/2024", "outcome": "Đã kiểm điểm"})
    assert answer.status_code == 302
    assert [state(concluded, day) for day in (10, 13, 15)] == [
        "open_in_time", "open_late", "done_late",
    ]  # fmt: skip


def test_put_off_the_first_day_is_kept(client, concluded, url):
    """NV-11."""
    client.post(f"{url}lui-han/", {"to": "20/6/2024", "reason": "Chờ hội đồng"})
    owed = concluded.obligations.get()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 20))
    assert owed.first_due_at == clock.end_of(dt.date(2024, 6, 12))


def test_without_a_remedy_it_is_closed_that_day(client, inspection, url):
    found = {"concluded_on": "05/6/2024", "findings": "Chấp hành đúng quy định"}
    assert client.post(f"{url}ket-luan/", found).status_code == 302
    inspection.refresh_from_db()
    assert inspection.closed_on == dt.date(2024, 6, 5)
    assert inspection.outcome == "Không có tồn tại phải khắc phục"
    assert not inspection.obligations.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"concluded_on": "02/6/2024"}, "concluded_on"),
        ({"concluded_on": "18/6/2024", "remedy_due_on": "20/6/2024"}, "concluded_on"),
        ({"remedy_due_on": "04/6/2024"}, "remedy_due_on"),
        ({"remedy": ""}, "remedy"),
        ({"findings": " "}, "findings"),
    ],
)
def test_a_wrong_day_or_a_gap_is_refused(client, inspection, url, written, changes, field):
    before = written()
    answer = client.post(f"{url}ket-luan/", FOUND | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before
    assert Inspection.objects.get(pk=inspection.pk).concluded_on is None


def test_it_is_concluded_once(client, concluded, url, written):
    before = written()
    answer = client.post(f"{url}ket-luan/", FOUND)
    assert answer.status_code == 422
    assert "đã có kết luận ngày 05/6/2024" in answer.content.decode()
    assert written() == before


def test_the_action_itself_refuses(inspection, client, url, lanh_dao, chuyen_vien, written):
    before = written()
    day = dt.date(2024, 6, 5)
    with pytest.raises(Forbidden):
        conclude_inspection(inspection.pk, actor=lanh_dao, concluded_on=day, findings="Có")
    with pytest.raises(Refusal):
        conclude_inspection(inspection.pk, actor=chuyen_vien, concluded_on=day, findings="")
    with pytest.raises(WrongDate):
        conclude_inspection(
            inspection.pk, actor=chuyen_vien, concluded_on=dt.date(2024, 6, 1), findings="Có"
        )
    assert written() == before
    answer = client.post(f"{url}ket-thuc/", {"on": "06/6/2024"})
    assert answer.status_code == 422
    assert "chưa có kết luận" in answer.content.decode()
    conclude_inspection(inspection.pk, actor=chuyen_vien, concluded_on=day, findings="Có")
    with pytest.raises(WrongState):
        conclude_inspection(inspection.pk, actor=chuyen_vien, concluded_on=day, findings="Có")
