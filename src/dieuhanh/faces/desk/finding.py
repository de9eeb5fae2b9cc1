"""What the search finds beside entries: functions, units, people and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.search.people import FoundPerson
from dieuhanh.kernel.search.reading import Asked
from dieuhanh.kernel.search.units import FoundUnit
from dieuhanh.reports.compose.figures import catalogue, figure_url, window_words
from dieuhanh.text import dates
from dieuhanh.text.fold import words

MOST_FIGURES = 5


@dataclass(frozen=True)
class Place:
    """Somewhere to go: what it is, what is said of it, and links that lead on."""

    icon: str
    kind: str
    label: str
    url: str
    words: str = ""
    links: tuple[tuple[str, str], ...] = ()


def unit_address(unit_id: int) -> str:
    """The search narrowed to what a unit leads."""
    return f"{reverse('desk:search')}?{urlencode({'don-vi': unit_id})}"


def of_units(units: Iterable[FoundUnit]) -> list[Place]:
    """Units; one that ended says who took over, and leads there (X-02)."""
    return [
        Place(
            icon="building",
            kind=_("Đơn vị"),
            label=one.name,
            url=unit_address(one.pk),
            words=_("đã kết thúc hoạt động ngày %(day)s; nay thuộc:")
            % {"day": dates.day(one.ended_on)}
            if one.heirs and one.ended_on
            else _("các mục do đơn vị chủ trì"),
            links=tuple((heir.name, unit_address(heir.pk)) for heir in one.heirs),
        )
        for one in units
    ]


def of_people(people: Iterable[FoundPerson]) -> list[Place]:
    return [
        Place("user", _("Người"), one.name, unit_address(one.unit_id), f"{one.role}, {one.unit}")
        for one in people
    ]


@cache
def _labels(language: str | None) -> list[tuple[str, tuple[str, ...], str]]:
    """(id, folded words, label) of every measure, in one language."""
    labels = [(one.id, str(one.label)) for one in model.all_measures()]
    return [(id, tuple(words(label)), label) for id, label in labels]


@cache
def _printed() -> dict[str, list[str]]:
    """A figure as the reports give it (97.6) → the ids of that value."""
    found: dict[str, list[str]] = {}
    for id, occurrences in catalogue().items():
        for one in occurrences:
            ids = found.setdefault(one.printed, [])
            if id not in ids:
                ids.append(id)
    return found


def _plain(text: str) -> str:
    """A figure as it is typed, 97,6 % or 22.014, as the catalogue writes it: 97.6, 22014."""
    return "".join(text.split()).rstrip("%").replace(".", "").replace(",", ".")


def of_figures(asked: Asked, window: Window) -> list[Place]:
    """Figures by their label, or as a report prints them: “97,6 %”."""
    if not asked:
        return []
    ids = [id for id in _printed().get(_plain(asked.text), []) if model.find(id)]
    printed = set(ids)
    if any(token.isalpha() for token in asked.tokens):
        said = [one for one in _labels(get_language()) if asked.said_by(one[1])]
        ids += [id for id, _folded, _label in sorted(said, key=lambda one: len(one[1]))]
    found = []
    for id in list(dict.fromkeys(ids))[:MOST_FIGURES]:
        measure = model.get(id)
        told = _("in trong báo cáo: %(figure)s") % {"figure": asked.text.strip()}
        found.append(
            Place(
                icon="chart-line",
                kind=_("Số liệu"),
                label=str(measure.label),
                url=figure_url(id, window),
                words=told if id in printed else window_words(window),
            )
        )
    return found


def of_functions(groups: Iterable[dict[str, Any]], asked: Asked) -> list[Place]:
    """Functions that the person has, by the words on the left of every page; the shortest first."""
    found = [
        Place(item["icon"], _("Chức năng"), str(item["label"]), item["url"], str(group["title"]))
        for group in groups
        for line in group["items"]
        for item in line["places"]
        if asked.said_by(tuple(words(str(item["label"]))))
    ]
    return sorted(found, key=lambda one: len(one.label))
