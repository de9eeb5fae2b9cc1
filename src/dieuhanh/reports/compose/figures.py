"""The figures of a report as plain values: `figures.json`, and the catalogue of the original ids."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.kernel.measures.evaluate import Answer
from dieuhanh.kernel.measures.model import Window
from dieuhanh.reports.compose.template import originals
from dieuhanh.text import dates, numbers


@dataclass(frozen=True)
class Occurrence:
    """Where the original reports print a figure: document, line, period, and the printed value."""

    document: str
    line: int
    period: str
    printed: str


@cache
def catalogue() -> dict[str, list[Occurrence]]:
    """The ids of the original reports with every place they are printed at."""
    found: dict[str, list[Occurrence]] = {}
    path = settings.DATA_DIR / settings.DATASET / "figures.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["id"], []).append(
                Occurrence(row["document"], int(row["line"]), row["period"], row["printed"])
            )
    return found


@cache
def _issued() -> dict[str, str]:
    return originals()


def window_query(window: Window) -> str:
    return urlencode(
        {
            "tu": window.start.isoformat(),
            "den": window.end.isoformat(),
            "tinh-den": window.as_of.isoformat(),
            "ky": window.period,
        }
    )


def figure_url(id: str, window: Window) -> str:
    """Address of the page that shows what is behind a figure."""
    return f"{reverse('desk:figure', args=[id])}?{window_query(window)}"


def printed_value(id: str, window: Window, report: str = "") -> str:
    """What the original prints for this figure, in ``report`` or the first that has it.

    Empty for any period but the original's.
    """
    issued = _issued()
    for one in catalogue().get(id, []):
        if report in ("", one.document) and issued.get(one.document) == window.period:
            return one.printed
    return ""


def as_json(answer: Answer, report: str, *, missing_reason: str = "") -> dict[str, Any]:
    window = answer.window
    decimals = answer.decimals
    comparison = None
    if answer.previous is not None and answer.previous.value is not None:
        comparison = {
            "value": plain(answer.previous.value, 0),
            "window": [
                answer.previous.window.start.isoformat(),
                answer.previous.window.end.isoformat(),
            ],
            "label": _("Cùng kỳ năm trước"),
        }
    figure: dict[str, Any] = {
        "id": answer.measure.id,
        "label": str(answer.measure.label),
        "value": plain(answer.value, decimals),
        "shown": answer.shown,
        "unit": str(answer.measure.unit),
        "window": [window.start.isoformat(), window.cutoff.isoformat()],
        "as_of": window.as_of.isoformat(),
        "origin": answer.origin,
        "measure": answer.measure.id,
        "formula": answer.formula,
        "operands": list(answer.operands),
        "comparison": comparison,
        "entries": answer.entries,
        "url": figure_url(answer.measure.id, window),
        "source": answer.source,
        "assumption": str(answer.measure.assumption),
        "occurrences": [
            {"document": one.document, "line": one.line, "period": one.period}
            for one in catalogue().get(answer.measure.id, [])
        ],
    }
    if missing_reason:
        figure["missing"] = missing_reason
    if answer.conflict:
        figure["conflict"] = answer.conflict
    return figure


def plain(value: Decimal | None, decimals: int) -> int | float | None:
    if value is None:
        return None
    rounded = numbers.rounded(value, decimals)
    return int(rounded) if not decimals else float(rounded)


def differences(answers: Iterable[Answer], report: str) -> list[dict[str, Any]]:
    """Where the computed value disagrees with the printed one, with the arithmetic of both.

    The computed value is what the report shows; the printed one is kept beside it.
    """
    found = []
    for answer in answers:
        printed = printed_value(answer.measure.id, answer.window, report)
        if not printed or answer.exact is None:
            continue
        decimals = len(printed.partition(".")[2])
        if numbers.rounded(answer.exact, decimals) == Decimal(printed):
            continue
        found.append(
            {
                "id": answer.measure.id,
                "label": str(answer.measure.label),
                "value": plain(answer.value, answer.decimals),
                "printed": float(printed) if decimals else int(printed),
                "arithmetic": answer.formula,
                "words": _("Tính được %(shown)s, văn bản in %(printed)s.")
                % {"shown": answer.shown, "printed": numbers.number(Decimal(printed), decimals)},
            }
        )
    return found


def window_words(window: Window) -> str:
    return dates.span(window.start, window.cutoff)
