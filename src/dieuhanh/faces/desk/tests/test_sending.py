"""A form is kept while it is typed and done once, whatever happens between."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.personal.actions import KEPT_FOR, drop_old
from dieuhanh.kernel.personal.models import SentForm, UnsentForm

pytestmark = pytest.mark.django_db

NEW = "/van-ban-den/them/"
TABLE = (
    'Ngày đến,Độ mật,Cấp gửi,"Cơ quan, tổ chức gửi",Loại văn bản,Trích yếu,Đơn vị xử lý\n'
    '17/6/2024,Không mật,"Bộ, ngành Trung ương",Bộ Xây dựng,Công văn,{subject},{unit}\n'
)
SUBJECT = "Về việc rà soát quỹ đất hai bên tuyến Vành đai 4"
FIELDS = "opened_on secrecy secrecy=none origin sender type symbol issued_on title unit"


def typed(**changes: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "form_keeps": FIELDS,
        "form_title": "Vào sổ văn bản đến",
        "opened_on": "17/6/2024",
        "secrecy": "none",
        "origin": "ministry",
        "sender": "Bộ Tài nguyên và Môi trường",
        "type": "official_letter",
        "title": SUBJECT,
        "unit": Unit.objects.get(code="VPUB").name,
        "confidentiality": "ordinary",
    } | changes


@pytest.fixture
def clerk(client, van_thu):
    client.force_login(van_thu)
    return client


def entered() -> int:
    return Entry.objects.filter(title__startswith=SUBJECT).count()


def kept(client, sent: dict[str, str], address: str = NEW):
    return client.post("/ban-nhap/luu/", sent | {"form_address": address})


def shown(response) -> str:
    return " ".join(response.content.decode().split())


# Keeping ------------------------------------------------------------------------------------------


def test_what_is_typed_stands_there_again_until_it_is_sent(clerk):
    sent = typed()
    answer = kept(clerk, sent)
    assert answer.json() == {"said": "Đã lưu 08:40"}
    page = shown(clerk.get(NEW))
    assert SUBJECT in page, "a form begun is filled in when it is opened again"
    assert "nội dung ông/bà đã gõ mà chưa gửi, lưu lúc 08:40 ngày 17/6/2024" in page
    assert sent["form_key"] in page, "it keeps its key, so that it is still sent once"
    listed = shown(clerk.get("/ban-nhap/"))
    assert f"{NEW}?dung-lai=1" in listed
    assert clerk.post(NEW, sent).status_code == 302
    assert not UnsentForm.objects.exists(), "what was sent is no longer unsent"
    assert SUBJECT not in shown(clerk.get(NEW))


def test_nobody_else_reads_it_and_the_row_does_not_tell_it(clerk, van_thu, chuyen_vien):
    kept(clerk, typed())
    one = UnsentForm.objects.get()
    assert one.person == van_thu
    assert SUBJECT.encode() not in bytes(one.sealed), "seal it"
    clerk.force_login(chuyen_vien)
    assert "Vào sổ văn bản đến" not in shown(clerk.get("/ban-nhap/"))
    assert clerk.post(f"/ban-nhap/{one.pk}/bo/").status_code == 404
    assert UnsentForm.objects.exists()


def test_one_may_throw_it_away_and_is_led_back(clerk):
    kept(clerk, typed())
    one = UnsentForm.objects.get()
    answer = clerk.post(f"/ban-nhap/{one.pk}/bo/", {"next": NEW})
    assert answer.url == NEW
    assert SUBJECT not in shown(clerk.get(NEW))
    kept(clerk, typed())
    elsewhere = {"next": "https://example.org/"}
    answer = clerk.post(f"/ban-nhap/{UnsentForm.objects.get().pk}/bo/", elsewhere)
    assert answer.url == "/ban-nhap/", "lead nobody off the site"


def test_a_secret_document_and_a_writer_of_a_letter_are_never_kept(clerk, tiep_dan):
    kept(clerk, typed())
    kept(clerk, typed(secrecy="secret"))
    assert not UnsentForm.objects.exists(), "what was kept before it became secret goes too"
    clerk.force_login(tiep_dan)
    page = shown(clerk.get("/don-thu/them/"))
    names = page.split('name="form_keeps" value="')[1].split('"')[0].split()
    assert "title" in names
    assert not {"sender", "sender_address", "sender_number"} & set(names)


def test_a_correction_offers_what_was_typed_and_shows_what_is_stored(clerk, van_thu):
    entry = Entry.objects.filter(register="documents.incoming", confidentiality="ordinary").last()
    address = f"/van-ban-den/{entry.pk}/dinh-chinh/"
    kept(clerk, {"form_key": str(uuid4()), "form_keeps": "title version", "form_title": "Đính chính",
                 "title": "Trích yếu gõ dở", "version": str(entry.version)}, address)  # fmt: skip
    page = shown(clerk.get(address))
    assert "Ông/bà có nội dung chưa gửi" in page
    assert "Trích yếu gõ dở" not in page, "what is stored is not overwritten unasked"
    assert "Trích yếu gõ dở" in shown(clerk.get(f"{address}?dung-lai=1"))


@pytest.mark.parametrize(
    "address", ["", "//example.org/", "https://example.org/", "/khong/co/the/"]
)
def test_only_pages_of_the_site_keep_forms(clerk, address):
    assert kept(clerk, typed(), address).status_code == 400
    assert not UnsentForm.objects.exists()


def test_too_much_is_said_and_not_cut(clerk):
    answer = kept(clerk, typed(title="x" * 500_000))
    assert answer.status_code == 413
    assert "quá dài" in answer.json()["said"]


def test_after_thirty_days_it_is_gone(clerk, monkeypatch):
    kept(clerk, typed())
    clerk.post(NEW, typed())
    later = clock.now() + KEPT_FOR + dt.timedelta(1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert SUBJECT not in shown(clerk.get("/ban-nhap/"))
    assert drop_old() == 2
    assert not UnsentForm.objects.exists()
    assert not SentForm.objects.exists()


# A session that ended -----------------------------------------------------------------------------


def sign_in(client, page, username: str):
    """Send the sign-in page back as a browser would."""
    hidden = page.split('name="form_carried" value="')[1].split('"')[0]
    after = page.split('name="next" value="')[1].split('"')[0]
    return client.post("/dang-nhap/", {"username": username, "password": "dieu-hanh-2024",
                                       "next": after, "form_carried": hidden})  # fmt: skip


def test_a_form_sent_after_the_session_ended_stands_there_after_signing_in(client):
    answer = client.post(NEW, typed())
    assert answer.status_code == 401
    page = shown(answer)
    assert "Phiên làm việc đã hết. Nội dung đã gõ vẫn còn" in page
    assert SUBJECT not in page, "the sign-in page is anybody's: seal what it carries"
    answer = sign_in(client, page, "van-thu")
    assert answer.url == f"{NEW}?dung-lai=1"
    assert SUBJECT in shown(client.get(answer.url))
    assert entered() == 0, "it is shown again, not sent"


def test_a_wrong_password_does_not_lose_it(client):
    page = shown(client.post(NEW, typed()))
    hidden = page.split('name="form_carried" value="')[1].split('"')[0]
    wrong = {"username": "van-thu", "password": "sai", "form_carried": hidden, "next": NEW}
    again = shown(client.post("/dang-nhap/", wrong))
    assert sign_in(client, again, "van-thu").url == f"{NEW}?dung-lai=1"


def test_who_may_not_open_the_page_gets_nothing_of_it(client):
    page = shown(client.post(NEW, typed()))
    answer = sign_in(client, page, "quan-tri")
    assert client.get(answer.url).status_code == 404
    assert not UnsentForm.objects.exists()
    assert SUBJECT not in shown(client.get("/ban-nhap/"))


def test_a_page_that_was_altered_brings_nothing(client):
    page = shown(client.post(NEW, typed()))
    sent = {"username": "van-thu", "password": "dieu-hanh-2024", "form_carried": "YWJj:x:y"}
    assert client.post("/dang-nhap/", sent).url == "/"
    assert "form_carried" in page


def test_a_secret_form_is_not_carried(client):
    page = shown(client.post(NEW, typed(secrecy="secret", sender="Bộ Quốc phòng")))
    assert "không được giữ lại" in page
    assert 'name="form_carried"' not in page


def test_saving_after_the_session_ended_says_so(client):
    answer = kept(client, typed())
    assert answer.status_code == 401
    assert "Phiên làm việc đã hết" in answer.json()["said"]


def test_a_page_from_before_the_last_sign_in_is_shown_again(van_thu):
    client = Client(enforce_csrf_checks=True)
    client.force_login(van_thu)
    own = {"HTTP_ORIGIN": "http://testserver"}
    answer = client.post(NEW, typed(csrfmiddlewaretoken="x" * 64), **own)
    assert answer.status_code == 302, "a stale token loses nothing"
    assert SUBJECT in shown(client.get(answer.url))
    assert entered() == 0


def test_a_form_of_another_site_is_refused(van_thu):
    client = Client(enforce_csrf_checks=True)
    client.force_login(van_thu)
    for origin in ("https://example.org", "null"):
        answer = client.post(NEW, typed(), HTTP_ORIGIN=origin)
        assert answer.status_code == 403
    assert "form_carried" not in client.session


# Once ---------------------------------------------------------------------------------------------


def test_a_form_sent_twice_is_done_once(clerk):
    sent = typed()
    first = clerk.post(NEW, sent)
    second = clerk.post(NEW, sent)
    assert entered() == 1
    assert second.url == first.url, "the second is shown what came of the first"
    assert "đã được ghi lúc 08:40; lần gửi sau không ghi thêm gì" in shown(clerk.get(second.url))
    assert not UnsentForm.objects.exists()


def test_what_was_changed_after_the_back_button_is_kept_not_done(clerk):
    sent = typed()
    clerk.post(NEW, sent)
    second = clerk.post(NEW, sent | {"title": f"{SUBJECT}, lần hai"})
    assert entered() == 1
    assert "Nội dung sửa sau đó chưa được ghi" in shown(clerk.get(second.url))
    assert f"{SUBJECT}, lần hai" in shown(clerk.get(NEW))


def test_a_form_with_faults_may_be_sent_again_under_its_key(clerk):
    sent = typed(title="")
    assert clerk.post(NEW, sent).status_code == 422
    assert clerk.post(NEW, sent | {"title": SUBJECT}).status_code == 302
    assert entered() == 1


def test_an_attachment_sent_twice_is_kept_once(clerk):
    clerk.post(NEW, typed())
    entry = Entry.objects.get(title=SUBJECT)
    page = shown(clerk.get(f"/van-ban-den/{entry.pk}/"))
    key = page.split('name="form_key" value="')[1].split('"')[0]
    for _turn in range(2):
        file = SimpleUploadedFile("to-trinh.txt", b"noi dung")
        clerk.post(f"/van-ban-den/{entry.pk}/tep/", {"form_key": key, "attachment": file})
    assert Attachment.objects.filter(entry=entry).count() == 1


def test_a_table_sent_twice_is_taken_over_once(clerk):
    page = shown(clerk.get("/van-ban-den/nhap/"))
    key = page.split('name="form_key" value="')[1].split('"')[0]
    table = TABLE.format(subject=SUBJECT, unit=Unit.objects.get(code="VPUB").name).encode()
    answers = [
        clerk.post(
            "/van-ban-den/nhap/", {"form_key": key, "table": SimpleUploadedFile("so.csv", table)}
        )
        for _turn in range(2)
    ]
    assert [one.status_code for one in answers] == [302, 302], shown(answers[0])
    assert entered() == 1, "A double click entered every row twice."


def test_what_was_sent_is_not_kept_again_by_a_late_save(clerk):
    sent = typed()
    clerk.post(NEW, sent)
    assert kept(clerk, sent).json() == {"said": ""}
    assert not UnsentForm.objects.exists()


def test_somebody_elses_key_does_not_stand_in_the_way(clerk, van_thu):
    sent = typed()
    clerk.post(NEW, sent)
    other = Client()
    other.force_login(Person.objects.get(username="giam-doc-so"))
    unit = Unit.objects.get(code="STNMT").name
    assert other.post(NEW, sent | {"unit": unit}).status_code in (302, 404)
