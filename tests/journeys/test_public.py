"""The open pages, as citizens find them: without signing in, on a phone, in both themes."""

import pytest
from django.urls import get_resolver, reverse

from dieuhanh.faces.portal.pages import PAGES
from dieuhanh.faces.portal.services import SERVICES
from tests.journeys.test_accessible import AXE, LOOKS, RUN

PHONE, NARROW, DESK = ({"width": width, "height": 844} for width in (390, 320, 1440))


@pytest.fixture
def stranger(browser, server):
    """A page of somebody who is not signed in; options go to the context."""
    contexts = []

    def opened(**options):
        context = browser.new_context(base_url=server, locale="vi-VN", **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _addresses() -> list[str]:
    found = [reverse(f"portal:{name}") for name in PAGES]
    found += [f"{reverse('portal:on-time')}?dich-vu={code}" for code in SERVICES]
    return [
        *found,
        f"{reverse('portal:overview')}?ky=2022-H2",
        f"{reverse('portal:method')}?ngon-ngu=en",
    ]


def test_every_open_page_is_walked():
    patterns = get_resolver().namespace_dict["portal"][1].url_patterns
    pages = {one.name for one in patterns if not str(one.pattern).endswith((".csv", ".json"))}
    assert pages == set(PAGES), "Name each open page in PAGES: then it is looked at here."


def test_nobody_is_kept_out(stranger):
    """axe finds nothing in any look, nothing scrolls sideways down to 320 px, the console is quiet."""
    page = stranger(viewport=DESK, bypass_csp=True)
    faults: list[str] = []
    page.on("console", lambda one: one.type == "error" and faults.append(f"console: {one.text}"))
    for address in _addresses():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)
        assert page.goto(address).status == 200
        page.add_script_tag(path=AXE)
        for scheme, size, only in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            look = f"{address} ({scheme}, {size['width']})"
            faults += [f"{look}: {fault}" for fault in page.evaluate(RUN, only)]
        for size in (DESK, PHONE, NARROW):
            page.set_viewport_size(size)
            beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if beyond > 0:
                faults.append(f"{address} ({size['width']}): scrolls sideways by {beyond} px")
    assert not faults, "\n".join(faults)


def test_from_the_sign_in_page_to_a_units_rate_without_script(stranger):
    """Which share of its feedback did the Department of Finance answer in time?"""
    page = stranger(viewport=PHONE, java_script_enabled=False)
    page.goto("/dang-nhap/")
    page.get_by_role("link", name="Số liệu công khai").click()
    page.get_by_role("link", name="Trả lời phản ánh, kiến nghị về quy định").click()
    row = page.get_by_role("row").filter(has_text="Sở Tài chính")
    assert "%" in row.inner_text()
    assert not page.context.cookies(page.url) or "sessionid" not in str(page.context.cookies())


def test_the_other_language_is_kept_from_page_to_page(stranger):
    page = stranger(viewport=PHONE)
    page.goto(reverse("portal:overview"))
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".open-tiles a").first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"
