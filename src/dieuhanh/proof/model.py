"""What a report says, as far as a machine can tell: quantities, citations, dates, names, sections.

A `Span` is a stretch of a passage; `Report` holds all that was understood, in the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from dieuhanh.proof.passages import Passage
from dieuhanh.proof.reading.source import Range, Source
from dieuhanh.text.symbols import Symbol


@dataclass(frozen=True)
class Span:
    """``passage.text[start:end]``."""

    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def place(self) -> Range:
        """Where it stands in the text as read."""
        return self.passage.place(self.start, self.end)

    def before(self, length: int) -> str:
        """What stands right before it, at most ``length`` characters."""
        return self.passage.text[max(0, self.start - length) : self.start]

    def after(self, length: int) -> str:
        return self.passage.text[self.end : self.end + length]


class What(StrEnum):
    """What a number tells."""

    VALUE = "value"
    FRACTION = "fraction"  # 778/797
    SHARE = "share"  # đạt 97,6 % of a whole or a plan
    GROWTH = "growth"  # tăng, giảm 12,3 %
    RANK = "rank"  # xếp thứ 21/63
    RANK_CHANGE = "rank_change"  # tăng 09 bậc
    TARGET = "target"  # mục tiêu dưới 4 %


class Rough(StrEnum):
    """How the text says that a number is not exact."""

    EXACT = ""
    ABOUT = "about"  # khoảng, gần, ước chừng
    ABOVE = "above"  # trên, hơn
    BELOW = "below"  # dưới
    ESTIMATE = "estimate"  # ước


@dataclass(frozen=True)
class Quantity:
    """A number with what the text says of it.

    Attributes:
        span: the number with its unit.
        number: the number alone, as printed.
        value: in the printed unit; of a fraction its upper part.
        high: the upper end of a range (6,5-7,0), or the lower part of a fraction.
        decimals: digits after the comma as printed.
        unit: as printed: "%", "tỷ đồng", "vụ", …; "" where none is said.
        scale: how many of the base unit one is: tỷ 1e9.
        sign: -1 after "giảm".
        noun: what is counted, as it stands before or after the number.
        period: "5 tháng đầu năm 2024", "cùng kỳ", …; "" where none is said.
    """

    span: Span
    number: Span
    value: Decimal
    what: What
    high: Decimal | None = None
    decimals: int = 0
    unit: str = ""
    scale: Decimal = Decimal(1)
    sign: int = 1
    rough: Rough = Rough.EXACT
    noun: str = ""
    period: str = ""

    @property
    def low(self) -> Decimal:
        """The least value that is printed so, by rounding."""
        return self.value - self._half

    @property
    def top(self) -> Decimal:
        return self.value + self._half

    @property
    def is_rough(self) -> bool:
        """Whether the text says that it is not exact; an estimate is as exact as it is printed."""
        return self.rough not in (Rough.EXACT, Rough.ESTIMATE)

    @property
    def _half(self) -> Decimal:
        rounded = Decimal(5).scaleb(-self.decimals - 1)
        if not self.is_rough or not self.value:
            return rounded
        # "hơn 19.000", "gần 2.800": as far as the noughts go
        return max(rounded, Decimal(1).scaleb(int(self.value.normalize().as_tuple().exponent)))


@dataclass(frozen=True)
class Citation:
    """A named instrument: Nghị quyết số 02/NQ-CP ngày 05/01/2024.

    Attributes:
        span: the number and symbol alone.
        type: the words before it, as written: "Nghị quyết"; "" where none.
        on: the day that follows, with its span.
    """

    span: Span
    type: str
    symbol: Symbol
    on: Day | None = None


@dataclass(frozen=True)
class Day:
    """A day, month or year in the text.

    Attributes:
        value: None for a day that cannot be (31/6/2024).
        known: which parts are printed: "d/m/y", "d/m", "m/y".
    """

    span: Span
    value: date | None
    known: str = "d/m/y"


@dataclass(frozen=True)
class Name:
    """An abbreviation, with the words it stands for where the text explains it."""

    span: Span
    short: str
    long: str = ""


@dataclass(frozen=True)
class Section:
    """A heading or a numbered item.

    Attributes:
        label: its number as printed: "I.", "3.1.", "(2)", "a)".
        style: upper_roman, arabic, decimal, bracketed, letter, bracketed_letter.
        ordinal: the last part of the number, from 1.
        stem: what stands before it in a number of several parts: "3." of "3.1."
        title: the words after the label.
    """

    span: Span
    label: str
    style: str
    ordinal: int
    stem: str
    title: str


@dataclass(frozen=True)
class Report:
    """A text, read and understood."""

    source: Source
    passages: tuple[Passage, ...]
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    days: tuple[Day, ...] = ()
    names: tuple[Name, ...] = ()
    sections: tuple[Section, ...] = ()
    #: The report's own day: printed, or no earlier than its latest past event.
    day: date | None = None
    #: Whether that day is printed at its head, or was given; else it is inferred.
    dated: bool = True

    @cached_property
    def quantities_of(self) -> dict[int, list[Quantity]]:
        """Number of a passage → its quantities, in order."""
        return _grouped(self.quantities)


def _grouped(quantities: Iterable[Quantity]) -> dict[int, list[Quantity]]:
    found: dict[int, list[Quantity]] = {}
    for one in quantities:
        found.setdefault(one.span.passage.number, []).append(one)
    return found
