"""A planner reads the report and opens a figure: by mouse, by keyboard, and without script."""

REPORT = "/bao-cao/direction/2024-H1/"
LETTERS = "[data-figure='complaints.letters.total']"


def test_a_click_opens_the_panel_and_esc_gives_the_place_back(visit):
    page = visit("ke-hoach", viewport={"width": 1440, "height": 1080})
    page.goto(REPORT)
    page.click(LETTERS)
    panel = page.locator("#figure")
    panel.wait_for()
    words = panel.inner_text()
    for expected in ("22.014", "Các loại cộng đúng bằng tổng", "Định nghĩa", "Cách tính",
                     "01/01/2024 đến hết 15/6/2024", "Xem đủ 22.014 mục",
                     "4.551 hồ sơ được đếm nhưng không thuộc quyền xem"):  # fmt: skip
        assert expected in words
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.figure") == "complaints.letters.total"


def test_by_keyboard(visit):
    page = visit("ke-hoach", viewport={"width": 1440, "height": 1080})
    page.goto(REPORT)
    page.focus(LETTERS)
    page.keyboard.press("Enter")
    page.locator("#figure h2").wait_for()
    assert page.evaluate("document.activeElement.id") == "figure-title"


def test_all_entries_behind_a_figure_can_be_walked(visit):
    page = visit("tiep-dan")
    page.goto(REPORT)
    page.click("[data-figure='complaints.accountability.individuals']")
    page.click("#figure >> text=Xem đủ 38 mục")
    page.wait_for_selector("table.ledger tbody tr[data-row]")
    assert page.locator("tr[data-row]").count() == 38
    assert "38 mục trong 38" in page.inner_text("nav.pager")


def test_without_script_a_figure_is_a_page(visit):
    page = visit("ke-hoach", java_script_enabled=False)
    page.goto(REPORT)
    page.click(LETTERS)
    assert "/so-lieu/complaints.letters.total/" in page.url
    assert "22.014" in page.inner_text("main")
    page.click("text=Xem đủ 22.014 mục")
    assert "không thuộc quyền xem" in page.inner_text("nav.pager")
