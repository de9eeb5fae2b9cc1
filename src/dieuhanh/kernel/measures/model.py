"""What a measure is, and what it answers.

One decorated function makes a measure. It takes a `Window` and returns one of the counts below;
dashboards, reports, the API and the drill-down are readings of that one definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Window:
    """A reporting window: facts in [start, end], as known to have happened by ``as_of``.

    ``period`` is the code of the reporting period ("2024-H1", "2024-05"); datapoints are looked
    up by it.
    """

    start: date
    end: date
    as_of: date
    period: str = ""

    @property
    def cutoff(self) -> date:
        return min(self.end, self.as_of)

    def last_year(self) -> Window:
        """The same window of the year before (cùng kỳ)."""
        year, _, rest = self.period.partition("-")
        period = f"{int(year) - 1}-{rest}" if year.isdigit() and rest else ""
        return replace(
            self,
            start=_year_before(self.start),
            end=_year_before(self.end),
            as_of=_year_before(self.as_of),
            period=period,
        )


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29/2
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True)
class Entries:
    """Counts the entries of a query (rows of kernel.entries)."""

    entries: QuerySet[Any]


@dataclass(frozen=True)
class Distinct:
    """Counts the different values of ``of`` (a path from Entry) among the entries of a query."""

    entries: QuerySet[Any]
    of: str


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole``, in percent; both are ids of measures."""

    part: str
    whole: str


@dataclass(frozen=True)
class Growth:
    """How much ``of`` grew against the same window of the year before, in percent."""

    of: str


@dataclass(frozen=True)
class Sum:
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    left: str
    right: str


@dataclass(frozen=True)
class Published:
    """A value that somebody published, with its source. ``value`` None: nothing is known."""

    value: Decimal | None
    decimals: int = 0
    qualifier: str = ""
    source: str = ""
    url: str = ""
    stated: bool = False
    conflict: str = ""


@dataclass(frozen=True)
class Lookup:
    """A published value, read out of ``table(window)``: one `Evaluator` makes a table once."""

    table: Callable[[Window], Any]
    read: Callable[[Any], Published]


Count = Entries | Distinct | Share | Growth | Sum | Difference | Published | Lookup


@dataclass(frozen=True)
class Measure:
    """A named figure.

    Attributes:
        id: stable; the one in reports, API and addresses.
        unit: Vietnamese word printed after the figure.
        window: which fact places an entry in the window ("theo ngày nhận").
        parts: ids of measures that divide it; ``complete`` says that they add up to it (X-06).
        decimals: digits after the comma where the figure is computed.
        register: code of the register whose entries are counted.
        compare: whether the same window of the year before is shown beside it.
        owner: who answers for it.
    """

    id: str
    label: Words
    unit: Words
    definition: Words
    count: Callable[[Window], Count]
    window: Words = ""
    parts: tuple[str, ...] = ()
    complete: bool = False
    decimals: int = 0
    register: str = ""
    compare: bool = False
    owner: Words = ""
    assumption: Words = ""


class UnknownMeasure(KeyError):
    """No measure has this id."""


_measures: dict[str, Measure] = {}


def measure(id: str, **attributes: Any) -> Callable[[Callable[[Window], Count]], Measure]:
    """Make the decorated function a measure; its docstring is not shown, ``definition`` is."""

    def register(count: Callable[[Window], Count]) -> Measure:
        made = Measure(id=id, count=count, **attributes)
        if id in _measures:
            raise ValueError(f"measure {id} is defined twice")
        _measures[id] = made
        return made

    return register


def get(id: str) -> Measure:
    """Raises UnknownMeasure."""
    try:
        return _measures[id]
    except KeyError:
        raise UnknownMeasure(id) from None


def find(id: str) -> Measure | None:
    return _measures.get(id)


def all_measures() -> list[Measure]:
    return list(_measures.values())
