"""Correcting an inspection: its findings, and the clock of the remedy that follows them."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.inspections.actions import correct_inspection
from dieuhanh.registers.inspections.models import Inspection

pytestmark = pytest.mark.django_db
SLUG = "kiem-tra-cong-vu"
FOUND = {
    "concluded_on": "05/6/2024", "findings": "Ba công chức vắng mặt", "remedy": "Kiểm điểm",
    "remedy_due_on": "12/6/2024",
}  # fmt: skip


@pytest.fixture
def inspection(client, enter):
    entry = enter(SLUG)
    client.post(f"/{SLUG}/{entry.pk}/ket-luan/", FOUND)
    entry.refresh_from_db()
    return entry


@pytest.fixture
def correct(client, typed):
    def through_the_page(entry, **changes):
        values = typed(SLUG) | {"version": str(entry.version), "reason": "Ghi nhầm"} | changes
        answer = client.post(f"/{SLUG}/{entry.pk}/dinh-chinh/", values)
        entry.refresh_from_db()
        return answer

    return through_the_page


def test_before_the_findings_only_the_check_is_corrected(enter, correct, written):
    entry = enter(SLUG)
    assert correct(entry, mode="planned", opened_on="04/6/2024").status_code == 302
    assert (entry.kind, entry.opened_on) == ("planned", dt.date(2024, 6, 4))
    before = written()
    assert list(correct(entry, **FOUND).context["form"].errors) == ["concluded_on"]
    assert list(correct(entry, findings="Có").context["form"].errors) == ["findings"]
    assert written() == before


def test_a_corrected_conclusion_moves_the_clock(correct, inspection):
    answer = correct(
        inspection, **FOUND | {"concluded_on": "06/6/2024", "remedy_due_on": "14/6/2024"}
    )
    assert answer.status_code == 302
    owed = inspection.obligations.get()
    assert owed.started_at == dt.datetime(2024, 6, 6, 8, tzinfo=clock.ZONE)
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 14))
    changes = Line.objects.filter(entry_id=inspection.pk).latest("pk").details["changes"]
    assert changes["remedy_due_on"] == ["2024-06-12", "2024-06-14"]


def test_a_corrected_day_of_the_check_leaves_the_clock_at_the_conclusion(correct, inspection):
    assert correct(inspection, **FOUND, opened_on="04/6/2024").status_code == 302
    owed = inspection.obligations.get()
    assert owed.started_at == dt.datetime(2024, 6, 5, 8, tzinfo=clock.ZONE)


def test_a_day_put_off_stands_when_something_else_is_corrected(client, correct, inspection):
    client.post(f"/{SLUG}/{inspection.pk}/lui-han/", {"to": "20/6/2024", "reason": "Chờ"})
    inspection.refresh_from_db()
    assert correct(inspection, **FOUND, title="Kiểm tra bộ phận một cửa").status_code == 302
    assert inspection.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 20))


def test_a_remedy_may_be_added_and_not_taken_away(client, enter, correct, inspection, written):
    before = written()
    answer = correct(inspection, **FOUND | {"remedy": "", "remedy_due_on": ""})
    assert list(answer.context["form"].errors) == ["remedy"]
    assert written() == before
    other = enter(SLUG)
    url = f"/{SLUG}/{other.pk}/"
    client.post(f"{url}ket-luan/", FOUND | {"remedy": "", "remedy_due_on": ""})
    other.refresh_from_db()
    assert correct(other, **FOUND).status_code == 422  # it is closed
    client.post(f"{url}mo-lai/", {"on": "06/6/2024", "reason": "Thiếu yêu cầu khắc phục"})
    other.refresh_from_db()
    assert correct(other, **FOUND).status_code == 302
    assert other.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 12))


def test_a_closed_one_is_not_concluded_later(client, correct, inspection):
    client.post(f"/{SLUG}/{inspection.pk}/ket-thuc/", {"on": "10/6/2024"})
    inspection.refresh_from_db()
    late = FOUND | {"concluded_on": "11/6/2024"}
    assert list(correct(inspection, **late).context["form"].errors) == ["concluded_on"]
    same = FOUND | {"concluded_on": "10/6/2024"}
    assert correct(inspection, **same).status_code == 302
    owed = inspection.obligations.get()
    assert owed.done_at == owed.started_at


def test_an_inspection_does_not_repeat_itself(correct, inspection):
    answer = correct(inspection, **FOUND, reinspection_of=str(inspection))
    assert list(answer.context["form"].errors) == ["reinspection_of"]


def test_the_action_itself_refuses(inspection, thanh_tra, chuyen_vien, written):
    before = written()
    with pytest.raises(Forbidden):
        correct_inspection(inspection.pk, actor=thanh_tra, version=2, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_inspection(inspection.pk, actor=chuyen_vien, version=1, reason="thử", title="Khác")
    assert written() == before
    assert Inspection.objects.get(pk=inspection.pk).findings == "Ba công chức vắng mặt"
