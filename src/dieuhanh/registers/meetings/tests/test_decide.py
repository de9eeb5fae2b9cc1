"""What a session decides on an item, and the notice of its conclusions (HO-04, HO-05, HO-08)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.registers.meetings.actions import decide_item
from dieuhanh.registers.meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
ADOPTED = "meetings.collective_sessions.items_adopted"
CARRIED = {"votes_for": "18", "votes_against": "1", "votes_abstained": "1"}


def pk_of(answer):
    """The number in the address of a new entry's page."""
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").split("/")[-1])


@pytest.fixture
def url(item):
    return f"/noi-dung-phien-hop/{item.pk}/ket-qua/"


@pytest.fixture
def counted():
    """``counted(day)``: items adopted in the first half of 2024 as known at the end of a day."""

    def count(day):
        window = Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), day, "2024-H1")
        return int(Evaluator(window).answer(ADOPTED).value)

    return count


def test_a_decision_closes_the_item_and_gives_it_its_class(client, item, url, counted):
    before = counted(dt.date(2024, 6, 15))
    typed = {"on": "12/6/2024", "result": "adopted_with_changes", "outcome": "Bổ sung kinh phí"}

    answer = client.post(url, typed | CARRIED)

    assert (answer.status_code, answer.url) == (302, f"/noi-dung-phien-hop/{item.pk}/")
    item.refresh_from_db()
    assert (item.kind, item.closed_on) == ("adopted_with_changes", dt.date(2024, 6, 12))
    assert (item.outcome, item.version) == ("Bổ sung kinh phí", 2)
    kept = AgendaItem.objects.get(pk=item.pk)
    assert (kept.members, kept.votes_for, kept.votes_abstained) == (30, 18, 1)
    line = Line.objects.filter(entry_id=item.pk).latest("pk")
    assert (line.verb, line.details["result"]) == ("entry.closed", "adopted_with_changes")
    assert (line.details["votes_for"], line.details["members"]) == (18, 30)
    assert counted(dt.date(2024, 6, 15)) == before + 1
    assert counted(dt.date(2024, 6, 11)) == before, "not adopted yet on the day before"
    page = client.get(answer.url).content.decode()
    assert "18 tán thành, 1 không tán thành, 1 không biểu quyết trên 30 thành viên" in page


@pytest.mark.parametrize("result", ["returned", "postponed"])
def test_what_is_not_adopted_is_not_counted(client, item, url, counted, result):
    before = counted(dt.date(2024, 6, 15))
    assert client.post(url, {"on": "10/6/2024", "result": result}).status_code == 302
    item.refresh_from_db()
    assert item.kind == result
    assert counted(dt.date(2024, 6, 15)) == before


@pytest.mark.parametrize(
    ("votes", "field"),
    [
        (("15", "3", "2"), "votes_for"),  # half of all, though most of those present
        (("15", "15", "0"), "votes_for"),  # a tie without the Chairman
        (("28", "2", "1"), "votes_for"),  # more votes than members
        (("18", "", "2"), "votes_against"),
        (("", "1", "2"), "votes_for"),
        (("-1", "1", "2"), "votes_for"),
    ],
)
def test_what_the_vote_does_not_carry_is_not_adopted(client, item, url, written, votes, field):
    """HO-05: more than half of all members."""
    before = written()
    names = ("votes_for", "votes_against", "votes_abstained")
    typed = {"on": "10/6/2024", "result": "adopted", **dict(zip(names, votes, strict=True))}
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    item.refresh_from_db()
    assert item.kind == "pending"
    assert written() == before


def test_at_a_tie_the_side_of_the_chairman_prevails(client, item, url):
    """HO-05."""
    typed = {"on": "10/6/2024", "result": "adopted", "chair_in_favour": "on"}
    typed |= {"votes_for": "15", "votes_against": "15", "votes_abstained": "0"}
    assert client.post(url, typed).status_code == 302
    assert AgendaItem.objects.get(pk=item.pk).chair_in_favour


def test_a_vote_that_failed_is_kept_with_its_result(client, item, url):
    typed = {"on": "10/6/2024", "result": "returned"}
    typed |= {"votes_for": "10", "votes_against": "9", "votes_abstained": "1"}
    assert client.post(url, typed).status_code == 302
    assert AgendaItem.objects.get(pk=item.pk).votes_for == 10


