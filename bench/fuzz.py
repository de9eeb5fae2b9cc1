"""`python -m bench fuzz`: files made to hurt (bench/hostile*.py) are read and checked for FUZZ_SECONDS.

Each is read in a process of its own kind, which a watchman ends. A case fails when anything but a
refusal or findings comes of it, when a finding points outside the text or cannot be written down, or
when it takes more time or memory than its length allows. FUZZ_SEED=n makes other cases; what fails
is left under out/fuzz, to be read by `dieuhanh proof`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from bench import hostile, hostile_files
from bench.report import ROOT
from rich.console import Console
from rich.table import Table

from dieuhanh.proof import Finding, Report, Unreadable, check_all, read

SECONDS = float(os.environ.get("FUZZ_SECONDS", "30"))
SEED = int(os.environ.get("FUZZ_SEED", "20240618"))
KINDS = {**hostile.KINDS, **hostile_files.KINDS}
#: What follows on what; vast cases cost more than the others together.
TURNS = (
    "flood",
    "soup",
    "damaged",
    "word",
    "letters",
    "flood",
    "pdf",
    "web",
    "damaged",
    "noise",
    "word",
    "soup",
)
EACH_VAST = 60
KEPT = ROOT / "out" / "fuzz"
#: What a case may take: a start, and so much for each kB of its text (6 ms are the aim for a report).
START_SECONDS, KB_SECONDS = 1.0, 0.03
MOST_MIB = 300
RINGS_AFTER = 20.0
PATIENCE = 90.0
HARD_BYTES = 3 << 30
PEAK_RESET = Path("/proc/self/clear_refs")


@dataclass
class Outcome:
    """What came of one case."""

    seconds: float
    mib: float
    kb: float  # of the text where it was read, else of the file
    findings: int = 0
    refused: str = ""
    failure: str = ""


@dataclass
class Tally:
    cases: int = 0
    refused: int = 0
    findings: int = 0
    failures: int = 0
    slowest: float = 0.0  # seconds of the slowest case
    per_kb: float = 0.0  # ms of each kB, of cases that are long enough to tell
    mib: float = 0.0


@dataclass
class Result:
    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    failures: list[str] = field(default_factory=list)


def measure(say: Callable[[str], None]) -> Result:
    """Feed cases to the reader until the time is over."""
    result = Result()
    until = time.monotonic() + SECONDS
    reader = _Reader()
    try:
        for number, kind in _turns():
            if time.monotonic() > until:
                break
            name, data = KINDS[kind](Random(f"{kind} {SEED} {number}"))
            one = reader.ask(name, data)
            _tell(result.tallies[kind], one)
            if one.failure:
                path = KEPT / f"{kind}-{SEED}-{number}-{name}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                result.failures.append(f"{path.relative_to(ROOT)}: {one.failure}")
                say(f"{path.name}: {one.failure.splitlines()[-1]}")
    finally:
        reader.end()
    return result


def _turns() -> Iterator[tuple[int, str]]:
    for number in count(1):
        yield number, "vast" if number % EACH_VAST == 0 else TURNS[number % len(TURNS)]


def _tell(tally: Tally, one: Outcome) -> None:
    tally.cases += 1
    tally.refused += bool(one.refused)
    tally.findings += one.findings
    tally.failures += bool(one.failure)
    tally.slowest = max(tally.slowest, one.seconds)
    tally.mib = max(tally.mib, one.mib)
    if one.kb >= 10 and not one.refused:
        tally.per_kb = max(tally.per_kb, one.seconds / one.kb * 1000)


class _Reader:
    """The process in which cases are read; another one after a case that broke it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="proof-fuzz-")
        self._begin()

    def ask(self, name: str, data: bytes) -> Outcome:
        path = Path(self._folder.name) / name
        path.write_bytes(data)
        began = time.monotonic()
        try:
            self._ours.send(path)
            if self._ours.poll(PATIENCE):
                one: Outcome = self._ours.recv()
            else:
                one = Outcome(
                    time.monotonic() - began, 0, len(data) / 1000, failure="it did not end"
                )
        except (EOFError, OSError):
            one = Outcome(time.monotonic() - began, 0, len(data) / 1000, failure="the process died")
        if one.failure:
            self._process.kill()
            self._begin()
        return one

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._folder.cleanup()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()


class TooLong(BaseException):
    """Raised where the reader is when its time is over, so that the failure says where that was."""


def _ring(_signal: int, _frame: object) -> None:
    raise TooLong


def _wind(kb: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, RINGS_AFTER + 2 * KB_SECONDS * kb)


def _serve(pipe: Connection) -> None:
    signal.signal(signal.SIGPROF, _ring)
    resource.setrlimit(resource.RLIMIT_AS, (HARD_BYTES, HARD_BYTES))
    while True:
        try:
            path: Path = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(path))


def _outcome(path: Path) -> Outcome:
    PEAK_RESET.write_text("5")
    began = time.process_time()
    one = Outcome(0, 0, path.stat().st_size / 1000)
    _wind(one.kb)
    try:
        report = read(path)
        one.kb = max(one.kb, len(report.source.text) / 1000)
        _wind(one.kb)
        found = check_all([report])
        one.findings = len(found)
        one.failure = _wrong(report, found)
    except Unreadable as why:
        one.refused = why.en
    except (Exception, TooLong):
        one.failure = traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    one.seconds = time.process_time() - began
    one.mib = _peak()
    allowed = START_SECONDS + KB_SECONDS * one.kb
    if not one.failure and one.seconds > allowed:
        one.failure = f"{one.seconds:.1f} s for {one.kb:.0f} kB, allowed {allowed:.1f} s"
    if not one.failure and one.mib > MOST_MIB:
        one.failure = f"{one.mib:.0f} MiB for {one.kb:.0f} kB, allowed {MOST_MIB} MiB"
    return one


def _peak() -> float:
    """The most memory since the last reset, in MiB; getrusage would tell that of the parent, too."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def _wrong(report: Report, found: list[Finding]) -> str:
    """What in an answer no face could show; "" where all is well."""
    source = report.source
    for block in source.blocks:
        for start, end in block.pieces:
            if not 0 <= start <= end <= len(source.text):
                return f"a block of {start}–{end} in {len(source.text)} characters"
    for one in found:
        for place in (one.place, *one.related):
            if not 0 <= place.start <= place.end <= len(source.text):
                return f"[{one.check}] points to {place.start}–{place.end} of {len(source.text)}"
            if place.line != source.line(place.start) or place.line_end < place.line:
                return f"[{one.check}] names line {place.line}–{place.line_end}"
        if not (one.message_vi.strip() and one.message_en.strip()):
            return f"[{one.check}] says nothing"
        try:
            json.dumps(asdict(one), ensure_ascii=False).encode()
        except ValueError as why:
            return f"[{one.check}] cannot be written down: {why}"
    return ""


def report(result: Result, console: Console) -> None:
    table = Table(
        "Hostile files", "cases", "refused", "findings", "failures", "slowest, s", "ms a kB", "MiB"
    )
    for kind, one in result.tallies.items():
        numbers = (one.cases, one.refused, one.findings, one.failures)
        rates = (f"{one.slowest:.2f}", f"{one.per_kb:.1f}", f"{one.mib:.0f}")
        table.add_row(kind, *map(str, numbers), *rates)
    console.print(table)
    for failure in result.failures:
        console.print(failure, markup=False)
    cases = sum(one.cases for one in result.tallies.values())
    console.print(f"{cases} hostile files in {SECONDS:.0f} s, {len(result.failures)} failures")
