"""Correcting a feedback: with a version, a reason, and a clock that follows."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale, WrongDate
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.feedback.actions import correct_feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(feedback):
    return f"/phan-anh-kien-nghi/{feedback.pk}/dinh-chinh/"


def test_a_corrected_day_moves_the_clock_and_the_journal_tells_both_values(
    client, url, typed, feedback
):
    typed |= {"opened_on": "12/6/2024", "title": "Phản ánh phí bến bãi", "version": "1"}

    answer = client.post(url, typed | {"reason": "Ghi nhầm ngày"})

    assert answer.status_code == 302
    feedback.refresh_from_db()
    assert (feedback.opened_on, feedback.version) == (dt.date(2024, 6, 12), 2)
    owed = feedback.obligations.get()
    assert owed.started_at.astimezone(clock.ZONE).date() == dt.date(2024, 6, 12)
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 19))
    line = Line.objects.filter(entry_id=feedback.pk).latest("pk")
    assert (line.verb, line.reason) == ("entry.corrected", "Ghi nhầm ngày")
    assert line.details["changes"] == {
        "opened_on": ["2024-06-10", "2024-06-12"],
        "title": ["Phản ánh mức thu phí tại bến bãi", "Phản ánh phí bến bãi"],
    }
    story = client.get(f"/phan-anh-kien-nghi/{feedback.pk}/").content.decode()
    assert "Ghi nhầm ngày" in story
    assert "2024-06-10 → 2024-06-12" in story


def test_the_form_shows_what_is_stored(client, url, feedback):
    form = client.get(url).context["form"]
    assert form["title"].value() == "Phản ánh mức thu phí tại bến bãi"
    assert form["opened_on"].value() == "10/6/2024"
    assert form["unit"].value() == "Sở Tài nguyên và Môi trường"
    assert form["version"].value() == 1


def test_a_stale_version_shows_both_and_loses_nothing(client, url, typed, feedback, written):
    typed |= {"version": "1", "reason": "Sửa câu chữ"}
    client.post(url, typed | {"title": "Bản của chị Hằng"})
    before = written()

    answer = client.post(url, typed | {"title": "Bản của anh Đức"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "vừa được người khác sửa" in page
    assert "Bản của chị Hằng" in page
    assert "Bản của anh Đức" in page
    assert answer.context["form"]["version"].value() == "2"
    assert written() == before
    feedback.refresh_from_db()
    assert feedback.title == "Bản của chị Hằng"

    again = client.post(url, typed | {"title": "Bản của anh Đức", "version": "2"})
    assert again.status_code == 302
    feedback.refresh_from_db()
    assert (feedback.title, feedback.version) == ("Bản của anh Đức", 3)


def test_a_reason_is_required(client, url, typed, feedback, written):
    before = written()
    answer = client.post(url, typed | {"version": "1", "reason": " "})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]
    assert written() == before


@pytest.mark.parametrize("day", ["18/6/2024", "14/6/2024"])
def test_a_day_in_the_future_or_after_the_answer_is_refused(
    client, url, typed, feedback, written, day
):
    client.post(f"/phan-anh-kien-nghi/{feedback.pk}/ket-thuc/", {"on": "13/6/2024"})
    before = written()
    answer = client.post(url, typed | {"opened_on": day, "version": "2", "reason": "Nhầm ngày"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["opened_on"]
    assert written() == before


def test_the_day_of_the_answer_itself_is_accepted(client, url, typed, feedback):
    client.post(f"/phan-anh-kien-nghi/{feedback.pk}/ket-thuc/", {"on": "13/6/2024"})
    typed |= {"opened_on": "13/6/2024", "version": "2", "reason": "Nhầm ngày"}
    assert client.post(url, typed).status_code == 302
    owed = feedback.obligations.get()
    assert owed.started_at == owed.done_at == dt.datetime(2024, 6, 13, 8, tzinfo=clock.ZONE)


def test_what_is_owed_follows_the_entry_to_another_unit(client, url, typed, feedback):
    typed |= {"unit": "STP", "version": "1", "reason": "Chuyển đúng đơn vị"}
    assert client.post(url, typed).status_code == 302
    assert feedback.obligations.get().unit.code == "STP"


def test_what_is_done_stays_with_the_unit_that_did_it(client, url, typed, feedback):
    client.post(f"/phan-anh-kien-nghi/{feedback.pk}/ket-thuc/", {"on": "13/6/2024"})
    typed |= {"unit": "STP", "version": "2", "reason": "Chuyển đúng đơn vị"}
    assert client.post(url, typed).status_code == 302
    assert feedback.obligations.get().unit.code == "STNMT"


def test_whoever_only_reads_finds_no_form(sign_in, ke_hoach, url, typed, feedback, written):
    before = written()
    client = sign_in(ke_hoach)
    assert client.get(url).status_code == 404
    assert client.post(url, typed | {"version": "1", "reason": "thử"}).status_code == 404
    assert written() == before


def test_the_action_itself_refuses(feedback, ke_hoach, chuyen_vien, giam_doc_so, written):
    other = Unit.objects.get(code="STP")
    correct_feedback(feedback.pk, actor=chuyen_vien, version=1, reason="chuyển", unit=other)
    before = written()
    for actor in (ke_hoach, giam_doc_so):
        with pytest.raises(Forbidden):
            correct_feedback(feedback.pk, actor=actor, version=2, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_feedback(feedback.pk, actor=chuyen_vien, version=1, reason="thử", title="Khác")
    with pytest.raises(WrongDate):
        correct_feedback(
            feedback.pk, actor=chuyen_vien, version=2, reason="thử", opened_on=dt.date(2024, 6, 18)
        )
    assert written() == before
