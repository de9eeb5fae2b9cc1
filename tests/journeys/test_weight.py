"""What a page weighs on the wire, that nothing moves while it loads, and that it asks nobody else.

Every page of the resolver, once for each address, by a few of the cast."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page

from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.ui import screen_files
from tests.journeys.pages import pages
from tests.journeys.tour import TOUR, stops

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("van-thu", "ke-hoach", "giam-doc-so")
FIRST, LATER = 200_000, 40_000  # bytes on the wire, heads of answers too
MOST_SHIFT = 0.01
SETTLED = 120  # milliseconds
#: A line on which fonts come long after the first paint: bytes a second, milliseconds.
SLOW = {"offline": False, "downloadThroughput": 60_000, "uploadThroughput": 30_000, "latency": 120}
WATCH = """
window.moved = 0; window.refused = []; window.movers = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    window.moved += one.value;
    window.movers.push(...one.sources.map((s) => s.node?.nodeName + "." + (s.node?.className || "")));
  }
}).observe({ type: "layout-shift", buffered: true });
addEventListener("securitypolicyviolation", (e) => window.refused.push(e.violatedDirective + " " + e.blockedURI));
"""


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    """What is served is built from the sources as they are; asked again it takes half a second."""
    subprocess.run([sys.executable, str(ROOT / "tools" / "assets.py")], check=True)


class Wire:
    """Counts the bytes that come, and keeps the addresses that are asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        self.bytes = 0
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._add)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: said.type == "error" and self.said.append(said.text))
        page.add_init_script(WATCH)

    def _add(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def weigh(self, url: str, *, first: bool = False) -> tuple[int, int]:
        """(status, bytes) of a page and all it fetches; ``first`` with nothing kept before."""
        if first:
            self.session.send("Network.clearBrowserCache")
        self.bytes = 0
        response = self.page.goto(url, wait_until="load")
        assert response is not None
        self.page.evaluate("document.fonts.ready.then(() => 0)")
        self.page.wait_for_timeout(SETTLED)  # the sprite comes after the load event
        return response.status, self.bytes

    @contextmanager
    def slow(self) -> Iterator[None]:
        self.session.send("Network.emulateNetworkConditions", SLOW)
        yield
        self.session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1, "latency": 0},
        )


def _moved(page: Page) -> float:
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")
    return float(page.evaluate("window.moved"))


def _by_name(username: str) -> dict[str, str]:
    """One address for each name of the resolver."""
    found: dict[str, str] = {}
    for key, url in pages(username):
        found.setdefault(key.partition(":")[0], url)
    return found


def test_every_page_is_light_still_and_alone(visit, db, server):
    seen: set[str] = set()
    heavy, moving, faults = {}, {}, {}
    strangers: set[str] = set()
    for username in PEOPLE:
        wire = Wire(visit(username))
        for name, url in _by_name(username).items():
            if name in seen:
                continue
            wire.said.clear()
            status, first = wire.weigh(url, first=True)
            if status != 200:
                continue
            seen.add(name)
            if (moved := _moved(wire.page)) >= MOST_SHIFT:
                moving[name] = (moved, wire.page.evaluate("window.movers")[:3])
            if refused := wire.page.evaluate("window.refused") + wire.said:
                faults[name] = refused
            later = wire.weigh(url)[1]
            if first > FIRST or later > LATER:
                heavy[name] = f"{url}: {first / 1000:.0f} kB at first, {later / 1000:.0f} kB later"
        own = (server, "data:", "blob:")
        strangers |= {one for one in wire.asked if not one.startswith(own)}
    assert not strangers, f"Pages fetch from this address only: {strangers}"
    assert not faults, f"Nothing inline, no eval, no fault in the console: {faults}"
    assert not heavy, f"At most {FIRST // 1000} kB, later {LATER // 1000} kB compressed: {heavy}"
    assert not moving, f"Give what comes later its place from the start: {moving}"


def test_nothing_moves_on_a_slow_line(visit, db):
    wire = Wire(visit("ke-hoach"))
    wanted = ("home", "list", "entry", "search", "report", "indicators", "campaign")
    chosen = [url for name, url in _by_name("ke-hoach").items() if name in wanted]
    assert len(chosen) >= 5, f"Rename the pages of this test as urls.py does: {wanted}"
    found = {}
    with wire.slow():
        for url in chosen:
            wire.weigh(url, first=True)
            if (moved := _moved(wire.page)) >= MOST_SHIFT:
                found[url] = (moved, wire.page.evaluate("window.movers")[:3])
    assert not found, f"These move while fonts are on their way: {found}"


def test_the_sign_in_page_is_light_too(browser, server):
    context = browser.new_context(base_url=server)
    _status, first = Wire(context.new_page()).weigh("/dang-nhap/", first=True)
    context.close()
    assert first <= FIRST, f"At most {FIRST // 1000} kB: {first / 1000:.0f} kB"


def test_what_is_built_is_kept_for_good_and_sources_are_not(browser, server):
    context = browser.new_context(base_url=server)
    page = context.new_page()
    page.goto("/dang-nhap/")
    address = page.get_attribute("link[rel=stylesheet]", "href")
    assert re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", address), (
        f"One sheet with its digest in the name, not {address}: run tools/assets.py"
    )
    answer = context.request.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] in ("gzip", "br")
    loose = context.request.get("/static/ui/css/tokens.css")
    assert loose.ok, "sources stay reachable: they are served while there is no build"
    assert "immutable" not in loose.headers["cache-control"]
    context.close()


def test_no_rule_of_a_page_was_cut(visit, db):
    """Every class on a page that Tabler has rules for is still in the sheet."""
    a_class = re.compile(r"\.([A-Za-z][\w-]*)")
    tabler = ROOT / "node_modules/@tabler/core/dist/css/tabler.min.css"
    known = set(a_class.findall(tabler.read_text("utf-8")))
    sheet = ROOT / "built" / screen_files.names()[screen_files.SHEET]
    cut = known - set(a_class.findall(sheet.read_text("utf-8")))
    lost: dict[str, str] = {}
    seen: set[str] = set()
    for username in PEOPLE:
        page = visit(username)
        for name, url in _by_name(username).items():
            if name not in seen and page.goto(url).status == 200:
                seen.add(name)
                classes = page.evaluate(
                    "[...document.querySelectorAll('[class]')].flatMap(e => [...e.classList])"
                )
                lost |= dict.fromkeys(cut.intersection(classes), name)
    assert not lost, f"tools/assets.py has not seen these class names: {lost}"


def test_the_tour_shows_pages_that_exist(db, client):
    for username in TOUR:
        client.force_login(Person.objects.get(username=username))
        for name, url in stops(username):
            assert client.get(url).status_code == 200, f"{username} may not open {name}: {url}"
