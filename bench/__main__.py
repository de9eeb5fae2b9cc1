"""`python -m bench --scale N`: loads N times the data set, measures, prints, compares with aims.

Works in a database of its own in an embedded server of its own (var/bench); results are kept by
scale in bench/results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"
RESULTS = ROOT / "bench" / "results.json"
REPORTS = ("socioeconomic", "direction")
COLD_SECONDS, WARM_SECONDS = 5.0, 2.0
LIST_RATE = 0.5
GROWTH, FEW, MANY = 1.5, "1", "20"
STARTED = time.monotonic()
console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def say(words: str) -> None:
    console.print(f"[{time.monotonic() - STARTED:6.1f} s] {words}", markup=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="how many times the data set")
    parser.add_argument("--keep", action="store_true", help="use, and leave, a loaded database")
    parser.add_argument("--requests", type=int, default=200, help="at most, for each page")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most, for each page")
    asked = parser.parse_args()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _interrupt)
    for name in ("DATABASE_URL", "DATABASE_APP_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.settings",
        "DIEUHANH_VAR": str(VAR),
        "DIEUHANH_DATABASE": f"bench_x{asked.scale}",
        "DIEUHANH_DEMO": "1",
        "DIEUHANH_NOW": "2024-06-17T08:40",
    }
    from dieuhanh.config import database

    say("starting PostgreSQL in var/bench")
    database.start_embedded(VAR)
    import django

    django.setup()
    from bench.pages import BenchFailure

    try:
        _run(asked)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except (BenchFailure, RuntimeError) as failure:
        say(f"failed: {failure}")
        return 1
    finally:
        if not asked.keep:
            _drop(database.DATABASE_NAME)
    return 0


def _interrupt(*_what: object) -> None:
    """The first Ctrl-C ends the run; a second would only disturb the cleaning up."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def _run(asked: argparse.Namespace) -> None:
    known: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    key = str(asked.scale)
    loading = _load(asked.scale, keep=asked.keep) or known.get(key, {}).get("loading")
    result = {
        "measured": time.strftime("%Y-%m-%d %H:%M"),
        "cores": os.cpu_count(),
        "loading": loading,
        "reports": _measure_reports(),
        "pages": _measure_pages(asked.requests, asked.seconds),
    }
    from bench.pages import plain_sql

    result["plain_sql"] = plain_sql()
    known[key] = result
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")
    _print(key, result)
    _print_aims(key, known)


# Loading ---------------------------------------------------------------------------------------


