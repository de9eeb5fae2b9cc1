"""The boards of overdue work and of responsibility: on paper one A4 page, by touch on a phone."""

from __future__ import annotations

import pypdfium2
import pytest

from dieuhanh.registers.meetings.models import AgendaItem


@pytest.fixture
def board(db) -> dict[str, str]:
    session = AgendaItem.objects.latest("pk").session_id
    return {"overdue": "/bang/qua-han/", "responsibility": f"/bang/trach-nhiem/?goc={session}"}


@pytest.mark.parametrize("name", ["overdue", "responsibility"])
def test_a_board_prints_on_one_page(visit, board, name):
    page = visit("lanh-dao", viewport={"width": 1440, "height": 1080})
    page.goto(board[name])
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(paper) == 1, f"{name} takes {len(paper)} pages: print fewer rows and say so."
    assert {round(side) for side in paper[0].get_size()} <= {594, 595, 596, 841, 842, 843}
    words = paper[0].get_textpage().get_text_range()
    assert "đơn vị" in words


def test_what_is_not_printed_is_said(visit, board):
    page = visit("lanh-dao")
    page.goto(board["overdue"])
    page.emulate_media(media="print")
    shown = page.locator("table.overdue tbody tr[data-row]:visible").count()
    whole = page.locator("table.overdue tbody tr[data-row]").count()
    assert shown < whole
    assert f"Và {whole - shown} đơn vị khác" in page.inner_text("main")


def test_a_unit_is_opened_without_script_too(visit, board):
    page = visit("lanh-dao", java_script_enabled=False)
    page.goto(board["overdue"] + "?xep=lau")
    page.locator("tr[data-row] a.opener").first.click()
    assert page.locator("tr.opened .due[data-due=overdue]").count()
    page.locator("tr.opened a[href*='/']").first.click()
    assert page.locator("h1").inner_text()
