"""Calendar and map in a browser: one A4 page each, tiles by keyboard, a list by day on a phone."""

from __future__ import annotations

import re

import pytest

FULL_WEEKS = ("/bang/lich/?tu=06/6/2024", "/bang/lich/?tu=30/4/2024", "/bang/lich/?tu=20/5/2024",
              "/bang/lich/?tu=06/6/2024&xem=thang", "/bang/ban-do/", "/bang/ban-do/?so-lieu=don-thu",
              "/bang/ban-do/?so-lieu=kien-nghi")  # fmt: skip


@pytest.mark.parametrize("address", FULL_WEEKS)
def test_a_board_prints_on_one_page(visit, address: str) -> None:
    page = visit("lanh-dao")
    page.goto(address)
    printed = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page[^s]", printed))
    assert pages == 1, f"{address} prints on {pages} pages: see the print rules of its style sheet."


def test_a_tile_is_reached_and_opened_by_keyboard(visit) -> None:
    page = visit("lanh-dao")
    page.goto("/bang/ban-do/?so-lieu=phan-anh")
    page.locator("svg.tiles a").first.focus()
    page.keyboard.press("Tab")
    spoken = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert spoken and "bậc" in spoken, "The Tab key goes from tile to tile."
    page.keyboard.press("Enter")
    page.wait_for_url("**/bang/ban-do/phan-anh/**")
    assert page.locator("h1").inner_text().startswith(spoken.split(":")[0])


def test_on_a_phone_the_week_is_a_list_by_day(visit) -> None:
    page = visit("lanh-dao", viewport={"width": 390, "height": 844})
    page.goto("/bang/lich/?tu=06/6/2024")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    days = page.locator(".agenda tbody th").all_inner_texts()
    assert len(days) == 7 and days[0].startswith("Thứ Hai")
    assert page.locator(".agenda .lane:visible").first.inner_text().strip() == "Họp của UBND"
