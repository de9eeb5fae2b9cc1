"""Time limits: /thoi-han/, /thoi-han/<key>/, confirming and changing one, the API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.entries.errors import Forbidden
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.actions import give_mandate
from dieuhanh.kernel.identity.queries import held_by
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation, TimeLimit
from dieuhanh.kernel.tracking.reference.actions import (
    change_limit,
    confirm_limit,
    recalculate_for_limit,
)

#: Section 16 of the rule book. A row that names two limits stands here as two.
KEYS = {
    "doc.in.forward", "doc.in.forward.urgent", "doc.in.ack.electronic", "doc.out.issue",
    "doc.out.send.electronic", "doc.out.number.paper", "archive.xdcb", "archive.other",
    "report.gap", "voter.na.b", "voter.na.ac", "voter.city.default", "petition.process",
    "complaint.accept", "complaint.1", "complaint.1.remote", "complaint.2", "complaint.2.remote",
    "complaint.file", "complaint.file.2", "denounce.initial", "denounce.transfer",
    "denounce.notice", "denounce.settle", "denounce.publish", "citizen.reply", "pakn.forward",
    "ihanoi.receive", "ihanoi.urgent", "ihanoi.normal", "ihanoi.complex", "tthc.online.ack",
    "tthc.result", "tthc.apology", "lltp.normal", "lltp.urgent", "meeting.papers",
    "meeting.papers.urgent", "meeting.conclusion", "pd.breach", "pd.dpia", "ehr.vneid",
}  # fmt: skip
#: An answer of a page that a person may not have.
NO_PAGE = 404


def limit_of(key: str) -> TimeLimit:
    return TimeLimit.objects.filter(key=key).latest("effective_from")


def listed(response) -> dict[str, str]:
    """Key of each limit of the list → all that its row says."""
    return {
        row["cells"][0]["url"].split("/")[2]: " ".join(
            f"{cell.get('text', '')} {cell.get('sub', '')}" for cell in row["cells"]
        )
        for row in response.context["rows"]
    }


def new_version(**other: object) -> dict[str, object]:
    """What the form sends, for `denounce.initial`: eight days instead of seven."""
    return {
        "version": limit_of("denounce.initial").pk, "effective_from": "01/7/2024",
        "certainty": "fixed", "length": "8", "unit": "working_day", "extension": "",
        "extension_times": "1", "extension_length": "3", "pause": "", "confirmed": "on",
        "legal_basis": "Luật Tố cáo 25/2018/QH14, Điều 24", "owner": "", "applies_to_running": "",
        "reason": "Đã đối chiếu với Công báo",
    } | other  # fmt: skip


CHANGE = "/thoi-han/denounce.initial/sua/"
CONFIRM = "/thoi-han/denounce.initial/xac-nhan/"


# The list ---------------------------------------------------------------------------------------


def test_every_limit_of_the_rule_book_is_listed(sign_in, ke_hoach) -> None:
    shown = listed(sign_in(ke_hoach).get("/thoi-han/?xem=tat-ca"))
    assert shown.keys() >= KEYS, f"Add to data/reference/time-limits.csv: {KEYS - shown.keys()}"


def test_the_first_view_holds_those_in_force_today(sign_in, ke_hoach) -> None:
    client = sign_in(ke_hoach)
    today, coming = (listed(client.get(f"/thoi-han/{q}")) for q in ("", "?xem=chua-den-ngay"))
    assert "complaint.1" in today and "ehr.vneid" not in today  # in force from 17/9/2024
    assert "ehr.vneid" in coming and "complaint.1" not in coming
    assert "30 ngày, kể từ ngày thụ lý" in today["complaint.1"].lower()
    assert "đến 45 ngày nếu phức tạp" in today["complaint.1"]


def test_what_is_not_confirmed_names_who_is_to_confirm_it(sign_in, ke_hoach) -> None:
    client = sign_in(ke_hoach)
    shown = listed(client.get("/thoi-han/?xem=chua-xac-nhan"))
    assert "Sở Tư pháp xác nhận" in shown["lltp.normal"]
    assert "10 ngày (cách hiểu theo ngày)" in shown["lltp.normal"]
    assert "complaint.1" not in shown
    unknown = listed(client.get("/thoi-han/?xem=chua-xac-dinh"))
    assert set(unknown) == {"ihanoi.normal", "ihanoi.complex"}


def test_words_narrow_the_list_and_its_counts(sign_in, ke_hoach) -> None:
    response = sign_in(ke_hoach).get("/thoi-han/?q=khieu nai lan hai&xem=tat-ca")
    assert set(listed(response)) == {"complaint.2", "complaint.2.remote", "complaint.file.2"}
    assert response.context["tabs"][-1]["count"] == 3
    assert "Bỏ mọi điều kiện" in sign_in(ke_hoach).get("/thoi-han/?q=khongcogi").text


def test_counts_hold_what_the_person_may_see(sign_in, quan_tri, giam_doc_so, unit) -> None:
    """The keeper of limits decides for all work, so he is told of all; others of their own."""
    under = Obligation.objects.filter(limit__key="complaint.1")
    own = under.filter(entry__unit=unit) | under.filter(entry__co_units=unit)
    for person, count in ((quan_tri, under.count()), (giam_doc_so, own.distinct().count())):
        shown = f"{count:,}".replace(",", ".")
        row = listed(sign_in(person).get("/thoi-han/"))["complaint.1"]
        assert f"{shown} việc" in row, f"{person.username} reads: {row}"


def test_the_pages_cost_the_same_for_many(sign_in, ke_hoach) -> None:
    client = sign_in(ke_hoach)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = cost("/thoi-han/"), cost("/thoi-han/complaint.1/")
    entry = Entry.objects.filter(register="complaints.cases").earliest("pk")
    limit = limit_of("complaint.1")
    TimeLimit.objects.filter(pk=limit.pk).update(effective_to="2024-06-30")
    for n in range(40):
        day = dt.date(2024, 7, 1) + dt.timedelta(n)
        limit.pk, limit.effective_from, limit.effective_to = None, day, day
        limit.save(force_insert=True)
    Obligation.objects.bulk_create(
        Obligation(entry=entry, duty=f"Việc {n}", unit=entry.unit, started_at=clock.now(),
                   limit=limit_of("complaint.1"))
        for n in range(40)
    )  # fmt: skip
    Line.objects.bulk_create(
        Line(at=clock.now(), actor_name="Người thử", verb="limit.changed", subject="complaint.1")
        for _ in range(20)
    )
    many = cost("/thoi-han/"), cost("/thoi-han/complaint.1/")
    assert many <= few, f"{few} queries for few rows, {many} for many: join what each row needs"
    assert few[0] <= 7 and few[1] <= 9, f"{few} queries are too many"


# One limit --------------------------------------------------------------------------------------


def test_the_page_of_a_limit_says_all_and_works_it_out(sign_in, ke_hoach) -> None:
    page = sign_in(ke_hoach).get("/thoi-han/denounce.initial/")
    for told in (
        "7 ngày làm việc", "Luật Tố cáo 25/2018/QH14, Điều 24", "TC-01", "Nhiều nhất 1 lần",
        "không quá 3 ngày làm việc", "Phải đề nghị trước khi hết hạn", "Không được tạm dừng",
        "Thanh tra Thành phố", "thì hạn là thứ Tư, 26/6/2024",
    ):  # fmt: skip
        assert told in page.text, f"The page must say: {told}"
    assert [cell["label"] for cell in page.context["example"]["cells"]][5:8] == ["nghỉ", "nghỉ", 5]


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_limit_has_a_page(sign_in, ke_hoach, key: str) -> None:
    response = sign_in(ke_hoach).get(f"/thoi-han/{key}/")
    assert response.status_code == 200
    example, limit = response.context["example"], limit_of(key)
    yields_a_day = limit.length is not None and limit.direction != "at_once"
    assert (example is not None) == yields_a_day


@pytest.mark.parametrize("key", ["ihanoi.normal", "ihanoi.complex", "tthc.result"])
def test_a_limit_that_is_not_known_shows_no_date(sign_in, ke_hoach, key: str) -> None:
    response = sign_in(ke_hoach).get(f"/thoi-han/{key}/")
    assert response.context["example"] is None
    assert "chưa xác định thời hạn" in response.text
    assert "thì hạn" not in response.text and not response.context["example"]


def test_a_backward_limit_ends_before_its_event(sign_in, ke_hoach) -> None:
    example = sign_in(ke_hoach).get("/thoi-han/meeting.papers/").context["example"]
    assert "Ngày họp là thứ Hai, 01/7/2024 thì hạn chót là thứ Tư, 26/6/2024" in example["sentence"]


def test_open_work_is_shown_to_those_who_may_see_it(sign_in, ke_hoach, quan_tri) -> None:
    client = sign_in(ke_hoach)
    rows = client.get("/thoi-han/complaint.1/").context["open_rows"]
    assert len(rows) == 10
    assert client.get(rows[0]["cells"][0]["url"]).status_code == 200
    hidden = sign_in(quan_tri).get("/thoi-han/complaint.1/")
    assert hidden.context["open_rows"] == [], "The administrator may open no entry."


def test_a_limit_that_does_not_exist(sign_in, quan_tri) -> None:
    client = sign_in(quan_tri)
    for address in ("", "sua/", "xac-nhan/"):
        assert client.get(f"/thoi-han/khong.co/{address}").status_code == NO_PAGE
    assert client.get("/thoi-han/complaint.1/?phien-ban=x").status_code == 200


# Rights -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who", ["van_thu", "chuyen_vien", "giam_doc_so", "lanh_dao", "ke_hoach", "thanh_tra"]
)
def test_others_read_and_change_nothing(sign_in, request, who: str) -> None:
    person = request.getfixturevalue(who)
    client, limit = sign_in(person), limit_of("denounce.initial")
    page = client.get("/thoi-han/denounce.initial/")
    assert page.status_code == 200 and not page.context["actions"]
    for address, sent in ((CHANGE, new_version()), (CONFIRM, {"reason": "đúng"})):
        assert client.get(address).status_code == NO_PAGE
        assert client.post(address, sent).status_code == NO_PAGE
    with pytest.raises(Forbidden):  # the actions guard themselves
        confirm_limit(limit.pk, actor=person, reason="đúng")
    with pytest.raises(Forbidden):
        change_limit(limit.pk, actor=person, effective_from=dt.date(2024, 7, 1), reason="x")
    assert limit_of("denounce.initial") == limit
    assert not limit_of("denounce.initial").confirmed


def test_nobody_changes_a_limit_in_anothers_name(sign_in, van_thu, quan_tri) -> None:
    given = give_mandate(actor=van_thu, giver=van_thu, stand_in=quan_tri, kind="substitution",
                         starts_on=clock.today(), ends_on=clock.today(), basis="1/QĐ")  # fmt: skip
    client = sign_in(quan_tri)
    client.post(f"/lam-thay/{given.pk}/")
    assert held_by(quan_tri, given.pk)
    assert client.get(CHANGE).status_code == NO_PAGE
    assert not client.get("/thoi-han/denounce.initial/").context["actions"]


# Confirming -------------------------------------------------------------------------------------


def test_confirming_writes_the_journal_and_shows_in_the_story(sign_in, quan_tri) -> None:
    client, limit = sign_in(quan_tri), limit_of("denounce.initial")
    sent = {"version": limit.pk, "reason": "Công văn 12/TTTP"}
    response = client.post(CONFIRM, sent, follow=True)
    assert "Đã xác nhận thời hạn" in response.text
    limit.refresh_from_db()
    assert limit.confirmed and limit.length == 7
    line = Line.objects.get(verb="limit.confirmed", subject="denounce.initial")
    assert (line.reason, line.details["version"]) == ("Công văn 12/TTTP", limit.pk)
    assert "Công văn 12/TTTP" in client.get("/thoi-han/denounce.initial/").text
    again = client.post(CONFIRM, sent)
    assert again.status_code == 422 and "đã được xác nhận" in again.text


def test_confirming_needs_a_reason(sign_in, quan_tri) -> None:
    limit = limit_of("denounce.initial")
    response = sign_in(quan_tri).post(CONFIRM, {"version": limit.pk, "reason": " "})
    assert response.status_code == 422 and "reason" in response.context["form"].errors
    limit.refresh_from_db()
    assert not limit.confirmed and not Line.objects.filter(verb="limit.confirmed").exists()


def test_what_is_not_known_cannot_be_confirmed(sign_in, quan_tri) -> None:
    client, limit = sign_in(quan_tri), limit_of("ihanoi.normal")
    assert "Xác nhận" not in [
        one["label"] for one in client.get("/thoi-han/ihanoi.normal/").context["actions"]
    ]
    response = client.post(
        "/thoi-han/ihanoi.normal/xac-nhan/", {"version": limit.pk, "reason": "x"}
    )
    assert response.status_code == 422 and "chưa có độ dài" in response.text


# Changing ---------------------------------------------------------------------------------------


def test_a_new_version_ends_the_one_before(sign_in, quan_tri) -> None:
    client, before = sign_in(quan_tri), limit_of("denounce.initial")
    response = client.post(CHANGE, new_version(), follow=True)
    assert "có hiệu lực từ 01/7/2024" in response.text and "giữ thời hạn cũ" in response.text
    before.refresh_from_db()
    after = limit_of("denounce.initial")
    assert before.effective_to == dt.date(2024, 6, 30)
    assert (after.length, after.confirmed, after.applies_to_running) == (8, True, False)
    line = Line.objects.get(verb="limit.changed", subject="denounce.initial")
    assert line.details["changes"]["length"] == ["7", "8"]
    page = client.get("/thoi-han/denounce.initial/")
    assert "Bao nhiêu: 7 → 8" in page.text and "Đã đối chiếu với Công báo" in page.text
    assert len(page.context["versions"]["rows"]) == 2
    assert "7 ngày làm việc" in page.context["line"], "Today the old version still holds."
    shown = listed(client.get("/thoi-han/?xem=chua-den-ngay"))
    assert "8 ngày làm việc" in shown["denounce.initial"]


def test_overlapping_days_are_refused_beside_the_field(sign_in, quan_tri) -> None:
    sent = new_version(effective_from="01/01/2019", reason="Lý do còn nguyên")
    response = sign_in(quan_tri).post(CHANGE, sent)
    assert response.status_code == 422
    assert "bắt đầu ngày 01/01/2019" in " ".join(response.context["form"].errors["effective_from"])
    assert "Lý do còn nguyên" in response.text
    assert TimeLimit.objects.filter(key="denounce.initial").count() == 1


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [({"length": ""}, "length", "Xin ghi độ dài"),
     ({"certainty": "unknown"}, "length", "Xin ghi độ dài"),
     ({"length": "-1"}, "length", ""), ({"length": "99999"}, "length", ""),
     ({"unit": "month", "length": "999"}, "length", "240 tháng"),
     ({"effective_from": "31/2/2024"}, "effective_from", "31/2/2024"),
     ({"effective_from": "01/01/3024"}, "effective_from", "2099"),
     ({"reason": ""}, "reason", ""), ({"legal_basis": ""}, "legal_basis", ""),
     ({"unit": "fortnight"}, "unit", "")],
)  # fmt: skip
def test_bad_input_is_refused_beside_its_field(sign_in, quan_tri, sent, field, told) -> None:
    response = sign_in(quan_tri).post(CHANGE, new_version(**sent))
    assert response.status_code == 422
    assert told in " ".join(response.context["form"].errors[field])
    assert TimeLimit.objects.filter(key="denounce.initial").count() == 1


def test_an_unconfirmed_version_needs_somebody_to_confirm_it(sign_in, quan_tri) -> None:
    sent = new_version(version=limit_of("complaint.1").pk, unit="calendar_day", length="40")
    response = sign_in(quan_tri).post("/thoi-han/complaint.1/sua/", sent | {"confirmed": ""})
    assert response.status_code == 422 and "owner" in response.context["form"].errors


def test_hours_are_not_counted_backwards(sign_in, quan_tri) -> None:
    client = sign_in(quan_tri)
    sent = new_version(version=limit_of("meeting.papers").pk, unit="working_hour")
    response = client.post("/thoi-han/meeting.papers/sua/", sent)
    assert response.status_code == 422 and "unit" in response.context["form"].errors


def test_who_comes_second_is_told_and_may_go_on(sign_in, quan_tri) -> None:
    client, sent = sign_in(quan_tri), new_version()
    client.post(CHANGE, sent)
    response = client.post(CHANGE, sent | {"length": "9", "effective_from": "01/8/2024"})
    assert response.status_code == 422 and "hết hiệu lực ngày 30/6/2024" in response.text
    assert "8 ngày làm việc" in response.text, "Show the version that came first."
    offered = response.context["form"].data
    assert client.post(CHANGE, {name: offered[name] for name in offered}).status_code == 302
    assert limit_of("denounce.initial").length == 9


def test_running_work_moves_only_where_the_transition_says_so(sign_in, quan_tri) -> None:
    client = sign_in(quan_tri)
    running = Obligation.objects.filter(limit__key="complaint.1", done_at=None, reopened_at=None)
    before = dict(running.values_list("pk", "due_at"))
    sent = new_version(
        version=limit_of("complaint.1").pk, unit="calendar_day", length="40",
        applies_to_running="1", effective_from="17/6/2024",
    )  # fmt: skip
    response = client.post("/thoi-han/complaint.1/sua/", sent, follow=True)
    shown = f"{len(before):,}".replace(",", ".")
    assert f"{shown} việc đang mở đang được tính lại" in response.text
    assert "đang được tính lại theo phiên bản này" in response.text
    assert recalculate_for_limit(limit_of("complaint.1").pk) > 0
    moved = dict(Obligation.objects.filter(pk__in=before).values_list("pk", "due_at"))
    assert any(moved[pk] != due for pk, due in before.items())


def test_running_work_waits_for_the_day_of_a_later_version(sign_in, quan_tri) -> None:
    response = sign_in(quan_tri).post(CHANGE, new_version(applies_to_running="1"), follow=True)
    assert "Từ 01/7/2024, các việc còn mở (nay là" in response.text
    assert "được tính lại theo phiên bản này từ 01/7/2024" in response.text


# The API ----------------------------------------------------------------------------------------


def test_the_api_lists_the_limits_of_a_day(sign_in, ke_hoach) -> None:
    client = sign_in(ke_hoach)
    found = {one["key"]: one for one in client.get("/api/v1/time-limits").json()}
    assert found["complaint.1"]["length"] == 30
    assert found["complaint.1"]["extension"]["times"] == 1
    assert found["lltp.normal"]["alternatives"][0]["unit"] == "calendar_day"
    assert "ihanoi.normal" not in found
    later = {one["key"]: one for one in client.get("/api/v1/time-limits?on=2025-03-01").json()}
    assert later.keys() >= KEYS
    assert later["ihanoi.normal"]["length"] is None
    assert client.get("/api/v1/time-limits?on=mai").status_code == 422
