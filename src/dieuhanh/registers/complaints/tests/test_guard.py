"""The denouncer vanishes everywhere (TC-20, TC-21), and is still counted."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.complaints.actions import correct_letter
from dieuhanh.registers.complaints.models import Letter, ProtectedIdentity
from dieuhanh.registers.complaints.sealing import opened_identity

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Kiều Oanh Tố", "số 9 phố Kín"


@pytest.fixture
def letter(enter):
    return enter(
        "don-thu", letter_class="denunciation", sender=NAME, sender_address=ADDRESS,
        title="Tố cáo thu tiền sai quy định",
    )  # fmt: skip


def whole(answer):
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts)


def hidden(text):
    return not any(word in text for word in (NAME, "Kiều", "kieu oanh", ADDRESS, "phố Kín"))


def test_only_the_guarded_place_has_the_name(letter):
    kept = ProtectedIdentity.objects.get(letter_id=letter.pk)
    identity = opened_identity(kept)
    assert (identity.name, identity.address, str(kept)) == (NAME, ADDRESS, "…")
    assert NAME.encode() not in bytes(kept.name) and NAME not in repr(identity)
    assert Letter.objects.get(pk=letter.pk).sender == ""
    assert letter.confidentiality == "guarded"
    assert hidden(letter.folded) and hidden(letter.title)
    for line in Line.objects.filter(entry_id=letter.pk):
        assert hidden(f"{line.subject} {line.reason} {line.details}")


@pytest.mark.parametrize(
    "address",
    [
        "/don-thu/{pk}/",
        "/don-thu/{pk}/dinh-chinh/",
        "/don-thu/?loai=denunciation&tu=10/6/2024&den=10/6/2024",
        "/don-thu/xuat.csv?loai=denunciation&tu=10/6/2024&den=10/6/2024",
        "/so-lieu/complaints.letters.denunciation/?tu=10/6/2024&den=10/6/2024",
        "/so-lieu/complaints.letters.denunciation/muc/?tu=10/6/2024&den=10/6/2024",
        "/api/v1/registers/complaints.letters/entries/{pk}",
        "/api/v1/registers/complaints.letters/entries?q=thu+tien+sai&kind=denunciation",
    ],
)
def test_the_name_is_on_no_page_even_of_who_may_open_the_letter(client, letter, address):
    answer = client.get(address.format(pk=letter.pk))
    text = whole(answer).decode()
    if answer["Content-Type"].startswith("application/json"):
        text = json.dumps(answer.json(), ensure_ascii=False)
    assert answer.status_code == 200
    assert "Tố cáo thu tiền sai quy định" in text
    assert hidden(text)


@pytest.mark.parametrize(
    "address",
    ["/don-thu/?q={q}", "/tim/?q={q}", "/api/v1/registers/complaints.letters/entries?q={q}"],
)
@pytest.mark.parametrize("query", [NAME, "kieu oanh", "phố Kín"])
def test_no_search_finds_the_name(client, letter, address, query):
    text = client.get(address.format(q=query)).content.decode()
    assert f"/don-thu/{letter.pk}/" not in text
    assert f'"id": {letter.pk},' not in text


def test_no_workbook_has_the_name(client, letter):
    answer = client.get("/don-thu/xuat.xlsx?loai=denunciation&tu=10/6/2024&den=10/6/2024")
    assert "denunc" not in answer["Content-Disposition"] and hidden(answer["Content-Disposition"])
    sheet = load_workbook(io.BytesIO(whole(answer))).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Tố cáo thu tiền" in cell for cell in cells)
    assert hidden(" ".join(cells))


@pytest.mark.parametrize("who", ["ke_hoach", "lanh_dao", "giam_doc_so"])
def test_whoever_is_not_privileged_cannot_tell_it_from_nothing(sign_in, request, letter, who):
    """TC-20: hidden and absent look alike; the unit's own head is no exception."""
    client = sign_in(request.getfixturevalue(who))
    for address in (
        "/don-thu/{pk}/", "/don-thu/{pk}/dinh-chinh/", "/don-thu/{pk}/tep/1/",
        "/api/v1/registers/complaints.letters/entries/{pk}",
    ):  # fmt: skip
        there = client.get(address.format(pk=letter.pk))
        assert there.status_code == 404
        assert client.get(address.format(pk=2**40)).status_code == 404
    listed = client.get("/don-thu/?tu=10/6/2024&den=10/6/2024").content.decode()
    assert f"/don-thu/{letter.pk}/" not in listed
    assert f"/don-thu/{letter.pk}/" not in client.get("/tim/?q=tố cáo thu tiền").content.decode()
    exported = whole(client.get("/don-thu/xuat.csv?tu=10/6/2024&den=10/6/2024")).decode()
    assert "Tố cáo thu tiền sai quy định" not in exported