def _drop(name: str) -> None:
    from django.db import connections

    from dieuhanh.config import database

    connections.close_all()
    with database._superuser_connection(VAR, "postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _load(scale: int, *, keep: bool) -> dict[str, Any] | None:
    """Load into a new database. None: with ``keep``, what was loaded before is used."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from dieuhanh.config import database
    from dieuhanh.faces.loading import dataset

    if not keep:
        _drop(database.DATABASE_NAME)
    database.prepare(VAR)
    began = time.perf_counter()
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    with connections["owner"].cursor() as cursor:
        database.grant(cursor)
    migrated = time.perf_counter()
    told = {"entries": 0, "at": migrated}

    def progress(step: str, count: int) -> None:
        told["entries"] += count
        if step == "indicators":
            say("  committing; VACUUM ANALYZE")
        elif time.perf_counter() - told["at"] > 5:
            told["at"] = time.perf_counter()
            say(f"  {told['entries']:,} entries, now in {step}")

    say(f"loading the data set × {scale}")
    written = dataset.load(settings.DATASET, scale=scale, replace=True, progress=progress)
    if not written:
        say("it is loaded already")
        return None
    seconds = time.perf_counter() - migrated
    return {
        "migrate_seconds": migrated - began,
        "seconds": seconds,
        "entries": sum(written.values()) - written["indicators"],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


# Measuring -------------------------------------------------------------------------------------


def _measure_reports() -> dict[str, Any]:
    from bench import report

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in REPORTS:
            say(f"report {name}: cold, then warm")
            found[name] = report.build(name, Path(folder) / name)
    return found


def _measure_pages(most: int, seconds: float) -> dict[str, Any]:
    from bench import pages, report

    from dieuhanh.kernel.measures.model import Window

    say(f"walking {pages.OLDER} pages back")
    window = Window(report.AS_OF.replace(month=1, day=1), report.AS_OF, report.AS_OF, report.PERIOD)
    targets = pages.targets(window)
    found: dict[str, Any] = {}
    say("starting two servers: the site and the minimal page")
    with (
        pages.serving("dieuhanh.config.wsgi:application") as site_port,
        pages.serving("bench.minimal:application") as minimal_port,
    ):
        site = pages.sign_in(site_port)
        minimal = pages.Browser(minimal_port, site.cookies)
        for name, (path, headers) in targets.items():
            say(f"page: {name}")
            found[name] = pages.side_by_side(
                site, minimal, path, headers, most=most, seconds=seconds
            )
    for name, (path, headers) in targets.items():
        say(f"taken apart: {name}")
        found[name] |= pages.apart(path, headers)
    return found


# Telling ---------------------------------------------------------------------------------------


def _print(scale: str, result: dict[str, Any]) -> None:
    if loading := result["loading"]:
        console.print(
            f"\nScale {scale}: {loading['entries']:,} entries loaded in {loading['seconds']:.1f} s, "
            f"{loading['peak_mib']:.0f} MiB at most; {result['cores']} cores"
        )
    table = Table("Report", "cold s", "warm s", "compose s", "queries", "SQL s", "measured")
    for name, one in result["reports"].items():
        table.add_row(
            name, *(f"{one[key]:.2f}" for key in ("cold", "warm", "compose")),
            str(one["queries"]), f"{one['sql']:.2f}",
            "text and four files" if one["whole"] else "text only: a writer is not there yet",
        )  # fmt: skip
    console.print(table)
    heads = ("p50 ms", "p95 ms", "minimal", "rate", "n", "queries", "whole", "SQL", "template")
    table = Table("Page", *heads)
    for name, one in result["pages"].items():
        table.add_row(
            name, f"{one['p50']:.1f}", f"{one['p95']:.1f}", f"{one['minimal_p50']:.1f}",
            f"{one['rate_to_minimal']:.3f}", str(one["requests"]), str(one["queries"]),
            *(f"{one[key]:.1f}" for key in ("whole", "sql", "template")),
        )  # fmt: skip
    console.print(table)
    console.print(
        "p50, p95, minimal: over HTTP. rate: against the minimal page, asked in turn. "
        "whole, SQL, template: ms in one process, the template with the queries it starts.\n"
        f"The 50 rows of the list's first page by one SQL statement: {result['plain_sql']:.2f} ms.\n"
    )


def aims(scale: str, known: dict[str, Any]) -> list[tuple[str, str, float, bool, str]]:
    """What was aimed at, the bound, the measured value, whether it is met, and if not, why."""
    from bench.pages import LIST

    result = known[scale]
    found: list[tuple[str, str, float, bool, str]] = []
    for name, one in result["reports"].items():
        for state, bound in (("cold", COLD_SECONDS), ("warm", WARM_SECONDS)):
            files = one["warm"] - one["compose"]
            why = f"composing {one['compose']:.2f} s (SQL {one['sql']:.2f}), files {files:.2f} s"
            if state == "cold":
                why += f", start and first use {one['cold'] - one['warm']:.2f} s"
            found.append((f"{name}, {state}, seconds", f"≤ {bound:g}", one[state],
                          one[state] <= bound, why))  # fmt: skip
    first = result["pages"][LIST]
    rate, floor = first["rate_to_minimal"], first["minimal_p50"]
    python = first["whole"] - first["sql"]
    why = (
        f"SQL {first['sql']:.1f} ms in {first['queries']} queries, template {first['template']:.1f} "
        f"of {first['whole']:.1f} ms; without any SQL the rate were {floor / (floor + python):.2f}"
    )
    found.append(("list, rate to the minimal page", f"≥ {LIST_RATE}", rate, rate >= LIST_RATE, why))
    if FEW in known and MANY in known:
        few, many = known[FEW], known[MANY]
        for name, one in many["reports"].items():
            before = few["reports"][name]
            growth = one["warm"] / before["warm"]
            why = f"SQL {before['sql']:.2f} → {one['sql']:.2f} s in {one['queries']} queries"
            found.append((f"× {MANY}: {name}, warm", f"≤ {GROWTH}", growth, growth <= GROWTH, why))
        for name, one in many["pages"].items():
            before = few["pages"][name]
            growth = one["p50"] / before["p50"]
            why = f"SQL {before['sql']:.1f} → {one['sql']:.1f} ms in {one['queries']} queries"
            found.append((f"× {MANY}: {name}, p50", f"≤ {GROWTH}", growth, growth <= GROWTH, why))
    return found


def _print_aims(scale: str, known: dict[str, Any]) -> None:
    table = Table("Aim", "bound", "measured", "", "why missed")
    for name, bound, measured, met, why in aims(scale, known):
        table.add_row(
            name, bound, f"{measured:.2f}", "met" if met else "MISSED", "" if met else why
        )
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
