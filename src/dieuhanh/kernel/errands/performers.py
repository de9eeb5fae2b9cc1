"""Who performs which kind of errand: the faces hand their functions over when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dieuhanh.kernel.errands.models import Errand
from dieuhanh.kernel.identity.models import Person


@dataclass(frozen=True)
class Outcome:
    """What came of an errand: a sentence, a file that it made, or what is wrong line by line.

    Attributes:
        faults: (line, column, what is wrong) of a file that was not taken over.
    """

    said: str
    made: Path | None = None
    name: str = ""
    faults: list[tuple[int, str, str]] = field(default_factory=list)


#: Called with how much is done and, where it is known, of how much.
Progress = Callable[[int, int | None], None]
#: Raises Refusal where it cannot be done.
Performer = Callable[[Errand, Person, Progress], Outcome]

_performers: dict[str, Performer] = {}


def add(kind: str, performer: Performer) -> None:
    if kind in _performers:
        raise ValueError(f"errands of kind {kind} are performed twice")
    _performers[kind] = performer


def of(kind: str) -> Performer:
    """Raises KeyError for an unknown kind."""
    return _performers[kind]