def test_the_figure_counts_it_and_says_that_it_is_not_theirs(sign_in, enter, tiep_dan, ke_hoach):
    """X-06 with TC-20: the total is whole for everyone, the list is not."""
    enter("don-thu", letter_class="denunciation", sender=NAME, opened_on="16/6/2024")
    days = "?tu=16/6/2024&den=16/6/2024"
    for address in ("", "muc/"):
        url = f"/so-lieu/complaints.letters.denunciation/{address}{days}"
        mine = sign_in(tiep_dan).get(url).content.decode()
        assert "không thuộc quyền xem" not in mine
        theirs = sign_in(ke_hoach).get(url)
        page = theirs.content.decode()
        assert "được đếm nhưng không thuộc quyền xem" in page
        assert "Khiếu nại thu hồi đất" not in page
        if address:
            assert theirs.context["rows"] == []
            assert "0 mục trong 1." in theirs.context["pager"]["words"]
        else:
            assert theirs.context["figure"]["shown"] == "1"
            assert theirs.context["figure"]["hidden_count"] == 1


def test_a_letter_that_becomes_a_denunciation_takes_its_writer_to_safety(
    client, enter, typed, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    entry = enter("don-thu", sender=NAME, title=f"Đơn của {NAME}", sender_number="001085012345")
    upload = SimpleUploadedFile(f"{NAME}.PDF", b"%PDF-1.4")
    client.post(f"/don-thu/{entry.pk}/tep/", {"attachment": upload})
    values = typed("don-thu") | {"letter_class": "denunciation", "title": "Tố cáo", "sender": ""}
    values |= {"version": "1", "reason": "Nội dung là tố cáo"}

    assert client.post(f"/don-thu/{entry.pk}/dinh-chinh/", values).status_code == 302

    entry.refresh_from_db()
    assert (entry.kind, entry.confidentiality, entry.folded) == (
        "denunciation", "guarded", "to cao",
    )  # fmt: skip
    assert Letter.objects.get(pk=entry.pk).sender == ""
    kept = opened_identity(ProtectedIdentity.objects.get(letter_id=entry.pk))
    assert (kept.name, kept.number) == (NAME, "001085012345")
    letter = Letter.objects.get(pk=entry.pk)
    assert letter.sender_number is None and letter.sender_number_index is None
    assert hidden(" ".join(entry.attachments.values_list("name", flat=True)))
    line = Line.objects.filter(entry_id=entry.pk).latest("pk")
    assert line.details["changes"]["sender"] == ["…", "…"]
    assert line.details["changes"]["title"] == ["…", "…"]
    assert hidden(f"{line.subject} {line.reason} {line.details}")


def test_correcting_the_name_keeps_the_address(letter, tiep_dan):
    correct_letter(letter.pk, actor=tiep_dan, version=1, reason="Nhầm tên", sender="Kiều Oanh Tô")
    kept = opened_identity(ProtectedIdentity.objects.get(letter_id=letter.pk))
    assert (kept.name, kept.address) == ("Kiều Oanh Tô", ADDRESS)
    line = Line.objects.filter(entry_id=letter.pk).latest("pk")
    assert hidden(f"{line.subject} {line.reason} {line.details}")


def test_protection_is_not_taken_back(client, letter, typed, tiep_dan, written):
    before = written()
    values = typed("don-thu") | {"version": "1", "reason": "thử"}
    answer = client.post(f"/don-thu/{letter.pk}/dinh-chinh/", values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["letter_class"]
    with pytest.raises(Refusal):
        correct_letter(letter.pk, actor=tiep_dan, version=1, reason="thử", letter_class="petition")
    assert written() == before
    assert Entry.objects.get(pk=letter.pk).confidentiality == "guarded"
    assert Letter.objects.get(pk=letter.pk).sender == ""


def test_a_file_name_does_not_tell_the_name(client, letter, settings, tmp_path):
    """TC-21: file names too."""
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile(f"Đơn của {NAME}.pdf", b"%PDF-1.4")
    assert client.post(f"/don-thu/{letter.pk}/tep/", {"attachment": upload}).status_code == 302
    assert hidden(Attachment.objects.get(entry=letter).name)
    assert hidden(client.get(f"/don-thu/{letter.pk}/").content.decode())


@pytest.mark.parametrize("field", ["title", "reason"])
def test_what_everybody_reads_may_not_name_the_writer(client, enter, typed, written, field):
    entry = enter("don-thu", sender=NAME, sender_number="001085012345")
    before = written()
    values = typed("don-thu") | {"letter_class": "denunciation", "title": "Tố cáo", "sender": ""}
    values |= {"version": "1", "reason": "Nội dung là tố cáo"}
    for told in (f"Đơn của bà {NAME.upper()}", "của kieu oanh tố", "số 001 085 012 345"):
        answer = client.post(f"/don-thu/{entry.pk}/dinh-chinh/", values | {field: told})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert written() == before


def test_a_denunciation_is_not_entered_with_its_writer_in_the_title(
    sign_in, tiep_dan, typed, written
):
    before = written()
    values = typed("don-thu") | {"letter_class": "denunciation", "sender": NAME}
    values["title"] = f"Bà {NAME} tố cáo thu tiền"
    answer = sign_in(tiep_dan).post("/don-thu/them/", values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["title"])
    assert written() == before
