"""`python -m bench pages`: every page of the tour, worst first, with the queries it makes.

One person asks one page at a time over a kept connection, as browsers do; between any two requests
the minimal page is asked, so that noise hits both. Queries and the time they take are counted in
this process, where the page is also asked five times: the quickest run counts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from bench.measuring import Browser, Say, serving
from bench.report import Watch
from django.db import connection
from django.test import Client
from tests.journeys.tour import TOUR, stops

from dieuhanh.kernel.identity.models import Person

TIMES, SECONDS, RUNS = 40, 4.0, 5  # requests and time, at most, for each page
AIM_P95, AIM_QUERIES = 50.0, 12
Row = dict[str, float]


def _timed(site: Browser, minimal: Browser, path: str) -> Row:
    """Milliseconds of a page and of the minimal page beside it."""
    times: list[float] = []
    yardsticks: list[float] = []
    for _warming in range(3):
        site.ask(path, {})
        minimal.ask("/", {})
    stop = time.monotonic() + SECONDS
    while len(times) < TIMES and (time.monotonic() < stop or len(times) < 5):
        began = time.perf_counter()
        site.ask(path, {})
        between = time.perf_counter()
        minimal.ask("/", {})
        times.append((between - began) * 1000)
        yardsticks.append((time.perf_counter() - between) * 1000)
    return {
        "p50": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[-1],
        "times_minimal": sum(times) / sum(yardsticks),
    }


def _counted(person: Person, path: str) -> Row:
    """Queries of a page, its milliseconds and those in SQL, inside this process."""
    client = Client()
    client.force_login(person)
    runs = []
    for _run in range(RUNS):
        sql, whole = Watch(), Watch()
        with connection.execute_wrapper(sql):
            answer = whole(client.get, path)
        runs.append((whole.spent * 1000, sql.spent * 1000, sql.calls, len(answer.content) / 1000))
    return dict(zip(("whole", "sql", "queries", "kb"), min(runs), strict=True))


def measure(say: Say) -> dict[str, Row]:
    """Page → what was measured, slowest first by its p95; ``say`` hears of each person."""
    found = dict(_measured(say))
    return dict(sorted(found.items(), key=lambda one: -one[1]["p95"]))


def _measured(say: Say) -> Iterator[tuple[str, Row]]:
    with (
        serving("dieuhanh.config.wsgi:application") as site_port,
        serving("bench.minimal:application") as minimal_port,
    ):
        for username in TOUR:
            say(f"pages of {username}")
            person = Person.objects.get(username=username)
            signed = Browser(site_port)
            signed.sign_in(username)
            for name, path in stops(username):
                # New connections: while queries are counted, a server closes those that idle.
                site, minimal = (
                    Browser(port, signed.cookies) for port in (site_port, minimal_port)
                )
                row = _timed(site, minimal, path)
                yield f"{username}, {name}", row | _counted(person, path)


def missed(pages: dict[str, Row]) -> list[str]:
    """Pages that are slower, or ask more, than they may."""
    return [
        name for name, row in pages.items() if row["p95"] > AIM_P95 or row["queries"] > AIM_QUERIES
    ]
