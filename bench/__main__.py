"""`python -m bench --scale N`: loads N times the data set, measures, prints, compares with aims.

`python -m bench my-work`: the list of work, asked by many people at random moments.
`python -m bench pages`: every page of the tour for one person, slowest first.
`python -m bench proof`: faults planted into clean texts, how many the proofreader finds.
`python -m bench fuzz`: files made to hurt, FUZZ_SECONDS (30) of them, read and checked.

All but the last two work in an embedded server of their own under var/bench; bench/results.json keeps
results by scale.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.report import ROOT, build
from rich.console import Console
from rich.table import Table

VAR = ROOT / "var" / "bench"
RESULTS = ROOT / "bench" / "results.json"
REPORTS = ("socioeconomic", "direction")
COLD_SECONDS, WARM_SECONDS, LIST_RATE = 5.0, 2.0, 0.5
REGULAR = 1.5  # a list of a regular person to that of somebody who sees everything
FEW, MANY, GROWTH = "1", "20", 1.5
MY_WORK, PAGES, PROOF, FUZZ = "my-work", "pages", "proof", "fuzz"
STARTED = time.monotonic()
console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def say(words: str) -> None:
    console.print(f"{time.monotonic() - STARTED:6.1f} s  {words}", markup=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "what", nargs="?", choices=["all", MY_WORK, PAGES, PROOF, FUZZ], default="all"
    )
    parser.add_argument("--scale", type=int, default=1, help="how many times the data set")
    parser.add_argument("--keep", action="store_true", help="use, and leave, a loaded database")
    asked = parser.parse_args()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _interrupt)
    if asked.what == PROOF:
        return _run_proof()
    if asked.what == FUZZ:
        return _run_fuzz()
    for name in ("DATABASE_URL", "DATABASE_APP_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.settings",
        "DIEUHANH_VAR": str(VAR),
        "DIEUHANH_DATABASE": "bench_my_work" if asked.what == MY_WORK else f"bench_x{asked.scale}",
        "DIEUHANH_DEMO": "1",
        "DIEUHANH_NOW": "2024-06-17T08:40",
    }
    import django

    from dieuhanh.config import database

    try:
        say("starting PostgreSQL in var/bench")
        database.start_embedded(VAR)
        django.setup()
        if asked.what == MY_WORK:
            _run_my_work(keep=asked.keep)
        elif asked.what == PAGES:
            _run_pages(asked.scale, keep=asked.keep)
        else:
            _run(asked.scale, keep=asked.keep)
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


def _run(scale: int, *, keep: bool) -> None:
    from bench import measuring

    known: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    if not keep:
        measuring.drop(VAR)
    loading = measuring.load(VAR, scale, say) or known.get(str(scale), {}).get("loading")
    result: dict[str, Any] = {"cores": os.cpu_count(), "loading": loading, "reports": {}}
    with tempfile.TemporaryDirectory() as folder:
        for name in REPORTS:
            say(f"report {name}: cold, then warm")
            result["reports"][name] = build(name, Path(folder) / name)
    result["pages"], result["regular"] = measuring.measure(say)
    result["plain_sql"] = measuring.plain_sql()
    say("parting all obligations by their state")
    result["partition"] = measuring.partition()
    say("opening every figure of both reports")
    result["drill_down"] = measuring.drill_down()
    if not keep:
        measuring.drop(VAR)
    known[str(scale)] = result
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")
    _print(result)
    _print_aims(result, known)


def _run_my_work(*, keep: bool) -> None:
    from bench import measuring, my_work

    if not keep:
        measuring.drop(VAR)
    my_work.load(VAR, say)
    pages = my_work.measure(say)
    if not keep:
        measuring.drop(VAR)
    known: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    known[MY_WORK] = {"cores": os.cpu_count(), "pages": pages}
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")
    heads = {"asked": "requests", "p50 ms": "p50", "p95 ms": "p95", "p99 ms": "p99"}
    _table("Page", heads, pages)
    work, minimal = pages["my work"], pages["minimal page"]
    for name in ("p50", "p95", "p99"):
        console.print(f"{name}: {work[name] / minimal[name]:.1f} times the minimal page")
    met = "met" if work["p95"] <= my_work.AIM_P95 else "MISSED"
    most = pages["my work, undisturbed"]["queries"]
    console.print(f"{most} queries a page, at most")
    console.print(f"aim: p95 ≤ {my_work.AIM_P95:.0f} ms: {work['p95']:.1f} ms, {met}")


def _run_pages(scale: int, *, keep: bool) -> None:
    from bench import measuring, pages

    if not keep:
        measuring.drop(VAR)
    measuring.load(VAR, scale, say)
    found = pages.measure(say)
    if not keep:
        measuring.drop(VAR)
    known: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    known[PAGES] = {"cores": os.cpu_count(), "pages": found}
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")
    heads = {"p50 ms": "p50", "p95 ms": "p95", "times minimal": "times_minimal",
             "queries": "queries", "in process": "whole", "SQL": "sql", "kB": "kb"}  # fmt: skip
    _table("Page, of whom", heads, found)
    missed = pages.missed(found)
    words = f"aim: p95 ≤ {pages.AIM_P95:.0f} ms and at most {pages.AIM_QUERIES} queries"
    console.print(f"{words}: {len(found) - len(missed)} of {len(found)} pages meet it")


def _run_proof() -> int:
    from bench import proof

    try:
        judge, times = proof.measure(say)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    if not os.environ.get("PROOF_TEXTS"):  # texts from outside leave nothing here
        known: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        known[PROOF] = {"cores": os.cpu_count(), **proof.result(judge, times)}
        RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")
    proof.report(judge, times, console)
    return 0


def _run_fuzz() -> int:
    from bench import fuzz

    try:
        result = fuzz.measure(say)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    fuzz.report(result, console)
    return 1 if result.failures else 0


def _table(title: str, heads: dict[str, str], rows: dict[str, dict[str, float]]) -> None:
    """Print ``rows``, name → values; ``heads`` are the words over each value and its key."""
    table = Table(title, *heads)
    for name, row in rows.items():
        values = (row[key] for key in heads.values())
        table.add_row(name, *(str(one) if isinstance(one, int) else f"{one:.2f}" for one in values))
    console.print(table)


def _print(result: dict[str, Any]) -> None:
    if loading := result["loading"]:
        words = "{entries:,} entries loaded in {seconds:.1f} s with at most {peak_mib:.0f} MiB"
        console.print(words.format(**loading))
    _table("Report", {"cold s": "cold", "of it start": "start", "warm s": "warm",
           "text s": "compose", "queries": "queries", "SQL s": "sql"}, result["reports"])  # fmt: skip
    _table("Page", {"p50 ms": "p50", "p95 ms": "p95", "minimal": "minimal_p50",
           "ratio": "times_minimal", "asked": "requests", "queries": "queries", "whole": "whole",
           "SQL": "sql", "template": "template"}, result["pages"])  # fmt: skip
    _table("List, of whom", {"regular ms": "regular", "everything ms": "everything",
           "regular : everything": "ratio"}, result["regular"])  # fmt: skip
    words = (
        "{figures} figures opened, panel and entries, in {seconds:.1f} s: half of them within"
        " {median_ms:.0f} ms, the slowest {slowest_ms:.0f} ms"
    )
    console.print(words.format(**result["drill_down"]))
    words = (
        "partition: {obligations:,} obligations, {outside} outside exactly one state,"
        " in {seconds:.2f} s"
    )
    console.print(words.format(**result["partition"]))
    console.print(
        "p50, p95, minimal: ms over HTTP, asked in turn; ratio: mean time to the minimal page's.\n"
        "whole, SQL, template: ms inside one process, the template with the queries it starts.\n"
        f"The 50 rows of the list's first page by one SQL statement: {result['plain_sql']:.2f} ms."
    )


def _print_aims(result: dict[str, Any], known: dict[str, Any]) -> None:
    """Print each aim, its bound, what was measured, and where it is missed, why."""
    table = Table("Aim", "bound", "measured", "", "why missed")

    def add(name: str, sign: str, bound: float, value: float, why: str) -> None:
        met = value <= bound if sign == "≤" else value >= bound
        told = ("met", "") if met else ("MISSED", why)
        table.add_row(name, f"{sign} {bound:g}", f"{value:.2f}", *told)

    for name, one in result["reports"].items():
        why = f"text {one['compose']:.1f} s, files {one['warm'] - one['compose']:.1f} s"
        add(f"{name}, warm, s", "≤", WARM_SECONDS, one["warm"], why)
        loading = one["cold"] - one["start"] - one["warm"]
        why += f", start {one['start']:.1f} s, first use of libraries and data {loading:.1f} s"
        add(f"{name}, cold, s", "≤", COLD_SECONDS, one["cold"], why)
    page = next(iter(result["pages"].values()))
    ideal = page["minimal_p50"] / (page["minimal_p50"] + page["whole"] - page["sql"])
    why = (
        f"SQL {page['sql']:.1f} ms in {page['queries']} queries, template {page['template']:.1f}"
        f" of {page['whole']:.1f} ms; were SQL free of charge, the rate were still {ideal:.2f}"
    )
    add("list: rate to the minimal page's", "≥", LIST_RATE, 1 / page["times_minimal"], why)
    for name, one in result["regular"].items():
        why = f"{one['regular']:.1f} ms, everything {one['everything']:.1f} ms"
        add(f"list, regular : everything, {name}", "≤", REGULAR, one["ratio"], why)
    if FEW in known and MANY in known:
        for part, value, unit in (("reports", "warm", "s"), ("pages", "p50", "ms")):
            for name, many in known[MANY][part].items():
                if (few := known[FEW][part].get(name)) is None:
                    continue  # measured since the other scale was
                why = f"SQL {few['sql']:.2f} → {many['sql']:.2f} {unit}, {many['queries']} queries"
                add(f"× {MANY}: {name}, {value}", "≤", GROWTH, many[value] / few[value], why)
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