def test_a_chaired_meeting_decides_without_a_vote_and_outside_the_count(
    client, session, chaired, typed_item, counted
):
    """HO-10: only items of collective sessions are among those the report counts."""
    before = counted(dt.date(2024, 6, 15))
    held = pk_of(client.post("/cuoc-hop/them/", chaired))
    number = client.get(f"/cuoc-hop/{held}/").context["entry"]
    pk = pk_of(client.post("/noi-dung-phien-hop/them/", typed_item | {"session": str(number)}))
    url = f"/noi-dung-phien-hop/{pk}/ket-qua/"
    refused = client.post(url, {"on": "10/6/2024", "result": "adopted"} | CARRIED)
    assert "Chỉ phiên họp tập thể" in str(refused.context["form"].errors["votes_for"])
    assert client.post(url, {"on": "10/6/2024", "result": "adopted"}).status_code == 302
    assert counted(dt.date(2024, 6, 15)) == before


@pytest.mark.parametrize("on", ["09/6/2024", "18/6/2024", ""])
def test_a_day_before_the_session_or_to_come_is_refused(client, url, written, on):
    before = written()
    answer = client.post(url, {"on": on, "result": "adopted"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]
    assert written() == before


def test_a_result_is_required_and_recorded_once(client, url, written):
    assert client.post(url, {"on": "10/6/2024"}).status_code == 422
    client.post(url, {"on": "10/6/2024", "result": "adopted"})
    before = written()
    answer = client.post(url, {"on": "11/6/2024", "result": "returned"})
    assert answer.status_code == 422
    assert "đã kết thúc ngày 10/6/2024" in answer.content.decode()
    assert written() == before


def test_the_action_itself_refuses(item, lanh_dao, giam_doc_so, chuyen_vien, written):
    day = dt.date(2024, 6, 10)
    before = written()
    for actor in (lanh_dao, giam_doc_so):  # the lead agency reads; it does not judge its own item
        with pytest.raises(Forbidden):
            decide_item(item.pk, actor=actor, on=day, result="adopted")
    with pytest.raises(WrongDate):
        decide_item(item.pk, actor=chuyen_vien, on=day - dt.timedelta(1), result="adopted")
    with pytest.raises(Refusal):
        decide_item(item.pk, actor=chuyen_vien, on=day, result="adopted", votes_for=16)
    assert written() == before
    decide_item(item.pk, actor=chuyen_vien, on=day, result="postponed")
    with pytest.raises(WrongState):
        decide_item(item.pk, actor=chuyen_vien, on=day, result="adopted")


def test_the_api_decides_as_the_page_does(client, item):
    url = f"/api/v1/registers/meetings.items/entries/{item.pk}/close"
    refused = client.post(
        url, {"on": "2024-06-10", "result": "adopted", "votes_for": 3},
        content_type="application/json",
    )  # fmt: skip
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["field"] == "votes_against"
    done = client.post(
        url, {"on": "2024-06-10", "result": "adopted"}, content_type="application/json"
    )
    assert (done.status_code, done.json()["kind"]) == (200, "adopted")


@pytest.mark.parametrize(
    ("on", "state"), [("17/6/2024", "done_in_time"), ("12/6/2024", "done_in_time")]
)
def test_the_notice_of_conclusions_closes_the_session(client, session, on, state):
    """HO-08."""
    typed = {"on": on, "outcome": "Thông báo số 250/TB-VP"}
    assert client.post(f"/cuoc-hop/{session.pk}/ket-thuc/", typed).status_code == 302
    session.refresh_from_db()
    assert session.outcome == "Thông báo số 250/TB-VP"
    owed = with_state(clock.now()).get(entry=session)
    assert owed.product == "Thông báo số 250/TB-VP"
    assert owed.state == state


def test_a_notice_after_five_working_days_is_late(sign_in, chuyen_vien, typed):
    """HO-08: of a session on 03/6 it was due on 10/6."""
    client = sign_in(chuyen_vien)
    typed |= {"opened_on": "03/6/2024", "papers_sent_on": "29/5/2024"}
    pk = pk_of(client.post("/cuoc-hop/them/", typed))
    assert with_state(clock.now()).get(entry_id=pk).state == "open_late"
    client.post(f"/cuoc-hop/{pk}/ket-thuc/", {"on": "11/6/2024"})
    assert with_state(clock.now()).get(entry_id=pk).state == "done_late"
