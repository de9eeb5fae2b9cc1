"""Receiving delegations and recording the meetings with them: two things, counted apart."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.foreign_reception.actions import receive_delegation, record_meeting
from dieuhanh.registers.foreign_reception.models import Delegation, DelegationMeeting

pytestmark = pytest.mark.django_db
PAGE = "/doan-khach-quoc-te/them/"
MEETING = "/tiep-khach-quoc-te/them/"


def pk_of(answer):
    """The number in the address of a new entry's page."""
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").split("/")[-1])


@pytest.fixture
def counted(half_year):
    """``counted()``: delegations, and meetings of leaders, of the half-year."""

    def count():
        answer = Evaluator(half_year).answer
        return (
            int(answer("foreign_reception.delegations").value),
            int(answer("foreign_reception.leader_meetings").value),
        )

    return count


def test_a_delegation_gets_a_number_and_is_found_by_its_country(sign_in, chuyen_vien, typed):
    last = Series.objects.get(book="foreign_reception.delegations", year=2024).last
    client = sign_in(chuyen_vien)
    pk = pk_of(client.post(PAGE, typed))
    delegation = Delegation.objects.select_related("entry").get(pk=pk)
    assert (delegation.entry.number, delegation.entry.kind) == (last + 1, "local")
    assert delegation.country == "Lào"
    line = Line.objects.get(entry_id=pk)
    assert (line.verb, line.actor_name) == ("delegation.received", "Nguyễn Thu Hằng")
    assert f"/doan-khach-quoc-te/{pk}/" in client.get(
        "/doan-khach-quoc-te/", {"q": "lao vieng chan"}
    ).content.decode()  # fmt: skip


def test_a_delegation_met_twice_is_one_delegation_and_two_meetings(
    client, delegation, typed_meeting, counted
):
    delegations, meetings = counted()
    pk_of(client.post(MEETING, typed_meeting))
    assert counted() == (delegations, meetings + 1)
    pk_of(client.post(MEETING, typed_meeting | {"host": "chairman", "purpose": "courtesy"}))
    assert counted() == (delegations, meetings + 2)
    pk_of(client.post(MEETING, typed_meeting | {"host": "delegated"}))
    assert counted() == (delegations, meetings + 2), "of leaders only"
    page = client.get(f"/doan-khach-quoc-te/{delegation.pk}/").content.decode()
    assert page.count("Làm việc về hợp tác du lịch") == 3


def test_the_page_of_a_meeting_names_its_delegation(client, meeting):
    facts = dict(client.get(f"/tiep-khach-quoc-te/{meeting.pk}/").context["facts"])
    assert facts["Đoàn khách"] == "Đoàn đại biểu thành phố Viêng Chăn"
    assert facts["Nước, tổ chức"] == "Lào"
    assert facts["Người chủ trì tiếp"] == "Phó Chủ tịch UBND Thành phố"
    assert facts["Đơn vị phối hợp"] == "Sở Tài nguyên và Môi trường"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opened_on": "18/6/2024"}, "opened_on"),
        ({"country": ""}, "country"),
        ({"level": "planet"}, "level"),
        ({"unit": "Sở Không Có"}, "unit"),
    ],
)
def test_a_fault_is_said_beside_its_field(sign_in, chuyen_vien, typed, written, changes, field):
    before = written()
    answer = sign_in(chuyen_vien).post(PAGE, typed | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"opened_on": "09/6/2024"}, "opened_on", "Đoàn đến ngày 10/6/2024"),
        ({"opened_on": "18/6/2024"}, "opened_on", "Ngày này chưa đến"),
        ({"delegation": "99999/2024"}, "delegation", "không có số"),
        ({"host": "minister"}, "host", ""),
    ],
)
def test_a_meeting_that_fits_no_delegation_is_refused(
    client, typed_meeting, written, changes, field, words
):
    before = written()
    answer = client.post(MEETING, typed_meeting | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in str(answer.context["form"].errors[field])
    assert written() == before


@pytest.mark.parametrize("who", ["lanh_dao", "ke_hoach", "thanh_tra"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, delegation, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/doan-khach-quoc-te/{delegation.pk}/").status_code == 200
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed).status_code == 404
    assert written() == before


@pytest.mark.parametrize("who", ["quan_tri", "tiep_dan", "van_thu", "van_thu_mat"])
def test_whoever_has_no_part_in_it_sees_none(sign_in, request, delegation, who):
    client = sign_in(request.getfixturevalue(who))
    for slug in ("doan-khach-quoc-te", "tiep-khach-quoc-te"):
        assert client.get(f"/{slug}/").status_code == 404
    assert client.get(f"/doan-khach-quoc-te/{delegation.pk}/").status_code == 404


def test_the_head_of_the_receiving_unit_keeps_its_own(
    sign_in, head_of_foreign_affairs, typed, delegation, written
):
    client = sign_in(head_of_foreign_affairs)
    pk_of(client.post(PAGE, typed))
    before = written()
    answer = client.post(PAGE, typed | {"unit": "STP"})
    assert answer.status_code == 422
    assert "không có quyền" in answer.content.decode()
    assert written() == before


def test_another_head_sees_what_the_unit_takes_part_in(sign_in, giam_doc_so, delegation, meeting):
    client = sign_in(giam_doc_so)
    assert client.get(f"/tiep-khach-quoc-te/{meeting.pk}/").status_code == 200
    assert client.get(f"/tiep-khach-quoc-te/{meeting.pk}/dinh-chinh/").status_code == 404
    assert client.get(f"/doan-khach-quoc-te/{delegation.pk}/").status_code == 404


def test_the_actions_themselves_refuse(lanh_dao, chuyen_vien, unit, delegation, written):
    before = written()
    day, after = dt.date(2024, 6, 11), dt.date(2024, 6, 18)
    came = {"title": "Đoàn", "country": "Lào", "level": "local", "unit": unit}
    met = {"delegation": Delegation.objects.select_related("entry").get(pk=delegation.pk),
           "host": "chairman", "purpose": "courtesy", "title": "Tiếp", "unit": unit}  # fmt: skip
    with pytest.raises(Forbidden):
        receive_delegation(actor=lanh_dao, opened_on=day, **came)
    with pytest.raises(WrongDate):
        receive_delegation(actor=chuyen_vien, opened_on=after, **came)
    with pytest.raises(Forbidden):
        record_meeting(actor=lanh_dao, opened_on=day, **met)
    with pytest.raises(WrongDate):
        record_meeting(actor=chuyen_vien, opened_on=dt.date(2024, 6, 9), **met)
    assert written() == before
    assert not DelegationMeeting.objects.filter(delegation_id=delegation.pk).exists()
