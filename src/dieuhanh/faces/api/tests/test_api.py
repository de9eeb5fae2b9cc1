"""The JSON API: the same forms, actions and rights as the pages."""

import datetime as dt
import json

import pytest
from django.db import OperationalError
from django.db.models import Max, Sum
from django.test import Client

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
FEEDBACK = f"{ROOT}/registers/feedback/entries"


@pytest.fixture
def typed():
    return {
        "opened_on": "2024-06-10", "about": "conduct", "channel": "phone",
        "title": "Phản ánh qua API", "unit": "STNMT",
    }  # fmt: skip


@pytest.fixture
def post(sign_in):
    """``post(person, address, values)`` sends JSON."""

    def send(person, address, values):
        return sign_in(person).post(address, json.dumps(values), content_type="application/json")

    return send


@pytest.fixture
def written(db):
    def marks():
        return (
            Entry.objects.aggregate(Max("pk")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks


@pytest.mark.parametrize(
    "address",
    ["/registers", "/registers/feedback/entries", "/registers/feedback/entries/1", "/measures",
     "/measures/feedback.regulations.received", "/reports/direction/2024-H1"],
)  # fmt: skip
def test_a_stranger_gets_401(client, address):
    answer = client.get(f"{ROOT}{address}")
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/json")


def test_a_stranger_writes_nothing(client, typed, written):
    before = written()
    answer = client.post(FEEDBACK, json.dumps(typed), content_type="application/json")
    assert answer.status_code == 401
    answer = client.post(f"{FEEDBACK}/1/close", "{}", content_type="application/json")
    assert answer.status_code == 401
    assert written() == before


def test_a_session_needs_its_token(chuyen_vien, typed, written):
    client = Client(enforce_csrf_checks=True)
    client.force_login(chuyen_vien)
    before = written()
    values = json.dumps(typed)
    assert client.post(FEEDBACK, values, content_type="application/json").status_code == 403
    assert written() == before
    token = "a" * 32
    client.cookies["csrftoken"] = token
    answer = client.post(
        FEEDBACK, values, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 201


def test_the_registers_of_the_caller(sign_in, chuyen_vien, quan_tri):
    found = sign_in(chuyen_vien).get(f"{ROOT}/registers").json()
    mine = {one["code"]: one for one in found}
    readable = {one.code for one in registry.all_registers() if policies.may_read(chuyen_vien, one)}
    assert set(mine) == readable
    assert {"documents.incoming", "feedback", "meetings.sessions"} <= readable
    assert not {"complaints.letters", "complaints.cases"} & readable
    assert mine["feedback"]["kinds"] == {
        "regulation": "Quy định hành chính",
        "conduct": "Hành vi hành chính",
    }
    assert sign_in(quan_tri).get(f"{ROOT}/registers").json() == []


@pytest.mark.parametrize("size", [1, 37, 200])
def test_following_the_cursor_reads_each_entry_once(sign_in, chuyen_vien, size):
    client, found = sign_in(chuyen_vien), []
    start = "2024-06-01" if size == 1 else "2024-04-01"
    query = {"opened_from": start, "kind": "conduct", "size": size}
    after = ""
    while after is not None:
        answer = client.get(FEEDBACK, query | {"after": after}).json()
        assert len(answer["entries"]) <= size
        found += [one["id"] for one in answer["entries"]]
        after = answer["next"]
    expected = Entry.objects.filter(register="feedback", kind="conduct", opened_on__gte=start)
    assert found == list(expected.order_by("-opened_on", "-pk").values_list("pk", flat=True))
    assert len(found) > 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"after": "x"}, 200), ({"after": f"2024-06-15.{'9' * 30}"}, 200), ({"size": 10**6}, 200),
        ({"size": -1}, 200), ({"q": "\x00'"}, 200), ({"kind": "x"}, 200), ({"size": "x"}, 422),
        ({"opened_from": "hôm nay"}, 422), ({"opened_to": "2024-02-31"}, 422),
    ],
)  # fmt: skip
def test_odd_queries_are_answered(sign_in, chuyen_vien, query, status):
    answer = sign_in(chuyen_vien).get(FEEDBACK, query)
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["entries"]) <= 200


def test_a_page_costs_few_queries(sign_in, chuyen_vien, django_assert_max_num_queries):
    client = sign_in(chuyen_vien)
    with django_assert_max_num_queries(7):
        client.get(f"{FEEDBACK}?size=200")


def test_an_entry_is_entered_read_corrected_closed_and_reopened(post, chuyen_vien, typed, client):
    made = post(chuyen_vien, FEEDBACK, typed)
    assert made.status_code == 201
    one = made.json()
    assert (one["title"], one["unit"], one["version"]) == (
        "Phản ánh qua API", "Sở Tài nguyên và Môi trường", 1,
    )  # fmt: skip
    assert one["obligations"][0]["state"] == "open_in_time"
    assert one["obligations"][0]["limit"] == "feedback.answer"
    url = f"{FEEDBACK}/{one['id']}"
    assert client.get(url).json() == one

    changes = typed | {"title": "Sửa qua API", "version": 1, "reason": "Nhầm"}
    corrected = post(chuyen_vien, f"{url}/correct", changes).json()
    assert (corrected["title"], corrected["version"]) == ("Sửa qua API", 2)
    closed = post(chuyen_vien, f"{url}/close", {"on": "2024-06-12", "outcome": "Xong"}).json()
    assert (closed["closed_on"], closed["obligations"][0]["state"]) == (
        "2024-06-12", "done_in_time",
    )  # fmt: skip
    opened = post(chuyen_vien, f"{url}/reopen", {"on": "2024-06-14", "reason": "Thiếu"}).json()
    assert opened["obligations"][0]["state"] == "open_in_time"
    verbs = Line.objects.filter(entry_id=one["id"]).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "feedback.received", "entry.corrected", "entry.closed", "entry.reopened",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opened_on": "2024-06-18"}, "opened_on"), ({"about": "x"}, "about"),
        ({"title": ""}, "title"), ({"title": None}, "title"), ({"unit": ["x"]}, "unit"),
        ({"opened_on": {"a": 1}}, "opened_on"), ({"opened_on": 20240610}, "opened_on"),
    ],
)  # fmt: skip
def test_faults_are_told_by_field(post, chuyen_vien, typed, written, changes, field):
    before = written()
    answer = post(chuyen_vien, FEEDBACK, typed | changes)
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert fault["field"] == field
    assert fault["message"]
    assert written() == before


