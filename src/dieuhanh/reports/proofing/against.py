"""Against the registers: a printed figure that differs from its measure.

A figure is known again by the words around it, as the report's template writes them. So a text that
began as our draft, or was written after it, can be compared; of a sentence of its own nothing is
said. Only a place that one figure alone fits, and that fits one figure alone, is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.evaluate import Answer, Evaluator
from dieuhanh.proof.findings import Finding, Severity, place_of
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage
from dieuhanh.reports.compose.compose import Composed, compose
from dieuhanh.reports.compose.document import Chart, FigureRun, Paragraph, Run, Table
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.compose.template import (
    UnknownPeriod,
    period_label,
    periods,
    templates,
)
from dieuhanh.text import dates, numbers
from dieuhanh.text.fold import fold

CHECK = "registers.differs"
#: How many letters of a report say of which period it speaks.
_TITLE = 3000
#: Words of a sentence that must be the same around a figure, at least: both sides, each of them; and
#: most that are compared on a side.
_LEAST, _LEAST_A_SIDE, _MOST = 7, 3, 12
#: Between two cells.
_BESIDE = ";"
_TOKEN = re.compile(r"\d[\d.,/]*\d|\d|[^\W\d_]+|[%:(]|[,.;)]")
_ENDING = frozenset(",.;)")
_PRINTED = re.compile(r"\d[\d.]*(?:,\d+)?")
_CUT_OFF = re.compile(r"(?:tính đến|số liệu đến)(?: hết)?(?: ngày)? (\d{1,2})/(\d{1,2})/(\d{4})")

Words = tuple[str, ...]


@dataclass(frozen=True)
class _Printed:
    """A figure of a composed report: its number, and the words around it, nearest first."""

    id: str
    value: Decimal
    words: str
    before: Words
    after: Words


def against_registers(reports: Sequence[Report]) -> list[Finding]:
    """What reports print otherwise than the registers, for the period and cut-off they name."""
    return [finding for report in reports for finding in _differing(report)]


def _differing(report: Report) -> Iterator[Finding]:
    found: dict[tuple[int, int], list[Finding | None]] = defaultdict(list)
    for composed in _composed(report):
        for quantity, figure in (*_in_sentences(report, composed), *_in_tables(report, composed)):
            told = _finding(report, quantity, figure, composed)
            found[quantity.number.place].append(told)
    for of_each in found.values():  # of several reports, one that agrees is enough
        if told := next((one for one in of_each if all(of_each)), None):
            yield told


def _composed(report: Report) -> Iterator[Composed]:
    """Our reports of the period that the text names first of all."""
    head = fold(" ".join(report.source.text[:_TITLE].split()))
    named = [one for one in periods(clock.today()) if fold(period_label(one)) in head]
    if not named:
        return
    period = max(named, key=lambda one: len(period_label(one)))
    evaluator: Evaluator | None = None
    for template in templates():
        try:
            window = template.window(period)
            as_of = _cut_off(report)
            within = as_of is not None and window.start <= as_of <= window.end
            window = template.window(period, as_of if within else None)
            evaluator = evaluator or Evaluator(window)
            yield compose(template.id, period, window.as_of, evaluator=evaluator)
        except (UnknownPeriod, SectionError, KeyError):
            continue  # no such period in this report, or its text is being written


def _cut_off(report: Report) -> date | None:
    """The day to which the text says that its figures go; the day of the report otherwise."""
    found = _CUT_OFF.search(" ".join(report.source.text.split()))
    if found is None:
        return report.day
    day, month, year = (int(one) for one in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return report.day


def _figures(runs: Sequence[Run], before: str = "", after: str = "") -> Iterator[_Printed]:
    """The figures in some runs, with the words before and after them."""
    whole = before + "".join(run.text for run in runs) + after
    at = len(before)
    for run in runs:
        number = _PRINTED.search(run.text) if isinstance(run, FigureRun) else None
        if isinstance(run, FigureRun) and number and not run.missing:
            yield _Printed(
                run.figure_id,
                numbers.parse_number(number[0]),
                number[0],
                _tokens(whole[: at + number.start()])[::-1],
                _tokens(whole[at + number.end() :]),
            )
        at += len(run.text)


def _in_rows(composed: Composed) -> Iterator[_Printed]:
    """The figures in tables; around each stands the whole of its row."""
    document = composed.document
    tables = [one for one in document.blocks if isinstance(one, Table)]
    tables += [one.table for one in document.blocks if isinstance(one, Chart)]
    for table in (*tables, *(one.table for one in document.appendices)):
        for row in table.grid:
            said = [f" {one.text} {_BESIDE}" for one in row if one.text.strip()]
            cells = [one for one in row if one.text.strip()]
            for n, cell in enumerate(cells):
                yield from _figures(cell.runs, "".join(said[:n]), _BESIDE + "".join(said[n + 1 :]))


def _tokens(text: str) -> Words:
    """Folded words and signs. Every number looks alike, as another one may be wrong too; so does
    what ends a part of a sentence. In "chỉ thị: 37; kế hoạch: 06" the signs tell what belongs to
    which."""
    found = _TOKEN.findall(fold(text))
    return tuple("#" if one[0].isdigit() else "," if one in _ENDING else one for one in found)


def _in_tables(report: Report, composed: Composed) -> Iterator[tuple[Quantity, _Printed]]:
    """Numbers of tables with the figure that stands in a row of the same words."""
    known: dict[tuple[Words, Words], list[_Printed]] = defaultdict(list)
    for figure in _in_rows(composed):
        known[figure.before, figure.after].append(figure)
    rows: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    for passage in report.passages:
        if cell := passage.block.cell:
            rows[cell.table, cell.row].append(passage)
    for row in rows.values():
        for n, passage in enumerate(row):
            for quantity in report.quantities_of.get(passage.number, ()):
                before = "".join(f" {one.text} {_BESIDE}" for one in row[:n])
                after = _BESIDE + "".join(f" {one.text} {_BESIDE}" for one in row[n + 1 :])
                start, end = quantity.number.start, quantity.number.end
                words = (
                    _tokens(before + passage.text[:start])[::-1],
                    _tokens(passage.text[end:] + after),
                )
                figures = known.get(words, [])
                if len({one.value for one in figures}) == 1:
                    yield quantity, figures[0]


def _in_sentences(report: Report, composed: Composed) -> Iterator[tuple[Quantity, _Printed]]:
    """Numbers of the text with the figure in whose place they stand, where that is beyond doubt."""
    figures = [
        figure
        for block in composed.document.blocks if isinstance(block, Paragraph)
        for figure in _figures(block.runs)
    ]  # fmt: skip
    beside: dict[tuple[Words, Words], list[_Printed]] = defaultdict(list)
    for figure in figures:
        beside[figure.before[:1], figure.after[:1]].append(figure)
    best: dict[int, tuple[int, Quantity, _Printed]] = {}
    doubtful: set[int] = set()
    for quantity in report.quantities:
        if quantity.what is What.FRACTION or quantity.span.passage.block.cell:
            continue
        text = quantity.span.passage.text
        before, after = (
            _tokens(text[: quantity.number.start])[::-1],
            _tokens(text[quantity.number.end :]),
        )
        scored = sorted(
            ((_alike(before, after, one), one) for one in beside[before[:1], after[:1]]),
            key=lambda one: -one[0],
        )
        if not scored or scored[0][0] < _LEAST:
            continue
        score, figure = scored[0]
        if any(one[0] == score and one[1].value != figure.value for one in scored[1:]):
            continue
        held = best.get(id(figure))
        if held is None or score > held[0]:
            best[id(figure)] = (score, quantity, figure)
            doubtful.discard(id(figure))
        elif score == held[0] and held[1].value != quantity.value:
            doubtful.add(id(figure))
    for key, (_score, quantity, figure) in best.items():
        if key not in doubtful:
            yield quantity, figure


def _alike(before: Words, after: Words, figure: _Printed) -> int:
    """How many words agree around a figure; 0 where too few do on one side."""
    sides = (_run(before, figure.before), _run(after, figure.after))
    return 0 if min(sides) < _LEAST_A_SIDE else sum(sides)


def _run(some: Words, others: Words) -> int:
    """Words that agree from the figure outwards; where both sides end, the end counts for all that
    could have stood there."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other or count == _MOST:
            return count
        count += one[0].isalpha()
    return max(count, _LEAST_A_SIDE) if len(some) == len(others) else count


def _finding(
    report: Report, quantity: Quantity, figure: _Printed, composed: Composed
) -> Finding | None:
    """None where text and registers agree at the decimals that the text prints."""
    if numbers.rounded(figure.value, quantity.decimals) == quantity.value:
        return None
    answer: Answer = composed.answers[figure.id]
    label, day = str(answer.measure.label), dates.day(composed.window.as_of)
    return Finding(
        CHECK,
        Severity.ERROR,
        place_of(report.source, quantity.number),
        f"Khác số trong sổ: “{label}”, {period_label(composed.window.period)}, tính đến hết ngày"
        f" {day}, là {figure.words}.",
        f"Differs from the registers: “{label}”, as known on {day}, is {figure.words}.",
        f"văn bản {quantity.number.words} ≠ sổ {figure.words} ({figure.id})",
        figure.words,
    )
