"""Ghi công khai: three places as dated facts; public everywhere is done (TH-02)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.procedures.actions import publish_decision
from dieuhanh.registers.procedures.models import ProcedureDecision

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 6, 5)


@pytest.fixture
def decision(enter):
    return enter("quyet-dinh-cong-bo")


@pytest.fixture
def url(decision):
    return f"/quyet-dinh-cong-bo/{decision.pk}/"


def test_public_at_one_place_it_stays_open(client, decision, url):
    answer = client.post(f"{url}cong-khai/", {"city_portal_on": "05/6/2024"})
    assert (answer.status_code, answer.url) == (302, url)
    decision.refresh_from_db()
    row = ProcedureDecision.objects.get(pk=decision.pk)
    assert (row.city_portal_on, row.national_portal_on, row.posted_on) == (DAY, None, None)
    assert (decision.closed_on, decision.version) == (None, 2)
    line = Line.objects.filter(entry_id=decision.pk).latest("pk")
    assert line.verb == "procedure_decision.published"
    assert line.details == {"city_portal_on": "2024-06-05"}


def test_public_everywhere_it_is_closed_on_the_last_day(client, decision, url):
    client.post(f"{url}cong-khai/", {"city_portal_on": "05/6/2024"})
    places = {"national_portal_on": "10/6/2024", "posted_on": "07/6/2024"}
    assert client.post(f"{url}cong-khai/", places).status_code == 302
    decision.refresh_from_db()
    assert decision.closed_on == dt.date(2024, 6, 10)
    assert decision.obligations.get().done_at is not None
    verbs = Line.objects.filter(entry_id=decision.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "procedure_decision.registered", "procedure_decision.published",
        "procedure_decision.published", "entry.closed",
    ]  # fmt: skip
    page = client.get(url)
    assert dict(page.context["facts"])["Niêm yết"] == "07/6/2024"
    assert "Ghi công khai" not in [one["label"] for one in page.context["actions"]]


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ({}, "ít nhất một nơi"),
        ({"posted_on": "02/6/2024"}, "không trước ngày ban hành"),
        ({"posted_on": "18/6/2024"}, "chưa đến"),
    ],
)
def test_no_place_or_a_wrong_day_is_refused(client, url, written, places, words):
    before = written()
    answer = client.post(f"{url}cong-khai/", places)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert written() == before


def test_a_day_is_recorded_once(client, url, written):
    client.post(f"{url}cong-khai/", {"posted_on": "05/6/2024"})
    before = written()
    answer = client.post(f"{url}cong-khai/", {"posted_on": "06/6/2024"})
    assert answer.status_code == 422
    assert "đã ghi công khai ngày 05/6/2024" in answer.content.decode()
    assert written() == before


def test_the_action_itself_refuses(enter, decision, chuyen_vien, lanh_dao, written):
    process = enter("quyet-dinh-cong-bo", type="internal_process")
    before = written()
    with pytest.raises(Forbidden):
        publish_decision(decision.pk, actor=lanh_dao, posted_on=DAY)
    with pytest.raises(WrongState):
        publish_decision(process.pk, actor=chuyen_vien, posted_on=DAY)
    with pytest.raises(WrongDate):
        publish_decision(decision.pk, actor=chuyen_vien, posted_on=dt.date(2024, 6, 2))
    with pytest.raises(Refusal):
        publish_decision(decision.pk, actor=chuyen_vien)
    assert written() == before


def test_closed_it_is_not_published_and_reopened_it_is(client, decision, url, chuyen_vien):
    client.post(f"{url}ket-thuc/", {"on": "06/6/2024", "outcome": "Không phải niêm yết"})
    with pytest.raises(WrongState):
        publish_decision(decision.pk, actor=chuyen_vien, posted_on=DAY)
    client.post(f"{url}mo-lai/", {"on": "12/6/2024", "reason": "Phải niêm yết"})
    publish_decision(
        decision.pk, actor=chuyen_vien, posted_on=DAY, city_portal_on=DAY, national_portal_on=DAY
    )
    decision.refresh_from_db()
    assert (decision.closed_on, decision.reopened_on) == (dt.date(2024, 6, 12), None)
