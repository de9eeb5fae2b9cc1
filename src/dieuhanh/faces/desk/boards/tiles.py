"""The map of tiles: where each district stands, the outline of the city, and five steps.

Boundaries of districts are not at hand, so each is one tile of the same size, placed roughly as
the districts lie. Pure but for two files of reference data.
"""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians

from django.conf import settings

REFERENCE = settings.DATA_DIR / "reference"
PLACES = REFERENCE / "tiles-hanoi.csv"
OUTLINE = REFERENCE / "outline-hanoi.geojson"
#: Of one tile, and between two, in units of the picture (CSS pixels when it is shown whole).
WIDTH, HEIGHT, GAP = 92, 60, 4
STEPS = 5


@dataclass(frozen=True)
class Tile:
    """Where the tile of one unit stands, counted from the upper left (the north-west)."""

    code: str
    column: int
    row: int

    @property
    def x(self) -> int:
        return self.column * (WIDTH + GAP)

    @property
    def y(self) -> int:
        return self.row * (HEIGHT + GAP)


@lru_cache(maxsize=1)
def tiles() -> dict[str, Tile]:
    """Code of the unit → its tile."""
    with PLACES.open(encoding="utf-8", newline="") as lines:
        return {
            one["code"]: Tile(one["code"], int(one["column"]), int(one["row"]))
            for one in csv.DictReader(lines)
        }


def frame() -> tuple[int, int]:
    """Width and height of the whole map."""
    known = tiles().values()
    return max(one.x for one in known) + WIDTH, max(one.y for one in known) + HEIGHT


@lru_cache(maxsize=4)
def outline(width: int, height: int) -> str:
    """The boundary of the city as an SVG path that fits into ``width`` × ``height``, north up."""
    shape = json.loads(OUTLINE.read_text(encoding="utf-8"))
    rings = [ring for polygon in shape["geometry"]["coordinates"] for ring in polygon]
    points = [point for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    narrower = cos(radians((south + north) / 2))
    scale = min(width / ((east - west) * narrower), height / (north - south))

    def place(point: Sequence[float]) -> str:
        x, y = point
        return f"{(x - west) * narrower * scale:.1f} {(north - y) * scale:.1f}"

    return "".join("M" + "L".join(map(place, ring)) + "Z" for ring in rings)


# Steps ------------------------------------------------------------------------------------------


def limits_of(values: Sequence[int]) -> list[int]:
    """The highest value of each step, from low to high.

    Values above 0 are put in order and cut into five parts with as many units in each, as near as
    it goes (quintiles): one unit far above the others does not make all others look the same. Equal
    values stay in one step, so there may be fewer than five. 0 is no step: it stands apart.
    """
    known = sorted(value for value in values if value > 0)
    if not known:
        return []
    cuts = {known[ceil(len(known) * part / STEPS) - 1] for part in range(1, STEPS + 1)}
    return sorted(cuts)


def step_of(value: int, limits: Sequence[int]) -> int:
    """1 … 5 for a value above 0, the highest step always 5; 0 for 0."""
    if value <= 0:
        return 0
    return STEPS - len(limits) + bisect_left(limits, value) + 1


@dataclass(frozen=True)
class Step:
    """One line of the legend: from the lowest to the highest value that stands in it."""

    number: int
    lowest: int
    highest: int
    units: int


def legend(values: Sequence[int], limits: Sequence[int]) -> list[Step]:
    """The steps that are in use, from high to low, with the values that really stand in them."""
    by_step: dict[int, list[int]] = {}
    for value in values:
        by_step.setdefault(step_of(value, limits), []).append(value)
    return [
        Step(number, min(found), max(found), len(found))
        for number, found in sorted(by_step.items(), reverse=True)
    ]
