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
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

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

ROOT = Path(__file__).resolve().parents[1]
USERNAME = "ke-hoach"
LIST, DEEP = "list, first page", "list, after 499 × Cũ hơn"
OLDER = 499
SIZE = 50
RUNS = 10

#: The rows of the list's first page, by one statement: what any program would have to read.
PLAIN_SQL = """
SELECT e.number, e.opened_on, d.symbol, d.sender, e.title, u.name, o.due_at, o.done_at
FROM entries_entry e
JOIN documents_incomingdocument d ON d.entry_id = e.id
JOIN identity_unit u ON u.id = e.unit_id
LEFT JOIN obligations_obligation o ON o.entry_id = e.id
WHERE e.register = 'documents.incoming'
ORDER BY e.opened_on DESC, e.id DESC LIMIT 50
"""


class BenchFailure(Exception):
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
        LIST: (book, {}),
        DEEP: (f"{book}?sau={cursor}", {}),
        "entry": (reverse("desk:entry", args=[register.slug, some.pk]), {}),
        "figure panel": (
            f"{reverse('desk:figure', args=[figure])}?{query}", {"HX-Request": "true"},
        ),
        "figure's entries": (f"{reverse('desk:figure-entries', args=[figure])}?{query}", {}),
        "search, a phrase": (f"{find}?q={quote('Vành đai 4')}", {}),
        "search, a symbol": (f"{find}?q={quote(symbol)}", {}),
        "report page": (reverse("desk:report", args=["direction", window.period]), {}),
    }  # fmt: skip


# Over HTTP -------------------------------------------------------------------------------------


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
        _wait_for(server, port, application)
        yield port
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        with suppress(ProcessLookupError):  # its workers, should any be left
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int, application: str) -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            break
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)
    raise BenchFailure(f"the server of {application} did not start")


class Browser:
    """One kept connection and its cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.cookies: dict[str, str] = dict(cookies or {})
        self.connection = HTTPConnection(HOST, port, timeout=120)

    def ask(
        self, path: str, headers: dict[str, str] | None = None, form: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        method = "GET" if form is None else "POST"
        self.connection.request(method, path, body=body, headers=sent | (headers or {}))
        response = self.connection.getresponse()
        content = response.read()
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, content

    def timed(self, path: str, headers: dict[str, str] | None = None) -> float:
        """Seconds from asking to the last byte.

        Raises:
            BenchFailure: the answer is not 200.
        """
        began = time.perf_counter()
        status, _content = self.ask(path, headers)
        spent = time.perf_counter() - began
        if status != 200:
            raise BenchFailure(f"{path} answered {status}")
        return spent


def sign_in(port: int) -> Browser:
    """Sign in as a person does: the form, its token, the password.

    Raises:
        BenchFailure: the site did not let the person in.
    """
    browser = Browser(port)
    path = reverse("desk:sign-in")
    _status, content = browser.ask(path)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', content)
    if token is None:
        raise BenchFailure("the sign-in page has no form")
    form = {"username": USERNAME, "password": DEMO_PASSWORD,
            "csrfmiddlewaretoken": token[1].decode()}  # fmt: skip
    status, _content = browser.ask(path, form=form)
    if status != 302:
        raise BenchFailure(f"signing in as {USERNAME} answered {status}")
    return browser


def side_by_side(
    site: Browser,
    minimal: Browser,
    path: str,
    headers: dict[str, str],
    *,
    most: int,
    seconds: float,
) -> dict[str, float]:
    """Milliseconds of a page and of the minimal page, asked in turn so that noise hits both.

    Args:
        most: how many times at most.
        seconds: how long at most.
    """
    for _warming in range(3):
        site.timed(path, headers)
        minimal.timed("/")
    page_times: list[float] = []
    minimal_times: list[float] = []
    stop = time.monotonic() + seconds
    while len(page_times) < most and (time.monotonic() < stop or len(page_times) < 2):
        page_times.append(site.timed(path, headers) * 1000)
        minimal_times.append(minimal.timed("/") * 1000)
    p50, yardstick = statistics.median(page_times), statistics.median(minimal_times)
    return {
        "requests": len(page_times),
        "p50": p50,
        "p95": statistics.quantiles(page_times, n=20)[-1],
        "minimal_p50": yardstick,
        "minimal_p95": statistics.quantiles(minimal_times, n=20)[-1],
        "rate_to_minimal": sum(minimal_times) / sum(page_times),
    }


# Taken apart, in this process ------------------------------------------------------------------


class _Watch:
    """Sums the seconds spent inside whatever is called through it."""

    def __init__(self) -> None:
        self.calls, self.spent = 0, 0.0

    def __call__(self, run: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return run(*arguments, **named)
        finally:
            self.calls += 1
            self.spent += time.perf_counter() - began


def apart(path: str, headers: dict[str, str]) -> dict[str, float]:
    """How many queries a page makes and where its milliseconds go, without the web server.

    The fewest milliseconds of ten runs; ``template`` holds the queries that the template starts.
    """
    client = Client()
    client.force_login(Person.objects.get(username=USERNAME))
    best = {"whole": float("inf")}
    rendering = Template.render
    for _run in range(RUNS):
        sql, template = _Watch(), _Watch()
        Template.render = lambda *given, watch=template: watch(rendering, *given)  # type: ignore[method-assign]
        began = time.perf_counter()
        try:
            with connection.execute_wrapper(sql):
                response = client.get(path, headers=headers)
        finally:
            Template.render = rendering  # type: ignore[method-assign]
        whole = time.perf_counter() - began
        if whole * 1000 < best["whole"]:
            best = {"queries": sql.calls, "whole": whole * 1000, "sql": sql.spent * 1000,
                    "template": template.spent * 1000, "bytes": len(response.content)}  # fmt: skip
    return best


def plain_sql() -> float:
    """Median milliseconds of reading the list's first page by one statement."""
    times = []
    with connection.cursor() as cursor:
        for _run in range(100):
            began = time.perf_counter()
            cursor.execute(PLAIN_SQL)
            rows = cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
            if len(rows) != SIZE:
                raise BenchFailure(f"the plain statement gave {len(rows)} rows")
    return statistics.median(times)
