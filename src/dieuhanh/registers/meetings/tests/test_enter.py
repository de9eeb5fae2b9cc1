"""Recording sessions, items and meetings attended (HO-01…HO-03, HO-08, HO-13)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.meetings.actions import record_session, submit_item
from dieuhanh.registers.meetings.models import AgendaItem, Attendance, Session

pytestmark = pytest.mark.django_db
PAGE = "/cuoc-hop/them/"


def pk_of(answer):
    """The number in the address of a new entry's page."""
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").split("/")[-1])


def test_a_session_gets_a_number_and_owes_its_notice_in_five_working_days(
    sign_in, chuyen_vien, typed
):
    """HO-08: 5 W from Monday 10/6/2024 ends with Monday 17/6/2024."""
    last = Series.objects.get(book="meetings.sessions", year=2024).last
    lines = Line.objects.count()

    pk = pk_of(sign_in(chuyen_vien).post(PAGE, typed))

    entry, session = Entry.objects.get(pk=pk), Session.objects.get(pk=pk)
    assert (entry.number, entry.kind, entry.unit.code) == (last + 1, "collective", "VPUB")
    assert [unit.code for unit in entry.co_units.all()] == ["STNMT"]
    assert session.papers_due_on == dt.date(2024, 6, 5)
    owed = entry.obligations.get()
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 17))
    assert (owed.limit.key, owed.unit.code) == ("meeting.conclusion", "VPUB")
    assert Line.objects.count() == lines + 1
    line = Line.objects.get(entry_id=pk)
    assert (line.verb, line.actor_name) == ("session.recorded", "Nguyễn Thu Hằng")


@pytest.mark.parametrize(
    ("present", "words"),
    [("20", "20/30 thành viên, đủ"), ("19", "KHÔNG ĐỦ hai phần ba")],
)
def test_a_session_without_quorum_is_shown_as_such(sign_in, chuyen_vien, typed, present, words):
    """HO-02: it is recorded as it was."""
    client = sign_in(chuyen_vien)
    page = client.get(client.post(PAGE, typed | {"members_present": present}).url)
    assert words in dict(page.context["facts"])["Thành viên có mặt"]


@pytest.mark.parametrize(
    ("sent", "urgent", "word"),
    [("05/6/2024", "", "đúng hạn"), ("06/6/2024", "", "chậm"), ("07/6/2024", "on", "đúng hạn")],
)
def test_papers_are_shown_in_time_or_late(sign_in, chuyen_vien, typed, sent, urgent, word):
    """HO-03."""
    client = sign_in(chuyen_vien)
    typed |= {"papers_sent_on": sent, "urgent": urgent}
    page = client.get(client.post(PAGE, typed).url)
    assert dict(page.context["facts"])["Gửi tài liệu"] == word


