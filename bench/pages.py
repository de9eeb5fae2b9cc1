"""Pages as a signed-in person gets them: over HTTP beside the minimal page, and taken apart."""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode

from bench.report import ROOT, Watch
from django.db import connection
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from dieuhanh.faces.loading.reference import DEMO_PASSWORD
from dieuhanh.faces.serving import HOST
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import page
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.measures.model import Window
from dieuhanh.reports.compose.figures import window_query

USERNAME = "ke-hoach"
OLDER = 499
SIZE = 50
MOST, SECONDS = 200, 20.0  # requests and time, at most, for each page

#: The rows of the list's first page, by one statement: what any program would have to read.
PLAIN_SQL = """
SELECT e.number, e.opened_on, d.symbol, d.sender, e.title, u.name, o.due_at, o.done_at
FROM entries_entry e JOIN documents_incomingdocument d ON d.entry_id = e.id
JOIN identity_unit u ON u.id = e.unit_id LEFT JOIN obligations_obligation o ON o.entry_id = e.id
WHERE e.register = 'documents.incoming' ORDER BY e.opened_on DESC, e.id DESC LIMIT 50
"""


class BenchFailure(RuntimeError):
    """What was measured did not answer as it should; the message says what."""


def targets(window: Window) -> dict[str, tuple[str, dict[str, str]]]:
    """Name of each page that is measured → its address and the headers it is asked with."""
    person = Person.objects.get(username=USERNAME)
    register = registry.get("documents.incoming")
    book = reverse("desk:list", args=[register.slug])
    entries = Entry.objects.filter(policies.visible_in(person, register))
    cursor = None
    for _step in range(OLDER):
        cursor = page(entries, size=SIZE, after=cursor, prefix="").older
        if cursor is None:
            raise BenchFailure(f"the list ends before {OLDER} older pages")
    some = entries.filter(confidentiality="ordinary").order_by("-opened_on", "-id")[OLDER]
    symbol = register.rows().get(pk=some.pk).symbol
    figure, query = "documents.incoming.total", window_query(window)
    find = reverse("desk:search")
    return {
        "list, first page": (book, {}),
        "list, after 499 × Cũ hơn": (f"{book}?sau={cursor}", {}),
        "entry": (reverse("desk:entry", args=[register.slug, some.pk]), {}),
        "figure panel": (
            f"{reverse('desk:figure', args=[figure])}?{query}", {"HX-Request": "true"},
        ),
        "figure's entries": (f"{reverse('desk:figure-entries', args=[figure])}?{query}", {}),
        "search, a phrase": (f"{find}?q={quote('Vành đai 4')}", {}),
        "search, a symbol": (f"{find}?q={quote(symbol)}", {}),
        "report page": (reverse("desk:report", args=["direction", window.period]), {}),
    }  # fmt: skip


@contextmanager
def serving(application: str) -> Iterator[int]:
    """Serve a WSGI application as `dieuhanh serve` does, on a free port. Yields the port.

    Raises:
        BenchFailure: it does not answer.
    """
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
            raise BenchFailure(f"the server of {application} did not start")
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
        """What the site answers to a GET, or to a POST of ``form``.

        Raises:
            BenchFailure: it answers neither 200 nor, to a form, 302.
        """
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        method, body = ("POST", urlencode(form)) if form else ("GET", None)
        if form:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body=body, headers=sent | headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != (302 if form else 200):
            raise BenchFailure(f"{path} answered {response.status}")
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return content

    def sign_in(self) -> None:
        """As a person does: the form, its token, the password."""
        path = reverse("desk:sign-in")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(path, {}))
        if token is None:
            raise BenchFailure("the sign-in page has no form")
        form = {"username": USERNAME, "password": DEMO_PASSWORD}
        self.ask(path, {}, form | {"csrfmiddlewaretoken": token[1].decode()})


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


def apart(path: str, headers: dict[str, str]) -> dict[str, float]:
    """How many queries a page makes and where its milliseconds go, inside this process.

    The quickest of ten runs; ``template`` holds the queries that the template starts.
    """
    client = Client()
    client.force_login(Person.objects.get(username=USERNAME))
    runs = []
    rendering = Template.render
    for _run in range(10):
        sql, template, whole = Watch(), Watch(), Watch()
        Template.render = lambda *given, watch=template: watch(rendering, *given)  # type: ignore
        try:
            with connection.execute_wrapper(sql):
                whole(lambda: client.get(path, headers=headers))
        finally:
            Template.render = rendering  # type: ignore[method-assign]
        runs.append((whole.spent * 1000, sql.spent * 1000, template.spent * 1000, sql.calls))
    return dict(zip(("whole", "sql", "template", "queries"), min(runs), strict=True))


def plain_sql() -> float:
    """Median milliseconds of reading the list's first page by one statement."""
    times = []
    with connection.cursor() as cursor:
        for _run in range(100):
            began = time.perf_counter()
            cursor.execute(PLAIN_SQL)
            if len(cursor.fetchall()) != SIZE:
                raise BenchFailure("the plain statement does not give the page's rows")
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measure(window: Window, say: Callable[[str], None]) -> dict[str, Any]:
    """Every page, over HTTP beside the minimal one and taken apart. ``say`` hears of each step."""
    say(f"walking {OLDER} pages back")
    pages = targets(window)
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
    say("the same pages taken apart")
    for name, (path, headers) in pages.items():
        found[name] |= apart(path, headers)
    return found
