"""What a screen reader is told: names, roles, headings, landmarks, live regions, the language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 1080}
#: Who looks, and at which pages; a list and a form are of the clerk's own register.
TOUR = {
    "lanh-dao": ("/", "/viec/", "/bang/qua-han/", "/bang/lich/", "/bang/ban-do/",
                 "/bao-cao/direction/2024-H1/", "/chay-nen/", "/ban-nhap/", "/_parts/"),
    "van-thu": ("/van-ban-den/", "/van-ban-den/them/", "/tim/?q=vanh+dai"),
}  # fmt: skip
#: Roles that ask for an answer, and so for a name.
CONTROLS = {
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "listbox", "option",
    "menuitem", "tab", "switch", "spinbutton", "slider", "DisclosureTriangle",
}  # fmt: skip
LANDMARKS = {"banner", "navigation", "main", "search", "region", "complementary", "form",
             "contentinfo"}  # fmt: skip
#: Without a name they are no landmarks.
NAMED = {"form", "region"}
#: One of each on a page; the others need names that differ.
SINGLE = {"banner", "main"}
SOMETHING = re.compile(r"\S")
STRUCTURE = """() => {
    const shown = (one) => one.checkVisibility ? one.checkVisibility() : one.offsetParent !== null;
    const words = (one) => (one.innerText || "").trim().replace(/\\s+/g, " ").slice(0, 60);
    const tables = [...document.querySelectorAll("table")].filter(shown);
    const named = (one) => one.getAttribute("aria-controls");
    return {
        lang: document.documentElement.lang,
        headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown)
            .map((one) => [Number(one.tagName[1]), words(one)]),
        images: [...document.querySelectorAll("img")].filter((one) => !one.hasAttribute("alt"))
            .map((one) => one.src),
        pictures: [...document.querySelectorAll("svg")].filter((one) =>
            !one.closest("[aria-hidden=true]") && !one.getAttribute("aria-label") && !one.querySelector(":scope > title"))
            .map((one) => one.outerHTML.slice(0, 120)),
        captions: tables.filter((one) => !one.caption?.innerText.trim() && !one.getAttribute("aria-label"))
            .map((one) => one.className),
        heads: tables.filter((one) => !one.querySelector("th")
            || [...one.querySelectorAll("th")].some((head) => !head.scope)).map((one) => one.className),
        empty_heads: tables.flatMap((one) => [...one.querySelectorAll("thead th")])
            .filter((one) => !one.textContent.trim()).map((one) => one.outerHTML.slice(0, 120)),
        expanded: [...document.querySelectorAll("[aria-expanded]")]
            .filter((one) => !["true", "false"].includes(one.getAttribute("aria-expanded"))).map(words),
        controls: [...document.querySelectorAll("[aria-controls]")]
            .filter((one) => !document.getElementById(named(one))).map(named),
        labels: [...document.querySelectorAll("[aria-labelledby], [aria-describedby]")].flatMap((one) =>
            [...(one.getAttribute("aria-labelledby") || "").split(" "),
             ...(one.getAttribute("aria-describedby") || "").split(" ")])
            .filter((id) => id && !document.getElementById(id)),
        twice: Object.entries([...document.querySelectorAll("[id]")].reduce((all, one) => {
            all[one.id] = (all[one.id] || 0) + 1; return all; }, {})).filter(([, n]) => n > 1).map(([id]) => id),
        live: document.querySelectorAll("#messages[role=status]").length,
    };
}"""


def tree(page: Page) -> Iterator[tuple[str, str, dict]]:
    """(role, name, properties) of all that Chromium tells a screen reader of a page."""
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node.get("ignored"):
            continue
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")
        yield role, name.strip(), properties
    session.detach()


def faults_of(page: Page, lang: str = "vi") -> list[str]:
    """Sentences that say what is wrong with the page for somebody who hears it."""
    found = page.evaluate(STRUCTURE)
    faults = []
    if found["lang"] != lang:
        faults.append(f"lang is {found['lang']!r}, not {lang!r}")
    levels = [level for level, _words in found["headings"]]
    if levels.count(1) != 1:
        faults.append(f"{levels.count(1)} h1 instead of one: {found['headings'][:4]}")
    before = 0
    for level, words in found["headings"]:
        if level > before + 1 and before:
            faults.append(f"heading “{words}” jumps from level {before} to {level}")
        if not words:
            faults.append(f"an empty heading of level {level}")
        before = level
    said = {
        "images": "images without alt", "pictures": "drawings with neither name nor aria-hidden",
        "captions": "tables without a caption", "heads": "tables whose heads lack th or scope",
        "empty_heads": "heads of columns without words", "expanded": "aria-expanded is no state",
        "controls": "aria-controls of nothing", "labels": "aria-labelledby or -describedby of nothing",
        "twice": "ids that stand twice",
    }  # fmt: skip
    faults += [f"{words}: {found[key]}" for key, words in said.items() if found[key]]
    if not found["live"]:
        faults.append("no live region #messages with role=status")
    nodes = list(tree(page))
    nameless = Counter(role for role, name, _more in nodes if role in CONTROLS and not name)
    if nameless:
        faults.append(f"controls without a name: {dict(nameless)}")
    marks = Counter((role, name) for role, name, _more in nodes if role in LANDMARKS)
    marks = Counter({one: n for one, n in marks.items() if one[1] or one[0] not in NAMED})
    kinds = Counter(role for role, _name in marks.elements())
    for role in (*sorted(SINGLE), "navigation"):
        if not kinds[role]:
            faults.append(f"no landmark {role}")
    for (role, name), count in marks.items():
        if role in SINGLE and kinds[role] > 1:
            faults.append(f"{kinds[role]} landmarks {role}")
        elif role not in SINGLE and count > 1:
            faults.append(f"{count} landmarks {role} are all called “{name}”")
        elif role not in SINGLE and kinds[role] > 1 and not name:
            faults.append(f"a landmark {role} without a name among {kinds[role]}")
    return faults


def first_entry(page: Page) -> str:
    page.goto("/van-ban-den/")
    return page.get_attribute("[data-row] a[data-open]", "href")


@pytest.mark.parametrize("username", TOUR)
def test_every_page_of_the_tour_is_told_whole(visit, username):
    page = visit(username, viewport=DESK)
    faults = []
    for url in TOUR[username]:
        answer = page.goto(url)
        assert answer.status == 200, f"{url} answers {answer.status}: correct TOUR"
        faults += [f"{url}: {fault}" for fault in faults_of(page)]
    assert not faults, "\n".join(faults)


def test_an_entry_and_a_duty_are_told(visit):
    page = visit("van-thu", viewport=DESK)
    url = first_entry(page)
    page.goto(url)
    faults = faults_of(page)
    assert not faults, f"{url}: " + "\n".join(faults)
    page = visit("giam-doc-so", viewport=DESK)
    page.goto("/viec/")
    page.goto(page.get_attribute("[data-row] a[data-open]", "href"))
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_a_part_that_opens_says_so_and_gives_the_focus_back(visit):
    page = visit("lanh-dao", viewport=DESK)
    page.goto("/_parts/")
    chip = page.locator("a.due[aria-expanded]").first
    assert chip.get_attribute("aria-expanded") == "false"
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#why-in-place:focus")
    assert chip.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert chip.get_attribute("aria-expanded") == "false"
    assert chip.evaluate("(one) => one === document.activeElement")


def test_the_panel_of_a_figure_is_told_and_takes_the_focus(visit):
    page = visit("ke-hoach", viewport=DESK)
    page.goto("/bao-cao/direction/2024-H1/")
    link = page.locator("a.fig[hx-get]").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure-title:focus")
    assert link.get_attribute("aria-expanded") == "true"
    faults = faults_of(page)
    assert not faults, "\n".join(faults)
    assert any(role == "complementary" and name for role, name, _more in tree(page))
    page.keyboard.press("Escape")
    page.wait_for_selector("#figure-title", state="detached")
    assert link.evaluate("(one) => one === document.activeElement")


def test_a_form_with_faults_says_them_first_and_beside_the_fields(visit):
    page = visit("van-thu", viewport=DESK)
    page.goto("/van-ban-den/them/")
    page.fill("[name=opened_on]", "31/2/2024")
    page.fill("[name=title]", "")
    page.click("form.form button.btn-primary")
    page.wait_for_selector("[role=alert]")
    assert page.evaluate("document.activeElement.matches('.summary[role=alert]')"), (
        "two faults and more: the focus goes to the summary"
    )
    faults = faults_of(page)
    assert not faults, "\n".join(faults)
    wrong = page.locator("[aria-invalid=true]")
    assert wrong.count() >= 2
    for number in range(wrong.count()):
        field = wrong.nth(number)
        told = " ".join(
            page.inner_text(f"#{one}") for one in field.get_attribute("aria-describedby").split()
        )
        assert told.strip(), f"{field.get_attribute('name')} does not say what is wrong with it"
    listed = page.locator(".summary a").all()
    for link in listed:
        assert page.locator(link.get_attribute("href")).count() == 1, "each leads to its field"


def test_what_changes_is_said(visit):
    """Live regions are there before, and filled when something happens."""
    page = visit("van-thu", viewport=DESK)
    page.goto("/_parts/")
    status = page.locator("form.form [data-said][role=status]").first
    assert status.inner_text() == ""
    page.fill("[name=symbol]", "1/KH")
    page.locator("[data-said][role=status]", has_text="Đã lưu").wait_for()
    page.focus(".find input")
    page.keyboard.type("van ban")
    page.locator("[data-said-here]", has_text=SOMETHING).wait_for(state="attached")
    page.keyboard.press("Escape")
    page.fill("main form.form input[name=unit]", "")
    page.type("main form.form input[name=unit]", "so tai")
    page.locator(".combo [role=status]", has_text=SOMETHING).wait_for(state="attached")
    page.keyboard.press("Escape")
    page.check("[data-chooser] [data-row] input >> nth=0")
    page.locator("[aria-live] strong", has_text="Đã chọn 1").wait_for()
    assert page.locator(".errand p[role=status]").count() >= 4


def test_waiting_is_said_after_two_seconds(visit):
    page = visit("lanh-dao", viewport=DESK)
    page.goto("/_parts/")
    words = page.locator(".wait-words[role=status]")
    assert words.inner_text() == ""
    page.focus("#parts-said a[hx-get]")
    page.keyboard.press("Enter")
    page.locator(".wait-words", has_text=SOMETHING).wait_for()
    page.locator("#parts-slow[role=status]", has_text="Đã xong").wait_for()
    assert words.inner_text() == "", "what was waited for is there"


def test_what_was_saved_is_said(visit):
    page = visit("lanh-dao", viewport=DESK)
    page.goto("/_parts/")
    page.locator("#parts-moves form button").focus()
    page.keyboard.press("Enter")
    page.locator("#messages[role=status]", has_text="không có gì được ghi").wait_for()


def test_the_language_of_the_page_is_told(visit):
    page = visit("lanh-dao", viewport=DESK)
    page.context.add_cookies(
        [{"name": "django_language", "value": "en", "url": page.url}],
    )
    for url in ("/", "/viec/", "/_parts/"):
        page.goto(url)
        assert not (faults := faults_of(page, "en")), f"{url}: " + "\n".join(faults)
