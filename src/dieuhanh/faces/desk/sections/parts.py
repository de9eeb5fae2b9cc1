"""What the sections share: the moment and window of the page, figures as tiles, one section."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.measures.evaluate import Answer, Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.tracking import overdue
from dieuhanh.kernel.tracking.overdue import Owed
from dieuhanh.kernel.tracking.queries import Sight, Tally
from dieuhanh.reports.compose.figures import figure_url, window_query
from dieuhanh.text import dates, numbers


@dataclass
class Look:
    """Who looks, as of when; what several sections read is read once."""

    sight: Sight
    tally: Tally
    evaluator: Evaluator = field(init=False)

    def __post_init__(self) -> None:
        day = self.sight.day
        half = "H1" if day.month <= 6 else "H2"
        self.evaluator = Evaluator(Window(date(day.year, 1, 1), day, day, f"{day.year}-{half}"))

    @property
    def person(self) -> Person:
        return self.sight.person

    @cached_property
    def owed(self) -> list[Owed]:
        """Open work of all units that the person may see, by unit and register."""
        return overdue.by_unit(self.sight, self.tally.days)

    def address(self, name: str, **query: object) -> str:
        """The address of a page as of the moment of this one."""
        kept = {key.replace("_", "-"): str(value) for key, value in query.items() if value}
        if self.sight.past:
            kept["tinh-den"] = dates.day(self.sight.day)
        return reverse(f"desk:{name}") + (f"?{urlencode(kept)}" if kept else "")


@dataclass
class Section:
    """A part of the page.

    Attributes:
        lines: {label, url, figure, sub, state, share}; what has no address is plain text.
        words: what stands instead of lines where there are none, or under them.
    """

    title: str
    template: str = "desk/home_lines.html"
    url: str = ""
    url_label: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)
    words: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def entries_url(answer: Answer) -> str:
    """The entries behind a figure where it counts some, else where it comes from."""
    if answer.entries is None:
        return figure_url(answer.measure.id, answer.window)
    return (
        reverse("desk:figure-entries", args=[answer.measure.id]) + "?" + window_query(answer.window)
    )


def compared(answer: Answer) -> str:
    """cùng kỳ năm 2023: 2.432, tăng 1,27 %."""
    before = answer.previous
    if before is None or not before.value or answer.value is None:
        return _("cùng kỳ năm trước: chưa có số liệu")
    growth = (answer.value - before.value) * 100 / before.value
    return _("cùng kỳ năm %(year)s: %(before)s, %(change)s") % {
        "year": before.window.end.year,
        "before": numbers.number(before.value),
        "change": numbers.change(growth, 2),
    }


def share_of(part: Answer, whole: Answer) -> float | None:
    """Part of the whole, 0 to 1; None where one is unknown, or the whole is nothing."""
    if part.value is None or not whole.value:
        return None
    return float(part.value / whole.value)


def percent_of(part: Answer, whole: Answer) -> str:
    share = share_of(part, whole)
    return numbers.percent(None if share is None else share * 100)
