"""Answering measures: value, origin, formula, comparison, and the entries behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext as _

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
from dieuhanh.kernel.text import numbers

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


@dataclass
class Evaluator:
    """Answers measures for one window; each is counted once, whoever asks."""

    window: Window
    _answers: dict[str, Answer] = field(default_factory=dict)
    _tables: dict[Callable[[Window], Any], Any] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _before: Evaluator | None = None

    def last_year(self) -> Evaluator:
        if self._before is None:
            self._before = Evaluator(self.window.last_year())
        return self._before

    def answer(self, id: str) -> Answer:
        """Raises UnknownMeasure."""
        if id not in self._answers:
            self._answers[id] = self._work_out(model.get(id))
        return self._answers[id]

    def count_ahead(self, ids: Iterable[str]) -> None:
        """Count the entries of many measures by one statement, for the answers asked for later.

        What counts no entries, or is no measure, is left to `answer`.
        """
        counted = {}
        for id in dict.fromkeys(ids):
            if id in self._answers or (measure := model.find(id)) is None:
                continue
            if isinstance(count := self._count(measure), Entries):
                counted[id] = (
                    count.entries.order_by()
                    .annotate(measure=Value(id))
                    .values("measure")
                    .annotate(n=Count("*"))
                )
        first, *others = counted.values() or (None,)
        if first is not None:
            self._counts |= dict.fromkeys(counted, 0)
            self._counts |= {row["measure"]: row["n"] for row in first.union(*others, all=True)}

    def _count(self, measure: Measure) -> model.Count:
        """What the measure returns; a published value already looked up."""
        count = measure.count(self.window)
        if not isinstance(count, Lookup):
            return count
        if count.table not in self._tables:
            self._tables[count.table] = count.table(self.window)
        return count.read(self._tables[count.table])

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
        self, measure: Measure, count: model.Count
    ) -> tuple[Decimal | None, str, tuple[str, ...], int | None]:
        match count:
            case Entries(entries):
                known = self._counts.get(measure.id)
                n = entries.count() if known is None else known
                words = _("Đếm mục trong sổ %(window)s") % {"window": measure.window}
                if measure.parts and measure.complete:
                    parts = [self.answer(part) for part in measure.parts]
                    words += "; " + " + ".join(part.shown for part in parts) + f" = {_n(n)}"
                return Decimal(n), words, (), n
            case Distinct(entries, of):
                having = entries.order_by().filter(**{f"{of}__isnull": False})
                n = having.values(of).distinct().count()
                words = _("Đếm giá trị khác nhau trong sổ %(window)s") % {"window": measure.window}
                return Decimal(n), words, (), entries.count()
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


def behind(measure: Measure, window: Window) -> QuerySet[Any] | None:
    """The entries that a measure counts; of a share or growth, those of its numerator."""
    count = measure.count(window)
    match count:
        case Entries(entries) | Distinct(entries):
            return entries
        case Share(part=inner) | Growth(of=inner):
            return behind(model.get(inner), window)
    return None


def _origin(count: model.Count) -> str:
    if isinstance(count, Entries | Distinct):
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
