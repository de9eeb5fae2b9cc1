"""A source, understood: everything that is in a text, found once."""

from __future__ import annotations

from datetime import date

from dieuhanh.proof.model import Citation, Day, Name, Quantity, Report, Section
from dieuhanh.proof.passages import passages
from dieuhanh.proof.reading.source import Source
from dieuhanh.proof.understanding.citations import citations
from dieuhanh.proof.understanding.days import days, inferred_day, printed_day
from dieuhanh.proof.understanding.names import names
from dieuhanh.proof.understanding.quantities import quantities
from dieuhanh.proof.understanding.sections import sections


def understand(source: Source, *, as_of: date | None = None) -> Report:
    """Everything a text says; ``as_of`` is its day, where the text should not be asked."""
    whole = tuple(passages(source))
    told: list[Day] = []
    cited: list[Citation] = []
    numbered: list[Section] = []
    counted: list[Quantity] = []
    for passage in whole:
        of_day = list(days(passage))
        of_law = list(citations(passage, of_day))
        of_order = list(sections(passage))
        told += of_day
        cited += of_law
        numbered += of_order
        taken = [one.span for group in (of_day, of_law, of_order) for one in group]  # type: ignore[attr-defined]
        counted += quantities(passage, taken)
    named: tuple[Name, ...] = tuple(names(whole))
    printed = as_of or printed_day(told)
    return Report(
        source, whole, tuple(counted), tuple(cited), tuple(told), named, tuple(numbered),
        printed or inferred_day(told), printed is not None,
    )  # fmt: skip
