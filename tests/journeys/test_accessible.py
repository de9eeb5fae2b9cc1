"""Every page of the resolver, in both themes, on phone and desk: axe finds nothing, nothing
scrolls sideways, the console is quiet."""

import zlib
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
PEOPLE = ("ke-hoach", "van-thu", "tiep-dan", "chuyen-vien", "giam-doc-so", "lanh-dao", "thanh-tra",
          "quan-tri")  # fmt: skip
#: Cells of one row that lie on each other, in the first rows of each table.
OVERLAPS = """() => [...document.querySelectorAll("table")].flatMap(table => [...table.querySelectorAll("tr")].slice(0, 8))
    .flatMap(row => {
        const boxes = [...row.cells].filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()]);
        const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
        return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([, b]) => over(a, b))
            .map(([other]) => one.innerText.slice(0, 40) + " / " + other.innerText.slice(0, 40)));
    })"""

PARTS = 3


def _part(name: str) -> int:
    """In which part of the walk an address of the resolver is looked at."""
    return zlib.crc32(name.encode()) % PARTS


@pytest.mark.parametrize("part", range(PARTS))
def test_no_findings(visit, db, part):
    """Each page is looked at once, as the first person who may open it; the looks that differ in
    colour alone once for each address of the resolver."""
    faults: list[str] = []
    errors: list[str] = []
    seen: set[str] = set()
    names: set[str] = set()
    for username in PEOPLE:
        page = visit(username, viewport=DESK, color_scheme="light", bypass_csp=True)
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        for key, url in pages(username):
            name = key.partition(":")[0]
            if key in seen or _part(name) != part:
                continue
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(DESK)
            response = page.goto(url)
            if response.status != 200:
                errors.clear()
                continue
            seen.add(key)
            looks = LOOKS[:1] if name in names else LOOKS
            names.add(name)
            page.add_script_tag(path=AXE)
            for scheme, size, only in looks:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size(size)
                look = f"{url} ({username}, {scheme}, {size['width']})"
                faults += [f"{look}: {fault}" for fault in page.evaluate(RUN, only)]
            for size in (DESK, PHONE):
                page.set_viewport_size(size)
                beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if beyond > 0:
                    faults.append(f"{url} ({size['width']}): scrolls sideways by {beyond} px")
                for cells in page.evaluate(OVERLAPS)[:3]:
                    faults.append(f"{url} ({size['width']}): cells lie on each other: {cells}")
            faults += [f"{url}: console: {text}" for text in errors]
            errors.clear()
    assert not faults, "\n".join(faults)
    assert len(seen) > 15, "hardly a page was looked at: see tests/journeys/pages.py"
