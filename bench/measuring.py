"""Filling a database; pages as a signed-in person gets them, over HTTP and taken apart."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlencode

from bench.report import AS_OF, PERIOD, ROOT, START, Watch
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from dieuhanh.config import database
from dieuhanh.faces.loading import dataset
from dieuhanh.faces.loading.reference import DEMO_PASSWORD
from dieuhanh.faces.serving import HOST
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import page
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import outside_one_state
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.compose.figures import window_query
from dieuhanh.reports.review.actions import open_campaign
from dieuhanh.reports.review.models import Campaign

USERNAME = "ke-hoach"
WINDOW = Window(START, AS_OF, AS_OF, PERIOD)
Say = Callable[[str], None]
OLDER = 499
SIZE = 50
#: Who sees everything, and whose list is filtered: by unit, and by what protects denouncers.
EVERYTHING = "thanh-tra"
REGULAR = {"van-ban-den": "giam-doc-so", "don-thu": "giam-doc-so", "vu-viec": "ke-hoach"}
MOST, SECONDS = 200, 20.0  # requests and time, at most, for each page

#: The rows of the list's first page, by one statement: what any program would have to read.
PLAIN_SQL = """
SELECT e.number, e.opened_on, d.symbol, d.sender, e.title, u.name, o.due_at, o.done_at
FROM entries_entry e JOIN documents_incomingdocument d ON d.entry_id = e.id
JOIN identity_unit u ON u.id = e.unit_id LEFT JOIN obligations_obligation o ON o.entry_id = e.id
WHERE e.register = 'documents.incoming' ORDER BY e.opened_on DESC, e.id DESC LIMIT 50
"""


def drop(var: Path) -> None:
    connections.close_all()
    with database._superuser_connection(var, "postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {database.DATABASE_NAME} WITH (FORCE)")


def load(var: Path, scale: int, say: Say) -> dict[str, float] | None:
    """Load the data set; ``say`` hears of progress. None: this database has it already."""
    database.prepare(var)
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    with connections["owner"].cursor() as cursor:
        database.grant(cursor)
    say(f"loading the data set × {scale}; after the indicators it commits and vacuums")
    loading = Watch()
    written = loading(
        dataset.load, settings.DATASET, scale=scale, replace=True,
        progress=lambda step, count: say(f"  {count:,} more in {step}"),
    )  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = sum(written.values()) - written.get("indicators", 0)
    return {"seconds": loading.spent, "entries": count, "peak_mib": peak} if written else None


def targets() -> dict[str, tuple[str, dict[str, str]]]:
    """Name of each page that is measured → its address and the headers it is asked with."""
    person = Person.objects.get(username=USERNAME)
    register = registry.get("documents.incoming")
    book = reverse("desk:list", args=[register.slug])
    entries = Entry.objects.filter(policies.visible_in(person, register))
    cursor = None
    for _step in range(OLDER):
        cursor = page(entries, size=SIZE, after=cursor, prefix="").older
        assert cursor, "the list is too short"
    some = entries.filter(confidentiality="ordinary").order_by("-opened_on", "-id")[OLDER]
    symbol = register.rows().get(pk=some.pk).symbol
    figure, query = "documents.incoming.total", window_query(WINDOW)
    return {
        "list, first page": (book, {}),
        "list, after 499 × Cũ hơn": (f"{book}?sau={cursor}", {}),
        "entry": (reverse("desk:entry", args=[register.slug, some.pk]), {}),
        "figure panel": (f"{reverse('desk:figure', args=[figure])}?{query}", {"HX-Request": "true"}),
        "figure's entries": (f"{reverse('desk:figure-entries', args=[figure])}?{query}", {}),
        "search, a phrase": (reverse("desk:search") + "?q=" + quote("Vành đai 4"), {}),
        "search, a word of very many": (reverse("desk:search") + "?q=" + quote("ủy ban"), {}),
        "search, words of few": (reverse("desk:search") + "?q=" + quote("nước sạch Thanh Trì"), {}),
        "search, a symbol": (reverse("desk:search") + "?q=" + quote(symbol), {}),
        "search, suggestions": (reverse("desk:suggestions") + "?q=" + quote("vành đ"), {}),
        "report page": (reverse("desk:report", args=["direction", WINDOW.period]), {}),
        "indicator page": (reverse("desk:indicator", args=["budget_revenue"]), {}),
        "campaign of 600 units": (reverse("desk:campaign", args=[wide_campaign()]), {}),
    }  # fmt: skip


def wide_campaign() -> int:
    """A campaign that asks every unit of the city, communes too; made once."""
    person = Person.objects.get(username=USERNAME)
    symbol = "bench/KHĐT-TH"
    known = Campaign.objects.filter(request_symbol=symbol).first()
    campaign = known or open_campaign(
        actor=person, report="direction", period=PERIOD, opened_on=date(2024, 5, 3),
        due_on=date(2024, 6, 20), as_of=AS_OF, request_symbol=symbol,
        asked=["departments", "districts", "communes"], unit=person.current_appointments[0].unit,
    )  # fmt: skip
    asked = campaign.entry.obligations.count()
    assert asked > 600, f"only {asked} units were asked"
    return campaign.pk


def drill_down() -> dict[str, float]:
    """Seconds to open every figure of both reports, panel and list of entries, in one process."""
    client = Client()
    client.force_login(Person.objects.get(username=USERNAME))
    ids: dict[str, None] = {}
    for report in ("direction", "socioeconomic"):
        ids |= dict.fromkeys(compose(report, PERIOD, AS_OF).answers)
    query = window_query(WINDOW)
    opened = []
    for id in ids:
        began = time.perf_counter()
        for name in ("figure", "figure-entries"):
            answer = client.get(f"{reverse(f'desk:{name}', args=[id])}?{query}")
            assert answer.status_code in (200, 404), f"{name} of {id} answered {answer.status_code}"
        opened.append(time.perf_counter() - began)
    return {
        "figures": len(opened),
        "seconds": sum(opened),
        "slowest_ms": max(opened) * 1000,
        "median_ms": statistics.median(opened) * 1000,
    }


@contextmanager
def serving(application: str) -> Iterator[int]:
    """Serve a WSGI application as `dieuhanh serve` does, on a free port. Yields the port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        for _attempt in range(300):
            with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"the server of {application} did not start")
        yield port
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        with suppress(ProcessLookupError):  # its workers, should any be left
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


