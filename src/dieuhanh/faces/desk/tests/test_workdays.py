"""The working calendar: /lich-lam-viec/, recording a notice, the API; ending a unit."""

from __future__ import annotations

import datetime as dt

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from dieuhanh.faces import cli
from dieuhanh.kernel.entries.errors import Forbidden
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Succession, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.kernel.tracking.reference.actions import announce_day, recalculate_for_notice
from dieuhanh.kernel.workdays.models import CalendarNotice
from dieuhanh.kernel.workdays.queries import latest_version

ANNOUNCE = "/lich-lam-viec/thong-bao/"
DAY_OFF = {
    "day": "21/6/2024", "announced": "off", "reason": "nghỉ phòng chống bão",
    "source": "Công điện 5/CĐ-UBND", "confirmed": "on",
}  # fmt: skip


@pytest.fixture
def owed(db, unit) -> Obligation:
    """Due on Monday 24/6, five working days from today."""
    entry = Entry.objects.filter(unit=unit, confidentiality="ordinary").earliest("pk")
    return Obligation.objects.create(
        entry=entry, unit=unit, duty="Thông báo thụ lý", started_at=clock.now(),
        limit=limit_in_force("denounce.notice", clock.today()),
        due_at=clock.end_of(dt.date(2024, 6, 24)), first_due_at=clock.end_of(dt.date(2024, 6, 24)),
        calendar_version=latest_version(),
    )  # fmt: skip


def days(response) -> dict[str, list[str]]:
    """Each day of the first table → what its row says."""
    return {
        row["cells"][0]["text"]: [f"{c.get('text')} {c.get('sub', '')}" for c in row["cells"]]
        for row in response.context["day_rows"]
    }


def test_the_year_shows_days_off_and_made_up_with_their_source(sign_in, ke_hoach) -> None:
    response = sign_in(ke_hoach).get("/lich-lam-viec/?nam=2024")
    shown = days(response)
    assert "nghỉ hoán đổi" in " ".join(shown["Thứ Hai, 29/4/2024"]).lower()
    made_up = " ".join(shown["Thứ Bảy, 04/5/2024"])
    assert "làm bù" in made_up and "chưa đối chiếu" in made_up
    assert len(response.context["months"]) == 12
    assert not response.context["actions"]


def test_below_the_notices_lies_the_national_calendar(sign_in, ke_hoach) -> None:
    response = sign_in(ke_hoach).get("/lich-lam-viec/?nam=2023")
    assert "Lịch nghỉ lễ quốc gia" in " ".join(days(response)["Thứ Bảy, 02/9/2023"])
    assert "chưa có thông báo nào" in response.text


@pytest.mark.parametrize("asked", ["x", "1800", "²²²²", "99999", ""])
def test_a_mistyped_year_shows_this_one(sign_in, ke_hoach, asked: str) -> None:
    response = sign_in(ke_hoach).get(f"/lich-lam-viec/?nam={asked}")
    assert response.status_code == 200 and response.context["year"] == 2024


@pytest.mark.parametrize("year", [1945, 2099])
def test_the_first_and_the_last_year_have_a_page(sign_in, ke_hoach, year: int) -> None:
    assert sign_in(ke_hoach).get(f"/lich-lam-viec/?nam={year}").context["year"] == year


def test_a_late_notice_moves_open_work_and_the_page_says_how_much(sign_in, quan_tri, owed) -> None:
    client = sign_in(quan_tri)
    response = client.post(ANNOUNCE, DAY_OFF, follow=True)
    assert "đang được tính lại" in response.text
    notice = CalendarNotice.objects.latest("pk")
    job = ProcrastinateJob.objects.latest("pk")
    assert job.args == {"notice_id": notice.pk}
    shown = days(response)["Thứ Sáu, 21/6/2024"]
    assert "Nghỉ phòng chống bão" in shown[2] and quan_tri.full_name in shown[3]
    assert response.context["notice_rows"][0]["cells"][-1]["text"] == "đang tính lại"
    line = Line.objects.get(verb="calendar.announced")
    assert (line.actor_id, line.reason) == (quan_tri.pk, "nghỉ phòng chống bão")

    moved = recalculate_for_notice(notice.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk])
    owed.refresh_from_db()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 25))
    cell = client.get("/lich-lam-viec/").context["notice_rows"][0]["cells"][-1]
    said = f"{moved:,}".replace(",", ".")
    assert moved and cell["text"] == f"{said} việc đổi hạn", (
        "The page finds moved deadlines by the reason that recalculate_for_notice writes: keep "
        "queries.moved_by in step with it."
    )


