"""`python -m bench proof`: false alarms on clean texts, recall and precision on planted faults, time.

The texts are those of bench/proof_texts and, with PROOF_TEXTS=DIR, any from outside: what is found in
a text before planting is subtracted. A fault is found when a new finding, or a place it rests on,
stands on the fault's lines. PROOF_MISSED=1 lists the faults that were missed, PROOF_STRAY=1 the new
findings that have nothing to do with the fault, PROOF_SEED=n plants others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.offers import Text
from bench.planting import FAMILIES, KINDS, Fault, plant_many
from rich.console import Console
from rich.table import Table

from dieuhanh.proof import Finding, Place, Unreadable, check, read

TEXTS = Path(__file__).parent / "proof_texts"
SEED = int(os.environ.get("PROOF_SEED", "20240618"))
MOST = 48  # faults of a kind, at most, over the project's own texts
OUTSIDE_MOST = 12  # and in each text from outside
# A finding about figures never is the finding of a slip of writing beside them.
OF_FIGURES = ("sums.", "ratios.", "tables.", "targets.", "repeats.")
OF_WRITING = {"doubled_word", "misspelt", "unbalanced_bracket", "unbalanced_quote", "name_variant"}
PAGE = 2500  # characters
LENGTHS = (5, 10, 20, 40, 100, 300, 1000)  # pages
PATIENCE = 45.0  # a length that would take longer is not tried
AIM_RECALL, AIM_ERROR, AIM_ALL = 0.85, 0.9, 0.75
AIM_40, AIM_1000, AIM_MIB = 0.5, 15.0, 300.0
Say = Callable[[str], None]
Key = tuple[str, int, str]


@dataclass
class Tally:
    """What became of the faults of one kind."""

    planted: int = 0
    found: int = 0
    marked: int = 0  # the very characters, not only the line
    by: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


@dataclass
class Precision:
    new: int = 0
    right: int = 0

    @property
    def rate(self) -> float:
        return self.right / self.new if self.new else 1.0


class Judge:
    """Plants, asks the tool, counts."""

    def __init__(self) -> None:
        self.kinds: dict[str, Tally] = {kind: Tally() for kind in KINDS}
        self.checks: dict[str, Precision] = defaultdict(Precision)
        self.severities: dict[str, Precision] = defaultdict(Precision)
        self.alarms: dict[str, list[Finding]] = {}
        self.clean: set[str] = set()  # names of the project's own texts
        self.stray: list[tuple[Fault, Finding]] = []
        self._folder = tempfile.TemporaryDirectory(prefix="proof-bench-")

    def look(self, name: str, text: str) -> list[Finding]:
        path = Path(self._folder.name) / name
        path.write_text(text, encoding="utf-8")
        return list(check(read(path)))

    def judge(self, name: str, raw: str, kind: str, most: int) -> None:
        known = Counter(_key(one) for one in self.alarms[name])
        for fault in plant_many(Text(raw), kind, SEED, most):
            left = known.copy()
            new = []
            for one in self.look(name, fault.text):
                if left[_key(one)]:
                    left[_key(one)] -= 1
                else:
                    new.append(one)
            self._count(name, fault, new)

    def recall(self, kinds: Sequence[str]) -> float | None:
        planted = sum(self.kinds[kind].planted for kind in kinds)
        return sum(self.kinds[kind].found for kind in kinds) / planted if planted else None

    def _count(self, name: str, fault: Fault, new: list[Finding]) -> None:
        tally = self.kinds[fault.kind]
        tally.planted += 1
        apt = [one for one in new if _may_mean(one, fault)]
        at = [one for one in apt if any(_on_lines(p, fault) for p in _places(one))]
        if at:
            tally.found += 1
            tally.by[at[0].check] += 1
            tally.marked += any(_on_letters(p, fault) for one in at for p in _places(one))
        else:
            what = f"{fault.was!r} → {fault.now!r}"
            tally.missed.append(f"{name}:{fault.line}: {what}")
        for one in new:
            right = one in at or (
                one in apt
                and any(
                    first <= one.place.line_end and one.place.line <= last
                    for first, last in fault.beside
                )
            )
            for counted in (self.checks[one.check], self.severities[str(one.severity)]):
                counted.new += 1
                counted.right += right
            if not right:
                self.stray.append((fault, one))


def _key(one: Finding) -> Key:
    return one.check, one.place.line, one.place.quote


def _places(one: Finding) -> tuple[Place, ...]:
    return (one.place, *one.related)


def _may_mean(one: Finding, fault: Fault) -> bool:
    return not (fault.kind in OF_WRITING and one.check.startswith(OF_FIGURES))


def _on_lines(place: Place, fault: Fault) -> bool:
    return place.line <= fault.line_end and fault.line <= place.line_end


def _on_letters(place: Place, fault: Fault) -> bool:
    return place.start <= fault.end + 2 and fault.start - 2 <= place.end


def measure(say: Say) -> tuple[Judge, list[dict[str, float]]]:
    """Judge the tool over the project's texts and those of PROOF_TEXTS; then time it."""
    judge = Judge()
    own = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))}
    judge.clean = set(own)
    outside = dict(_outside(judge, say))
    say(f"{len(own)} clean texts, {len(outside)} from outside")
    for name, raw in (own | outside).items():
        judge.alarms[name] = judge.look(name, raw)
    for kind in KINDS:
        for name, raw in own.items():
            judge.judge(name, raw, kind, MOST // len(own))
        for name, raw in outside.items():
            judge.judge(name, raw, kind, OUTSIDE_MOST)
    say(f"{sum(one.planted for one in judge.kinds.values())} faults planted")
    times = list(_timed(list(own.values()), say))
    return judge, times


def _outside(judge: Judge, say: Say) -> Iterator[tuple[str, str]]:
    """Texts to plant into; of the other formats only what is found in them is told."""
    folder = os.environ.get("PROOF_TEXTS")
    for path in sorted(Path(folder).iterdir()) if folder else ():
        if path.suffix == ".txt":
            yield path.name, path.read_text(encoding="utf-8")
        elif path.suffix in (".docx", ".pdf"):
            try:
                judge.alarms[path.name] = list(check(read(path)))
            except Unreadable as why:
                say(f"{path.name}: {why.en}")


_TIMED = """
import json, sys, time
began = time.process_time()
from dieuhanh.proof import check, read
ready = time.process_time()
count = len(list(check(read(sys.argv[1]))))
print(json.dumps([ready - began, time.process_time() - ready, count]))
"""


def _timed(texts: list[str], say: Say) -> Iterator[dict[str, float]]:
    """Seconds of one core and memory of a process that reads one text of each length."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        last = 0.0
        for pages, after in zip(LENGTHS, (*LENGTHS[1:], LENGTHS[-1]), strict=True):
            path.write_text(_long(texts, pages * PAGE), encoding="utf-8")
            with subprocess.Popen(
                [sys.executable, "-c", _TIMED, str(path)], stdout=subprocess.PIPE
            ) as process:
                assert process.stdout
                printed = process.stdout.read()
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                say(f"{pages} pages: the tool failed")
                return
            start, last, found = json.loads(printed)
            yield {"pages": pages, "start": start, "seconds": last, "findings": found,
                   "mib": used.ru_maxrss / 1024}  # fmt: skip
            if last * (after / pages) ** 2 > PATIENCE and last * after / pages > PATIENCE / 3:
                say(f"{after} pages are not tried: {pages} took {last:.1f} s")
                return


def _long(texts: list[str], length: int) -> str:
    """The clean texts one after another, round after round with other figures."""
    parts: list[str] = []
    size = turn = 0
    while size < length:
        text = texts[turn % len(texts)]
        if turn >= len(texts):
            faults = plant_many(Text(text), "misspelt", turn, 1)
            faults += plant_many(Text(text), "fraction_percent", turn, 1)
            text = faults[-1].text if faults else text
        parts.append(text)
        size += len(text)
        turn += 1
    return "\n".join(parts)[:length]


def result(judge: Judge, times: list[dict[str, float]]) -> dict[str, Any]:
    """What bench/results.json keeps."""
    return {
        "kinds": {k: {"planted": t.planted, "found": t.found} for k, t in judge.kinds.items()},
        "severities": {k: {"new": p.new, "right": p.right} for k, p in judge.severities.items()},
        "alarms": {name: len(judge.alarms[name]) for name in sorted(judge.clean)},
        "times": times,
    }


def report(judge: Judge, times: list[dict[str, float]], console: Console) -> None:
    _print_alarms(judge, console)
    _print_kinds(judge, console)
    for title, rows in (("Check", judge.checks), ("Severity", judge.severities)):
        table = Table(title, "new findings", "of the fault", "precision")
        for name, one in sorted(rows.items()):
            table.add_row(name, str(one.new), str(one.right), f"{one.rate:.2f}")
        console.print(table)
    if os.environ.get("PROOF_STRAY"):
        for fault, stray in judge.stray:
            console.print(f"stray [{stray.check}] {stray.place.file}:{stray.place.line} "
                          f"{stray.place.quote!r} {stray.arithmetic} after {fault.kind} at"
                          f" {fault.line}: {fault.was!r} → {fault.now!r}", markup=False)  # fmt: skip
    _print_times(times, console)
    _print_aims(judge, times, console)


def _print_alarms(judge: Judge, console: Console) -> None:
    table = Table("Text before planting", "findings", "errors", "checks")
    for name, found in judge.alarms.items():
        checks = Counter(one.check for one in found)
        errors = sum(str(one.severity) == "error" for one in found)
        told = ", ".join(f"{check} {count}" for check, count in checks.most_common())
        table.add_row(name, str(len(found)), str(errors), told)
    console.print(table)


def _print_kinds(judge: Judge, console: Console) -> None:
    table = Table("Fault", "planted", "found", "recall", "to the letter", "by", "one missed")
    for kind, one in judge.kinds.items():
        recall = f"{one.found / one.planted:.2f}" if one.planted else "–"
        by = ", ".join(check for check, _ in one.by.most_common(2))
        missed = one.missed[0] if one.missed else ""
        table.add_row(kind, str(one.planted), str(one.found), recall, str(one.marked), by, missed)
    console.print(table)
    if os.environ.get("PROOF_MISSED"):
        for kind, one in judge.kinds.items():
            for words in one.missed:
                console.print(f"missed {kind} {words}", markup=False)


def _print_times(times: list[dict[str, float]], console: Console) -> None:
    table = Table("Pages", "seconds", "s per 100 pages", "", "start s", "peak MiB", "findings")
    most = max((one["seconds"] / one["pages"] for one in times), default=1.0)
    for one in times:
        rate = one["seconds"] / one["pages"]
        bar = "█" * max(1, round(24 * rate / most))
        values = (f"{one['seconds']:.2f}", f"{rate * 100:.2f}", bar, f"{one['start']:.2f}")
        table.add_row(f"{one['pages']:.0f}", *values, f"{one['mib']:.0f}", f"{one['findings']:.0f}")
    console.print(table)
    console.print("Linear in length: the bars, seconds a page, do not grow.")


def _print_aims(judge: Judge, times: list[dict[str, float]], console: Console) -> None:
    new = sum(one.new for one in judge.severities.values())
    right = sum(one.right for one in judge.severities.values())
    seconds = {int(one["pages"]): one["seconds"] for one in times}
    alarms = sum(len(judge.alarms[name]) for name in judge.clean)
    aims: list[tuple[str, str, float, float | None]] = [
        *((f"recall, {name}", "≥", AIM_RECALL, judge.recall(of)) for name, of in FAMILIES.items()),
        ("recall, all kinds", "≥", AIM_RECALL, judge.recall(tuple(KINDS))),
        ("precision of errors", "≥", AIM_ERROR, judge.severities["error"].rate),
        ("precision, all", "≥", AIM_ALL, right / new if new else None),
        ("findings on clean texts", "≤", 0, alarms),
        ("40 pages, s", "≤", AIM_40, seconds.get(40)),
        ("1,000 pages, s", "≤", AIM_1000, seconds.get(1000)),
        ("peak, MiB", "≤", AIM_MIB, max((one["mib"] for one in times), default=None)),
    ]
    table = Table("Aim", "bound", "measured", "")
    for name, sign, bound, value in aims:
        met = value is not None and (value <= bound if sign == "≤" else value >= bound)
        measured = "–" if value is None else f"{value:.2f}"
        table.add_row(name, f"{sign} {bound:g}", measured, "met" if met else "MISSED")
    console.print(table)