class Browser:
    """One kept connection and its cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.cookies: dict[str, str] = dict(cookies or {})
        self.connection = HTTPConnection(HOST, port, timeout=120)

    def ask(self, path: str, headers: dict[str, str], form: dict[str, str] | None = None) -> bytes:
        """What is answered to a GET (must be 200), or to a POST of ``form`` (must be 302)."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        method, body = ("POST", urlencode(form)) if form else ("GET", None)
        if form:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body=body, headers=sent | headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != (302 if form else 200):
            raise RuntimeError(f"{path} answered {response.status}")
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return content

    def sign_in(self, username: str = USERNAME) -> None:
        """As a person does: the form, its token, the password."""
        path = reverse("desk:sign-in")
        token = re.findall(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(path, {}))[0]
        form = {"username": username, "password": DEMO_PASSWORD}
        self.ask(path, {}, form | {"csrfmiddlewaretoken": token.decode()})


def side_by_side(
    site: Browser, minimal: Browser, path: str, headers: dict[str, str]
) -> dict[str, float]:
    """Milliseconds of a page and of the minimal page, asked in turn so that noise hits both."""
    times: list[float] = []
    yardsticks: list[float] = []
    for _warming in range(3):
        site.ask(path, headers)
        minimal.ask("/", {})
    stop = time.monotonic() + SECONDS
    while len(times) < MOST and (time.monotonic() < stop or len(times) < 2):
        began = time.perf_counter()
        site.ask(path, headers)
        between = time.perf_counter()
        minimal.ask("/", {})
        times.append((between - began) * 1000)
        yardsticks.append((time.perf_counter() - between) * 1000)
    return {
        "requests": len(times),
        "p50": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[-1],
        "minimal_p50": statistics.median(yardsticks),
        "times_minimal": sum(times) / sum(yardsticks),
    }


def beside_everything(port: int) -> dict[str, dict[str, float]]:
    """Milliseconds of a list's first page for a regular person and for one who sees everything,
    asked in turn so that noise hits both."""
    found = {}
    for slug, username in REGULAR.items():
        path = reverse("desk:list", args=[slug])
        asked: dict[str, tuple[Browser, list[float]]] = {}
        for name in (username, EVERYTHING):
            asked[name] = Browser(port), []
            asked[name][0].sign_in(name)
        for turn in range(3 + MOST // 2):
            for browser, times in asked.values():
                began = time.perf_counter()
                browser.ask(path, {})
                if turn >= 3:  # the first ones fill caches
                    times.append((time.perf_counter() - began) * 1000)
        regular, everything = (times for _browser, times in asked.values())
        found[f"{slug}, {username}"] = {
            "regular": statistics.median(regular),
            "everything": statistics.median(everything),
            "ratio": sum(regular) / sum(everything),
        }
    return found


def apart(path: str, headers: dict[str, str]) -> dict[str, float]:
    """How many queries a page makes and where its milliseconds go, inside this process.

    The quickest of ten runs; ``template`` holds the queries that the template starts.
    """
    client = Client()
    client.force_login(Person.objects.get(username=USERNAME))
    runs, rendering = [], Template.render
    for _run in range(10):
        sql, template, whole = Watch(), Watch(), Watch()
        spied = partial(template, rendering)
        with (
            patch.object(Template, "render", lambda *given, spied=spied: spied(*given)),
            connection.execute_wrapper(sql),
        ):
            whole(client.get, path, headers=headers)
        runs.append((whole.spent * 1000, sql.spent * 1000, template.spent * 1000, sql.calls))
    return dict(zip(("whole", "sql", "template", "queries"), min(runs), strict=True))


def plain_sql() -> float:
    """Median milliseconds of reading the list's first page by one statement."""
    times = []
    with connection.cursor() as cursor:
        for _run in range(100):
            began = time.perf_counter()
            cursor.execute(PLAIN_SQL)
            cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def partition() -> dict[str, float]:
    """Whether the five states part all obligations (NV-10): one statement over the whole set."""
    began = time.perf_counter()
    outside = outside_one_state(clock.now()).count()
    return {
        "seconds": time.perf_counter() - began,
        "obligations": Obligation.objects.count(),
        "outside": outside,
    }


def measure(say: Say) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """Every page, over HTTP beside the minimal one and taken apart; and lists of regular people
    beside those of somebody who sees everything. ``say`` hears of each step."""
    say(f"walking {OLDER} pages back")
    pages = targets()
    found: dict[str, Any] = {}
    say("starting two servers: the site and the minimal page")
    with (
        serving("dieuhanh.config.wsgi:application") as site_port,
        serving("bench.minimal:application") as minimal_port,
    ):
        site = Browser(site_port)
        site.sign_in()
        minimal = Browser(minimal_port, site.cookies)
        for name, (path, headers) in pages.items():
            say(f"page: {name}")
            found[name] = side_by_side(site, minimal, path, headers)
        say("lists of regular people")
        regular = beside_everything(site_port)
    say("the same pages taken apart")
    for name, (path, headers) in pages.items():
        found[name] |= apart(path, headers)
    return found, regular
