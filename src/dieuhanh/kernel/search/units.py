"""Finding units by their names, old ones too, and who took over from them (ĐV-07, ĐV-12, X-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Sum

from dieuhanh.kernel.identity.models import Succession, Unit
from dieuhanh.kernel.search.people import hash_of
from dieuhanh.kernel.search.reading import Asked
from dieuhanh.text.fold import words

#: Most units that one query finds.
MOST = 5


@dataclass(frozen=True)
class FoundUnit:
    """A unit whose name was asked for. ``heirs`` took over from one that no longer stands."""

    pk: int
    name: str
    ended_on: date | None
    exactly: bool
    heirs: list[FoundUnit] = field(default_factory=list)


@dataclass(frozen=True)
class _Named:
    pk: int
    name: str
    ended_on: date | None
    folded: tuple[str, ...]
    code: tuple[str, ...]


#: The names of one state of the table, kept by each process until the table changes.
_names: dict[tuple[object, ...], list[_Named]] = {}


def _known() -> list[_Named]:
    stamp = tuple(
        Unit.objects.aggregate(
            last=Max("pk"),
            rows=Count("pk"),
            ended=Count("valid_to"),
            end=Max("valid_to"),
            names=Sum(hash_of("name")),
        ).values()
    )
    if stamp not in _names:
        _names.clear()
        _names[stamp] = [
            _Named(pk, name, ended_on, tuple(words(name)), tuple(words(code)))
            for pk, name, ended_on, code in Unit.objects.order_by("pk").values_list(
                "pk", "name", "valid_to", "code"
            )
        ]
    return _names[stamp]


def _is_named(one: _Named, asked: Asked) -> bool:
    """Whether nothing else was asked for: its whole name, short or long, or its code."""
    if asked.tokens in (one.folded, one.code):
        return True
    return asked.said_by(one.folded) and len(one.folded) == sum(
        next(
            (len(choice) for choice in group.choices if _within(choice, one.folded)),
            len(group.choices[0]),
        )
        for group in asked.groups
    )


def _within(choice: tuple[str, ...], folded: tuple[str, ...]) -> bool:
    return f" {' '.join(choice)} " in f" {' '.join(folded)} "


def find_units(asked: Asked) -> list[FoundUnit]:
    """Units whose name has every word of ``asked``, the exactly named first; at most `MOST`.

    One word alone finds only the unit whose name or code it is.
    """
    if not any(token.isalpha() for token in asked.tokens):
        return []
    found = [one for one in _known() if asked.tokens == one.code or asked.said_by(one.folded)]
    exactly = {one.pk for one in found if _is_named(one, asked)}
    if len(asked.tokens) == 1:
        found = [one for one in found if one.pk in exactly]
    found.sort(key=lambda one: (one.pk not in exactly, len(one.folded), one.name))
    found = found[:MOST]
    heirs: dict[int, list[FoundUnit]] = {}
    ended = [one.pk for one in found if one.ended_on]
    if ended:
        rows = Succession.objects.filter(predecessor__in=ended).select_related("successor")
        for row in rows.order_by("pk"):
            heir = row.successor
            heirs.setdefault(row.predecessor_id, []).append(
                FoundUnit(heir.pk, heir.name, heir.valid_to, exactly=False)
            )
    return [
        FoundUnit(one.pk, one.name, one.ended_on, one.pk in exactly, heirs.get(one.pk, []))
        for one in found
    ]


def names_of(pks: Iterable[int]) -> dict[int, str]:
    """Id → name, of those that exist."""
    return dict(Unit.objects.filter(pk__in=pks).values_list("pk", "name"))


def meant(units: list[FoundUnit]) -> set[int]:
    """The units that were asked for by their whole name, and those that took over from them."""
    named = [one for one in units if one.exactly]
    return {one.pk for one in named} | {heir.pk for one in named for heir in one.heirs}
