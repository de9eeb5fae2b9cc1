"""Attachments: kept once under their digest, opened only to whom the entry is open."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.files import storage
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.files.storage import path_of
from dieuhanh.kernel.journal.models import Line

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 th\xe1\xbb\xad"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def entry(db):
    return Entry.objects.filter(register="feedback", unit__code="STNMT").first()


def kept_files(store):
    return sorted(path.name for path in store.rglob("*") if path.is_file())


def upload(name, content=PDF):
    return {"attachment": SimpleUploadedFile(name, content)}


def test_a_file_is_attached_and_given_back(sign_in, chuyen_vien, entry, store):
    client, url = sign_in(chuyen_vien), f"/phan-anh-kien-nghi/{entry.pk}/"

    answer = client.post(f"{url}tep/", upload("Trả lời số 12.pdf"))

    assert (answer.status_code, answer.url) == (302, url)
    one = Attachment.objects.get(entry=entry)
    digest = hashlib.sha256(PDF).hexdigest()
    assert (one.name, one.digest, one.size) == ("Trả lời số 12.pdf", digest, len(PDF))
    assert kept_files(store) == [digest]
    assert path_of(one).read_bytes() == PDF
    assert "Trả lời số 12.pdf" in client.get(url).content.decode()
    got = client.get(f"{url}tep/{one.pk}/")
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment")
    line = Line.objects.filter(entry_id=entry.pk).latest("pk")
    assert (line.verb, line.details) == ("file.attached", {"digest": digest})


def test_the_same_bytes_twice_are_kept_once(entry, chuyen_vien, store):
    first = attach_file(entry.pk, actor=chuyen_vien, name="a.pdf", content=io.BytesIO(PDF))
    lines = Line.objects.count()
    again = attach_file(entry.pk, actor=chuyen_vien, name="b.pdf", content=io.BytesIO(PDF))
    assert again == first
    assert len(kept_files(store)) == 1
    assert Line.objects.count() == lines


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", PDF), ("a", PDF), ("a.pdf.html", PDF), ("a.pdf", b""), ("a.svg", b"<svg/>")],
)
def test_what_is_not_kept_leaves_nothing(sign_in, chuyen_vien, entry, store, name, content):
    lines = Line.objects.count()
    answer = sign_in(chuyen_vien).post(
        f"/phan-anh-kien-nghi/{entry.pk}/tep/", upload(name, content)
    )
    assert answer.status_code == 422
    assert answer.context["attachment_form"].errors
    with pytest.raises(Refusal):
        attach_file(entry.pk, actor=chuyen_vien, name=name, content=io.BytesIO(content))
    assert not Attachment.objects.filter(entry=entry).exists()
    assert Line.objects.count() == lines
    assert not store.exists() or kept_files(store) == []


def test_a_file_too_large_leaves_nothing(monkeypatch, chuyen_vien, entry, store):
    monkeypatch.setattr(storage, "LARGEST", 10)
    monkeypatch.setattr(storage, "CHUNK", 4)
    with pytest.raises(Refusal, match="50 MB"):
        attach_file(entry.pk, actor=chuyen_vien, name="a.pdf", content=io.BytesIO(b"x" * 11))
    assert kept_files(store) == []
    attach_file(entry.pk, actor=chuyen_vien, name="a.pdf", content=io.BytesIO(b"x" * 10))
    assert len(kept_files(store)) == 1


@pytest.mark.parametrize(
    "name", ["../../etc/x.pdf", "a\\b.pdf", "a\x00b\n.pdf", "é" * 400 + ".pdf"]
)
def test_a_name_is_only_a_name(entry, chuyen_vien, store, name):
    one = attach_file(entry.pk, actor=chuyen_vien, name=name, content=io.BytesIO(PDF))
    assert len(one.name) <= 255
    assert not set(one.name) & set("/\\\x00\n")
    assert one.name.endswith(".pdf")
    assert path_of(one).parent.parent == store


def test_whoever_only_reads_attaches_nothing(sign_in, lanh_dao, entry, store):
    client = sign_in(lanh_dao)
    url = f"/phan-anh-kien-nghi/{entry.pk}/tep/"
    assert client.get(url).status_code == 405
    assert client.post(url, upload("a.pdf")).status_code == 404
    with pytest.raises(Forbidden):
        attach_file(entry.pk, actor=lanh_dao, name="a.pdf", content=io.BytesIO(PDF))
    assert not Attachment.objects.filter(entry=entry).exists()
    assert not store.exists()


def test_a_file_is_closed_with_its_entry(sign_in, chuyen_vien, van_thu, giam_doc_so, entry):
    one = attach_file(entry.pk, actor=chuyen_vien, name="a.pdf", content=io.BytesIO(PDF))
    address = f"/phan-anh-kien-nghi/{entry.pk}/tep/{one.pk}/"
    assert sign_in(van_thu).get(address).status_code == 404
    assert sign_in(giam_doc_so).get(address).status_code == 200
    Entry.objects.filter(pk=entry.pk).update(unit=van_thu.current_appointments[0].unit)
    assert sign_in(giam_doc_so).get(address).status_code == 404
    other = Entry.objects.filter(register="feedback").exclude(pk=entry.pk).first()
    moved = f"/phan-anh-kien-nghi/{other.pk}/tep/{one.pk}/"
    assert sign_in(chuyen_vien).get(moved).status_code == 404


def test_the_database_keeps_no_empty_file(chuyen_vien, entry):
    one = attach_file(entry.pk, actor=chuyen_vien, name="a.pdf", content=io.BytesIO(PDF))
    with pytest.raises(IntegrityError, match="attachment_not_empty"), transaction.atomic():
        Attachment.objects.filter(pk=one.pk).update(size=0)
