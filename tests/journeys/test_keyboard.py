"""Three whole journeys by the keyboard alone; at each stop one sees where the focus is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 1080}
#: What marks the focus: an outline, of itself or of the field or row that it stands in.
FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return { name: "", seen: false, box: null };
    const box = at.getBoundingClientRect();
    const around = [at, at.closest(".find"), at.closest("li")].filter(Boolean).map(one => getComputedStyle(one));
    const lined = around.some(one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0);
    return {
        name: (at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.name || "")
            .trim().replace(/\\s+/g, " ").slice(0, 120),
        tag: at.tagName, field: at.name || "", lined,
        inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
    };
}"""
MOST_TABS = 120


class Keys:
    """A keyboard: nothing else touches the page, and each stop must show the focus."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def at(self) -> dict:
        return self._page.evaluate(FOCUS)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def must_be_seen(self) -> dict:
        found = self.at()
        for _ in range(10):  # the page scrolls to it
            if found.get("inside", True):
                break
            self._page.wait_for_timeout(50)
            found = self.at()
        assert found.get("lined"), (
            f"The focus on {found} has no outline: give it :focus-visible {{ outline: 2px solid }}."
        )
        assert found["inside"], f"The focus on {found} is outside of what one sees."
        return found

    def tab_to(self, name: str, *, key: str = "Tab") -> dict:
        """Press Tab until the focus is on what is called ``name`` (or begins so)."""
        passed = []
        for _ in range(MOST_TABS):
            self.press(key)
            found = self.must_be_seen()
            if found["name"].startswith(name) or found["field"] == name:
                return found
            passed.append(found["name"])
        raise AssertionError(f"{MOST_TABS} times {key} did not come to “{name}”: {passed}")


@pytest.fixture
def keys(visit):
    def of(username: str) -> tuple[Page, Keys]:
        page = visit(username, viewport=DESK)
        page.goto("/")
        return page, Keys(page)

    return of


def test_why_something_is_due_and_back(keys):
    """From home to the explanation of a due day, and back where one was."""
    page, by = keys("tiep-dan")
    by.press("j")
    row = by.must_be_seen()["name"]
    assert row, "j goes to the first row of my work"
    by.press("i")
    page.wait_for_url("**/vi-sao/*/")
    assert page.locator("main [data-part]").count() == 1, "i explains the day of that row"
    by.press("Escape")
    page.wait_for_url(lambda url: "/vi-sao/" not in url)
    by.tab_to("Bỏ qua phần chức năng")
    by.press("Enter")
    by.press("i")  # of the entry: in place
    page.wait_for_selector("[data-part] [data-focus]:focus")
    said = by.must_be_seen()["name"]
    assert said.startswith(("Vì sao hạn là", "Chưa xác định", "Việc này không có"))
    by.press("Escape")
    page.wait_for_selector("[data-part]", state="detached")
    assert page.evaluate("document.activeElement.matches('a.due')"), "back on the time chip"
    by.must_be_seen()


def test_a_document_is_registered(keys):
    page, by = keys("van-thu")
    by.tab_to("Bỏ qua phần chức năng")
    by.tab_to("Văn bản đến")
    by.press("Enter")
    page.wait_for_url("**/van-ban-den/**")
    by.tab_to("Bỏ qua phần chức năng")
    by.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link leads to the page"
    by.tab_to("Vào sổ")
    by.press("Enter")
    page.wait_for_url("**/van-ban-den/them/")
    _drop_what_was_kept(page, by)
    _fill_in(page, by)
    by.press("Enter")
    page.wait_for_url(lambda url: url.rstrip("/").rsplit("/", 1)[-1].isdigit())
    assert "Đã vào văn bản đến số" in page.inner_text("#messages")
    assert "Kế hoạch kiểm tra bằng bàn phím" in page.inner_text("h1")


def _drop_what_was_kept(page: Page, by: Keys) -> None:
    if page.locator("section.kept").count():
        by.tab_to("Bỏ, ghi lại từ đầu")
        by.press("Enter")
        page.wait_for_selector("section.kept", state="detached")


def _fill_in(page: Page, by: Keys) -> None:
    by.tab_to("opened_on")
    by.press("ArrowDown")  # the little calendar
    page.wait_for_selector(".month [data-n]:focus")
    by.must_be_seen()
    by.press("ArrowLeft")
    by.must_be_seen()
    by.press("Enter")
    assert page.evaluate("document.activeElement.name") == "opened_on"
    by.tab_to("title")
    by.type("Kế hoạch kiểm tra bằng bàn phím")
    by.tab_to("unit")
    by.press("Control+a")
    by.type("tai nguyen moi tru")
    page.wait_for_selector("[role=option]")
    by.press("ArrowDown")
    by.press("Enter")
    assert page.input_value("[name=unit]") == "Sở Tài nguyên và Môi trường"
    _answer_what_is_asked(page, by)
    by.tab_to("Vào sổ")


def _answer_what_is_asked(page: Page, by: Keys) -> None:
    """Symbol and sender, wherever the form has them."""
    for name, text in (("symbol", "99/KH-UBND"), ("sender", "Ủy ban nhân dân huyện Đông Anh")):
        if page.locator(f"[name={name}]").count():
            asked = page.evaluate(
                """(name) => {
                    const here = document.activeElement, there = document.querySelector(`[name=${name}]`);
                    return here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_FOLLOWING;
                }""",
                name,
            )
            by.tab_to(name, key="Tab" if asked else "Shift+Tab")
            by.type(text)


def test_the_oldest_overdue_work_of_a_unit(keys):
    """From home to the board of overdue work, into a unit, to its oldest entry."""
    page, by = keys("lanh-dao")
    by.tab_to("Bỏ qua phần chức năng")
    by.tab_to("Quá hạn")
    by.press("Enter")
    page.wait_for_url("**/bang/qua-han/*")
    by.press("j")
    unit = by.must_be_seen()["name"]
    by.press("Enter")
    page.wait_for_selector("tr.opened li")
    assert page.locator("tr.here").count() == 1
    assert unit in page.inner_text("tr.here")
    page.wait_for_load_state()
    first = page.locator("tr.opened li .title a").first
    by.tab_to(first.inner_text().strip()[:40])
    by.press("Enter")
    page.wait_for_selector("h1")
    assert "/bang/" not in page.url, "the entry is open"
