"""The series of an indicator: a row for each period and kind of period, newest first, and how the
newest row stands to its target. Estimate and actual are rows of their own (KT-06).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dieuhanh.registers.indicators import rules
from dieuhanh.registers.indicators.models import (
    Datapoint,
    Direction,
    Indicator,
    PeriodKind,
    Target,
    ValueKind,
)
from dieuhanh.registers.indicators.rules import Reason, Verdict

#: What is shown first of a row, where nothing says otherwise.
LEADING = (ValueKind.VALUE, ValueKind.GROWTH, ValueKind.GROWTH_LOW, ValueKind.PLAN_PCT,
           ValueKind.RATIO, ValueKind.RANK, ValueKind.RANK_CHANGE)  # fmt: skip
#: Kinds that are set or happened, and do not tell how an indicator does.
NOT_MEASURED = (PeriodKind.PLAN, PeriodKind.EVENT)
#: A chart shows no more periods than this.
MOST_DRAWN = 12
WHOLE_PLAN = Decimal(100)


@dataclass(frozen=True)
class Row:
    """What is published for one period and kind of period.

    Attributes:
        cells: kind of value → its datapoints in use; more than one value is a conflict.
        covered: the last day it speaks of.
    """

    period: str
    period_kind: str
    covered: date
    cells: dict[str, list[Datapoint]] = field(default_factory=dict)

    @property
    def estimated(self) -> bool:
        return self.period_kind == PeriodKind.ESTIMATE

    def one(self, kind: str) -> Datapoint | None:
        """The datapoint of a kind of value; None where there is none, or sources differ."""
        points = self.cells.get(kind, [])
        return points[0] if len({point.value for point in points}) == 1 else None

    def differs(self, kind: str) -> bool:
        return len({point.value for point in self.cells.get(kind, [])}) > 1

    def ends(self, kind: str) -> tuple[Decimal, Decimal] | None:
        """Both ends of a value: equal, or open where the source says “trên”, “dưới”."""
        point = self.one(kind)
        if point is None and kind == ValueKind.GROWTH:
            low, high = self.one(ValueKind.GROWTH_LOW), self.one(ValueKind.GROWTH_HIGH)
            return (low.value, high.value) if low and high else None
        if point is None:
            return None
        if point.qualifier == "more_than":
            return point.value, rules.ANY_MORE
        if point.qualifier == "below":
            return rules.ANY_LESS, point.value
        return point.value, point.value


@dataclass(frozen=True)
class Judged:
    """How an indicator stands; ``row`` and ``target`` are what was held together, if anything.

    ``kind`` is the kind of value that was looked at; ``plan_pct`` without a target: per cent of a
    plan whose level is not published.
    """

    verdict: Verdict
    row: Row | None = None
    target: Target | None = None
    kind: str = ValueKind.VALUE


def rows_of(points: Iterable[Datapoint]) -> list[Row]:
    """Rows, newest first; of one period the actual value before the estimate if it covers as much."""
    rows: dict[tuple[str, str], list[Datapoint]] = {}
    for one in points:
        if one.set_aside_on is None:
            rows.setdefault((one.period, one.period_kind), []).append(one)
    made = []
    for (period, kind), group in rows.items():
        estimated = kind in (PeriodKind.ESTIMATE, PeriodKind.PLAN)
        known = max(one.as_of for one in group)
        row = Row(period, kind, rules.covered_to(period, as_of=known, estimated=estimated))
        for one in group:
            row.cells.setdefault(one.value_kind, []).append(one)
        made.append(row)
    made.sort(key=lambda row: (row.covered, not row.estimated, row.period), reverse=True)
    return made


def latest(rows: Sequence[Row]) -> tuple[Row, str] | None:
    """The newest row that measures something, and the kind of its value to show first; a plan or
    an event where there is nothing else."""
    measured = [row for row in rows if row.period_kind not in NOT_MEASURED] or rows
    for row in measured:
        for kind in LEADING:
            if kind in row.cells:
                return row, kind
    return None


def target_for(row: Row, targets: Iterable[Target]) -> Target | None:
    """The target of a row's own period, else of its year; the latest version."""
    year = row.period[:4]
    found = [one for one in targets if one.period in (row.period, year)]
    return max(found, key=lambda one: (one.period == row.period, one.version), default=None)


