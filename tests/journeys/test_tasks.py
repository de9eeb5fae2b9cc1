"""Somebody who has never seen the program is given a task. Each answer is at most three clicks or
keys away from home; typing into a field is not counted, sending it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.queries import State, with_state

MOST = 3
DESK = {"viewport": {"width": 1440, "height": 1080}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


class Steps:
    """A page on which clicks and keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taken = page, 0

    def _step(self) -> None:
        self.taken += 1
        assert self.taken <= MOST, f"More than {MOST} clicks or keys: shorten the way."

    def click(self, what: str) -> None:
        self._step()
        self.page.locator(what).first.click()
        self.page.wait_for_load_state("networkidle")

    def key(self, key: str) -> None:
        self._step()
        self.page.keyboard.press(key)
        self.page.wait_for_load_state("networkidle")


@pytest.fixture
def start(visit):
    def begin(username: str, **options: object) -> Steps:
        page = visit(username, **(options or DESK))
        page.goto("/")
        return Steps(page)

    return begin


def _oldest_overdue() -> tuple[set[str], set[str]]:
    """Units with the oldest late work and the titles of it, asked of the rows themselves."""
    late = with_state(clock.now()).filter(state=State.OPEN_LATE)
    first = late.order_by("due_then")[0].due_then
    rows = late.filter(due_then=first).select_related("unit", "entry")
    return {one.unit.name for one in rows}, {one.entry.title for one in rows}


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_which_unit_has_the_oldest_overdue_assignment(db, start, device):
    units, titles = _oldest_overdue()
    steps = start("lanh-dao", **device)
    page = steps.page
    if device is PHONE:
        steps.click("nav.dock >> a[href='#functions']")
    steps.click("nav.side >> a[href='/bang/qua-han/']")
    tile = page.locator(".strip > div", has_text="Quá hạn lâu nhất")
    told = tile.inner_text()
    assert any(unit in told for unit in units), "The tile names the unit at a glance."
    assert len(units) <= 2 or f"và {len(units) - 2} đơn vị khác" in told, "Others as late are told."
    steps.click(".strip > div:has-text('Quá hạn lâu nhất') a")
    opened = page.inner_text("tr.opened")
    assert all(title in opened for title in titles), "The work itself is one click further."


def test_why_is_this_due_on_that_day(start):
    steps = start("giam-doc-so")
    page = steps.page
    steps.click("main [data-list] [data-row] .due")
    explained = page.locator("main .pop")
    explained.wait_for()
    words = explained.inner_text()
    assert re.search(r"Vì sao hạn là|Chưa xác định thời hạn|không có thời hạn", words)
    assert "Bắt đầu" in words or "Việc" in words


def test_open_the_entries_behind_97_6_percent(start):
    steps = start("ke-hoach")
    page = steps.page
    steps.key("/")
    page.keyboard.type("97,6 %")
    steps.key("Enter")
    steps.click("main a[href*='/so-lieu/']")
    words = page.inner_text("main")
    assert re.search(r"97,6\s%", words)
    assert page.locator("main a[href*='/muc/'], main [data-row] a").count(), (
        "The page of the figure shows the entries behind it, or the way to all of them."
    )


def test_register_a_letter_and_find_it_by_a_word_without_tones(start):
    steps = start("tiep-dan")
    page = steps.page
    steps.click("main summary:has-text('Vào sổ')")
    steps.click("main a[href='/don-thu/them/']")
    page.fill("[name=title]", "Đề nghị làm rõ việc cấp nước giếng khoan thôn Thượng Khê")
    page.fill("[name=sender]", "Nguyễn Thị Ví Dụ")
    page.fill("[name=unit]", "Ban Tiếp công dân thành phố Hà Nội")
    page.locator("[name=unit]").press("Escape")
    steps.click("main form button.btn-primary")
    number = page.url.rstrip("/").split("/")[-1]
    assert number.isdecimal(), page.inner_text("main")[:600]
    page.goto("/")
    found = Steps(page)
    found.key("/")
    page.keyboard.type("gieng khoan thon thuong khe")
    found.key("Enter")
    page.wait_for_url("**/tim/?*")
    assert page.locator(f"main a[href*='/{number}/']").count(), "It is found at once."
