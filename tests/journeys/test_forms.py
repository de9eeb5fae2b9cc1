"""Forms in a browser: typed text survives, pickers and dates work by keys, files stay on the page."""

import pytest

from tests.journeys.test_accessible import AXE, LOOKS, RUN

NEW = "/van-ban-den/them/"
SUBJECT = "Về việc kiểm tra hành lang đê điều trước mùa mưa bão"
#: Carries a file over the page and lets it go over what ``selector`` names.
DROP = """(selector) => {
    const data = new DataTransfer();
    data.items.add(new File(["noi dung"], "to-trinh.txt", { type: "text/plain" }));
    const at = document.querySelector(selector);
    let stayed = true;
    for (const name of ["dragover", "drop"]) {
        const event = new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true });
        stayed = !at.dispatchEvent(event) && stayed;
    }
    return stayed;
}"""


def said(page) -> str:
    return page.inner_text("[data-said]")


def begin(page, text: str = SUBJECT) -> None:
    page.goto(NEW)
    page.fill("[name=title]", text)
    page.locator("[data-said]", has_text="Đã lưu").wait_for()


@pytest.fixture
def clerk(visit):
    """A clerk at a form of which nothing is kept yet."""

    def at_form(**options):
        page = visit("van-thu", **options)
        page.goto(NEW)
        if page.locator("section.kept").count():
            page.click("section.kept button")
            page.locator("section.kept").wait_for(state="detached")
        return page

    return at_form


def test_what_is_typed_is_there_again_in_another_browser(clerk, visit):
    begin(clerk())
    page = visit("van-thu")
    page.goto(NEW)
    assert page.input_value("[name=title]") == SUBJECT
    assert "chưa gửi, lưu lúc" in page.inner_text("section.kept")
    page.click("section.kept button")
    page.wait_for_url(f"**{NEW}")
    assert page.input_value("[name=title]") == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_session_that_ended_loses_nothing(clerk, scripts):
    page = clerk(java_script_enabled=scripts)
    page.fill("[name=title]", SUBJECT)
    page.context.clear_cookies(name="sessionid")
    page.click("form.form button.btn-primary")
    page.wait_for_selector("[name=password]:not([type=hidden])")
    assert "Nội dung đã gõ vẫn còn" in page.inner_text(".message")
    assert SUBJECT not in page.content(), "what the sign-in page carries is sealed"
    page.fill("[name=username]:not([type=hidden])", "van-thu")
    page.fill("[name=password]:not([type=hidden])", "dieu-hanh-2024")
    page.click("form button.btn-primary")
    page.wait_for_url(f"**{NEW}*")
    assert page.input_value("[name=title]") == SUBJECT


def test_the_page_says_when_the_session_ended_while_typing(clerk):
    page = clerk()
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=title]", SUBJECT)
    page.locator("[data-said]", has_text="Phiên").wait_for()
    assert page.input_value("[name=title]") == SUBJECT


def test_a_line_that_is_down_is_said_and_made_good(clerk):
    page = clerk()
    page.context.set_offline(True)
    page.fill("[name=title]", SUBJECT)
    page.locator("[data-said]", has_text="Mất kết").wait_for()
    page.context.set_offline(False)
    page.press("[name=title]", "End")
    page.type("[name=title]", ".")
    page.locator("[data-said]", has_text="Đã lưu").wait_for()


def test_a_unit_is_picked_by_keys_without_tones(clerk):
    page = clerk()
    field = page.locator("[name=unit]")
    assert field.get_attribute("role") == "combobox"
    field.fill("")
    field.type("tai nguyen moi tru")
    page.wait_for_selector("[role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert "Sở Tài nguyên và Môi trường" in page.inner_text(f"#{active}")
    field.press("Enter")
    assert field.input_value() == "Sở Tài nguyên và Môi trường"
    assert field.get_attribute("aria-expanded") == "false"
    field.type("x")
    page.wait_for_selector("[role=listbox]", state="hidden")
    field.press("Escape")


def test_a_day_is_picked_by_keys_and_says_what_it_is(clerk):
    page = clerk()
    field = page.locator("[name=opened_on]")
    field.fill("30/4/2024")
    page.locator(".day-said", has_text="Thứ Ba, ngày nghỉ: nghỉ Ngày Chiến thắng 30/4").wait_for()
    field.fill("17/6/2024")
    field.press("ArrowDown")
    page.wait_for_selector(".month [data-n='17']:focus")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert field.input_value() == "09/6/2024"
    assert page.evaluate("document.activeElement.name") == "opened_on"
    field.press("ArrowDown")
    page.wait_for_selector(".month [data-n='9']:focus")
    page.keyboard.press("PageDown")
    page.wait_for_selector("text=Tháng 7 năm 2024")
    page.keyboard.press("Escape")
    assert page.locator(".month:visible").count() == 0
    assert field.input_value() == "09/6/2024"


def test_a_file_let_go_beside_its_field_does_not_leave_the_page(visit):
    page = visit("van-thu")
    page.goto("/van-ban-den/")
    assert page.evaluate(DROP, "main"), "the browser would open the file"
    assert "Trang này không nhận tệp" in page.inner_text("#messages")
    page.click("[data-row] a >> nth=0")
    page.wait_for_selector("input[type=file]")
    assert page.evaluate(DROP, "main h1")
    assert "thả vào đúng ô chọn tệp" in page.inner_text("#messages")
    assert page.evaluate(DROP, ".field:has(input[type=file]) label")
    assert (
        page.evaluate("document.querySelector('input[type=file]').files[0].name") == "to-trinh.txt"
    )


def test_two_clicks_enter_one_document(clerk):
    page = clerk()
    page.fill("[name=sender]", "Bộ Nông nghiệp và Phát triển nông thôn")
    page.fill("[name=title]", SUBJECT)
    page.dblclick("form.form button.btn-primary")
    page.wait_for_url(lambda url: not url.endswith("/them/"))
    address = page.url
    page.go_back()
    page.wait_for_selector("form.form button.btn-primary")
    if page.input_value("[name=title]") == SUBJECT:  # the browser shows the page as it was left
        page.click("form.form button.btn-primary")
        page.wait_for_url(address)
        assert "đã được ghi lúc" in page.inner_text("#messages")
    page.goto("/van-ban-den/")
    assert page.inner_text("main").count(SUBJECT) == 1


def test_open_pickers_are_accessible_in_every_look(clerk):
    page = clerk(bypass_csp=True)
    begin(page)
    faults = []
    for scheme, size, only in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        for opened in (".month", "[role=option]"):
            page.goto(NEW)
            page.add_script_tag(path=AXE)
            if opened == ".month":
                page.press("[name=opened_on]", "ArrowDown")
            else:
                page.fill("[name=unit]", "so")
            page.locator(f"{opened}:visible").first.wait_for()
            faults += [f"{opened} {scheme} {size}: {one}" for one in page.evaluate(RUN, only)]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{opened} {size['width']}: scrolls sideways")
        page.goto("/ban-nhap/")
        page.add_script_tag(path=AXE)
        faults += [f"/ban-nhap/ {scheme} {size}: {one}" for one in page.evaluate(RUN, only)]
    assert not faults, "\n".join(faults)
