"""Correcting delegations and meetings, closing and reopening them."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.foreign_reception.actions import correct_delegation, correct_meeting
from dieuhanh.registers.foreign_reception.models import DelegationMeeting

pytestmark = pytest.mark.django_db
WHY = {"version": "1", "reason": "Ghi nhầm"}


def pk_of(answer):
    """The number in the address of a new entry's page."""
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").split("/")[-1])


def test_a_corrected_level_is_the_class_that_is_counted(client, delegation, typed):
    url = f"/doan-khach-quoc-te/{delegation.pk}/dinh-chinh/"
    assert client.post(url, typed | {"level": "state"} | WHY).status_code == 302
    delegation.refresh_from_db()
    assert (delegation.kind, delegation.version) == ("state", 2)
    line = Line.objects.filter(entry_id=delegation.pk).latest("pk")
    assert (line.verb, line.reason) == ("entry.corrected", "Ghi nhầm")
    assert line.details["changes"]["level"] == ["local", "state"]


def test_a_delegation_does_not_arrive_after_it_was_met(client, delegation, meeting, typed, written):
    url = f"/doan-khach-quoc-te/{delegation.pk}/dinh-chinh/"
    assert client.post(url, typed | {"opened_on": "11/6/2024"} | WHY).status_code == 302
    before = written()
    answer = client.post(url, typed | WHY | {"opened_on": "12/6/2024", "version": "2"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["opened_on"]
    assert written() == before


def test_a_meeting_goes_to_another_delegation(client, meeting, typed, typed_meeting):
    other = pk_of(client.post("/doan-khach-quoc-te/them/", typed | {"title": "Đoàn khác"}))
    number = client.get(f"/doan-khach-quoc-te/{other}/").context["entry"]
    url = f"/tiep-khach-quoc-te/{meeting.pk}/dinh-chinh/"
    typed_meeting |= {"delegation": str(number), "purpose": "courtesy"} | WHY
    assert client.post(url, typed_meeting).status_code == 302
    meeting.refresh_from_db()
    assert meeting.kind == "courtesy"
    assert DelegationMeeting.objects.get(pk=meeting.pk).delegation_id == other
    changes = Line.objects.filter(entry_id=meeting.pk).latest("pk").details["changes"]
    assert changes["delegation"][1] == str(number)


def test_a_meeting_before_the_arrival_is_refused(client, meeting, typed_meeting, written):
    before = written()
    url = f"/tiep-khach-quoc-te/{meeting.pk}/dinh-chinh/"
    answer = client.post(url, typed_meeting | {"opened_on": "09/6/2024"} | WHY)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["opened_on"]
    assert written() == before


def test_the_form_shows_what_is_stored(client, delegation, meeting):
    form = client.get(f"/tiep-khach-quoc-te/{meeting.pk}/dinh-chinh/").context["form"]
    assert form["delegation"].value() == str(delegation)
    assert form["host"].value() == "vice_chairman"
    assert form["co_units"].value() == "Sở Tài nguyên và Môi trường"


def test_what_was_agreed_is_recorded_and_reopened(client, meeting):
    url = f"/tiep-khach-quoc-te/{meeting.pk}/"
    typed = {"on": "12/6/2024", "outcome": "Ký bản ghi nhớ trong quý III"}
    assert client.post(f"{url}ket-thuc/", typed).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.closed_on, meeting.outcome) == (dt.date(2024, 6, 12), typed["outcome"])
    typed = {"on": "13/6/2024", "reason": "Cam kết chưa đúng"}
    assert client.post(f"{url}mo-lai/", typed).status_code == 302
    meeting.refresh_from_db()
    assert meeting.reopened_on == dt.date(2024, 6, 13)


def test_the_end_of_the_programme_closes_the_delegation(client, delegation):
    url = f"/doan-khach-quoc-te/{delegation.pk}/"
    assert client.post(f"{url}ket-thuc/", {"on": "14/6/2024"}).status_code == 302
    assert "thứ Sáu" in dict(client.get(url).context["facts"])["Ngày kết thúc chương trình"]


def test_the_actions_themselves_refuse(
    delegation, meeting, lanh_dao, giam_doc_so, chuyen_vien, written
):
    before = written()
    for actor in (lanh_dao, giam_doc_so):
        with pytest.raises(Forbidden):
            correct_delegation(delegation.pk, actor=actor, version=1, reason="thử", title="Khác")
        with pytest.raises(Forbidden):
            correct_meeting(meeting.pk, actor=actor, version=1, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_delegation(delegation.pk, actor=chuyen_vien, version=9, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_meeting(meeting.pk, actor=chuyen_vien, version=9, reason="thử", title="Khác")
    assert written() == before
