"""Building a report in a process of its own: `python -m bench.report <report> <folder>`.

Builds twice and prints one line of JSON. The caller times the first build from the moment it
starts this process: interpreter, Django and the first use of every library are in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PERIOD, AS_OF = "2024-H1", date(2024, 6, 15)


def build(report: str, folder: Path) -> dict[str, Any]:
    """Seconds of a cold build (new process), a warm one (the same process), and their parts.

    Raises:
        RuntimeError: the build failed; the message is what it wrote.
    """
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "bench.report", report, str(folder)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"building the report “{report}” failed:\n{done.stderr.strip()}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told | {"cold": told.pop("ended") - began}


def _main(report: str, folder: Path) -> None:
    import django

    django.setup()
    from django.db import connection

    from dieuhanh.reports.compose.compose import compose
    from dieuhanh.reports.publish import publish

    def publish_or_compose() -> bool:
        try:
            publish(report, PERIOD, AS_OF, folder)
        except NotImplementedError:
            return False
        return True

    whole = publish_or_compose()
    ended = time.time()
    began = time.perf_counter()
    publish_or_compose()
    warm = time.perf_counter() - began

    spent: list[float] = []

    def clock(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - began)

    began = time.perf_counter()
    with connection.execute_wrapper(clock):
        composed = compose(report, PERIOD, AS_OF)
    composing = time.perf_counter() - began
    told = {
        "ended": ended,
        "warm": warm,
        "compose": composing,
        "queries": len(spent),
        "sql": sum(spent),
        "figures": len(composed.answers),
        "whole": whole,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
