"""Meetings of deputies with voters, by constituency (CT-04)."""

import pytest

from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.registers.petitions.models import VoterContact

pytestmark = pytest.mark.django_db
CONTACT_PAGE = "/tiep-xuc-cu-tri/"
FIGURES = (
    "petitions.national_assembly.voter_meetings",
    "petitions.national_assembly.voter_meeting_units",
)


@pytest.fixture
def meeting():
    return {
        "opened_on": "14/6/2024",
        "deputies": "national_assembly",
        "session": "sau kỳ họp thứ 7, Quốc hội khóa XV",
        "mode": "hybrid",
        "title": "Tiếp xúc cử tri quận Ba Đình",
        "constituencies": "Ba Đình\nTây Hồ",
        "unit": "VPUB",
        "co_units": "STNMT",
    }


@pytest.fixture
def contact(sign_in, chuyen_vien, meeting):
    answer = sign_in(chuyen_vien).post(f"{CONTACT_PAGE}them/", meeting)
    assert answer.status_code == 302, answer.context["form"].errors
    return VoterContact.objects.get(pk=answer.url.strip("/").split("/")[-1])


def figures(window):
    evaluator = Evaluator(window)
    return [int(evaluator.answer(id).value) for id in FIGURES]


def test_a_meeting_counts_once_and_its_constituencies_once_each(half_year, contact, client):
    """All 30 had a meeting before: one meeting more, not one constituency more."""
    assert figures(half_year) == [19, 30]
    assert (contact.entry.kind, contact.constituencies.count()) == ("national_assembly", 2)
    page = client.get(f"{CONTACT_PAGE}{contact.pk}/").content.decode()
    assert "Quận Ba Đình; Quận Tây Hồ" in page
    assert "Trực tiếp kết hợp trực tuyến" in page


def test_corrected_it_leaves_the_count_of_the_other_deputies(half_year, contact, client, meeting):
    values = meeting | {
        "deputies": "people_council", "constituencies": "Tây Hồ", "co_units": "",
        "version": 1, "reason": "Ghi nhầm",
    }  # fmt: skip
    assert client.post(f"{CONTACT_PAGE}{contact.pk}/dinh-chinh/", values).status_code == 302
    assert figures(half_year) == [18, 30]
    changes = Line.objects.filter(entry_id=contact.pk).latest("pk").details["changes"]
    assert changes["co_units"] == ["Sở Tài nguyên và Môi trường", ""]
    assert changes["constituencies"] == ["Quận Ba Đình; Quận Tây Hồ", "Quận Tây Hồ"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("constituencies", ""), ("constituencies", ";"), ("opened_on", "18/6/2024"), ("mode", "")],
)
def test_a_fault_is_said_beside_its_field(sign_in, chuyen_vien, meeting, written, field, value):
    before = written()
    answer = sign_in(chuyen_vien).post(f"{CONTACT_PAGE}them/", meeting | {field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_unit_that_took_part_reads_and_does_not_write(sign_in, giam_doc_so, contact, meeting):
    client = sign_in(giam_doc_so)
    assert client.get(f"{CONTACT_PAGE}{contact.pk}/").status_code == 200
    assert client.get(f"{CONTACT_PAGE}{contact.pk}/dinh-chinh/").status_code == 404
