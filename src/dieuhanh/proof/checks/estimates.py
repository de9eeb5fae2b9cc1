"""Estimates that stand elsewhere as if they had been reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage

_SENTENCE = re.compile(r"[.;](?=\s|\Z)")
_ESTIMATED = re.compile(r"\b[Ưư]ớc\b(?!\s(?:mơ|muốn|nguyện|vọng))|\b(?:[Dd]ự kiến|[Dd]ự báo)\b")
#: As many digits make a number known again by itself; else two of one sentence do.
_TELLING = 5

Sentence = tuple[Passage, bool, tuple[Quantity, ...]]


@check(
    "repeats.estimate", Severity.SUSPICIOUS,
    "Số ước thực hiện ở chỗ khác lại ghi như số đã đạt",
    "An estimate is printed elsewhere as if it had been reached",
)  # fmt: skip
def estimate(report: Report) -> Iterator[Remark]:
    if not any("ước " in one.text or "Ước " in one.text for one in report.passages):
        return
    sentences = list(_sentences(report))
    estimated: dict[tuple[str, ...], Quantity] = {}
    for _passage, is_estimate, found in sentences:
        if is_estimate:
            for mark, one in _marks(found):
                estimated.setdefault(mark, one)
    told: set[int] = set()
    for passage, _is_estimate, found in sentences:
        if not estimated or _ESTIMATED.search(passage.text) or passage.number in told:
            continue
        for mark, one in _marks(found):
            there = estimated.get(mark)
            if there is None or _introduced(report, passage):
                continue
            told.add(passage.number)
            yield Remark(
                one.span,
                f"Chỗ khác ghi {there.span.words} là số ước thực hiện; chỗ này ghi như đã đạt.",
                f"Elsewhere {there.span.words} is an estimate; here it is told as reached.",
                related=(there.span,),
            )  # fmt: skip
            break


def _sentences(report: Report) -> Iterator[Sentence]:
    for found in report.quantities_of.values():
        passage = found[0].span.passage
        if passage.block.cell is not None:
            continue
        ends = [one.start() for one in _SENTENCE.finditer(passage.text)] + [len(passage.text) + 1]
        start = 0
        for end in ends:
            here = tuple(one for one in found if start <= one.span.start < end)
            sure = _ESTIMATED.search(passage.text, start, end)
            if here:
                yield passage, sure is not None, tuple(
                    one for one in here if sure is None or one.span.start > sure.start()
                )  # fmt: skip
            start = end


def _marks(found: tuple[Quantity, ...]) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """What a sentence is known again by: a long number, or two of its rates."""
    rates = []
    for one in found:
        digits = len(one.number.words.replace(".", "").replace(",", "").strip("0"))
        if one.what is What.VALUE and one.unit and one.unit != "%" and digits >= _TELLING:
            yield (one.number.words, one.unit), one
        if one.unit == "%" and one.decimals and one.what in (What.SHARE, What.GROWTH):
            rates.append(one)
    for at, first in enumerate(rates):
        for second in rates[at + 1 : at + 4]:
            pair = {f"{one.what} {one.sign * one.value}": one for one in (first, second)}
            if len(pair) > 1:
                yield tuple(sorted(pair)), pair[min(pair)]


def _introduced(report: Report, passage: Passage) -> bool:
    """Whether the words that lead a list in say that all of it is estimated."""
    before = report.passages[max(0, passage.number - 6) : passage.number]
    return any(_ESTIMATED.search(one.text[:120]) and one.text.endswith(":") for one in before)
