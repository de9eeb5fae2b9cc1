"""A report of the program is taken out, spoilt as people spoil it, and dropped on the page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from dieuhanh.proof import check, read
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.render import docx

PAGE = "/soat-so-lieu/"
DROP = """([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  const place = document.querySelector('input[name="papers"]').closest(".field");
  for (const kind of ["dragover", "drop"])
    place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: files }));
}"""


@pytest.fixture
def spoilt(db, tmp_path: Path) -> Path:
    """The half-year report as a Word file: one figure mistyped, one word doubled."""
    word = Document(io.BytesIO(docx.render(compose("direction", "2024-H1").document)))
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("45.449", "45.494")
    added = word.add_paragraph("Các đơn vị đã đã báo cáo đúng hạn theo quy định.")
    assert added.text
    path = tmp_path / "bao-cao-da-go-lai.docx"
    word.save(str(path))
    return path


@pytest.fixture
def page(visit) -> Page:
    opened = visit("ke-hoach", viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    opened.goto(PAGE)
    return opened


def test_a_real_file_is_dropped_looked_at_and_taken_away_corrected(page, spoilt, tmp_path):
    import base64

    page.evaluate(DROP, [base64.b64encode(spoilt.read_bytes()).decode(), spoilt.name])
    page.get_by_role("button", name="Soát", exact=True).click()
    expect(page.get_by_role("heading", name=spoilt.name)).to_be_visible()
    doubled = page.locator(".finding", has_text="Lặp “đã”")
    expect(doubled).to_be_visible()
    expect(page.locator(".finding", has_text="sổ 45.449")).to_be_visible()

    kind = page.locator("[data-kind='error']")
    kind.uncheck()
    expect(page.locator(".finding.error").first).to_be_hidden()
    kind.check()

    for one in page.locator("input[name='nhan']").all():
        one.check()
    with page.expect_download() as got:
        page.get_by_role("button", name="Bản đã nhận sửa").click()
    corrected = tmp_path / "da-sua.docx"
    got.value.save_as(corrected)
    text = read(corrected).source.text
    assert "đã đã" not in text and "45.449" in text and "45.494" not in text
    assert not [one for one in check(read(corrected)) if one.check == "writing.doubled"]

    with page.expect_download() as got:
        page.get_by_role("button", name="Bản Word có ghi chú").click()
    commented = tmp_path / "ghi-chu.docx"
    got.value.save_as(commented)
    with zipfile.ZipFile(commented) as package:
        assert "sổ 45.449" in package.read("word/comments.xml").decode()


def test_the_marks_lead_to_what_is_said_and_back(page):
    page.get_by_label("Hoặc dán văn bản").fill(
        "Cơ quan tiếp nhận 1.335 đơn, trong đó có 843 đơn khiếu nại và 490 đơn tố cáo."
    )
    page.get_by_role("button", name="Soát", exact=True).click()
    mark = page.locator(".text .number").first
    expect(mark).to_be_visible()
    mark.click()
    assert page.url.endswith("#f1-1")
    page.locator(".beside .number").first.click()
    assert page.url.endswith("#m1-1")


def test_without_script_the_page_answers_too(visit):
    page = visit("ke-hoach", java_script_enabled=False)
    page.goto(PAGE)
    page.get_by_label("Hoặc dán văn bản").fill(
        "Cơ quan tiếp nhận 1.335 đơn, trong đó có 843 đơn khiếu nại và 490 đơn tố cáo."
    )
    page.get_by_role("button", name="Soát", exact=True).click()
    expect(page.locator(".finding").first).to_contain_text("843 + 490")
    expect(page.get_by_label("Hoặc dán văn bản")).to_have_value(
        "Cơ quan tiếp nhận 1.335 đơn, trong đó có 843 đơn khiếu nại và 490 đơn tố cáo."
    )
