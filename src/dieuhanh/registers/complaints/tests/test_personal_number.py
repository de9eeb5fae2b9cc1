"""Personal numbers of letter writers: sealed, found again by exact value, never of a denouncer."""

import pytest

from dieuhanh.kernel.journal.actions import SYSTEM
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.vault.keys import new_key
from dieuhanh.registers.complaints import sealing
from dieuhanh.registers.complaints.actions import reseal_letters
from dieuhanh.registers.complaints.models import Letter, ProtectedIdentity
from dieuhanh.registers.complaints.queries import letters_of_number, require_opens_sealed

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "001085012345", "001085012346"


def found(person, number):
    return [letter.pk for letter in letters_of_number(person, number)]


def test_only_ciphertext_is_kept_and_it_is_found_by_the_exact_number(enter, tiep_dan):
    entry = enter("don-thu", sender_number="001 085 012 345")
    letter = Letter.objects.get(pk=entry.pk)
    assert NUMBER.encode() not in bytes(letter.sender_number) + bytes(letter.sender_number_index)
    assert sealing.opened_number(letter) == NUMBER
    assert found(tiep_dan, NUMBER) == [entry.pk]
    assert found(tiep_dan, OTHER) == found(tiep_dan, NUMBER[:11]) == []


def test_who_may_not_see_the_letter_does_not_find_it(enter, tiep_dan, giam_doc_so, quan_tri, unit):
    theirs, elsewhere = enter("don-thu", sender_number=NUMBER), None
    elsewhere = enter("don-thu", sender_number=NUMBER, repeated="on", unit="BTCD")
    assert found(tiep_dan, NUMBER) == [elsewhere.pk, theirs.pk]
    assert found(giam_doc_so, NUMBER) == [theirs.pk]
    assert found(quan_tri, NUMBER) == []


def test_the_second_letter_of_a_person_names_the_first(sign_in, tiep_dan, enter, typed, written):
    first = enter("don-thu", sender_number=NUMBER)
    before = written()
    values = typed("don-thu") | {"sender_number": NUMBER}
    answer = sign_in(tiep_dan).post("/don-thu/them/", values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["sender_number"])
    assert f"Người này đã có đơn số {first}" in answer.content.decode()
    assert written() == before
    second = enter("don-thu", sender_number=NUMBER, repeated="on")
    assert found(tiep_dan, NUMBER) == [second.pk, first.pk]


def test_a_denouncer_is_linked_to_nothing(enter, tiep_dan):
    """TC-22: neither found by the number nor warned of at another letter."""
    enter("don-thu", letter_class="denunciation", sender="Kiều Oanh", sender_number=NUMBER)
    assert found(tiep_dan, NUMBER) == []
    complaint = enter("don-thu", sender_number=NUMBER)
    enter("don-thu", letter_class="denunciation", sender="Kiều Oanh", sender_number=NUMBER)
    assert found(tiep_dan, NUMBER) == [complaint.pk]


@pytest.mark.parametrize("number", ["123", "00108501234x", "000085012345"])
def test_what_is_no_number_is_refused_beside_its_field(sign_in, tiep_dan, typed, written, number):
    before = written()
    answer = sign_in(tiep_dan).post("/don-thu/them/", typed("don-thu") | {"sender_number": number})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["sender_number"])
    assert written() == before


def test_correcting_shows_no_number_and_keeps_it_unless_another_is_typed(
    client, enter, typed, tiep_dan
):
    entry = enter("don-thu", sender_number=NUMBER)
    url = f"/don-thu/{entry.pk}/dinh-chinh/"
    page = client.get(url).content.decode()
    assert NUMBER not in page and "b&#x27;" not in page

    values = typed("don-thu") | {"version": "1", "reason": "Ghi nhầm", "title": "Khiếu nại khác"}
    assert client.post(url, values).status_code == 302
    assert found(tiep_dan, NUMBER) == [entry.pk]
    values |= {"version": "2", "sender_number": OTHER}
    assert client.post(url, values).status_code == 302
    assert (found(tiep_dan, NUMBER), found(tiep_dan, OTHER)) == ([], [entry.pk])
    line = Line.objects.filter(entry_id=entry.pk).latest("pk")
    assert line.details["changes"] == {"sender_number": ["…", "…"]}
    story = client.get(f"/don-thu/{entry.pk}/").content.decode()
    assert "Số định danh cá nhân: … → …" in story and OTHER not in story


def test_a_new_key_opens_the_old_and_rotation_needs_it_no_more(enter, tiep_dan, settings):
    old, new = new_key(), new_key()
    settings.VAULT_KEY = old
    entry = enter("don-thu", sender_number=NUMBER)
    guarded = enter("don-thu", letter_class="denunciation", sender="Kiều Oanh", sender_number=OTHER)
    settings.VAULT_KEY = f"{new}\n{old}"
    assert found(tiep_dan, NUMBER) == [entry.pk], "the index of an older key is looked for too"
    assert require_opens_sealed(), "one is under an older key"

    assert reseal_letters(actor=SYSTEM) == 2
    assert Line.objects.latest("pk").verb == "vault.rotated"
    assert reseal_letters(actor=SYSTEM) == 0

    settings.VAULT_KEY = new
    assert found(tiep_dan, NUMBER) == [entry.pk]
    assert not require_opens_sealed()
    kept = sealing.opened_identity(ProtectedIdentity.objects.get(letter_id=guarded.pk))
    assert (kept.name, kept.number) == ("Kiều Oanh", OTHER)


def test_without_the_key_nothing_is_written_and_the_page_says_why(
    sign_in, tiep_dan, typed, written, settings, tmp_path
):
    settings.VAULT_KEY, settings.VAULT_MAKES_KEY = "", False
    settings.VAULT_KEY_FILE = tmp_path / "absent"
    before = written()
    values = typed("don-thu") | {"letter_class": "denunciation", "sender": "Kiều Oanh"}
    answer = sign_in(tiep_dan).post("/don-thu/them/", values)
    assert answer.status_code == 422
    assert "Không đọc được tệp khóa bảo mật" in answer.content.decode()
    assert written() == before
