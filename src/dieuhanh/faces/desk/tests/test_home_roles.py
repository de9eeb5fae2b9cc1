"""The home page of each role, as of any day; the pages behind it."""

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Succession, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.models import Obligation

pytestmark = pytest.mark.django_db


def titles(answer):
    return [one.title for one in answer.context["above"]]


def test_each_role_sees_its_own_sections(
    sign_in, lanh_dao, giam_doc_so, ke_hoach, van_thu, thanh_tra, quan_tri, chuyen_vien
):
    expected = {
        lanh_dao: ["Quá hạn ở đơn vị nào", "Quá hạn ở lĩnh vực nào",
                   "Kiến nghị cử tri theo nghị quyết", "Chỉ tiêu so với kế hoạch"],
        giam_doc_so: ["Đơn vị quá hạn ở việc gì"],
        ke_hoach: ["Đợt báo cáo, ai chưa gửi", "Số liệu khác nhau, chưa có"],
        van_thu: ["Văn bản trong ngày 17/6/2024", "Số đã cấp năm 2024"],
        thanh_tra: ["Tìm trong nhật ký"],
        quan_tri: ["Quản trị"],
        chuyen_vien: [],
    }  # fmt: skip
    for person, wanted in expected.items():
        assert titles(sign_in(person).get("/")) == wanted, person


def test_everything_on_a_leaders_page_opens_by_one_click(sign_in, lanh_dao):
    client = sign_in(lanh_dao)
    answer = client.get("/")
    tiles = {one["label"]: one for one in answer.context["tiles"]}
    assert tiles["Chương trình công tác"]["figure"] == "144"
    assert "83,7" in tiles["Chương trình công tác"]["words"]
    assert "2.432" in tiles["Khiếu nại, tố cáo đã giải quyết"]["words"], "the year before"
    addresses = [one["url"] for one in answer.context["tiles"]]
    addresses += [line["url"] for one in answer.context["above"] for line in one.lines]
    for address in addresses:
        page = client.get(address.partition("#")[0])
        assert page.status_code == 200, address
        if "/muc/" in address:
            assert page.context["rows"], f"{address} shows the entries themselves"


def test_the_whole_page_follows_the_day(sign_in, lanh_dao):
    client = sign_in(lanh_dao)
    now, then = client.get("/"), client.get("/?tinh-den=31/3/2024")
    assert "tính đến hết ngày 31/3/2024" in then.content.decode()
    assert now.context["tiles"][2]["figure"] != then.context["tiles"][2]["figure"]
    assert "tinh-den=2024-03-31" in then.context["tiles"][2]["url"]
    late = [one for one in then.context["above"] if one.title.startswith("Quá hạn")]
    assert all("tinh-den=31%2F3%2F2024" in line["url"] for one in late for line in one.lines)
    unknown = client.get("/?tinh-den=31/3/2019")
    assert unknown.status_code == 200
    assert "chưa có số liệu" in unknown.content.decode()


def test_what_others_changed_since_the_last_working_day_is_told(sign_in, giam_doc_so, van_thu):
    unit = giam_doc_so.current_appointments[0].unit
    mine = Entry.objects.filter(unit=unit, register="press.matters").first() or Entry.objects.filter(
        unit=unit, confidentiality="ordinary").first()  # fmt: skip
    other = Entry.objects.filter(confidentiality="ordinary").exclude(unit=unit)
    other = other.exclude(co_units=unit).exclude(obligations__unit=unit).first()
    guarded = Entry.objects.filter(unit=unit).exclude(pk=mine.pk).first()
    Entry.objects.filter(pk=guarded.pk).update(
        register="complaints.letters", confidentiality="guarded", title="Điều được bảo vệ"
    )
    for entry in (mine, other, guarded):
        record("entry.reopened", actor=van_thu, entry_id=entry.pk, subject=str(entry))
    record("entry.closed", actor=giam_doc_so, entry_id=mine.pk, subject=str(mine))
    section = sign_in(giam_doc_so).get("/").context["below"][0]
    told = [one for one in section.lines if "mở lại" in one["sub"]]
    assert [one["label"] for one in told] == [mine.title]
    assert not [one for one in section.lines if "ghi kết quả" in one["sub"]], "one's own are known"
    assert section.title == "Thay đổi từ hết ngày 14/6/2024", "Friday is the last working day"


