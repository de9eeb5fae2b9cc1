"""Taking over an office's list: all rows or none, and every fault with its line and column."""

import csv
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max, Sum
from openpyxl import Workbook

from dieuhanh.faces.desk import imports
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.feedback.models import Feedback

pytestmark = pytest.mark.django_db
PAGE = "/phan-anh-kien-nghi/nhap/"
HEAD = ["Ngày tiếp nhận", "Phản ánh về", "Kênh tiếp nhận", "Nội dung", "Đơn vị xử lý"]
UNIT = "Sở Tài nguyên và Môi trường"


def row(n):
    about = "Quy định hành chính" if n % 2 else "Hành vi hành chính"
    return [f"{n % 13 + 1:02d}/6/2024", about, "Điện thoại", f"Phản ánh chuyển đến, số {n}", UNIT]


def as_csv(rows, delimiter=",", encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows):
    book, out = Workbook(), io.BytesIO()
    for cells in rows:
        book.active.append(cells)
    book.save(out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr("dieuhanh.faces.desk.imports.AT_ONCE", 1 << 20)


@pytest.fixture
def send(sign_in, chuyen_vien):
    client = sign_in(chuyen_vien)
    return lambda content, name="so-cu.csv": client.post(
        PAGE, {"table": SimpleUploadedFile(name, content)}
    )


@pytest.fixture
def written(db):
    def marks():
        return (
            Entry.objects.aggregate(Max("pk")),
            Obligation.objects.aggregate(Max("pk")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks


def test_three_bad_rows_of_five_hundred_and_nothing_is_written(send, written):
    before = written()
    rows = [row(n) for n in range(500)]
    rows[10][0] = "31/6/2024"
    rows[250][1] = "Thời tiết"
    rows[499][4] = "Sở Không Có"

    answer = send(as_csv([HEAD, *rows]))

    assert answer.status_code == 422
    faults = answer.context["faults"]
    assert [(line, column) for line, column, _words in faults] == [
        (12, "Ngày tiếp nhận"), (252, "Phản ánh về"), (501, "Đơn vị xử lý"),
    ]  # fmt: skip
    page = answer.content.decode()
    assert "Có 3 dòng chưa đúng; chưa dòng nào được ghi vào sổ." in page
    assert "31/6/2024" in page and "Sở Không Có" in page
    assert written() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_good_rows_are_all_written(send, kind):
    rows = [row(n) for n in range(60)]
    content = as_csv([HEAD, *rows]) if kind == "csv" else as_xlsx([HEAD, *rows])
    last = Series.objects.get(book="feedback", year=2024).last
    lines = Line.objects.count()

    answer = send(content, f"so-cu.{kind}")

    assert (answer.status_code, answer.url) == (302, "/phan-anh-kien-nghi/")
    made = Entry.objects.filter(register="feedback", synthetic=False).order_by("number")
    assert [entry.number for entry in made] == list(range(last + 1, last + 61))
    assert [entry.title for entry in made] == [cells[3] for cells in rows]
    assert Feedback.objects.filter(entry__in=made, channel="phone").count() == 60
    assert Obligation.objects.filter(entry__in=made).count() == 60
    assert Line.objects.count() == lines + 61
    line = Line.objects.get(verb="file.imported")
    assert line.subject == "feedback", "a file's name may name a person (TC-21)"
    assert line.details == {"checksum": hashlib.sha256(content).hexdigest(), "rows": 60}


def test_columns_may_be_named_freely_and_stand_anywhere(send):
    """Labels without tone marks, names of fields, semicolons, empty lines."""
    head = ["noi dung", "UNIT", "ngay tiep nhan", "channel", "Phan anh ve"]
    rows = [
        head,
        [],
        ["Phản ánh; có dấu", "STNMT", "2024-06-10", "portal", "conduct"],
        ["", "", ""],
    ]
    assert send(as_csv(rows, delimiter=";")).status_code == 302
    entry = Entry.objects.latest("pk")
    assert (entry.title, entry.kind, entry.unit.code) == ("Phản ánh; có dấu", "conduct", "STNMT")


def test_cells_of_a_workbook_may_be_dates(send):
    cells = [dt.datetime(2024, 6, 10), *row(1)[1:]]
    assert send(as_xlsx([HEAD, cells]), "so-cu.XLSX").status_code == 302
    assert Entry.objects.latest("pk").opened_on == dt.date(2024, 6, 10)


def broken_sheet():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx([HEAD, row(1)]))) as good:
        with zipfile.ZipFile(out, "w") as bad:
            for name in good.namelist():
                content = good.read(name)
                bad.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    return out.getvalue()


def stray_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", lambda: b"PK\x03\x04 no", "Không đọc được tệp XLSX này."),
        ("a.xlsx", lambda: as_xlsx([HEAD])[:-40], "Không đọc được tệp XLSX này."),
        ("a.xlsx", stray_zip, "Không đọc được tệp XLSX này."),
        ("a.xlsx", broken_sheet, "Không đọc được tệp XLSX này."),
        ("a.csv", lambda: as_csv([HEAD, row(1)], encoding="utf-16"), "không phải mã UTF-8"),
        ("a.csv", lambda: b"", "rỗng"),
        ("a.csv", lambda: as_csv([HEAD]) + b'"' + b"x" * 140_000, "sai dạng CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(send, written, name, content, words):
    before = written()
    answer = send(content(), name)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["table"])
    assert answer.context["faults"] == []
    assert written() == before


def test_without_a_file_the_form_says_so(sign_in, chuyen_vien):
    answer = sign_in(chuyen_vien).post(PAGE)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["table"]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ([*HEAD, "Ghi chú"], (1, "Ghi chú", "không có cột này trong sổ")),
        (HEAD[:-1], (1, "Đơn vị xử lý", "thiếu cột này")),
    ],
)
def test_a_wrong_column_is_named(send, written, head, fault):
    before = written()
    answer = send(as_csv([head, row(1)]))
    assert answer.status_code == 422
    assert answer.context["faults"] == [fault]
    assert written() == before


