"""Answering a feedback: in time or late, never twice (NV-10, PA-05)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.actions import close_entry, reopen_entry
from dieuhanh.kernel.obligations.queries import with_state

pytestmark = pytest.mark.django_db


def state(entry, *moment):
    return with_state(dt.datetime(*moment, tzinfo=clock.ZONE)).get(entry=entry).state


@pytest.fixture
def late(client, feedback, typed):
    """Received on 03/6/2024: due on Monday 10/6."""
    typed |= {"opened_on": "03/6/2024", "version": "1", "reason": "Nhầm ngày"}
    assert client.post(f"/phan-anh-kien-nghi/{feedback.pk}/dinh-chinh/", typed).status_code == 302
    feedback.refresh_from_db()
    return feedback


def test_answered_late_is_done_late(client, late):
    url = f"/phan-anh-kien-nghi/{late.pk}/"

    answer = client.post(f"{url}ket-thuc/", {"on": "13/6/2024", "outcome": "Văn bản số 12"})

    assert (answer.status_code, answer.url) == (302, url)
    late.refresh_from_db()
    assert (late.closed_on, late.outcome) == (dt.date(2024, 6, 13), "Văn bản số 12")
    owed = late.obligations.get()
    assert owed.product == "Văn bản số 12"
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 10))
    assert state(late, 2024, 6, 17) == "done_late"
    page = client.get(url).content.decode()
    assert "xong, chậm 3 ngày làm việc" in page
    line = Line.objects.filter(entry_id=late.pk).latest("pk")
    assert (line.verb, line.details["on"]) == ("entry.closed", "2024-06-13")


def test_answered_on_the_last_day_is_in_time(client, feedback):
    client.post(f"/phan-anh-kien-nghi/{feedback.pk}/ket-thuc/", {"on": "17/6/2024"})
    assert state(feedback, 2024, 6, 17, 8, 40) == "done_in_time"


def test_answered_already_is_refused(client, feedback, written):
    url = f"/phan-anh-kien-nghi/{feedback.pk}/ket-thuc/"
    client.post(url, {"on": "12/6/2024"})
    before = written()
    answer = client.post(url, {"on": "13/6/2024"})
    assert answer.status_code == 422
    assert "đã kết thúc ngày 12/6/2024" in answer.content.decode()
    assert written() == before
    feedback.refresh_from_db()
    assert feedback.closed_on == dt.date(2024, 6, 12)


@pytest.mark.parametrize(
    ("on", "words"), [("09/6/2024", "trước ngày 10/6/2024"), ("18/6/2024", "chưa đến")]
)
def test_a_wrong_day_is_said_beside_its_field(client, feedback, written, on, words):
    before = written()
    answer = client.post(
        f"/phan-anh-kien-nghi/{feedback.pk}/ket-thuc/", {"on": on, "outcome": "Đã trả lời"}
    )
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["on"])
    assert "Đã trả lời" in answer.content.decode()
    assert written() == before


def test_reopened_then_answered_again(client, feedback):
    url = f"/phan-anh-kien-nghi/{feedback.pk}/"
    client.post(f"{url}ket-thuc/", {"on": "11/6/2024"})
    client.post(f"{url}mo-lai/", {"on": "12/6/2024", "reason": "Người gửi hỏi lại"})
    assert client.post(f"{url}ket-thuc/", {"on": "14/6/2024"}).status_code == 302
    feedback.refresh_from_db()
    assert (feedback.closed_on, feedback.reopened_on) == (dt.date(2024, 6, 14), None)
    owed = feedback.obligations.get()
    assert (owed.done_at, owed.reopened_at) == (clock.start_of(dt.date(2024, 6, 14)), None)
    states = [state(feedback, 2024, 6, day, 12) for day in (10, 11, 13, 15)]
    assert states == ["open_in_time", "done_in_time", "open_in_time", "done_in_time"]
    page = client.get(f"{url}?tinh-den=11/6/2024")
    facts = [words for _label, words in page.context["facts"]]
    assert any("11/6/2024" in words for words in facts)
    assert not any("14/6/2024" in words for words in facts)


def test_the_states_before_between_and_after(client, late):
    """As of three moments: open late, done late, open late again; the due moment stays (NV-11)."""
    url = f"/phan-anh-kien-nghi/{late.pk}/"
    client.post(f"{url}ket-thuc/", {"on": "12/6/2024"})
    answer = client.post(f"{url}mo-lai/", {"on": "14/6/2024", "reason": "Trả lời chưa đủ"})
    assert answer.status_code == 302
    assert state(late, 2024, 6, 7, 12) == "open_in_time"
    assert state(late, 2024, 6, 11, 12) == "open_late"
    assert state(late, 2024, 6, 13, 12) == "done_late"
    assert state(late, 2024, 6, 15, 12) == "open_late"
    assert late.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 10))
    line = Line.objects.filter(entry_id=late.pk).latest("pk")
    assert (line.verb, line.reason) == ("entry.reopened", "Trả lời chưa đủ")


def test_the_page_of_a_past_day_tells_nothing_of_later_days(client, late):
    url = f"/phan-anh-kien-nghi/{late.pk}/"
    client.post(f"{url}ket-thuc/", {"on": "12/6/2024", "outcome": "Đã có trả lời"})
    page = client.get(f"{url}?tinh-den=11/6/2024")
    facts = dict(page.context["facts"])
    assert "Ngày trả lời" not in facts
    assert [one["product"] for one in page.context["obligations"]] == [""]
    offered = page.context["actions"]
    assert all(one["url"].startswith("/bang/") for one in offered), "Boards are only looked at."
    assert "Ngày trả lời" in dict(client.get(f"{url}?tinh-den=12/6/2024").context["facts"])


@pytest.mark.parametrize("on", ["11/6/2024", "18/6/2024"])
def test_reopening_on_a_wrong_day_is_refused(client, feedback, written, on):
    url = f"/phan-anh-kien-nghi/{feedback.pk}/"
    client.post(f"{url}ket-thuc/", {"on": "12/6/2024"})
    before = written()
    answer = client.post(f"{url}mo-lai/", {"on": on, "reason": "thử"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]
    assert written() == before


def test_what_is_open_is_not_reopened(client, feedback, written):
    before = written()
    answer = client.post(
        f"/phan-anh-kien-nghi/{feedback.pk}/mo-lai/", {"on": "12/6/2024", "reason": "thử"}
    )
    assert answer.status_code == 422
    assert "đang mở" in answer.content.decode()
    assert written() == before


def test_the_actions_themselves_refuse(feedback, lanh_dao, chuyen_vien, written):
    before = written()
    day = dt.date(2024, 6, 12)
    with pytest.raises(Forbidden):
        close_entry(feedback.pk, actor=lanh_dao, on=day)
    with pytest.raises(Forbidden):
        reopen_entry(feedback.pk, actor=lanh_dao, on=day, reason="thử")
    with pytest.raises(WrongState):
        reopen_entry(feedback.pk, actor=chuyen_vien, on=day, reason="thử")
    with pytest.raises(WrongDate):
        close_entry(feedback.pk, actor=chuyen_vien, on=dt.date(2024, 6, 9))
    with pytest.raises(Forbidden):
        close_entry(2**60, actor=chuyen_vien, on=day)
    assert written() == before


def test_another_verb_is_no_address(client, feedback):
    assert client.get(f"/phan-anh-kien-nghi/{feedback.pk}/xoa/").status_code == 404
