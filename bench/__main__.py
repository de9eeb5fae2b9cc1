"""`python -m bench --scale N`: loads N times the data set, measures, prints, compares with aims.

Works in a database of its own, in an embedded server of its own under var/bench; results are kept
by scale in bench/results.json. What is aimed at, and what was found: docs/bench.md.
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

from bench.report import AS_OF, PERIOD, ROOT, START, build
from rich.console import Console
from rich.table import Table

VAR = ROOT / "var" / "bench"
RESULTS = ROOT / "bench" / "results.json"
REPORTS = ("socioeconomic", "direction")
COLD_SECONDS, WARM_SECONDS, LIST_RATE = 5.0, 2.0, 0.5
FEW, MANY, GROWTH = "1", "20", 1.5
STARTED = time.monotonic()
console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def say(words: str) -> None:
    console.print(f"{time.monotonic() - STARTED:6.1f} s  {words}", markup=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="how many times the data set")
    parser.add_argument("--keep", action="store_true", help="use, and leave, a loaded database")
    asked = parser.parse_args()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _interrupt)
    for name in ("DATABASE_URL", "DATABASE_APP_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.settings",
        "DIEUHANH_VAR": str(VAR),
        "DIEUHANH_DATABASE": f"bench_x{asked.scale}",
        "DIEUHANH_DEMO": "1",
        "DIEUHANH_NOW": "2024-06-17T08:40",
    }
    import django

    from dieuhanh.config import database

    try:
        say("starting PostgreSQL in var/bench")
        database.start_embedded(VAR)
        django.setup()
        if not asked.keep:
            _drop()
        _run(asked.scale)
        if not asked.keep:
            _drop()
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except RuntimeError as failure:
        say(str(failure))
        return 1
    return 0


def _interrupt(*_what: object) -> None:
    """The first Ctrl-C ends the run; a second would only disturb the cleaning up."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


def _drop() -> None:
    from django.db import connections

    from dieuhanh.config import database

    connections.close_all()
    with database._superuser_connection(VAR, "postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {database.DATABASE_NAME} WITH (FORCE)")


def _run(scale: int) -> None:
    known: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    loading = _load(scale) or known.get(str(scale), {}).get("loading")
    result: dict[str, Any] = {"measured": time.strftime("%Y-%m-%d %H:%M"), "cores": os.cpu_count(),
              "loading": loading, "reports": {}}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name in REPORTS:
            say(f"report {name}: cold, then warm")
            result["reports"][name] = build(name, Path(folder) / name)
    from bench import pages

    from dieuhanh.kernel.measures.model import Window

    result["pages"] = pages.measure(Window(START, AS_OF, AS_OF, PERIOD), say)
    result["plain_sql"] = pages.plain_sql()
    known[str(scale)] = result
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")
    _print(result)
    table = Table("Aim", "bound", "measured", "", "why missed")
    for name, bound, measured, met, why in aims(result, known):
        table.add_row(name, bound, f"{measured:.2f}", *(("met", "") if met else ("MISSED", why)))
    console.print(table)


def _load(scale: int) -> dict[str, Any] | None:
    """Load the data set. None: this database has it already."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from dieuhanh.config import database
    from dieuhanh.faces.loading import dataset

    database.prepare(VAR)
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    with connections["owner"].cursor() as cursor:
        database.grant(cursor)
    entries, told = 0, time.monotonic()

    def progress(step: str, count: int) -> None:
        nonlocal entries, told
        entries += count
        if step == "indicators":
            say(f"  {entries:,} rows; committing, VACUUM ANALYZE")
        elif time.monotonic() - told > 5:
            told = time.monotonic()
            say(f"  {entries:,} entries, now in {step}")

    say(f"loading the data set × {scale}")
    began = time.perf_counter()
    written = dataset.load(settings.DATASET, scale=scale, replace=True, progress=progress)
    if not written:
        say("it is loaded already")
        return None
    return {
        "seconds": time.perf_counter() - began,
        "entries": sum(written.values()) - written["indicators"],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _print(result: dict[str, Any]) -> None:
    if loading := result["loading"]:
        console.print(
            f"\n{loading['entries']:,} entries loaded in {loading['seconds']:.1f} s with at most "
            f"{loading['peak_mib']:.0f} MiB; {result['cores']} cores"
        )
    heads = {"cold s": "cold", "of it start": "start", "warm s": "warm", "text s": "compose",
             "queries": "queries", "SQL s": "sql"}  # fmt: skip
    table = Table("Report", *heads)
    for name, one in result["reports"].items():
        table.add_row(name, *(_shown(one[key], 2) for key in heads.values()))
    console.print(table)
    heads = {"p50 ms": "p50", "p95 ms": "p95", "minimal": "minimal_p50", "ratio": "times_minimal",
             "asked": "requests", "queries": "queries", "whole": "whole", "SQL": "sql",
             "template": "template"}  # fmt: skip
    table = Table("Page", *heads)
    for name, one in result["pages"].items():
        table.add_row(name, *(_shown(one[key], 1) for key in heads.values()))
    console.print(table)
    console.print(
        "p50, p95, minimal: ms over HTTP, asked in turn; ratio: mean time to the minimal page's.\n"
        "whole, SQL, template: ms inside one process, the template with the queries it starts.\n"
        f"The 50 rows of the list's first page by one SQL statement: {result['plain_sql']:.2f} ms."
    )


def _shown(value: float, decimals: int) -> str:
    return str(value) if isinstance(value, int) else f"{value:.{decimals}f}"


Aim = tuple[str, str, float, bool, str]


def aims(result: dict[str, Any], known: dict[str, Any]) -> list[Aim]:
    """What was aimed at, the bound, the measured value, whether it is met, and why it is not."""
    found: list[Aim] = []
    for name, one in result["reports"].items():
        for state, bound in (("cold", COLD_SECONDS), ("warm", WARM_SECONDS)):
            why = f"text {one['compose']:.1f} s, files {one['warm'] - one['compose']:.1f} s"
            if state == "cold":
                first = one["cold"] - one["start"] - one["warm"]
                why += f", start {one['start']:.1f} s, first use of libraries {first:.1f} s"
            found.append((f"{name}, {state}, seconds", f"≤ {bound:g}", one[state],
                          one[state] <= bound, why))  # fmt: skip
    first = next(iter(result["pages"].values()))
    rate, floor = 1 / first["times_minimal"], first["minimal_p50"]
    ideal = floor / (floor + first["whole"] - first["sql"])
    why = (
        f"SQL {first['sql']:.1f} ms in {first['queries']} queries, template {first['template']:.1f}"
        f" of {first['whole']:.1f} ms; with SQL free of charge the rate were still {ideal:.2f}"
    )
    found.append(
        ("list: rate to the minimal page's", f"≥ {LIST_RATE}", rate, rate >= LIST_RATE, why)
    )
    if FEW not in known or MANY not in known:
        return found
    for part, value, unit in (("reports", "warm", "s"), ("pages", "p50", "ms")):
        for name, many in known[MANY][part].items():
            few = known[FEW][part][name]
            growth = many[value] / few[value]
            why = f"SQL {few['sql']:.1f} → {many['sql']:.1f} {unit} in {many['queries']} queries"
            found.append(
                (f"× {MANY}: {name}, {value}", f"≤ {GROWTH}", growth, growth <= GROWTH, why)
            )
    return found


if __name__ == "__main__":
    sys.exit(main())
