"""Correcting sessions, items and their results, with a version and a reason."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.meetings.actions import correct_item, correct_session
from dieuhanh.registers.meetings.models import AgendaItem, Session

pytestmark = pytest.mark.django_db
WHY = {"version": "1", "reason": "Ghi nhầm"}


@pytest.fixture
def session_url(session):
    return f"/cuoc-hop/{session.pk}/dinh-chinh/"


@pytest.fixture
def item_url(item):
    return f"/noi-dung-phien-hop/{item.pk}/dinh-chinh/"


@pytest.fixture
def decided(client, item):
    """The item, adopted on 10/6/2024 by 18 of 30."""
    typed = {"on": "10/6/2024", "result": "adopted", "outcome": "Đồng ý"}
    typed |= {"votes_for": "18", "votes_against": "1", "votes_abstained": "1"}
    assert client.post(f"/noi-dung-phien-hop/{item.pk}/ket-qua/", typed).status_code == 302
    item.refresh_from_db()
    return item


@pytest.fixture
def typed_decided(typed_item):
    return typed_item | {
        "version": "2", "reason": "Ghi nhầm kết quả", "result": "adopted",
        "closed_on": "10/6/2024", "outcome": "Đồng ý", "votes_for": "18", "votes_against": "1",
        "votes_abstained": "1",
    }  # fmt: skip


def test_a_corrected_day_moves_the_clock_and_the_day_for_papers(
    client, session_url, session, typed
):
    typed |= {"opened_on": "12/6/2024"} | WHY
    assert client.post(session_url, typed).status_code == 302
    session.refresh_from_db()
    assert session.opened_on == dt.date(2024, 6, 12)
    assert session.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 19))
    assert Session.objects.get(pk=session.pk).papers_due_on == dt.date(2024, 6, 7)
    line = Line.objects.filter(entry_id=session.pk).latest("pk")
    assert (line.verb, line.reason) == ("entry.corrected", "Ghi nhầm")
    assert line.details["changes"] == {
        "opened_on": ["2024-06-10", "2024-06-12"],
        "papers_due_on": ["2024-06-05", "2024-06-07"],
    }


def test_the_type_is_corrected_while_nothing_was_submitted(client, session_url, session, chaired):
    assert client.post(session_url, chaired | WHY).status_code == 302
    session.refresh_from_db()
    assert session.kind == "chaired"
    kept = Session.objects.get(pk=session.pk)
    assert (kept.members_total, kept.papers_due_on) == (None, None)


def test_the_type_of_a_session_with_items_stays(client, item, session_url, chaired, written):
    before = written()
    answer = client.post(session_url, chaired | WHY)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["type"]
    assert written() == before


@pytest.mark.parametrize("day", ["31/5/2024", "11/6/2024"])
def test_a_day_that_no_longer_fits_the_items_is_refused(
    client, decided, session_url, typed, written, day
):
    before = written()
    typed |= {"opened_on": day, "papers_sent_on": ""} | WHY
    answer = client.post(session_url, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["opened_on"]
    assert written() == before


def test_an_item_changes_its_lead_agency(client, item_url, item, typed_item):
    typed_item |= {"unit": "STP", "co_units": "STNMT"} | WHY
    assert client.post(item_url, typed_item).status_code == 302
    item.refresh_from_db()
    assert item.unit.code == "STP"
    assert [unit.code for unit in item.co_units.all()] == ["STNMT"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result": "adopted"}, "result"),
        ({"closed_on": "10/6/2024"}, "closed_on"),
        ({"votes_for": "0"}, "votes_for"),
        ({"opened_on": "11/6/2024"}, "opened_on"),
    ],
)
def test_a_result_is_not_entered_by_correcting(
    client, item_url, item, typed_item, written, changes, field
):
    before = written()
    answer = client.post(item_url, typed_item | WHY | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_recorded_result_is_corrected_with_its_class(client, item_url, decided, typed_decided):
    typed_decided |= {"result": "returned", "votes_for": "8", "closed_on": "11/6/2024"}
    assert client.post(item_url, typed_decided).status_code == 302
    decided.refresh_from_db()
    assert (decided.kind, decided.closed_on) == ("returned", dt.date(2024, 6, 11))
    assert AgendaItem.objects.get(pk=decided.pk).votes_for == 8
    changes = Line.objects.filter(entry_id=decided.pk).latest("pk").details["changes"]
    assert changes["result"] == ["adopted", "returned"]
    assert changes["closed_on"] == ["2024-06-10", "2024-06-11"]


def test_the_form_shows_what_was_decided(client, item_url, decided):
    form = client.get(item_url).context["form"]
    assert form["result"].value() == "adopted"
    assert form["closed_on"].value() == "10/6/2024"
    assert form["votes_for"].value() == 18
    assert form["session"].value() == str(AgendaItem.objects.get(pk=decided.pk).session)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result": ""}, "result"),
        ({"closed_on": ""}, "closed_on"),
        ({"closed_on": "09/6/2024"}, "closed_on"),
        ({"closed_on": "18/6/2024"}, "closed_on"),
        ({"votes_for": "15"}, "votes_for"),
        ({"votes_against": ""}, "votes_against"),
    ],
)
def test_a_corrected_result_keeps_the_rules(
    client, item_url, decided, typed_decided, written, changes, field
):
    """HO-05, and days in order."""
    before = written()
    answer = client.post(item_url, typed_decided | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_result_is_not_undone(client, decided):
    """Who decides anew puts a new item on a new agenda."""
    url = f"/noi-dung-phien-hop/{decided.pk}/"
    assert client.get(f"{url}mo-lai/").status_code == 404
    assert "mo-lai" not in client.get(url).content.decode()


def test_a_meeting_attended_changes_its_class(client, session):
    typed = {"opened_on": "12/6/2024", "organiser": "city_party", "title": "Hội nghị",
             "unit": "STNMT"}  # fmt: skip
    answer = client.post("/cuoc-hop-tham-du/them/", typed)
    typed |= {"organiser": "government", "invitation": "9/GM-VPCP"} | WHY
    assert client.post(f"{answer.url}dinh-chinh/", typed).status_code == 302
    entry = client.get(answer.url).context["entry"]
    assert (entry.kind, entry.version) == ("government", 2)
    assert client.post(f"{answer.url}ket-thuc/", {"on": "13/6/2024"}).status_code == 302
    assert client.post(
        f"{answer.url}mo-lai/", {"on": "14/6/2024", "reason": "Báo cáo chưa đủ"}
    ).status_code == 302  # fmt: skip


def test_the_actions_themselves_refuse(session, item, ke_hoach, giam_doc_so, chuyen_vien, written):
    before = written()
    for actor in (ke_hoach, giam_doc_so):
        with pytest.raises(Forbidden):
            correct_session(session.pk, actor=actor, version=1, reason="thử", title="Khác")
        with pytest.raises(Forbidden):
            correct_item(item.pk, actor=actor, version=1, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_session(session.pk, actor=chuyen_vien, version=3, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_item(item.pk, actor=chuyen_vien, version=3, reason="thử", title="Khác")
    assert written() == before
