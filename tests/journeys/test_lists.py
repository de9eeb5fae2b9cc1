"""A list by the keyboard: ticking with x, what is offered, many at once; saved views without script."""

import re

from playwright.sync_api import expect

TASKS = "/nhiem-vu-giao/"


def test_rows_are_ticked_by_a_key_and_urged_together(visit):
    page = visit("chuyen-vien")
    page.goto(TASKS)
    bar = page.locator("#many")
    expect(bar).to_be_hidden()
    for _row in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(bar).to_contain_text("Đã chọn 2 nhiệm vụ")
    whole = page.get_by_role("checkbox", name="Chọn cả trang")
    assert whole.evaluate("box => box.indeterminate")
    bar.get_by_role("button", name="Đôn đốc", exact=True).click()
    page.wait_for_url("**/chon/don-doc/**")
    expect(page.locator('main [name="muc"]:checked')).to_have_count(2)
    page.fill("[name=message]", "Xin báo cáo tiến độ")
    page.click("main form button.btn-primary")
    page.wait_for_url("**ket-qua=**")
    expect(page.locator("main")).to_contain_text("Đã ghi 2 mục; chưa ghi được 0 mục")


def test_all_rows_are_ticked_and_let_go(visit):
    page = visit("chuyen-vien")
    page.goto(TASKS)
    page.get_by_role("checkbox", name="Chọn cả trang").check()
    bar = page.locator("#many")
    expect(bar).to_contain_text(re.compile(r"Đã chọn \d+ nhiệm vụ"))
    bar.get_by_role("button", name="Bỏ chọn").click()
    expect(bar).to_be_hidden()
    expect(page.locator('[name="muc"]:checked')).to_have_count(0)


def test_a_unit_is_picked_by_a_few_letters(visit):
    page = visit("thanh-tra")
    page.goto("/van-ban-den/")
    field = page.get_by_role("combobox", name="Đơn vị")
    field.fill("tu phap")
    page.get_by_role("option", name=re.compile("^Sở Tư pháp")).click()
    page.wait_for_url("**don-vi=**")
    expect(page.locator(".filters .chip")).to_contain_text("Sở Tư pháp")


def test_without_script_a_list_is_saved_laid_out_and_worked_through(visit):
    page = visit("chuyen-vien", java_script_enabled=False)
    page.goto(f"{TASKS}?q=tien do")
    page.locator(".list-tools summary").first.click()
    page.fill("#view-name", "Việc về tiến độ")
    page.click(".saved-views .name-form button")
    expect(page.locator(".list-tools summary").first).to_contain_text("Việc về tiến độ")
    page.locator(".list-tools summary").nth(1).click()
    page.check('[name="gon"][value="1"]')
    page.click(".layout-form button")
    expect(page.locator("table.dense")).to_have_count(1)
    page.locator('[name="muc"]').first.check()
    page.get_by_role("button", name="Với các mục đã chọn").click()
    page.get_by_role("button", name="Đôn đốc").click()
    expect(page.locator('main [name="muc"]:checked')).to_have_count(1)


def test_a_dense_row_is_one_line_and_the_page_stays_in_its_width(visit):
    page = visit("van-thu")
    page.goto("/van-ban-den/")
    page.locator(".list-tools summary").nth(1).click()
    for box in page.locator('[name="hien"]:not(:disabled)').all():
        box.check()
    page.check('[name="gon"][value="1"]')
    page.click(".layout-form button")
    expect(page.locator("table.dense")).to_have_count(1)
    heights = page.locator("[data-row]").evaluate_all("rows => rows.map(r => r.offsetHeight)")
    assert max(heights) <= 40, f"A dense row is one line of 36 px: {max(heights)}"
    for width in (1440, 1100, 390):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"At {width} px the page is {wide} px too wide."