def test_a_withdrawn_notice_stays_readable(sign_in, quan_tri) -> None:
    client = sign_in(quan_tri)
    client.post(ANNOUNCE, DAY_OFF)
    client.post(ANNOUNCE, DAY_OFF | {"announced": "withdrawn", "reason": "bão tan"})
    response = client.get("/lich-lam-viec/")
    assert "Thứ Sáu, 21/6/2024" not in days(response)
    told = [row["cells"][0]["sub"] for row in response.context["notice_rows"]]
    assert told == ["ngày này nay theo lịch quốc gia", "đã có thông báo sau"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"day": "31/2/2024"}, "day"), ({"day": "01/01/2200"}, "day"), ({"reason": " "}, "reason"),
     ({"source": ""}, "source"), ({"announced": "x"}, "announced")],
)  # fmt: skip
def test_bad_input_is_refused_and_nothing_typed_is_lost(sign_in, quan_tri, sent, field) -> None:
    before = CalendarNotice.objects.count()
    response = sign_in(quan_tri).post(ANNOUNCE, DAY_OFF | sent)
    assert response.status_code == 422 and field in response.context["form"].errors
    kept = {"reason": DAY_OFF["source"], "source": DAY_OFF["reason"]}.get(field, "bão")
    assert kept in response.text
    assert CalendarNotice.objects.count() == before


@pytest.mark.parametrize("who", ["van_thu", "giam_doc_so", "lanh_dao", "ke_hoach", "thanh_tra"])
def test_others_announce_nothing(sign_in, request, who: str) -> None:
    person = request.getfixturevalue(who)
    client, before = sign_in(person), CalendarNotice.objects.count()
    assert client.get(ANNOUNCE).status_code == 404
    assert client.post(ANNOUNCE, DAY_OFF).status_code == 404
    with pytest.raises(Forbidden):
        announce_day(actor=person, day=dt.date(2024, 6, 21), announced="off", reason="x",
                     source="x", confirmed=True)  # fmt: skip
    assert CalendarNotice.objects.count() == before


def test_the_page_costs_the_same_for_many_notices(sign_in, quan_tri) -> None:
    client = sign_in(quan_tri)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/lich-lam-viec/")
        return len(captured)

    client.post(ANNOUNCE, DAY_OFF)
    client.get("/lich-lam-viec/")
    few = cost()
    for n in range(1, 29):
        announce_day(actor=quan_tri, day=dt.date(2024, 11, n), announced="off", reason="thử",
                     source="thử", confirmed=False)  # fmt: skip
    client.get("/lich-lam-viec/")
    assert cost() <= few <= 10


def test_the_api_gives_the_year(sign_in, ke_hoach) -> None:
    client = sign_in(ke_hoach)
    got = client.get("/api/v1/calendar/2024").json()
    kinds = {one["day"]: one["kind"] for one in got["days"]}
    assert kinds["2024-05-04"] == "make_up" and kinds["2024-04-29"] == "off"
    assert got["working_days"] == 251
    assert {one["confirmed"] for one in client.get("/api/v1/calendar/2023").json()["days"]} == {
        None
    }
    for year in (1944, 2100):
        assert client.get(f"/api/v1/calendar/{year}").status_code == 404


# Ending a unit ----------------------------------------------------------------------------------


@pytest.fixture
def dissolve(db, monkeypatch):
    monkeypatch.setattr(cli, "_set_up", lambda: None)

    def run(code: str, *successors: str, on: str = "2024-06-30", reason: str = "Nghị quyết 1"):
        named = [part for one in successors for part in ("--successor", one)]
        arguments = ["unit", "dissolve", code, "--on", on, *named, "--reason", reason]
        return CliRunner().invoke(cli.main, arguments)

    return run


def test_ending_a_unit_hands_its_open_work_on(dissolve, owed, unit) -> None:
    result = dissolve("STNMT", "KHDT", "VPUB")
    assert result.exit_code == 0, result.output
    unit.refresh_from_db()
    owed.refresh_from_db()
    assert unit.valid_to == dt.date(2024, 6, 30)
    assert owed.unit.code == "KHDT" and owed.due_at == clock.end_of(dt.date(2024, 6, 24))
    assert f"việc chuyển sang {owed.unit.name}" in result.output
    assert Succession.objects.filter(predecessor=unit).count() == 2
    line = Line.objects.get(verb="unit.dissolved")
    assert (line.actor_id, line.reason) == (None, "Nghị quyết 1")


@pytest.mark.parametrize(
    ("arguments", "other", "told"),
    [(("KHONGCO", "KHDT"), {}, "Không có đơn vị mã KHONGCO"),
     (("STNMT", "KHONGCO"), {}, "Không có đơn vị mã KHONGCO"),
     (("STNMT", "STNMT"), {}, "khác đơn vị này"),
     (("STNMT",), {}, "--successor"),
     (("STNMT", "KHDT"), {"on": "30/6/2024"}, "không phải ngày"),
     (("STNMT", "KHDT"), {"on": "1900-01-01"}, "trước ngày đơn vị được thành lập"),
     (("STNMT", "KHDT"), {"reason": " "}, "Xin ghi lý do")],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(dissolve, arguments, other, told) -> None:
    result = dissolve(*arguments, **other)
    assert result.exit_code != 0 and told in result.output, result.output
    assert Unit.objects.filter(code="STNMT", valid_to=None).exists()


def test_a_unit_ends_once(dissolve) -> None:
    assert dissolve("STNMT", "KHDT").exit_code == 0
    assert "đã kết thúc hoạt động ngày 30/6/2024" in dissolve("STNMT", "KHDT").output