def test_the_numbers_given_have_no_gaps(sign_in, van_thu, quan_tri):
    answer = sign_in(van_thu).get("/so-da-cap/")
    books = {
        row["cells"][0]["text"]: [one["text"] for one in row["cells"]]
        for row in answer.context["rows"]
    }
    assert books["Văn bản đi"][2] and books["Văn bản đi"][4] == "không"
    assert "Đơn thư" not in books, "a clerk reads no letters"
    last = Entry.objects.filter(book="documents.outgoing", year=2024).latest("number")
    Entry.objects.filter(pk=last.pk).update(number=last.number + 3)
    again = sign_in(van_thu).get("/so-da-cap/")
    gaps = {row["cells"][0]["text"]: row["cells"][4]["text"] for row in again.context["rows"]}
    assert gaps["Văn bản đi"] == "3"
    for address in ("?nam=2023", "?nam=abcd", "?tinh-den=31/3/2024", "?nam=9999"):
        assert sign_in(van_thu).get(f"/so-da-cap/{address}").status_code == 200
    assert sign_in(quan_tri).get("/so-da-cap/").status_code == 404


def test_units_and_successions_as_of_a_day(sign_in, chuyen_vien, giam_doc_so):
    client = sign_in(chuyen_vien)
    unit = giam_doc_so.current_appointments[0].unit
    old = Unit.objects.create(code="CU1", name="Sở Cũ", kind="department",
                              valid_from="2015-01-01", valid_to="2021-06-30")  # fmt: skip
    Succession.objects.create(predecessor=old, successor=unit, since="2021-07-01")
    page = client.get(f"/don-vi/{unit.pk}/").content.decode()
    assert "Sở Cũ" in page and giam_doc_so.full_name in page
    assert (
        "đã kết thúc hoạt động ngày 30/6/2021" in client.get(f"/don-vi/{old.pk}/").content.decode()
    )
    assert "chưa có người đứng đầu" in client.get(f"/don-vi/{old.pk}/").content.decode()

    def names(query):
        rows = client.get(f"/don-vi/{query}").context["rows"]
        return [row["cells"][0]["text"] for row in rows]

    assert names("?q=so cu") == [] and names("?q=so cu&tinh-den=1/1/2020") == ["Sở Cũ"]
    assert unit.name not in names("?thieu=nguoi-dung-dau&q=STNMT")
    assert len(names("?tu-dong=600")) and client.get("/don-vi/?tu-dong=x&loai=y").status_code == 200
    assert client.get("/don-vi/99999999999/").status_code == 404


def test_the_open_work_of_a_unit_is_what_the_reader_may_open(
    sign_in, giam_doc_so, quan_tri, lanh_dao
):
    unit = giam_doc_so.current_appointments[0].unit
    assert sign_in(quan_tri).get(f"/don-vi/{unit.pk}/").context["open"] == 0
    seen = sign_in(lanh_dao).get(f"/don-vi/{unit.pk}/").context["open"]
    whole = Obligation.objects.filter(unit=unit, done_at=None, started_at__lte=clock.now()).count()
    assert 0 < seen <= whole


def test_people_and_checks_are_for_administrators(sign_in, quan_tri, thanh_tra):
    for address in ("/nguoi-dung/", "/kiem-tra-he-thong/"):
        assert sign_in(thanh_tra).get(address).status_code == 404
        assert sign_in(quan_tri).get(address).status_code == 200
    client = sign_in(quan_tri)
    page = client.get("/nguoi-dung/?q=tai nguyen").context["people"]
    assert [one["username"] for one in page] == ["giam-doc-so"]
    assert client.get("/nguoi-dung/?thieu=chuc-vu").context["people"] == []
    checks = client.get("/kiem-tra-he-thong/").context["checks"]
    assert {"Kho dữ liệu", "Đồng hồ", "Đĩa"} <= {one["name"] for one in checks}