def judge(
    indicator: Indicator, rows: Sequence[Row], targets: Sequence[Target], *, today: date
) -> Judged:
    """The newest row that has a target, held against it. Where no level is published, the per cent
    of plan or budget is held against the time gone by. No level is worked back from a rounded rate.
    """
    measured = [row for row in rows if row.period_kind not in NOT_MEASURED]
    for row in measured:
        target = target_for(row, targets)
        if target is None:
            continue
        kind = target.value_kind
        if row.differs(kind):
            return Judged(rules.undecided(Reason.CONFLICT), row, target, kind)
        if (ends := row.ends(kind)) is None:
            continue
        verdict = rules.judge(
            target.direction,
            low=ends[0],
            high=ends[1],
            lower=target.lower,
            upper=target.upper,
            elapsed=rules.elapsed_part(target.period, row.covered),
            accrues=kind == ValueKind.PLAN_PCT or (kind == ValueKind.VALUE and target.measure_unit != "%"),
            estimated=row.estimated,
        )  # fmt: skip
        return Judged(verdict, row, target, kind)
    if indicator.annual_only and not _assessed(rows, today):
        return Judged(rules.undecided(Reason.ANNUAL))
    if indicator.direction == Direction.NONE:
        return Judged(rules.undecided(Reason.NO_DIRECTION))
    if targets:
        return Judged(rules.undecided(Reason.NO_VALUE), target=targets[0])
    planned = _by_plan(indicator, measured) if indicator.direction != Direction.RANGE else None
    return planned or Judged(rules.undecided(Reason.NO_TARGET if rows else Reason.NO_VALUE))


def _by_plan(indicator: Indicator, rows: Sequence[Row]) -> Judged | None:
    kind: str = ValueKind.PLAN_PCT
    for row in rows:
        if row.differs(kind):
            return Judged(rules.undecided(Reason.CONFLICT), row, kind=kind)
        if (ends := row.ends(kind)) is None:
            continue
        verdict = rules.judge(
            indicator.direction, low=ends[0], high=ends[1], lower=WHOLE_PLAN, upper=WHOLE_PLAN,
            elapsed=rules.elapsed_part(row.period[:4], row.covered), accrues=True,
            estimated=row.estimated,
        )  # fmt: skip
        return Judged(verdict, row, kind=kind)
    return None


def _assessed(rows: Iterable[Row], today: date) -> bool:
    """Whether the year of ``today`` has its annual value."""
    return any(
        row.period == str(today.year) and row.period_kind == PeriodKind.ANNUAL for row in rows
    )


def comparable(rows: Sequence[Row]) -> tuple[str, list[tuple[Row, Datapoint]]] | None:
    """The longest run of values that can stand side by side: the same kind of value over the same
    part of different years, oldest first. None where there are not two.

    Of one period the actual value is taken before the estimate, which ``Row.estimated`` tells.
    """
    runs: dict[tuple[str, str], dict[str, tuple[Row, Datapoint]]] = {}
    for row in rows:
        if row.period_kind in NOT_MEASURED:
            continue
        part = row.period.partition("-")[2]
        for kind in LEADING:
            if (point := row.one(kind)) is not None:
                held = runs.setdefault((kind, part), {})
                if row.period not in held or held[row.period][0].estimated:
                    held[row.period] = (row, point)
    order = {kind: place for place, kind in enumerate(LEADING)}
    whole = [(key, run) for key, run in runs.items() if len(run) > 1]
    if not whole:
        return None
    (leading, _part), run = max(
        whole, key=lambda one: (len(one[1]), max(one[1]), -order[ValueKind(one[0][0])])
    )
    return leading, [run[period] for period in sorted(run)][-MOST_DRAWN:]
