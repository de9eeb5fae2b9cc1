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
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
PERIOD, START, AS_OF = "2024-H1", date(2024, 1, 1), date(2024, 6, 15)


class Watch:
    """Counts the calls that go through it, and the seconds spent in them."""

    def __init__(self) -> None:
        self.calls, self.spent = 0, 0.0

    def __call__(self, run: Any, *arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return run(*arguments, **named)
        finally:
            self.calls += 1
            self.spent += time.perf_counter() - began


def build(report: str, folder: Path) -> dict[str, Any]:
    """Seconds of a cold build (new process), a warm one (the same process), and their parts."""
    command = [sys.executable, "-m", "bench.report", report, str(folder)]
    began = time.time()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"building the report “{report}” failed:\n{done.stderr.strip()}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"cold": told.pop("ended") - began, "start": told.pop("began") - began, **told}


def _main(report: str, folder: Path) -> None:
    import django

    django.setup()
    from django.db import connection

    from dieuhanh.reports.compose.compose import compose
    from dieuhanh.reports.publish import publish

    began = time.time()
    publish(report, PERIOD, AS_OF, folder)
    ended = time.time()
    warm, composing, sql = Watch(), Watch(), Watch()
    watched = patch("dieuhanh.reports.publish.compose", partial(composing, compose))
    with watched, connection.execute_wrapper(sql):
        warm(publish, report, PERIOD, AS_OF, folder)
    told = {"began": began, "ended": ended, "warm": warm.spent, "compose": composing.spent}
    print(json.dumps(told | {"queries": sql.calls, "sql": sql.spent}))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
