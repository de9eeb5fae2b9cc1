"""The calendar of the Committee: what stands in a week, for whom, and what is marked."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dieuhanh.faces.desk.boards.events import LANE_OF, Event, events, marked
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.registers.meetings.models import Session
from dieuhanh.reports.review.models import Campaign

WEEK = "/bang/lich/?tu=06/6/2024"
FIRST, LAST = date(2024, 6, 3), date(2024, 6, 9)


@pytest.fixture
def leader(lanh_dao) -> Client:
    client = Client()
    client.force_login(lanh_dao)
    return client


def _text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, f"{url} answers {response.status_code}"
    return response.content.decode()


def test_a_week_shows_every_dated_entry_of_its_days(lanh_dao) -> None:
    found = events(lanh_dao, FIRST, LAST)
    for code in set(LANE_OF) - {"complaints.visits", "reports.campaigns"}:
        kept = Entry.objects.filter(register=code, opened_on__range=(FIRST, LAST))
        shown = {one.pk for one in found if one.register == code}
        assert shown == set(kept.values_list("pk", flat=True)), f"{code}: the week leaves some out."
    visits = Entry.objects.filter(register="complaints.visits", opened_on__range=(FIRST, LAST))
    told = sum(one.amount for one in found if one.register == "complaints.visits")
    assert told == visits.count(), "Reception must be counted whole."


def test_an_event_opens_its_entry_and_a_day_of_reception_its_list(leader) -> None:
    page = _text(leader, WEEK)
    session = Session.objects.filter(entry__opened_on=date(2024, 6, 6)).earliest("pk")
    slug = registry.get("meetings.sessions").slug
    assert f'href="/{slug}/{session.pk}/"' in page, "Each event must link to its entry."
    assert "/tiep-cong-dan/?loai=regular&amp;tu=06%2F6%2F2024&amp;den=06%2F6%2F2024" in page


def test_the_deadline_of_a_campaign_stands_on_its_day(leader) -> None:
    campaign = Campaign.objects.earliest("pk")
    page = _text(leader, f"/bang/lich/?tu={campaign.due_on:%d/%m/%Y}")
    assert f'href="/dot-bao-cao/{campaign.pk}/"' in page, "A campaign stands on the day it is due."


def test_holidays_and_days_made_up_say_why(leader) -> None:
    assert "nghỉ Ngày Chiến thắng 30/4" in _text(leader, "/bang/lich/?tu=30/4/2024")
    assert "làm bù cho thứ Hai 29/4/2024" in _text(leader, "/bang/lich/?tu=04/5/2024")


def test_the_week_without_anything_leads_to_the_last_day_that_has_something(leader) -> None:
    page = _text(leader, "/bang/lich/")
    assert "Tuần 17/6 – 23/6/2024" in page, (
        "The week of today is shown unless another is asked for."
    )
    assert "tu=14%2F6%2F2024" in page, "An empty week must say where the last events are."


def test_a_past_day_shows_only_what_had_happened(lanh_dao, leader) -> None:
    page = leader.get("/bang/lich/?tinh-den=05/6/2024").context
    assert page["words"] == "Tuần 03/6 – 09/6/2024", "As of a past day means its week."
    later = [one for one in events(lanh_dao, FIRST, LAST, known_by=date(2024, 6, 5))
             if one.day > date(2024, 6, 5) and one.lane != "deadlines"]  # fmt: skip
    assert not later, f"Not known on 5/6: {later}"


def test_a_secret_session_is_a_stub_and_a_restricted_one_is_not_there(leader, chuyen_vien) -> None:
    secret, restricted = Entry.objects.filter(
        register="meetings.sessions", opened_on=date(2024, 6, 6)
    ).order_by("pk")[:2]
    hidden = restricted.title
    Entry.objects.filter(pk=secret.pk).update(
        confidentiality=Confidentiality.SECRET, title="", outcome=""
    )
    Entry.objects.filter(pk=restricted.pk).update(confidentiality=Confidentiality.RESTRICTED)
    client = Client()
    client.force_login(chuyen_vien)
    page = _text(client, WEEK)
    assert "Bí mật nhà nước, không có nội dung" in page
    assert hidden not in page, "A restricted session is for the units that take part."
    assert f"/{restricted.pk}/" not in page


def test_lanes_that_a_person_may_not_read_are_named_not_shown(van_thu) -> None:
    client = Client()
    client.force_login(van_thu)
    page = _text(client, WEEK)
    assert "Không thuộc quyền xem: " in page and "Tiếp công dân" in page
    assert "Tiếp công dân thường xuyên" not in page, "A clerk has no right to reception."


def test_no_way_into_a_week_for_a_stranger(client: Client, db) -> None:
    for path in ("", "xuat.xlsx", "lich.ics"):
        assert client.get(f"/bang/lich/{path}").status_code == 302


def test_a_leader_awaited_at_two_places_is_marked_and_two_meetings_in_one_house_are_not() -> None:
    def at(pk: int, place: str, room: str = "") -> Event:
        return Event(date(2024, 6, 5), "meetings", "meetings.sessions", pk, "Họp", "",
                     who="chairman", place=place, room=room)  # fmt: skip

    house, away = marked([at(1, "tru so"), at(2, "government")])
    assert "Chủ tịch còn 1 cuộc ở nơi khác" in house.clash and away.clash
    assert not any(one.clash for one in marked([at(1, "tru so"), at(2, "tru so")]))
    assert (
        "phòng này còn 1 cuộc khác" in marked([at(1, "", "phong 1"), at(2, "", "phong 1")])[0].clash
    )
    assert not any(one.clash for one in marked([at(1, ""), at(2, "tru so")])), "Online is nowhere."


def test_a_month_counts_what_its_weeks_show(leader) -> None:
    days = leader.get(f"{WEEK}&xem=thang").context["days"]
    assert len(days) % 7 == 0 and days[0]["day"].weekday() == 0
    sixth = next(day for day in days if day["day"] == date(2024, 6, 6))
    counts = {cell["lane"].key: cell["count"] for cell in sixth["cells"]}
    held = Entry.objects.filter(register="meetings.sessions", opened_on=date(2024, 6, 6)).count()
    assert counts["meetings"] == held


def test_the_sheet_has_one_line_for_each_event(leader, lanh_dao) -> None:
    response = leader.get("/bang/lich/xuat.xlsx?tu=06/6/2024")
    book = load_workbook(BytesIO(b"".join(response)))
    rows = [
        row for row in book.active.iter_rows(values_only=True) if row[0] and hasattr(row[0], "year")
    ]
    assert len(rows) == len(events(lanh_dao, FIRST, LAST)), "The sheet must say what the page says."


def test_the_calendar_file_names_no_entry_that_is_not_open_to_everybody(leader, lanh_dao) -> None:
    one = Entry.objects.filter(register="meetings.sessions", opened_on=date(2024, 6, 6)).earliest(
        "pk"
    )
    plain = leader.get("/bang/lich/lich.ics?tu=06/6/2024").content.decode()
    assert plain.count("BEGIN:VEVENT") == len(events(lanh_dao, FIRST, LAST))
    assert all(len(line.encode()) <= 75 for line in plain.split("\r\n")), (
        "RFC 5545: fold long lines."
    )
    assert f"{one.title}" in plain.replace("\r\n ", "")
    Entry.objects.filter(pk=one.pk).update(confidentiality=Confidentiality.RESTRICTED, unit=1)
    closed = leader.get("/bang/lich/lich.ics?tu=06/6/2024").content.decode().replace("\r\n ", "")
    assert (
        one.title not in closed.split(f"UID:meetings.sessions-{one.pk}@")[-1].split("END:VEVENT")[0]
    )


@pytest.mark.parametrize("query", ["", "?tu=06/6/2024", "?tu=06/6/2024&xem=thang",
                                   "?tinh-den=05/6/2024"])  # fmt: skip
def test_a_calendar_costs_at_most_twelve_queries(leader, query: str) -> None:
    leader.get(f"/bang/lich/{query}")
    with CaptureQueriesContext(connection) as captured:
        leader.get(f"/bang/lich/{query}")
    assert len(captured) <= 12, [one["sql"][:90] for one in captured]


@pytest.mark.parametrize(
    "query",
    ["?tu=x", "?tu=31/12/9999", "?tu=01/01/0001", "?xem=nam", "?tinh-den=%00", "?tu=01/01/1945"],
)
def test_a_mistyped_address_shows_a_calendar(leader, query: str) -> None:
    _text(leader, f"/bang/lich/{query}")
    _text(leader, f"/bang/lich/{query}&xem=thang")
