"""Answering measures: value, origin, formula, comparison, and the entries behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext as _

from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.journal.version import Version, version
from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.model import (
    Difference,
    Distinct,
    Entries,
    Growth,
    Lookup,
    Measure,
    Published,
    Share,
    Sum,
    Window,
)
from dieuhanh.text import numbers

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Answer:
    """What a measure says about a window. ``value`` is None where nothing is known.

    Attributes:
        exact: the unrounded value of a computed figure.
        origin: ``counted``, ``computed``, ``datapoint`` or ``stated``.
        formula: the arithmetic in words and numbers.
        entries: how many entries are behind it (None where none are counted).
        previous: value of the same window a year before, where it is compared.
    """

    measure: Measure
    window: Window
    value: Decimal | None
    exact: Decimal | None
    origin: str
    formula: str
    decimals: int
    entries: int | None = None
    qualifier: str = ""
    source: str = ""
    url: str = ""
    conflict: str = ""
    operands: tuple[str, ...] = ()
    previous: Answer | None = None

    @property
    def shown(self) -> str:
        """As printed: 22.014 · 97,6 % · chưa có số liệu."""
        if self.measure.unit == "%":
            return numbers.percent(self.value, self.decimals)
        return numbers.number(self.value, self.decimals)


@dataclass(frozen=True)
class Tally:
    """Entries that were counted; ``different`` is how many values of them, where that is asked."""

    entries: int
    different: int | None = None


#: Half a thousand figures in a dozen windows.
MOST_TALLIES = 8192
_tallies: Kept[Tally] = Kept(MOST_TALLIES)


@dataclass
class Evaluator:
    """Answers measures for one window; each is counted once, whoever asks.

    What was counted is kept in the process until a register changes (`kept`).
    """

    window: Window
    _answers: dict[str, Answer] = field(default_factory=dict)
    _tables: dict[Callable[[Window], Any], Any] = field(default_factory=dict)
    _counts: dict[str, model.Count | Tally] = field(default_factory=dict)
    _before: Evaluator | None = None
    #: The state of the registers before the first count.
    seen: Callable[[], Version | None] = field(default_factory=lambda: cache(version))

    def last_year(self) -> Evaluator:
        if self._before is None:
            self._before = Evaluator(self.window.last_year(), seen=self.seen)
        return self._before

    def answer(self, id: str) -> Answer:
        """Raises UnknownMeasure."""
        if id not in self._answers:
            self._answers[id] = self._work_out(model.get(id))
        return self._answers[id]

    def count_ahead(self, ids: Iterable[str]) -> None:
        """Count the entries of many measures by one statement, for the answers asked for later.

        Counts also what those answers are computed from and compared with. What is no measure is
        left to `answer`.
        """
        wanted: Wanted = {}
        for id in ids:
            self._gather(id, wanted)
        if not wanted:
            return
        asked = list(wanted.values())
        first, *others = (_counting(count, at) for at, (_by, _of, count) in enumerate(asked))
        counted = {row["place"]: row for row in first.union(*others, all=True)}
        for at, (evaluator, measure, count) in enumerate(asked):
            evaluator._keep(measure, count, counted.get(at))

    def _gather(self, id: str, wanted: Wanted, *, compared: bool = True) -> None:
        """Add to ``wanted`` what must be counted for the answer of a measure, with or without its
        comparison."""
        measure = model.find(id)
        if measure is None or id in self._answers:
            return
        if compared and measure.compare:
            self.last_year()._gather(id, wanted, compared=False)
        if (self.window, id) in wanted:
            return
        more: tuple[str, ...] = ()
        match count := self._known(measure):
            case Entries() | Distinct():
                wanted[self.window, id] = (self, measure, count)
                more = measure.parts if measure.complete else ()
            case Tally():
                more = measure.parts if measure.complete else ()
            case Share(part, whole):
                more = (part, whole)
            case Growth(of):
                self.last_year()._gather(of, wanted)
                more = (of,)
            case Sum(parts):
                more = parts
            case Difference(left, right):
                more = (left, right)
        for one in more:
            self._gather(one, wanted)

    def _known(self, measure: Measure) -> model.Count | Tally:
        """What the measure returns: what was counted already, a published value looked up."""
        if measure.id in self._counts:
            return self._counts[measure.id]
        kept = _tallies.find(self.seen(), (measure.id, self.window))
        count = kept or measure.count(self.window)
        if isinstance(count, Lookup):
            if count.table not in self._tables:
                self._tables[count.table] = count.table(self.window)
            count = count.read(self._tables[count.table])
        self._counts[measure.id] = count
        return count

    def _count(self, measure: Measure) -> model.Count | Tally:
        """What the measure returns, its entries counted."""
        count = self._known(measure)
        if isinstance(count, Entries | Distinct):
            return self._keep(measure, count, next(iter(_counting(count, 0)), None))
        return count

    def _keep(
        self, measure: Measure, count: Entries | Distinct, row: dict[str, int] | None
    ) -> Tally:
        entries, different = (row["entries"], row["different"]) if row else (0, 0)
        found = Tally(entries, different if isinstance(count, Distinct) else None)
        self._counts[measure.id] = found
        _tallies.keep(self.seen(), (measure.id, self.window), found)
        return found

    def _work_out(self, measure: Measure) -> Answer:
        count = self._count(measure)
        before = None
        if measure.compare:
            earlier = self.last_year().counted(measure)
            before = earlier if earlier.value else None
        exact, formula, operands, entries = self._value(measure, count)
        decimals = count.decimals if isinstance(count, Published) else measure.decimals
        value = exact
        if exact is not None and isinstance(count, Share | Growth):
            value = numbers.rounded(exact, decimals)
        published = count if isinstance(count, Published) else None
        return Answer(
            measure=measure,
            window=self.window,
            value=value,
            exact=exact,
            origin=_origin(count),
            formula=formula,
            decimals=decimals,
            entries=entries,
            qualifier=published.qualifier if published else "",
            source=published.source if published else "",
            url=published.url if published else "",
            conflict=published.conflict if published else "",
            operands=operands,
            previous=before,
        )

    def counted(self, measure: Measure) -> Answer:
        """The answer of this window alone, without its own comparison."""
        count = self._count(measure)
        exact, formula, operands, entries = self._value(measure, count)
        return Answer(
            measure, self.window, exact, exact, _origin(count), formula, measure.decimals,
            entries=entries, operands=operands,
        )  # fmt: skip

    def _value(
        self, measure: Measure, count: model.Count | Tally
    ) -> tuple[Decimal | None, str, tuple[str, ...], int | None]:
        match count:
            case Tally(n, None):
                words = _("Đếm mục trong sổ %(window)s") % {"window": measure.window}
                if measure.parts and measure.complete:
                    parts = [self.answer(part) for part in measure.parts]
                    words += "; " + " + ".join(part.shown for part in parts) + f" = {_n(n)}"
                return Decimal(n), words, (), n
            case Tally(n, different):
                words = _("Đếm giá trị khác nhau trong sổ %(window)s") % {"window": measure.window}
                return Decimal(different or 0), words, (), n
            case Published(value=value):
                return value, _("Số do đơn vị công bố, không tính lại"), (), None
            case Share(part, whole):
                a, b = self.answer(part), self.answer(whole)
                operands = (part, whole)
                if a.value is None or not b.value:
                    return None, _missing(a, b), operands, a.entries
                exact = a.value * HUNDRED / b.value
                return exact, f"{a.shown} / {b.shown} × 100 = {_x(exact)}", operands, a.entries
            case Growth(of):
                now, then = self.answer(of), self.last_year().answer(of)
                if now.value is None or not then.value:
                    return None, _missing(now, then), (of,), now.entries
                exact = (now.value - then.value) * HUNDRED / then.value
                words = f"({now.shown} − {then.shown}) / {then.shown} × 100 = {_x(exact)}"
                return exact, words, (of,), now.entries
            case Sum(parts):
                answers = [self.answer(part) for part in parts]
                if any(one.value is None for one in answers):
                    return None, _missing(*answers), parts, None
                total = sum((one.value or Decimal(0) for one in answers), Decimal(0))
                words = " + ".join(one.shown for one in answers)
                return total, f"{words} = {numbers.number(total, measure.decimals)}", parts, None
            case Difference(left, right):
                a, b = self.answer(left), self.answer(right)
                if a.value is None or b.value is None:
                    return None, _missing(a, b), (left, right), None
                exact = a.value - b.value
                return exact, f"{a.shown} − {b.shown} = {_x(exact)}", (left, right), None
        raise TypeError(f"{measure.id} returned {count!r}")


#: What must be counted: by whom, of which measure.
Wanted = dict[tuple[Window, str], tuple[Evaluator, Measure, Entries | Distinct]]


def behind(measure: Measure, window: Window) -> QuerySet[Any] | None:
    """The entries that a measure counts; of a share or growth, those of its numerator."""
    count = measure.count(window)
    match count:
        case Entries(entries) | Distinct(entries):
            return entries
        case Share(part=inner) | Growth(of=inner):
            return behind(model.get(inner), window)
    return None


def _counting(count: Entries | Distinct, place: int) -> QuerySet[Any, dict[str, int]]:
    """One row: the number of entries and, where asked, of their different values; no row for none.

    ``place`` tells the rows of many measures apart.
    """
    rows = count.entries.order_by().annotate(place=Value(place)).values("place")
    if isinstance(count, Entries):
        return rows.annotate(entries=Count("*"), different=Value(0))
    # A path to several values of an entry would count the entry as often.
    return rows.annotate(
        entries=Count("pk", distinct=True), different=Count(count.of, distinct=True)
    )


def _origin(count: model.Count | Tally) -> str:
    if isinstance(count, Tally):
        return "counted"
    if isinstance(count, Published):
        return "stated" if count.stated else "datapoint"
    return "computed"


def _missing(*answers: Answer) -> str:
    names = [str(one.measure.label) for one in answers if not one.value]
    return _("Chưa có số liệu: %(names)s") % {"names": "; ".join(names)}


def _n(n: int) -> str:
    return numbers.number(Decimal(n), 0)


def _x(value: Decimal) -> str:
    return numbers.number(value, 4).rstrip("0").rstrip(",")
