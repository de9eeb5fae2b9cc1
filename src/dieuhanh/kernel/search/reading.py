"""Reading what somebody typed into the search: words, abbreviations, a number, a symbol (X-04).

Nothing is refused: what cannot be read as a number or symbol is words. Abbreviations of bodies and
instruments stand in data/reference/abbreviations.csv and in the lists of `text.symbols`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings

from dieuhanh.text.fold import fold, words
from dieuhanh.text.symbols import COPY_TYPES, NAMED_TYPES, NORMATIVE_TYPES, PARTY_TYPES

ABBREVIATIONS = settings.DATA_DIR / "reference" / "abbreviations.csv"
#: More words than these are not looked at: no entry needs them, and each costs.
MOST_WORDS = 24
LONGEST_WORD = 60
#: From so many letters on, the last word may be the beginning of one.
BEGINNING = 3
MOST_IN_SYMBOL = 8
LARGEST_NUMBER = 2**31 - 1
Phrase = tuple[str, ...]

_NUMBER = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:/(?P<year>[12][0-9]{3}))?")
_STARTS_WITH_NUMBER = re.compile(r"[0-9]+[a-z]?")


@cache
def _meanings() -> dict[Phrase, tuple[Phrase, ...]]:
    """Folded short form → folded full forms, and each full form of two words on → its short ones."""
    found: dict[Phrase, list[Phrase]] = defaultdict(list)
    with ABBREVIATIONS.open(encoding="utf-8", newline="") as handle:
        pairs = [(row["short"], row["full"]) for row in csv.DictReader(handle)]
    for types in (NAMED_TYPES, NORMATIVE_TYPES, PARTY_TYPES, COPY_TYPES):
        pairs += types.items()
    for short, full in dict.fromkeys(pairs):
        one, other = tuple(words(short)), tuple(words(full))
        if len(other) < 2:
            continue
        for key, meant in ((one, other), (other, one)):
            if meant not in found[key]:
                found[key].append(meant)
    return {key: tuple(meant) for key, meant in found.items()}


@dataclass(frozen=True)
class Group:
    """What must be found at one place: one of ``choices``, each some words in a row.

    ``open_ended``: the first of them may be the beginning of a longer word.
    """

    choices: tuple[Phrase, ...]
    open_ended: bool = False

    @property
    def typed(self) -> str:
        return " ".join(self.choices[0])

    @property
    def tsquery(self) -> str:
        parts = [" <-> ".join(f"'{word}'" for word in choice) for choice in self.choices]
        if self.open_ended:
            parts[0] += ":*"
        return parts[0] if len(parts) == 1 else "(" + " | ".join(f"({one})" for one in parts) + ")"


@dataclass(frozen=True)
class Asked:
    """What was asked for, taken apart. ``cut``: there were more words than are looked at."""

    text: str
    tokens: Phrase
    groups: tuple[Group, ...]
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.tokens)

    @cached_property
    def every_word(self) -> str:
        """For `to_tsquery`: all of the words, anywhere."""
        return " & ".join(group.tsquery for group in self.groups)

    @cached_property
    def in_a_row(self) -> str:
        """For `to_tsquery`: all of the words, one after the other."""
        return " <-> ".join(group.tsquery for group in self.groups)

    @cached_property
    def symbol(self) -> Phrase:
        """The words of a number and symbol (24-CT/TU, “313 kh ubnd”); empty where it is none."""
        tokens = self.tokens[1:] if self.tokens[:1] == ("so",) else self.tokens
        if not 2 <= len(tokens) <= MOST_IN_SYMBOL or not _STARTS_WITH_NUMBER.fullmatch(tokens[0]):
            return ()
        return tokens if any(token.isalpha() for token in tokens[1:]) else ()

    @cached_property
    def number(self) -> tuple[str, int, int | None] | None:
        """A number of a book: the folded words before it, the number, and the year if given.

        “văn bản đến số 22.014” is ("van ban den", 22014, None). None where the text does not end
        in a number.
        """
        before, _space, last = fold(self.text).strip().rpartition(" ")
        found = _NUMBER.fullmatch(last)
        if not found:
            return None
        number = int(found["number"].replace(".", ""))
        if number > LARGEST_NUMBER:
            return None
        told = [word for word in words(before) if word != "so"]
        full = [word for one in told for word in _first_meaning(one)]
        return " ".join(full), number, int(found["year"]) if found["year"] else None

    def said_by(self, folded: Phrase) -> bool:
        """Whether a text of these folded words says everything that was asked for."""
        text = f" {' '.join(folded)} "
        for group in self.groups:
            ends = [" "] * len(group.choices)
            if group.open_ended:
                ends[0] = ""
            pairs = zip(group.choices, ends, strict=True)
            if not any(f" {' '.join(choice)}{end}" in text for choice, end in pairs):
                return False
        return bool(self.groups)


def _first_meaning(word: str) -> Phrase:
    return _meanings()[word,][0] if word == "vb" else (word,)


def read(text: str) -> Asked:
    """Take a query apart. Never raises; a query of punctuation has no words at all."""
    all_tokens = [token[:LONGEST_WORD] for token in words(text)]
    tokens = tuple(all_tokens[:MOST_WORDS])
    meanings, longest = _meanings(), max(map(len, _meanings()))
    groups: list[Group] = []
    at = 0
    while at < len(tokens):
        for length in range(min(longest, len(tokens) - at), 0, -1):
            typed = tokens[at : at + length]
            if typed in meanings or length == 1:
                last = at + length == len(tokens) and length == 1
                open_ended = last and len(typed[0]) >= BEGINNING and not typed[0].isdigit()
                groups.append(Group((typed, *meanings.get(typed, ())), open_ended))
                at += length
                break
    return Asked(text, tokens, tuple(groups), cut=len(all_tokens) > MOST_WORDS)