def test_a_row_with_more_cells_than_columns_is_a_fault(send, written):
    """A comma that was not quoted must not cut the text silently."""
    before = written()
    answer = send(as_csv([HEAD, row(1), [*row(2), "phần bị cắt"]]))
    assert answer.status_code == 422
    assert [line for line, *_rest in answer.context["faults"]] == [3]
    assert written() == before


def test_a_row_that_the_action_refuses_undoes_the_others(send, written):
    """The form accepts it; the action does not: the day has not come."""
    before = written()
    late = ["18/6/2024", *row(3)[1:]]
    answer = send(as_csv([HEAD, row(1), row(2), late]))
    assert answer.status_code == 422
    assert answer.context["faults"] == [(4, "", "Ngày này chưa đến.")]
    assert written() == before


def test_a_head_imports_for_the_own_unit_alone(sign_in, giam_doc_so, written):
    before = written()
    other = [*row(1)[:4], "STP"]
    content = SimpleUploadedFile("a.csv", as_csv([HEAD, row(2), other]))
    answer = sign_in(giam_doc_so).post(PAGE, {"table": content})
    assert answer.status_code == 422
    assert [line for line, *_rest in answer.context["faults"]] == [3]
    assert written() == before


def test_too_many_rows_are_refused(monkeypatch, send, written):
    monkeypatch.setattr(imports, "MOST_ROWS", 5)
    before = written()
    answer = send(as_csv([HEAD, *(row(n) for n in range(6))]))
    assert answer.status_code == 422
    assert "hơn 5 dòng" in str(answer.context["form"].errors["table"])
    assert written() == before


@pytest.mark.parametrize("who", ["lanh_dao", "tiep_dan", "van_thu"])
def test_whoever_only_reads_imports_nothing(sign_in, request, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 404
    content = SimpleUploadedFile("a.csv", as_csv([HEAD, row(1)]))
    assert client.post(PAGE, {"table": content}).status_code == 404
    assert written() == before


def test_content_of_a_secret_document_is_not_imported(sign_in, van_thu_mat, written):
    """VT-71."""
    before = written()
    head = ["Ngày đến", "Độ mật", "Cấp gửi", "Cơ quan, tổ chức gửi", "Loại văn bản", "Trích yếu",
            "Đơn vị xử lý"]  # fmt: skip
    cells = ["10/6/2024", "Tối mật", "Bộ, ngành Trung ương", "Bộ", "Công văn", "Nội dung", "VPUB"]
    content = SimpleUploadedFile("a.csv", as_csv([head, cells]))
    answer = sign_in(van_thu_mat).post("/van-ban-den/nhap/", {"table": content})
    assert answer.status_code == 422
    assert [line for line, *_rest in answer.context["faults"]] == [2]
    assert written() == before