def test_a_meeting_of_a_leader_has_no_members(sign_in, chuyen_vien, chaired):
    session = Session.objects.get(pk=pk_of(sign_in(chuyen_vien).post(PAGE, chaired)))
    assert (session.members_total, session.papers_due_on) == (None, None)
    assert session.entry.kind == "chaired"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"members_total": ""}, "members_total"),
        ({"members_present": ""}, "members_present"),
        ({"members_present": "31"}, "members_present"),
        ({"papers_sent_on": "11/6/2024"}, "papers_sent_on"),
        ({"opened_on": "18/6/2024"}, "opened_on"),
        ({"type": "chaired"}, "members_total"),
        ({"type": "chaired", "members_total": "", "urgent": "on"}, "urgent"),
        ({"type": "party"}, "type"),
        ({"unit": "Sở Không Có"}, "unit"),
    ],
)
def test_a_fault_is_said_beside_its_field(sign_in, chuyen_vien, typed, written, changes, field):
    before = written()
    answer = sign_in(chuyen_vien).post(PAGE, typed | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_an_item_belongs_to_a_session_and_is_listed_on_its_page(client, session, item):
    kept = AgendaItem.objects.get(pk=item.pk)
    assert (kept.session_id, item.kind, item.unit.code) == (session.pk, "pending", "STNMT")
    assert [unit.code for unit in item.co_units.all()] == ["STP"]
    page = client.get(f"/cuoc-hop/{session.pk}/").content.decode()
    assert "Đề án xử lý rác thải" in page
    assert f"/noi-dung-phien-hop/{item.pk}/" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"session": "999999/2024"}, "session"),
        ({"opened_on": "11/6/2024"}, "opened_on"),  # after the session
        ({"title": ""}, "title"),
    ],
)
def test_an_item_that_fits_no_session_is_refused(client, typed_item, written, changes, field):
    before = written()
    answer = client.post("/noi-dung-phien-hop/them/", typed_item | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


@pytest.mark.parametrize("slug", ["cuoc-hop", "noi-dung-phien-hop", "cuoc-hop-tham-du"])
def test_the_form_says_that_nothing_secret_enters(sign_in, chuyen_vien, slug):
    """HO-13, VT-71."""
    page = sign_in(chuyen_vien).get(f"/{slug}/them/").content.decode()
    assert "Nội dung thuộc bí mật nhà nước không vào sổ này" in page


def test_a_clerk_records_a_meeting_attended(sign_in, van_thu):
    typed = {
        "opened_on": "12/6/2024",
        "organiser": "city_party",
        "title": "Hội nghị giao ban",
        "invitation": "123-GM/VPTU",
        "unit": "STNMT",
        "attended_by": "Phó Chủ tịch UBND Thành phố",
    }
    client = sign_in(van_thu)
    pk = pk_of(client.post("/cuoc-hop-tham-du/them/", typed))
    entry = Entry.objects.get(pk=pk)
    assert (entry.kind, entry.unit.code) == ("city_party", "STNMT")
    assert Attendance.objects.get(pk=pk).invitation == "123-GM/VPTU"
    assert not entry.obligations.exists()
    found = client.get("/cuoc-hop-tham-du/", {"q": "123-GM/VPTU"}).content.decode()
    assert f"/cuoc-hop-tham-du/{pk}/" in found


def test_the_actions_themselves_refuse(lanh_dao, chuyen_vien, unit, session, written):
    before = written()
    day = dt.date(2024, 6, 10)
    values = {
        "type": "chaired",
        "mode": "online",
        "chair": "chairman",
        "title": "Họp",
        "unit": unit,
    }
    kept = Session.objects.select_related("entry").get(pk=session.pk)
    with pytest.raises(Forbidden):
        record_session(actor=lanh_dao, opened_on=day, **values)
    with pytest.raises(WrongDate):
        record_session(actor=chuyen_vien, opened_on=dt.date(2024, 6, 18), **values)
    with pytest.raises(Refusal):
        record_session(actor=chuyen_vien, opened_on=day, members_present=3, **values)
    with pytest.raises(Forbidden):
        submit_item(actor=lanh_dao, session=kept, opened_on=day, title="Đề án", unit=unit)
    assert written() == before


def test_a_head_sees_the_meetings_and_items_of_the_own_unit_alone(
    sign_in, giam_doc_so, session, item
):
    """Of the session as a co-ordinating unit, of the item as the lead."""
    other = Entry.objects.filter(register="meetings.items").exclude(unit__code="STNMT")
    other = other.exclude(co_units__code="STNMT").first()
    client = sign_in(giam_doc_so)
    assert client.get(f"/cuoc-hop/{session.pk}/").status_code == 200
    assert client.get(f"/noi-dung-phien-hop/{item.pk}/").status_code == 200
    assert client.get(f"/noi-dung-phien-hop/{other.pk}/").status_code == 404
    for slug in ("cuoc-hop", "noi-dung-phien-hop", "cuoc-hop-tham-du"):
        assert client.get(f"/{slug}/them/").status_code == 404


@pytest.mark.parametrize("who", ["lanh_dao", "ke_hoach", "thanh_tra", "van_thu"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, session, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/cuoc-hop/{session.pk}/").status_code == 200
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed).status_code == 404
    assert client.post(f"/cuoc-hop/{session.pk}/ket-thuc/", {"on": "12/6/2024"}).status_code == 404
    assert written() == before


@pytest.mark.parametrize("who", ["quan_tri", "tiep_dan", "van_thu_mat"])
def test_whoever_has_no_part_in_meetings_sees_none(sign_in, request, session, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get("/cuoc-hop/").status_code == 404
    assert client.get(f"/cuoc-hop/{session.pk}/").status_code == 404


def test_no_agency_is_left_out_of_the_made_up_items():
    """HO-09: one lead agency, and it is never among those that take part."""
    for entry in Entry.objects.filter(register="meetings.items", synthetic=True):
        assert entry.unit not in entry.co_units.all()
    assert Unit.objects.filter(code="STNMT").exists()
