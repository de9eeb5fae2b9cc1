"""Which role sees which section of the home page. One hat at a time: the page of a person with
several roles is that of the role chosen (``?vai=``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dieuhanh.faces.desk.sections import everybody, leaders, offices
from dieuhanh.faces.desk.sections.parts import Look, Section
from dieuhanh.kernel.identity.models import Person, Role

Build = Callable[[Look], Section | None]


@dataclass(frozen=True)
class Shown:
    """What one role sees: figures on top, sections above the own work, and below it."""

    slug: str
    tiles: Callable[[Look], list[dict[str, Any]]] | None = None
    above: tuple[Build, ...] = ()
    below: tuple[Build, ...] = ()


#: In the order in which a person's hats are offered; the first is shown unless another is chosen.
TABLE: dict[str, Shown] = {
    Role.LEADER: Shown(
        "lanh-dao",
        leaders.tiles,
        (leaders.late_by_unit, leaders.late_by_field, leaders.petitions, leaders.against_targets),
    ),
    Role.HEAD: Shown("dung-dau", above=(leaders.late_of_own_units,)),
    Role.PLANNER: Shown(
        "tong-hop", leaders.tiles, (offices.campaigns, offices.figures_in_doubt)
    ),
    Role.CLERK: Shown("van-thu", above=(offices.post, offices.books)),
    Role.SECRET_CLERK: Shown("van-thu-mat", above=(offices.post, offices.books)),
    Role.AUDITOR: Shown("thanh-tra", leaders.tiles, (offices.journal,)),
    Role.ADMINISTRATOR: Shown("quan-tri", above=(offices.kept,)),
    Role.RECEPTION: Shown("tiep-dan"),
    Role.OFFICER: Shown("chuyen-vien"),
}  # fmt: skip
#: Everybody, below the own work.
ALWAYS: tuple[Build, ...] = (everybody.changed, everybody.not_sent)


def hats_of(person: Person) -> list[str]:
    """The person's roles in the order of the table."""
    return [role for role in TABLE if role in person.roles]


def hat_of(person: Person, slug: str) -> str:
    """The role whose page is shown; "" for a person without any office."""
    hats = hats_of(person)
    return next((role for role in hats if TABLE[role].slug == slug), hats[0] if hats else "")


def built(builds: tuple[Build, ...], look: Look) -> list[Section]:
    return [one for build in builds if (one := build(look)) is not None]