@pytest.mark.parametrize("body", ["", "[]", "x", '"x"', "null"])
def test_what_is_no_object_is_refused(sign_in, chuyen_vien, written, body):
    before = written()
    answer = sign_in(chuyen_vien).post(FEEDBACK, body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert written() == before


def test_a_stale_version_is_a_fault(post, chuyen_vien, typed, written):
    one = post(chuyen_vien, FEEDBACK, typed).json()
    url = f"{FEEDBACK}/{one['id']}"
    changes = typed | {"version": 1, "reason": "Nhầm"}
    assert post(chuyen_vien, f"{url}/correct", changes | {"title": "Một"}).status_code == 200
    before = written()
    answer = post(chuyen_vien, f"{url}/correct", changes | {"title": "Hai"})
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.json()["faults"][0]["message"]
    twice = post(chuyen_vien, f"{url}/reopen", {"on": "2024-06-12", "reason": "thử"})
    assert twice.status_code == 422
    assert written() == before
    assert Entry.objects.get(pk=one["id"]).title == "Một"


def test_whoever_only_reads_writes_nothing(
    post, chuyen_vien, lanh_dao, giam_doc_so, typed, written
):
    other = post(chuyen_vien, FEEDBACK, typed | {"unit": "STP"}).json()
    before = written()
    url = f"{FEEDBACK}/{other['id']}"
    assert post(lanh_dao, FEEDBACK, typed).status_code == 404
    assert post(lanh_dao, f"{url}/close", {"on": "2024-06-12"}).status_code == 404
    assert post(giam_doc_so, FEEDBACK, typed | {"unit": "STP"}).status_code == 404
    assert post(giam_doc_so, f"{url}/close", {"on": "2024-06-12"}).status_code == 404
    assert post(chuyen_vien, f"{url}/delete", {}).status_code == 404
    assert written() == before


def test_a_head_reads_the_own_unit_alone(sign_in, giam_doc_so, unit):
    found = sign_in(giam_doc_so).get(f"{FEEDBACK}?size=200").json()["entries"]
    assert {one["unit"] for one in found} == {unit.name}
    other = Entry.objects.filter(register="feedback").exclude(unit=unit).first()
    assert sign_in(giam_doc_so).get(f"{FEEDBACK}/{other.pk}").status_code == 404


@pytest.mark.parametrize("code", ["complaints.letters", "khong.co"])
def test_a_register_that_is_closed_looks_like_none(sign_in, chuyen_vien, code):
    client = sign_in(chuyen_vien)
    assert client.get(f"{ROOT}/registers/{code}/entries").status_code == 404
    assert client.get(f"{ROOT}/registers/{code}/entries/1").status_code == 404


def test_measures_answer_for_a_window(sign_in, ke_hoach):
    client = sign_in(ke_hoach)
    listed = client.get(f"{ROOT}/measures").json()
    assert {"id", "label", "unit"} == set(listed[0])
    days = "tu=2024-01-01&den=2024-06-15&ky=2024-H1"
    one = client.get(f"{ROOT}/measures/complaints.cases.growth?{days}").json()
    assert (one["value"], one["origin"], one["entries"]) == (1.27, "computed", 2463)
    assert client.get(f"{ROOT}/measures/khong.co").status_code == 404
    backwards = client.get(f"{ROOT}/measures/complaints.letters.total?tu=2024-06-15&den=2024-01-01")
    assert backwards.status_code == 200


def test_a_report_that_does_not_exist(sign_in, ke_hoach):
    client = sign_in(ke_hoach)
    assert client.get(f"{ROOT}/reports/khong-co/2024-H1").status_code == 404
    assert client.get(f"{ROOT}/reports/direction/2024-X9").status_code == 404


def test_an_outage_is_one_sentence(sign_in, ke_hoach, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection")

    client = sign_in(ke_hoach)
    monkeypatch.setattr("dieuhanh.faces.api.root.page", gone)
    answer = client.get(FEEDBACK)
    assert answer.status_code == 503
    assert answer.json()["faults"][0]["message"] == "Kho dữ liệu tạm thời không trả lời."


def test_dates_are_iso(sign_in, chuyen_vien):
    one = sign_in(chuyen_vien).get(f"{FEEDBACK}?size=1").json()["entries"][0]
    assert dt.date.fromisoformat(one["opened_on"]).year == 2024
    assert dt.datetime.fromisoformat(one["obligations"][0]["due_at"]).tzinfo is not None
