"""`python -m bench my-work`: the list of one's work, asked by many people at random moments.

Makes up 100,000 open obligations of 15,000 people in 650 units in a database of its own. Requests
arrive as people do: independently (exponential gaps), each timed from the moment it was due, so
that waiting for a busy server counts. The minimal page is asked the same way in the same run.
"""

from __future__ import annotations

import random
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.measuring import Browser, Say, serving
from bench.report import Watch
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from dieuhanh.config import database
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Appointment, Person, Role, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation, Pause
from dieuhanh.kernel.tracking import queries
from dieuhanh.kernel.tracking.queries import Side, Sight

UNITS, PEOPLE, OPEN = 650, 15_000, 100_000
ASKING = 300  # people who assign work to others
RATE, SECONDS = 10.0, 45.0  # requests a second, and for how long
SEED = 20240617
AIM_P95 = 50.0
ALONE = 60  # people whose page is also asked inside one process
SIZE = 50
SIDES = {"don-vi": Side.UNIT, "toi": Side.MINE, "phoi-hop": Side.SHARED, "toi-giao": Side.ASKED}


def _people() -> tuple[list[Unit], list[Person]]:
    started = clock.today() - timedelta(900)
    units = Unit.objects.bulk_create(
        Unit(code=f"B{n}", name=f"Đơn vị số {n}", kind="commune" if n > 60 else "department",
             valid_from=started)
        for n in range(UNITS)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        (Person(username=f"b{n}", full_name=f"Người số {n}", password="!") for n in range(PEOPLE)),
        batch_size=2000,
    )
    others = [Role.CLERK, Role.OFFICER, Role.OFFICER, Role.OFFICER, Role.RECEPTION]
    Appointment.objects.bulk_create(
        (
            Appointment(
                person=one, unit=units[n % UNITS], valid_from=started,
                role=Role.LEADER if n < 20 else Role.HEAD if n < UNITS + 20
                else others[n % len(others)],
            )
            for n, one in enumerate(people)
        ),
        batch_size=2000,
    )  # fmt: skip
    return units, people


