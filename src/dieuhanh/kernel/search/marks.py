"""Where a text says what was asked for: for marking it, and for cutting a long text to the place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dieuhanh.kernel.search.reading import Asked, Group
from dieuhanh.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
AROUND = 60  # characters kept on both sides of what a cut text is about


@dataclass(frozen=True)
class Marked:
    """A text in pieces, and whether it says everything that was asked for."""

    pieces: tuple[tuple[str, bool], ...]
    whole: bool

    @property
    def found(self) -> bool:
        return any(marked for _text, marked in self.pieces)


def _places(group: Group, folded: list[str]) -> list[tuple[int, int]]:
    """First and last word of each place where the group stands."""
    found = []
    for index, choice in enumerate(group.choices):
        length = len(choice)
        for at in range(len(folded) - length + 1):
            here = tuple(folded[at : at + length])
            beginning = index == 0 and group.open_ended and folded[at].startswith(choice[0])
            if here == choice or beginning:
                found.append((at, at + length - 1))
    return found


def mark(text: str, asked: Asked) -> Marked:
    """Mark in ``text`` what ``asked`` says, tone marks and abbreviations aside."""
    tokens = list(_WORD.finditer(text))
    folded = [fold(token.group()) for token in tokens]
    on = [False] * len(tokens)
    whole = bool(asked)
    for group in asked.groups:
        places = _places(group, folded)
        whole &= bool(places)
        for first, last in places:
            on[first : last + 1] = [True] * (last + 1 - first)
    pieces: list[tuple[str, bool]] = []
    end = 0
    for index, token in enumerate(tokens):
        if not on[index]:
            continue
        start = token.start()
        if index and on[index - 1] and pieces:  # what stands between two marked words is marked too
            before = pieces.pop()[0]
            pieces.append((before + text[end : token.end()], True))
        else:
            if start > end:
                pieces.append((text[end:start], False))
            pieces.append((token.group(), True))
        end = token.end()
    if end < len(text):
        pieces.append((text[end:], False))
    return Marked(tuple(pieces), whole)


def snippet(marked: Marked) -> tuple[tuple[str, bool], ...]:
    """The pieces around the first mark; what is left out reads “…”."""
    first = next((at for at, (_text, on) in enumerate(marked.pieces) if on), None)
    if first is None:
        return marked.pieces
    pieces = list(marked.pieces)
    if first and len(pieces[0][0]) > AROUND:
        kept = pieces[0][0][-AROUND:]
        pieces[0] = ("… " + kept.partition(" ")[2], False)
    if len(pieces[-1][0]) > AROUND and not pieces[-1][1]:
        kept = pieces[-1][0][:AROUND]
        pieces[-1] = (kept.rpartition(" ")[0] + " …", False)
    return tuple(pieces)
