"""Pages of a PDF as pictures: what can be drawn, and what may not harm the program."""

import io

import pytest
from django.urls import reverse

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.files import previews
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.previews import picture_of
from dieuhanh.registers.documents.queries import newest_incoming
from dieuhanh.reports.render.typesetting import typeset

PNG = b"\x89PNG\r\n\x1a\n"
TWO_PAGES = b'#set page(paper: "a4")\nTrang m\xe1\xbb\x99t\n#pagebreak()\nTrang hai'


@pytest.fixture
def entry(db):
    return newest_incoming(1)[0].entry


def _attach(entry, clerk, name, content):
    return attach_file(entry.pk, actor=clerk, name=name, content=io.BytesIO(content))


def test_a_letter_stands_beside_the_work_page_by_page(client, van_thu, entry):
    letter = _attach(entry, van_thu, "218-ĐĐBQH.pdf", typeset(TWO_PAGES, {}))
    assert letter.pages == 2
    client.force_login(van_thu)
    page = client.get(f"/van-ban-den/{entry.pk}/?tep={letter.pk}&trang=2").content.decode()
    assert "218-ĐĐBQH.pdf, trang 2/2" in page
    picture = reverse("desk:page-picture", args=["van-ban-den", entry.pk, letter.pk, 2])
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content).startswith(PNG)
    past = reverse("desk:page-picture", args=["van-ban-den", entry.pk, letter.pk, 3])
    assert client.get(past).status_code == 404


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 broken", b"not a pdf at all", b"%PDF-1.4\n" + b"\0" * 5000]
)
def test_a_file_that_cannot_be_drawn_is_kept_and_has_no_preview(client, van_thu, entry, content):
    kept = _attach(entry, van_thu, "hong.pdf", content)
    assert kept.pages is None
    client.force_login(van_thu)
    assert "hong.pdf" in client.get(f"/van-ban-den/{entry.pk}/").content.decode()
    with pytest.raises(Refusal, match="không có trang 1"):
        picture_of(kept, 1)


def test_drawing_that_stalls_is_given_up(van_thu, entry, monkeypatch):
    letter = _attach(entry, van_thu, "cham.pdf", typeset(TWO_PAGES, {"once": "more"}))
    monkeypatch.setattr(previews, "PATIENCE", 0.001)
    with pytest.raises(Refusal, match="tải tệp về"):
        picture_of(letter, 1, large=True)
    assert not list(previews.path_of(letter).parent.glob("*.partial-*"))


def test_somebody_who_may_not_open_the_entry_sees_no_page_of_its_files(
    client, quan_tri, van_thu, entry
):
    letter = _attach(entry, van_thu, "a.pdf", typeset(TWO_PAGES, {}))
    client.force_login(quan_tri)
    picture = reverse("desk:page-picture", args=["van-ban-den", entry.pk, letter.pk, 1])
    assert client.get(picture).status_code == 404