def fill(say: Say) -> None:
    """Units, people, entries of every register and what is owed on them: all made up."""
    say(f"making up {OPEN:,} obligations, {PEOPLE:,} people, {UNITS} units")
    dice = random.Random(SEED)
    units, people = _people()
    now, codes = clock.now(), [one.code for one in registry.all_registers()]
    led = [dice.randrange(UNITS) for _ in range(OPEN)]
    levels = ["ordinary"] * 17 + ["personal", "restricted", "guarded"]
    entries = Entry.objects.bulk_create(
        (
            Entry(
                register=codes[n % len(codes)], agency=units[0], book="bench", year=2024, number=n + 1,
                kind="other", title=f"Việc thử số {n} về hồ sơ của đơn vị {led[n]}",
                confidentiality=levels[n % len(levels)], unit=units[led[n]],
                opened_on=clock.today() - timedelta(dice.randrange(90)),
            )
            for n in range(OPEN)
        ),
        batch_size=2000,
    )  # fmt: skip
    part = Entry.co_units.through
    part.objects.bulk_create(
        (
            part(entry=one, unit=units[dice.randrange(UNITS)])
            for one in entries if dice.random() < 0.2
        ),
        batch_size=5000, ignore_conflicts=True,
    )  # fmt: skip
    rows = []
    for n, entry in enumerate(entries):
        started = now - timedelta(dice.randrange(1, 90))
        due = started + timedelta(dice.randrange(5, 150)) if dice.random() < 0.9 else None
        mates = people[led[n] :: UNITS]
        rows.append(
            Obligation(
                entry=entry, duty="Trả lời", unit=units[led[n]], started_at=started, due_at=due,
                person=dice.choice(mates) if dice.random() < 0.6 else None,
                asked_by=people[dice.randrange(ASKING)] if dice.random() < 0.3 else None,
            )
        )  # fmt: skip
    kept = Obligation.objects.bulk_create(rows, batch_size=2000)
    Pause.objects.bulk_create(
        Pause(obligation=one, started_at=one.started_at, due_at=one.due_at, reason="Chờ bổ sung")
        for one in kept
        if one.due_at and dice.random() < 0.03
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def load(var: Path, say: Say) -> None:
    database.prepare(var)
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    with connections["owner"].cursor() as cursor:
        database.grant(cursor)
    if not Obligation.objects.exists():
        fill(say)


def _cookies(person: Person) -> dict[str, str]:
    """A session as signing in would leave it, without the cost of a password."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key}


def _addresses(person: Person, dice: random.Random) -> str:
    """The first page or a later one of some side; people look at their unit's most."""
    name = dice.choices(list(SIDES), [5, 3, 1, 1])[0]
    path = f"{reverse('desk:work')}?ben={name}"
    sight = Sight(person, clock.now())
    rows, place = queries.open_work(sight, SIDES[name]), None
    for _step in range(dice.randrange(3)):
        further = queries.page(rows, sight, size=SIZE, after=place).later
        if further is None:
            break
        place = further
    return f"{path}&sau={place}" if place else path


def _arrivals(
    port: int, requests: list[tuple[str, dict[str, str]]], dice: random.Random
) -> list[float]:
    """Ask at random moments, `RATE` a second; milliseconds of each from when it was due."""
    local, times, lock = threading.local(), [], threading.Lock()

    def ask(due: float, path: str, cookies: dict[str, str]) -> None:
        if not hasattr(local, "browser"):
            local.browser = Browser(port)
        local.browser.cookies = dict(cookies)
        local.browser.ask(path, {})
        with lock:
            times.append((time.perf_counter() - due) * 1000)

    with ThreadPoolExecutor(24) as pool:
        due, waiting = time.perf_counter(), []
        for path, cookies in requests:
            due += dice.expovariate(RATE)
            time.sleep(max(0.0, due - time.perf_counter()))
            waiting.append(pool.submit(ask, due, path, cookies))
        for one in waiting:
            one.result()
    return times


def _undisturbed(addresses: list[str], people: list[Person]) -> dict[str, float]:
    """Milliseconds of single requests inside one process, each the quickest of five: what a page
    costs when it waits for nobody."""
    times, counts = [], []
    for path, person in zip(addresses, people, strict=True):
        client = Client()
        client.force_login(person)
        client.get(path)
        runs = []
        for _run in range(5):
            whole, sql = Watch(), Watch()
            with connection.execute_wrapper(sql):
                whole(client.get, path)
            runs.append(whole.spent * 1000)
            counts.append(sql.calls)
        times.append(min(runs))
    return _told(times) | {"queries": max(counts)}


def _told(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"requests": len(times), "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def measure(say: Say) -> dict[str, dict[str, float]]:
    """Both pages at once, each on a server of its own; ``say`` hears of each step."""
    dice = random.Random(SEED)
    count = int(RATE * SECONDS)
    say(f"{count} people sign in")
    people = dice.sample(list(Person.objects.order_by("pk")), count)
    # Leaders and those who assign much have the longest lists: they are among those who ask.
    people[: count // 20] = list(Person.objects.order_by("pk")[: count // 20])
    dice.shuffle(people)
    cookies = [_cookies(one) for one in people]
    addresses = [_addresses(one, dice) for one in people]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM obligations_obligation WHERE done_at IS NULL")
        say(f"{cursor.fetchone()[0]:,} open obligations; asking for {SECONDS:.0f} s")
    found: dict[str, list[float]] = {}
    with (
        serving("dieuhanh.config.wsgi:application") as site_port,
        serving("bench.minimal:application") as minimal_port,
    ):
        for port, path in ((site_port, addresses[0]), (minimal_port, "/")):
            for _warming in range(8):
                Browser(port).ask(path, {"Cookie": _header(cookies[0])})
        streams: dict[str, Any] = {
            "my work": (site_port, list(zip(addresses, cookies, strict=True))),
            "minimal page": (minimal_port, [("/", one) for one in cookies]),
        }

        def run(name: str) -> None:
            port, requests = streams[name]
            found[name] = _arrivals(port, requests, random.Random(SEED + len(name)))

        running = [threading.Thread(target=run, args=[name]) for name in streams]
        for one in running:
            one.start()
        for one in running:
            one.join()
    told = {name: _told(times) for name, times in found.items()}
    say("the same page inside one process")
    told["my work, undisturbed"] = _undisturbed(addresses[:ALONE], people[:ALONE])
    return told


def _header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
