"""Secret documents: a stub in a book of its own, without content anywhere (VT-03, VT-70…VT-72)."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.documents.actions import (
    correct_incoming,
    correct_outgoing,
    register_incoming,
)
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub(enter, van_thu_mat, secret):
    return enter(van_thu_mat, "van-ban-den", secret)


@pytest.fixture
def gone(enter, van_thu_mat, issued):
    typed = issued | {"secrecy": "secret", "title": "", "recipients": "", "unit": "VPUB"}
    return enter(van_thu_mat, "van-ban-di", typed)


def test_a_stub_has_a_number_of_its_own_book_and_no_content(enter, van_thu_mat, secret):
    """VT-03."""
    books = Series.objects.filter(year=2024, book__startswith="documents.incoming")
    before = dict(books.values_list("book", "last"))

    entry = enter(van_thu_mat, "van-ban-den", secret)

    book = "documents.incoming.secret"
    assert (entry.book, entry.number) == (book, before[book] + 1)
    assert dict(books.values_list("book", "last")) == before | {book: entry.number}
    assert (entry.title, entry.folded, entry.outcome) == ("", "", "")
    assert (entry.kind, entry.confidentiality) == ("secret", "secret")
    document = IncomingDocument.objects.get(pk=entry.pk)
    assert (document.symbol, document.holder) == ("", "Văn thư mật")
    assert Line.objects.get(entry_id=entry.pk).details == {}


def test_an_outgoing_stub_has_neither_symbol_nor_recipients(gone):
    document = OutgoingDocument.objects.get(pk=gone.pk)
    assert (gone.book, gone.title, gone.folded) == ("documents.outgoing.secret", "", "")
    assert (document.symbol, document.recipients, document.holder) == ("", "", "Văn thư mật")


@pytest.mark.parametrize(("field", "text"), [("title", "Tuyến phòng thủ"), ("symbol", "12/M-BQP")])
def test_content_that_was_typed_is_refused_beside_its_field(
    sign_in, van_thu_mat, secret, written, field, text
):
    """VT-71, VT-72."""
    before = written()
    answer = sign_in(van_thu_mat).post("/van-ban-den/them/", secret | {field: text})
    assert answer.status_code == 422
    assert "bỏ trống ô này" in str(answer.context["form"].errors[field])
    assert written() == before
    assert not IncomingDocument.objects.filter(symbol=text).exists()


@pytest.mark.parametrize("field", ["title", "recipients"])
def test_content_of_an_outgoing_stub_is_refused(sign_in, van_thu_mat, issued, written, field):
    before = written()
    typed = issued | {"secrecy": "confidential", "title": "", "recipients": "", "unit": "VPUB"}
    answer = sign_in(van_thu_mat).post("/van-ban-di/them/", typed | {field: "nội dung"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_the_action_itself_refuses_content(van_thu_mat, unit, written):
    before = written()
    with pytest.raises(Refusal):
        register_incoming(
            actor=van_thu_mat, opened_on=dt.date(2024, 6, 14), origin="ministry", sender="Bộ",
            type="report", secrecy="top_secret", symbol="", issued_on=None, title="Nội dung",
            unit=unit,
        )  # fmt: skip
    assert written() == before


def test_a_correction_brings_no_content_in(client, stub, gone, secret, van_thu_mat, written):
    before = written()
    url = f"/van-ban-den/{stub.pk}/dinh-chinh/"
    typed = secret | {"title": "Nội dung", "version": "1", "reason": "thử"}
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["title"]
    for values in ({"title": "Nội dung"}, {"symbol": "12/M-BQP"}, {"secrecy": "none"}):
        with pytest.raises(Refusal):
            correct_incoming(stub.pk, actor=van_thu_mat, version=1, reason="thử", **values)
    for values in ({"title": "Nội dung"}, {"recipients": "Bộ"}, {"secrecy": "none"}):
        with pytest.raises(Refusal):
            correct_outgoing(gone.pk, actor=van_thu_mat, version=1, reason="thử", **values)
    assert written() == before


def test_a_corrected_stub_stays_empty_and_unfound(client, stub, secret):
    typed = secret | {"sender": "Bộ Quốc phòng", "version": "1", "reason": "Nhầm nơi gửi"}
    assert client.post(f"/van-ban-den/{stub.pk}/dinh-chinh/", typed).status_code == 302
    stub.refresh_from_db()
    assert (stub.title, stub.folded) == ("", "")


def test_an_ordinary_document_does_not_become_secret_by_correction(
    enter, client, van_thu, arrived, written
):
    entry = enter(van_thu, "van-ban-den", arrived)
    before = written()
    typed = arrived | {"secrecy": "secret", "title": "", "symbol": "", "version": "1"}
    answer = client.post(f"/van-ban-den/{entry.pk}/dinh-chinh/", typed | {"reason": "thử"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["secrecy"]
    assert written() == before
    assert Entry.objects.get(pk=entry.pk).title == arrived["title"]


def test_no_result_is_written_on_a_stub(client, stub, written):
    before = written()
    url = f"/van-ban-den/{stub.pk}/ket-thuc/"
    answer = client.post(url, {"on": "17/6/2024", "outcome": "Đã trả lời về tuyến"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["outcome"]
    assert written() == before
    assert client.post(url, {"on": "17/6/2024"}).status_code == 302


def test_no_file_is_kept_with_a_stub(client, stub, van_thu_mat, settings, tmp_path, written):
    """VT-71."""
    settings.MEDIA_ROOT = tmp_path
    before = written()
    answer = client.post(
        f"/van-ban-den/{stub.pk}/tep/",
        {"attachment": SimpleUploadedFile("quet.pdf", b"%PDF-1.4")},
    )
    assert answer.status_code == 422
    with pytest.raises(Refusal):
        attach_file(stub.pk, actor=van_thu_mat, name="quet.pdf", content=io.BytesIO(b"%PDF"))
    assert written() == before
    assert not Attachment.objects.filter(entry=stub).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    ["/van-ban-den/?q={q}", "/tim/?q={q}", "/api/v1/registers/documents.incoming/entries?q={q}"],
)
@pytest.mark.parametrize("query", ["Tổng cục Hải đảo", "van thu mat", "mật"])
def test_no_search_finds_a_stub(enter, client, van_thu_mat, secret, address, query):
    stub = enter(van_thu_mat, "van-ban-den", secret | {"sender": "Tổng cục Hải đảo"})
    answer = client.get(address.format(q=query))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f"/van-ban-den/{stub.pk}/" not in page
    assert f'"id": {stub.pk},' not in page


def test_the_list_shows_a_lock_where_the_subject_would_be(client, stub):
    page = client.get("/van-ban-den/?loai=secret&tu=14/6/2024").content.decode()
    assert f"/van-ban-den/{stub.pk}/" in page
    assert "Nội dung chỉ mở cho người có thẩm quyền" in page
    assert f"M{stub.number:,}".replace(",", ".") in page
