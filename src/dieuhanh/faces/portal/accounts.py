"""What the open pages say, counted: words come later, so that one count serves both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from dieuhanh.faces.portal import disclosure
from dieuhanh.faces.portal.disclosure import Mark, Shown
from dieuhanh.faces.portal.periods import Period
from dieuhanh.faces.portal.remembered import remembered
from dieuhanh.faces.portal.services import COUNTED, SERVICES
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations import tallies
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.kernel.obligations.queries import State, limits_in_force
from dieuhanh.registers.indicators import queries, series
from dieuhanh.registers.indicators.models import Indicator
from dieuhanh.registers.indicators.rules import Standing
from dieuhanh.registers.indicators.series import Judged
from dieuhanh.registers.petitions import tallies as petitions
from dieuhanh.text import numbers
from dieuhanh.text.fold import fold

#: State → which part of a service's row it belongs to: in time, late, still within the limit.
PART = {
    State.DONE_IN_TIME: 0,
    State.DONE_LATE: 1,
    State.OPEN_LATE: 1,
    State.OPEN_IN_TIME: 2,
}
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class UnitRow:
    """What one unit owed. The parts of ``shown``: in time, late."""

    code: str
    name: str
    shown: Shown


@dataclass(frozen=True)
class ServiceRow:
    """What became of a service within a period.

    Attributes:
        shown: of what was received: in time, late, still within the limit.
        units: by name; None where a count of theirs would tell a small one.
    """

    code: str
    shown: Shown
    units: list[UnitRow] | None


@dataclass(frozen=True)
class SourceRow:
    """What became of the petitions of a source: solved, explained, open."""

    code: str
    label: str
    symbol: str
    passed_on: date | None
    shown: Shown


@dataclass(frozen=True)
class IndicatorRow:
    indicator: Indicator
    rows: list[series.Row]
    judged: Judged


def share(part: disclosure.Cell, whole: disclosure.Cell) -> Decimal | Mark | None:
    """In percent with one digit; None of nothing; kept where one of both is not shown."""
    if isinstance(part, Mark) or isinstance(whole, Mark):
        return Mark.KEPT
    return numbers.rounded(part * HUNDRED / whole, 1) if whole else None


def settled(shown: Shown) -> disclosure.Cell:
    """Of how many it is certain whether they were in time: in time and late together."""
    in_time, late = shown.parts[:2]
    if isinstance(in_time, Mark) or isinstance(late, Mark):
        return Mark.KEPT
    return in_time + late


def on_time(period: Period) -> dict[str, ServiceRow]:
    """Service → what became of what was received in the period, as of its end."""
    return remembered(("on time", period), lambda: _on_time(period))


def _on_time(period: Period) -> dict[str, ServiceRow]:
    found = tallies.by_unit(
        {code: one.group for code, one in SERVICES.items()},
        start=period.start,
        end=period.end,
        at=clock.end_of(period.end),
        confidentiality=COUNTED,
    )
    counts: dict[str, dict[int, list[int]]] = {code: {} for code in SERVICES}
    for one in found:
        parts = counts[one.group].setdefault(one.unit_id, [0, 0, 0])
        parts[PART[State(one.state)]] += one.count
    names = tallies.names_of({one.unit_id for one in found})
    return {code: _service(code, of_units, names) for code, of_units in counts.items()}


def _service(
    code: str, of_units: dict[int, list[int]], names: dict[int, tuple[str, str]]
) -> ServiceRow:
    least = settings.LEAST_OPEN_COUNT
    parts = [sum(row[part] for row in of_units.values()) for part in range(3)]
    shown = disclosure.alone(parts, least=least)
    if not shown.whole:  # the rows of units add up to what is not shown
        return ServiceRow(code, shown, None)
    units = sorted(of_units, key=lambda one: fold(names[one][1]))
    rows = disclosure.together([of_units[one][:2] for one in units], least=least)
    if rows is None:
        return ServiceRow(code, shown, None)
    listed = [UnitRow(*names[one], row) for one, row in zip(units, rows, strict=True)]
    return ServiceRow(code, shown, [one for one in listed if one.shown.total != 0])


def petitions_by_source(period: Period) -> list[SourceRow]:
    """Petitions of resolutions and of rounds of contacts, as of the end of the period."""
    return remembered(("petitions", period.end), lambda: _petitions(period.end))


def _petitions(day: date) -> list[SourceRow]:
    return [
        SourceRow(
            one.source.key,
            one.source.label,
            one.source.symbol,
            one.source.passed_on,
            disclosure.alone(
                (one.resolved, one.explained, one.in_progress), least=settings.LEAST_OPEN_COUNT
            ),
        )
        for one in petitions.by_source(day, confidentiality=COUNTED)
        if one.source.kind != "session"  # answered, not solved: another count (CT-09)
    ]


def published_until() -> date:
    """Figures of indicators were published already; those of yesterday and before are repeated."""
    return clock.today() - timedelta(1)


def indicators() -> list[IndicatorRow]:
    """Indicators that can be held against a target or a plan, by kind and code."""
    day = published_until()
    return remembered(("indicators", day), lambda: _indicators(day))


def _indicators(day: date) -> list[IndicatorRow]:
    points, targets = queries.newest_each(), queries.targets_each()
    found = []
    for one in queries.listed():
        known = [point for point in points.get(one.pk, []) if point.as_of <= day]
        rows = series.rows_of(known)
        judged = series.judge(one, rows, targets.get(one.pk, []), today=day)
        if judged.row is not None:
            found.append(IndicatorRow(one, rows, judged))
    return found


def kept_to(rows: list[IndicatorRow]) -> tuple[int, int]:
    """How many indicators keep to their target, and of how many it can be said."""
    said = [one.judged.verdict.standing for one in rows]
    good = sum(one in (Standing.REACHED, Standing.ON_TRACK) for one in said)
    return good, good + said.count(Standing.BEHIND)


def limits(day: date) -> dict[str, list[TimeLimit]]:
    """Service → the time limits in force on ``day`` by which it is judged."""
    return remembered(("limits", day), lambda: _limits(day))


def _limits(day: date) -> dict[str, list[TimeLimit]]:
    keys = {key for one in SERVICES.values() for key in one.group.limits}
    known = {one.key: one for one in limits_in_force(day).filter(key__in=keys)}
    return {
        code: [known[key] for key in one.group.limits if key in known]
        for code, one in SERVICES.items()
    }
