"""The report writes itself: one more feedback, entered through the page, moves two figures."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.reports.compose.compose import compose

AS_OF = dt.date(2024, 6, 15)


def values() -> dict[str, object]:
    found = {}
    for report in ("socioeconomic", "direction"):
        for figure in compose(report, "2024-H1", AS_OF).as_json()["figures"]:
            found[report, figure["id"]] = figure["value"]
    return found


@pytest.fixture
def office(db) -> Unit:
    return Unit.objects.get(code="VPUB")


def test_a_feedback_answered_late_makes_806_to_807_and_late_0_to_1(sign_in, chuyen_vien, office):
    before = values()
    client = sign_in(chuyen_vien)
    entered = client.post(
        "/phan-anh-kien-nghi/them/",
        {
            "opened_on": "03/6/2024",
            "about": "regulation",
            "channel": "portal",
            "title": "Phản ánh thời gian trả kết quả",
            "unit": office.name,
        },
    )
    assert entered.status_code == 302, entered.content.decode()[-2000:]
    pk = Entry.objects.filter(register="feedback").latest("pk").pk
    answered = client.post(
        f"/phan-anh-kien-nghi/{pk}/ket-thuc/", {"on": "14/6/2024", "outcome": "Đã trả lời"}
    )
    assert answered.status_code == 302

    moved = {key: value for key, value in values().items() if value != before[key]}

    received, late = "feedback.regulations.received", "feedback.regulations.overdue"
    assert moved == {("direction", received): 807, ("direction", late): 1}
    assert before["direction", received] == 806
    assert before["direction", late] == 0


def test_answered_in_time_moves_the_other_figure(sign_in, chuyen_vien, office):
    before = values()
    client = sign_in(chuyen_vien)
    client.post(
        "/phan-anh-kien-nghi/them/",
        {"opened_on": "03/6/2024", "about": "conduct", "channel": "phone",
         "title": "Thái độ phục vụ", "unit": office.name},
    )  # fmt: skip
    pk = Entry.objects.filter(register="feedback").latest("pk").pk
    client.post(f"/phan-anh-kien-nghi/{pk}/ket-thuc/", {"on": "05/6/2024", "outcome": ""})

    moved = {key[1]: value for key, value in values().items() if value != before[key]}

    assert moved == {"feedback.regulations.received": 807, "feedback.regulations.on_time": 807}


def test_entered_after_the_cut_off_moves_nothing(sign_in, chuyen_vien, office):
    before = values()
    sign_in(chuyen_vien).post(
        "/phan-anh-kien-nghi/them/",
        {"opened_on": "17/6/2024", "about": "conduct", "channel": "phone",
         "title": "Thái độ phục vụ", "unit": office.name},
    )  # fmt: skip
    assert values() == before
