"""A letter is entered, and found at once by a word without tones; suggestions by the keyboard."""

import re

from playwright.sync_api import expect


def test_a_letter_is_found_by_a_word_without_tones_as_soon_as_it_is_entered(visit):
    page = visit("van-thu")
    page.goto("/van-ban-den/them/")
    page.fill("[name=opened_on]", "17/6/2024")
    page.select_option("[name=origin]", "local")
    page.fill("[name=sender]", "Sở Y tế")
    page.select_option("[name=type]", "official_letter")
    page.fill("[name=symbol]", "90271/SYT-NVY")
    page.fill("[name=title]", "Về việc phun thuốc phòng sốt xuất huyết ở Đống Mác")
    page.fill("[name=unit]", "Sở Y tế")
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/van-ban-den/\d+/"))
    page.keyboard.press("/")
    page.keyboard.type("dong mac")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_have_text("Đống Mác")
    expect(page.locator("[data-row]")).to_have_count(1)


def test_suggestions_come_while_typing_and_are_chosen_by_the_keyboard(visit):
    page = visit("van-thu")
    page.keyboard.press("/")
    page.keyboard.type("lich lam viec")
    field = page.get_by_role("combobox", name="Tìm trong mọi sổ")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lich-lam-viec/")


def test_without_script_the_search_is_a_form(visit):
    page = visit("van-thu", java_script_enabled=False)
    page.locator(".find input").fill("vanh dai 4")
    page.locator(".find input").press("Enter")
    page.wait_for_url("**/tim/?q=vanh+dai+4")
    expect(page.locator("main mark").first).to_have_text("Vành đai 4")
