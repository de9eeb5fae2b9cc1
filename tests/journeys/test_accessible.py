"""Every page of the resolver, in both themes, on phone and desk: axe finds nothing, nothing
scrolls sideways, the console is quiet."""

from pathlib import Path

import pytest

from tests.journeys.pages import pages

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async (only) => {
    const found = await axe.run(only.length ? {runOnly: only} : {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]});
    return found.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | "));
}"""
DESK, PHONE = {"width": 1440, "height": 1080}, {"width": 390, "height": 844}
#: The structure is the same in every look; what a look can break is asked again in each.
LOOKS = (
    ("light", DESK, []),
    ("dark", DESK, ["color-contrast"]),
    ("dark", PHONE, ["color-contrast"]),
    ("light", PHONE, ["color-contrast", "target-size", "scrollable-region-focusable"]),
)
PEOPLE = ("van-thu", "tiep-dan", "chuyen-vien", "ke-hoach")


@pytest.mark.parametrize("username", PEOPLE)
def test_no_findings(visit, db, username):
    page = visit(username, viewport=DESK, color_scheme="light", bypass_csp=True)
    errors: list[str] = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    faults, seen = [], 0
    for _name, url in pages(username):
        page.set_viewport_size(DESK)
        response = page.goto(url)
        if response.status != 200:
            errors.clear()
            continue
        seen += 1
        page.add_script_tag(path=AXE)
        for scheme, size, only in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            look = f"{url} ({scheme}, {size['width']})"
            faults += [f"{look}: {fault}" for fault in page.evaluate(RUN, only)]
            beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if beyond > 0:
                faults.append(f"{look}: scrolls sideways by {beyond} px")
        faults += [f"{url}: console: {text}" for text in errors]
        errors.clear()
    assert not faults, "\n".join(faults)
    assert seen > 8, "hardly a page was looked at: see tests/journeys/pages.py"
