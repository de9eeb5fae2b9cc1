"""Looking datapoints and targets up by the reporting period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models import Window as Over
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.model import Published, Window
from dieuhanh.registers.indicators.models import Datapoint, Indicator, Target, ValueKind
from dieuhanh.registers.indicators.rules import days_of

FIXED = re.compile(r"\d{4}(-.+)?$")
PERCENT = (ValueKind.GROWTH, ValueKind.GROWTH_LOW, ValueKind.GROWTH_HIGH, ValueKind.PLAN_PCT)
PERIOD = re.compile(r"[12][0-9]{3}(?:-H[12]|-Q[1-4]|-M(?:0[1-9]|1[0-2]))?")


def period_of(token: str, window: Window) -> str | None:
    """The concrete period that ``token`` means in a reporting period; None where it has none.

    Tokens: ``5m`` (cumulative months before the last one), ``half``, ``year``, their
    ``…_last_year``, ``last_year``, ``next_half``; or a fixed period such as 2024-05-24.

    >>> from datetime import date
    >>> h1 = Window(date(2024, 1, 1), date(2024, 6, 15), date(2024, 6, 15), "2024-H1")
    >>> period_of("5m", h1), period_of("half_last_year", h1), period_of("next_half", h1)
    ('2024-M05', '2023-H1', '2024-H2')
    """
    if FIXED.match(token):
        return token
    year = window.end.year
    if token.endswith("_last_year"):
        token, year = token.removesuffix("_last_year"), year - 1
    if token == "year":
        return str(year)
    if token == "last_year":
        return str(year - 1)
    part = window.period.partition("-")[2]
    if token == "5m":
        month = {"H1": 5, "H2": 11, "": 11}.get(part)
        if part.startswith("Q"):
            month = int(part[1:]) * 3 - 1
        elif part.isdigit():
            month = int(part)
        return f"{year}-M{month:02d}" if month else None
    if token == "half":
        return f"{year}-{part}" if part in ("H1", "H2") else None
    if token == "next_half":
        return {"H1": f"{year}-H2", "H2": f"{year + 1}-H1"}.get(part)
    return None


@dataclass(frozen=True)
class Shelf:
    """Every datapoint and target of a window's periods: two queries, each when first needed.

    Attributes:
        tokens: the periods that will be asked for, as `period_of` understands them.
    """

    window: Window
    tokens: frozenset[str]

    @property
    def _periods(self) -> set[str]:
        return {found for one in self.tokens if (found := period_of(one, self.window))}

    @cached_property
    def datapoints(self) -> dict[tuple[str, str, str, str], list[Datapoint]]:
        """By indicator, period, kind of period, kind of value; without those set aside."""
        rows = Datapoint.objects.filter(period__in=self._periods, set_aside_on=None)
        rows = rows.select_related("indicator")
        found: dict[tuple[str, str, str, str], list[Datapoint]] = {}
        for one in rows.order_by("document", "line"):
            key = (one.indicator.code, one.period, one.period_kind, one.value_kind)
            found.setdefault(key, []).append(one)
        return found

    @cached_property
    def targets(self) -> dict[tuple[str, str], list[Target]]:
        """By indicator and period."""
        rows = Target.objects.filter(period__in=self._periods).select_related("indicator")
        found: dict[tuple[str, str], list[Target]] = {}
        for one in rows:
            found.setdefault((one.indicator.code, one.period), []).append(one)
        return found


def published(
    code: str,
    window: Window,
    *,
    period: str,
    period_kind: str,
    value_kind: str,
    shelf: Shelf | None = None,
) -> Published:
    """The published value of an indicator, known by the window's as-of moment.

    Where two sources differ, there is no value but a conflict: nothing chooses silently. What a
    planner chose is used, whatever the as-of moment: like a correction, a choice is no event of
    the period; issued reports keep what they were issued with.

    Args:
        shelf: the rows of the window, where many values are asked for; read here otherwise.
    """
    concrete = period_of(period, window)
    if concrete is None:
        return Published(None)
    shelf = shelf or Shelf(window, frozenset({period}))
    if value_kind in ("lower", "upper"):
        return _planned(shelf.targets.get((code, concrete), []), value_kind)
    kept = shelf.datapoints.get((code, concrete, period_kind, value_kind), [])
    rows = [one for one in kept if one.as_of <= window.as_of]
    if not rows:
        return Published(None)
    source = "; ".join(source_words(row.document, row.line) for row in rows)
    if len({row.value for row in rows}) > 1:
        return Published(
            None,
            source=source,
            conflict=_("Các nguồn cho giá trị khác nhau; cần chọn trước khi dùng."),
        )
    first = rows[0]
    return Published(first.value, decimals=first.decimals, qualifier=first.qualifier, source=source)


def _planned(versions: list[Target], bound: str) -> Published:
    """A bound of the plan in its latest version."""
    target = max(versions, key=lambda one: one.version, default=None)
    value: Decimal | None = getattr(target, bound, None) if target else None
    if target is None or value is None:
        return Published(None)
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Published(value, decimals=decimals, source=source_words(target.document, target.line))


def documents() -> dict[str, str]:
    """Code → name of the reports that values are often taken from."""
    return {
        "direction": _("Báo cáo chỉ đạo, điều hành 6 tháng đầu năm 2024"),
        "socioeconomic": _("Báo cáo tóm tắt kinh tế - xã hội 6 tháng đầu năm 2024"),
    }


def qualifiers() -> dict[str, str]:
    return {"more_than": _("trên"), "about": _("khoảng"), "below": _("dưới")}


def source_words(document: str, line: int) -> str:
    return _("%(document)s, dòng %(line)s") % {
        "document": documents().get(document, document),
        "line": line,
    }


def listed() -> QuerySet[Indicator]:
    return Indicator.objects.order_by("kind", "code")


def by_code(code: str) -> Indicator | None:
    return Indicator.objects.filter(code=code).first()


def is_period(text: str) -> bool:
    """Whether datapoints are published for such a period.

    >>> [is_period(one) for one in ("2024", "2024-H1", "2024-M05", "2024-Q2", "2024-05-24")]
    [True, True, True, True, True]
    >>> [is_period(one) for one in ("2024-H3", "2024-M13", "2024-02-30", "nửa năm", "")]
    [False, False, False, False, False]
    """
    if PERIOD.fullmatch(text):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def unit_of(indicator: Indicator, value_kind: str) -> str:
    """The unit that values of this kind have: as published before, or the indicator's own."""
    known = indicator.datapoints.filter(value_kind=value_kind).order_by("-as_of", "-pk").first()
    if known is not None:
        return known.measure_unit
    return "%" if value_kind in PERCENT else indicator.measure_unit


