"""Ghi văn bản chỉ đạo, ghi trả lời báo chí, ghi kết quả; and the two figures."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.registers.press import actions
from dieuhanh.registers.press.models import PressMatter

pytestmark = pytest.mark.django_db
SLUG = "thong-tin-bao-chi"
DIRECTED = {
    "response_symbol": "999/VP-TNMT", "directed_on": "04/6/2024", "due_on": "12/6/2024",
}  # fmt: skip


@pytest.fixture
def matter(enter):
    return enter(SLUG)


@pytest.fixture
def url(matter):
    return f"/{SLUG}/{matter.pk}/"


def answer(id, *, start=dt.date(2024, 6, 4), as_of=dt.date(2024, 6, 15)):
    return Evaluator(Window(start, dt.date(2024, 6, 14), as_of)).answer(id)


def test_the_directing_document_sets_the_deadline(client, matter, url):
    assert client.post(f"{url}chi-dao/", DIRECTED).status_code == 302
    row = PressMatter.objects.get(pk=matter.pk)
    assert (row.response_symbol, row.directed_on) == ("999/VP-TNMT", dt.date(2024, 6, 4))
    owed = matter.obligations.get()
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 12))
    matter.refresh_from_db()
    assert matter.version == 2
    line = Line.objects.filter(entry_id=matter.pk).latest("pk")
    assert line.verb == "press_matter.directed"
    assert line.details == {"on": "2024-06-04", "symbol": "999/VP-TNMT"}
    assert url in client.get(f"/{SLUG}/?q=999").content.decode()


def test_directed_answered_and_settled(client, matter, url):
    client.post(f"{url}chi-dao/", DIRECTED)
    reply = {"reply": "Công văn số 12/STNMT", "replied_on": "10/6/2024"}
    assert client.post(f"{url}tra-loi/", reply).status_code == 302
    matter.refresh_from_db()
    assert matter.closed_on is None
    client.post(f"{url}ket-thuc/", {"on": "11/6/2024", "outcome": "Đã dọn bãi rác"})
    moment = dt.datetime(2024, 6, 15, tzinfo=clock.ZONE)
    assert with_state(moment).get(entry=matter).state == "done_in_time"
    facts = dict(client.get(url).context["facts"])
    assert facts["Trả lời báo chí"] == "Công văn số 12/STNMT"
    assert facts["Ngày trả lời báo chí"] == "10/6/2024"
    assert facts["Kết quả"] == "Đã dọn bãi rác"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"directed_on": "02/6/2024"}, "directed_on"),
        ({"directed_on": "18/6/2024", "due_on": ""}, "directed_on"),
        ({"due_on": "03/6/2024"}, "due_on"),
        ({"response_symbol": ""}, "response_symbol"),
    ],
)
def test_a_wrong_day_is_said_beside_its_field(client, url, written, changes, field):
    before = written()
    refused = client.post(f"{url}chi-dao/", DIRECTED | changes)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert written() == before


@pytest.mark.parametrize("replied_on", ["02/6/2024", "18/6/2024"])
def test_a_reply_on_a_wrong_day_is_refused(client, url, written, replied_on):
    before = written()
    refused = client.post(f"{url}tra-loi/", {"reply": "Công văn", "replied_on": replied_on})
    assert list(refused.context["form"].errors) == ["replied_on"]
    assert written() == before


def test_each_is_recorded_once_and_not_when_closed(client, matter, url, chuyen_vien, written):
    client.post(f"{url}chi-dao/", DIRECTED)
    client.post(f"{url}tra-loi/", {"reply": "Công văn", "replied_on": "05/6/2024"})
    before = written()
    assert "999/VP-TNMT" in client.post(f"{url}chi-dao/", DIRECTED).content.decode()
    again = client.post(f"{url}tra-loi/", {"reply": "Công văn", "replied_on": "06/6/2024"})
    assert "Đã trả lời báo chí ngày 05/6/2024" in again.content.decode()
    assert written() == before
    client.post(f"{url}ket-thuc/", {"on": "11/6/2024"})
    day = dt.date(2024, 6, 12)
    with pytest.raises(WrongState):
        actions.reply_matter(matter.pk, actor=chuyen_vien, reply="Khác", replied_on=day)
    with pytest.raises(WrongState):
        actions.direct_matter(matter.pk, actor=chuyen_vien, response_symbol="1", directed_on=day)


def test_the_actions_themselves_refuse(matter, lanh_dao, chuyen_vien, written):
    before = written()
    day, early = dt.date(2024, 6, 4), dt.date(2024, 6, 2)
    with pytest.raises(Forbidden):
        actions.direct_matter(matter.pk, actor=lanh_dao, response_symbol="1", directed_on=day)
    with pytest.raises(Forbidden):
        actions.reply_matter(matter.pk, actor=lanh_dao, reply="Có", replied_on=day)
    with pytest.raises(WrongDate):
        actions.direct_matter(matter.pk, actor=chuyen_vien, response_symbol="1", directed_on=early)
    assert written() == before


def test_documents_are_counted_by_their_own_day_and_once(client, enter):
    """A document that settles two matters is one; it counts from its own day on."""
    id = "press.response_documents"
    before, early = answer(id).value, answer(id, as_of=dt.date(2024, 6, 5)).value
    first, second, third = enter(SLUG), enter(SLUG, field="transport"), enter(SLUG)
    for entry in (first, second):
        client.post(f"/{SLUG}/{entry.pk}/chi-dao/", DIRECTED | {"directed_on": "06/6/2024"})
    assert answer(id).value == before + 1
    assert answer(id, as_of=dt.date(2024, 6, 5)).value == early
    client.post(f"/{SLUG}/{third.pk}/chi-dao/", DIRECTED | {"response_symbol": "1000/VP-TNMT"})
    assert answer(id).value == before + 2


def test_periodic_conferences_alone_are_counted(enter):
    id = "press.periodic_conferences"
    before = answer(id).value
    enter("hop-bao", opened_on="06/6/2024")
    enter("hop-bao", opened_on="06/6/2024", mode="periodic")
    enter("hop-bao", opened_on="03/6/2024", mode="periodic")
    assert answer(id).value == before + 1
