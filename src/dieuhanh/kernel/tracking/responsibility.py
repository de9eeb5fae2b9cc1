"""From a decision to everyone who holds a part of it: entries that belong to it, and what is owed
on each, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Related
from dieuhanh.kernel.identity.models import Person, Role, in_force
from dieuhanh.kernel.obligations.queries import of_entries
from dieuhanh.kernel.tracking.queries import Sight, open_seen

#: How many steps below the decision are followed, and how many entries in all.
DEEPEST, MOST = 3, 300
#: How many decisions the start page names.
MOST_NAMED = 20


@dataclass
class Part:
    """One entry of the tree: how it belongs to the one above, who leads, who takes part."""

    entry: Entry
    title: str
    belongs: Any = ""  # a label, translated when it is shown
    owed: list[Any] = field(default_factory=list)
    co_units: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterable[tuple[int, Part]]:
        """This part and those below it, from above, each with its depth."""
        yield depth, self
        for one in self.parts:
            yield from one.walk(depth + 1)


@dataclass(frozen=True)
class Tree:
    root: Part
    heads: dict[int, list[str]]  # unit → names of its heads today
    cut: bool  # there is more than `MOST`

    def rows(self) -> list[tuple[int, Part]]:
        return list(self.root.walk())


def _title(row: Any) -> str:
    register = registry.get(row.entry.register)
    return str(next(one.read(row) for one in register.columns if one.key == "title"))


def _below(person: Person, related: Related, parents: dict[int, Part]) -> list[Part]:
    """Entries of one register that belong to these, hung below them."""
    register = registry.get(related.register)
    if not policies.may_read(person, register):
        return []
    visible = policies.visible_entries(person, register)
    rows = register.rows().filter(**{f"{related.field}__in": list(parents)}, entry__in=visible)
    found = []
    for row in rows.order_by("entry__opened_on", "pk")[: MOST + 1]:
        part = Part(row.entry, _title(row), related.label)
        parents[getattr(row, f"{related.field}_id")].parts.append(part)
        found.append(part)
    return found


def tree(sight: Sight, row: Any) -> Tree:
    """Everything that belongs to the entry of ``row``, `DEEPEST` steps down.

    Args:
        row: a row of its register that whoever looks may open.
    """
    root = Part(row.entry, _title(row))
    known = {root.entry.pk: root}
    level, cut = [root], False
    for _step in range(DEEPEST):
        found: list[Part] = []
        for code in sorted({part.entry.register for part in level}):
            parents = {part.entry.pk: part for part in level if part.entry.register == code}
            for related in registry.get(code).related:
                found += _below(sight.person, related, parents)
        level = [part for part in found if part.entry.pk not in known]
        cut |= len(known) + len(level) > MOST
        level = level[: MOST - len(known)]
        known |= {part.entry.pk: part for part in level}
        if not level:
            break
    _with_holders(known, sight)
    units = {one.unit_id for part in known.values() for one in part.owed}
    return Tree(
        root, heads_of(units | {part.entry.unit_id for part in known.values()}, sight.day), cut
    )


def _with_holders(known: dict[int, Part], sight: Sight) -> None:
    owed = of_entries(list(known), sight.at, past=sight.past)
    shared = Entry.co_units.through.objects.filter(entry_id__in=known).select_related("unit")
    for entry_id, part in known.items():
        part.owed = list(owed.get(entry_id, []))
    for link in shared.order_by("unit__name"):
        known[link.entry_id].co_units.append(link.unit.name)


def heads_of(unit_ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """Names of those who head each unit on a day; a unit without one has no key."""
    rows = in_force(on).filter(
        role__in=(Role.HEAD, Role.LEADER), unit_id__in=set(unit_ids), person__is_active=True
    )
    found: dict[int, list[str]] = {}
    for unit, name in rows.order_by("pk").values_list("unit_id", "person__full_name"):
        found.setdefault(unit, []).append(name)
    return found


def widely_held(sight: Sight) -> list[Any]:
    """Entries with open work in which most units take part, each with ``holders``."""
    still = open_seen(sight).filter(entry=OuterRef("pk"))
    rows = Entry.objects.filter(policies.visible(sight.person), Exists(still)).exclude(title="")
    rows = rows.annotate(holders=Count("co_units")).filter(Q(holders__gt=0))
    return list(rows.select_related("unit").order_by("-holders", "-opened_on")[:MOST_NAMED])