def of_indicator(indicator: Indicator) -> list[Datapoint]:
    """Those of the newest period first; of one period the level before what is said of it."""
    points = indicator.datapoints.select_related("set_aside_for")
    found = list(points.order_by("period_kind", "document", "line"))
    place = {kind: number for number, kind in enumerate(ValueKind.values)}
    found.sort(key=lambda one: (one.period_kind, place[one.value_kind]))
    return sorted(found, key=lambda one: days_of(one.period)[1], reverse=True)


def targets_of(indicator: Indicator) -> list[Target]:
    return list(indicator.targets.order_by("-period", "-version"))


#: What two datapoints of one figure have in common.
SAME = ("indicator_id", "area", "period", "period_kind", "value_kind")


def same_figure(point: Datapoint) -> dict[str, Any]:
    return {name: getattr(point, name) for name in SAME}


def of_figure(point: Datapoint) -> list[Datapoint]:
    """What every source says of the same figure, those set aside too."""
    return list(Datapoint.objects.filter(**same_figure(point)).order_by("document", "line"))


def conflicts(points: Iterable[Datapoint]) -> list[list[Datapoint]]:
    """Groups of datapoints for the same figure whose values differ (KT-05), none of them set
    aside."""
    groups: dict[tuple[Any, ...], list[Datapoint]] = {}
    for one in points:
        if one.set_aside_on is None:
            groups.setdefault(tuple(same_figure(one).values()), []).append(one)
    return [group for group in groups.values() if len({one.value for one in group}) > 1]


def listed_with_conflicts() -> QuerySet[Any]:
    """All indicators; ``differs`` says whether sources of some figure give different values."""
    used = Datapoint.objects.filter(set_aside_on=None)
    same = {name: OuterRef(name) for name in SAME}
    other = used.filter(**same).exclude(value=OuterRef("value"))
    return listed().annotate(differs=Exists(used.filter(Exists(other), indicator=OuterRef("pk"))))


def in_doubt() -> list[Any]:
    """Indicators whose sources differ (``differs``), or of which nothing is known. One query."""
    known = Datapoint.objects.filter(set_aside_on=None, indicator=OuterRef("pk"))
    rows = listed_with_conflicts().annotate(known=Exists(known))
    return list(rows.filter(Q(differs=True) | Q(known=False)))


def newest_each() -> dict[int, list[Datapoint]]:
    """Indicator → its datapoints in use, of the newest year of each kind of period."""
    newest = Over(Max(Left("period", 4)), partition_by=[F("indicator_id"), F("period_kind")])
    used = Datapoint.objects.filter(set_aside_on=None).select_related("indicator")
    rows = used.annotate(newest=newest)
    found: dict[int, list[Datapoint]] = {}
    for one in rows.annotate(year=Left("period", 4)).filter(year=F("newest")):
        found.setdefault(one.indicator_id, []).append(one)
    return found


def targets_each() -> dict[int, list[Target]]:
    """Indicator → its targets."""
    found: dict[int, list[Target]] = {}
    for one in Target.objects.order_by("-period", "-version"):
        found.setdefault(one.indicator_id, []).append(one)
    return found


def story(indicator: Indicator) -> QuerySet[Line]:
    """What the journal tells of an indicator's datapoints."""
    return Line.objects.filter(
        entry_id=None, verb__startswith="datapoint.", subject__startswith=f"{indicator.code} "
    )
