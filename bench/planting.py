"""Plants one fault of a kind into a clean text, and says where.

A kind is a function from a text to the places that offer it; a text that offers none yields none.
The same text, kind and seed give the same fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from bench import faults_dates, faults_figures, faults_writing
from bench.offers import Offer, Range, Text

Kind = Callable[[Text], Iterable[Offer]]

KINDS: dict[str, Kind] = {**faults_figures.KINDS, **faults_dates.KINDS, **faults_writing.KINDS}
_CITING = (
    "citation_swapped",
    "citation_missing_year",
    "citation_dash_slash",
    "two_dates",
    "series_order",
)
FAMILIES: dict[str, tuple[str, ...]] = {
    "arithmetic": tuple(faults_figures.KINDS),
    "dates": tuple(kind for kind in faults_dates.KINDS if kind not in _CITING),
    "citations": _CITING,
    "doubled words": ("doubled_word",),
}


@dataclass(frozen=True)
class Fault:
    """A fault and the text that holds it.

    Attributes:
        start, end, line, line_end: where it stands in ``text``; lines count from 1.
        beside: lines of the places it contradicts: a reader may as well mark one of them.
    """

    kind: str
    text: str
    start: int
    end: int
    line: int
    line_end: int
    was: str
    now: str
    beside: tuple[Range, ...]


def plant(text: Text, kind: str, seed: int) -> Fault | None:
    """One fault of a kind at a random place that offers it."""
    random = Random(f"{kind} {seed}")
    offers = sorted(KINDS[kind](text), key=lambda one: (one.start, one.end))
    if not offers:
        return None
    return _planted(text.raw, kind, random.choice(offers), random)


def plant_many(text: Text, kind: str, seed: int, most: int) -> list[Fault]:
    """Faults of a kind, each in its own copy and at its own place, ``most`` at most."""
    random = Random(f"{kind} {seed}")
    offers = sorted(KINDS[kind](text), key=lambda one: (one.start, one.end))
    chosen = random.sample(offers, min(most, len(offers)))
    return [_planted(text.raw, kind, one, random) for one in chosen]


def _planted(raw: str, kind: str, offer: Offer, random: Random) -> Fault:
    now = random.choice(offer.instead)
    was = raw[offer.start : offer.end]
    faulty = raw[: offer.start] + now + raw[offer.end :]
    shift = len(now) - len(was)
    start, end = offer.phrase or (offer.start, offer.end)
    end += shift

    def line(at: int) -> int:
        return faulty.count("\n", 0, at) + 1

    beside = tuple(
        (line(start + shift * (start >= offer.end)), line(stop + shift * (stop >= offer.end)))
        for start, stop in offer.beside
    )
    # A fault may be the absence of a sign: then it stands where the sign stood.
    return Fault(kind, faulty, start, end, line(start), line(max(start, end - 1)), was, now, beside)
