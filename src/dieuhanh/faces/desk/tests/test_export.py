"""What leaves as CSV and XLSX is what the filter gives: whole, harmless, within one's rights."""

import csv
import io

import pytest
from openpyxl import load_workbook

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.obligations.models import Obligation

pytestmark = pytest.mark.django_db
BAD = ["=1+1", "+84 912", "-2", "@SUM(A1)", '=HYPERLINK("http://x")']


def table(answer):
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("text/csv"):
        assert content.startswith("\ufeff".encode())
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.values]


def numbers(rows):
    return sorted((int(row[0]), int(row[1])) for row in rows[1:])


def expected(**where):
    found = Entry.objects.filter(register="documents.incoming", **where)
    return sorted(found.values_list("number", "year"))


@pytest.fixture
def enter(sign_in, chuyen_vien):
    def make(title):
        typed = {"opened_on": "16/6/2024", "about": "conduct", "channel": "phone", "title": title}
        answer = sign_in(chuyen_vien).post("/phan-anh-kien-nghi/them/", typed | {"unit": "STNMT"})
        assert answer.status_code == 302
        return answer.client

    return make


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("tu=10/6/2024&den=14/6/2024", {"opened_on__range": ("2024-06-10", "2024-06-14")}),
        ("loai=dossier", {"kind": "dossier"}),
        ("q=nuoc sach&tu=01/6/2024", {"title__contains": "nước sạch",
                                      "opened_on__gte": "2024-06-01"}),
        ("tu=16/6/2024&den=16/6/2024", {"opened_on": "2024-06-16"}),
    ],
)  # fmt: skip
def test_the_rows_are_those_of_the_filter(sign_in, thanh_tra, kind, query, where):
    rows = table(sign_in(thanh_tra).get(f"/van-ban-den/xuat.{kind}?{query}"))
    assert numbers(rows) == expected(**where)
    assert rows[0][:4] == ["Số", "Năm", "Ngày đến", "Số, ký hiệu và nơi gửi"]
    assert len({len(row) for row in rows}) == 1


def test_more_than_one_batch_leaves_none_out(sign_in, thanh_tra, django_assert_max_num_queries):
    client = sign_in(thanh_tra)
    with django_assert_max_num_queries(18):
        rows = table(client.get("/van-ban-den/xuat.csv?tu=05/6/2024"))
    found = expected(opened_on__gte="2024-06-05")
    assert len(found) > 2500
    assert numbers(rows) == found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_head_takes_the_own_unit_alone(sign_in, giam_doc_so, unit, kind):
    rows = table(sign_in(giam_doc_so).get(f"/van-ban-den/xuat.{kind}?tu=01/6/2024"))
    place = rows[0].index("Đơn vị")
    assert {row[place] for row in rows[1:]} == {unit.name}
    assert numbers(rows) == expected(unit=unit, opened_on__gte="2024-06-01")
    other = sign_in(giam_doc_so).get(f"/van-ban-den/xuat.{kind}?don-vi={unit.pk + 1}")
    assert len(table(other)) == 1


def test_whoever_may_not_read_exports_nothing(sign_in, quan_tri, tiep_dan):
    assert sign_in(quan_tri).get("/van-ban-den/xuat.csv").status_code == 404
    assert sign_in(tiep_dan).get("/van-ban-di/xuat.xlsx").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("title", BAD)
def test_no_cell_is_a_formula(enter, kind, title):
    rows = table(enter(title).get(f"/phan-anh-kien-nghi/xuat.{kind}?tu=16/6/2024"))
    assert len(rows) == 2
    assert rows[1][rows[0].index("Nội dung")] == f"'{title}"


def test_a_workbook_holds_any_text_that_was_typed(enter):
    rows = table(enter("dòng\x0bmột\x1f, “hai”\nba").get(
        "/phan-anh-kien-nghi/xuat.xlsx?tu=16/6/2024"
    ))  # fmt: skip
    assert rows[1][rows[0].index("Nội dung")] == "dòngmột, “hai”\nba"


def test_dates_are_written_as_an_office_writes_them(enter):
    client = enter("Phản ánh")
    text = table(client.get("/phan-anh-kien-nghi/xuat.csv?tu=16/6/2024"))[1]
    cells = table(client.get("/phan-anh-kien-nghi/xuat.xlsx?tu=16/6/2024"))[1]
    assert (text[2], text[-2], text[-1]) == ("16/6/2024", "21/6/2024", "Chưa hoàn thành trong hạn")
    assert cells[2].date().isoformat() == "2024-06-16"
    assert cells[-2].date().isoformat() == "2024-06-21"


def test_the_past_tells_nothing_of_later(enter):
    client = enter("Phản ánh chậm")
    entry = Entry.objects.latest("pk")
    Obligation.objects.filter(entry=entry).update(
        started_at="2024-06-03T08:00+07", due_at="2024-06-10T23:59:59+07",
        done_at="2024-06-13T08:00+07",
    )  # fmt: skip
    Entry.objects.filter(pk=entry.pk).update(
        opened_on="2024-06-03", closed_on="2024-06-13", outcome="Đã trả lời"
    )
    address = "/phan-anh-kien-nghi/xuat.csv?q=phan anh cham&tinh-den={}"
    before = table(client.get(address.format("12/6/2024")))[1]
    after = table(client.get(address.format("13/6/2024")))[1]
    assert before[-4:] == ["", "", "10/6/2024", "Chưa hoàn thành quá hạn"]
    assert after[-4:] == ["13/6/2024", "Đã trả lời", "10/6/2024", "Hoàn thành quá hạn"]


def test_a_stub_leaves_without_content(sign_in, van_thu_mat):
    """VT-71."""
    rows = table(sign_in(van_thu_mat).get("/van-ban-den/xuat.csv?loai=secret&tu=10/6/2024"))
    title, symbol = rows[0].index("Trích yếu"), rows[0].index("Số, ký hiệu và nơi gửi")
    assert {row[title] for row in rows[1:]} == {
        "Văn bản mật. Nội dung chỉ mở cho người có thẩm quyền."
    }
    assert {row[symbol] for row in rows[1:]} == {"Sổ mật"}
