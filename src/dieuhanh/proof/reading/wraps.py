"""Lines rejoined into the paragraphs of which they are the parts.

Three kinds of text: one paragraph a line; paragraphs apart by blank lines, wrapped inside; and
wrapped lines in one stretch, as the text layer of a PDF gives them, where only the marks of items,
the ends of sentences and the room left on a line tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from dieuhanh.proof.reading.edges import Edges
from dieuhanh.proof.reading.lines import Line
from dieuhanh.proof.reading.openings import Opening, opening, opens_signature

#: From this share of lines on that are cut in a sentence, a text is wrapped.
_CUT_SHARE = 0.12
_GAP_SHARE = 0.08
_LOOSE_SHARE = 0.25
#: A line that could have held the next word, and this share of its column is then taken, was
#: ended on purpose: after a sentence, after ";" or ":", and in the midst of words.
_ROOM_SENTENCE, _ROOM_CLAUSE, _ROOM_WORDS = 0.95, 0.8, 0.75
#: The same for the first line of an item, which may be its title, and for the next three.
_ROOM_TITLE, _ROOM_LONG_TITLE = 0.9, 0.82
_TITLE_LINES = 4
#: A line shorter than this share of its column did not end for want of room.
_SHORT = 0.75
#: How far on the second of "(1) …, (2) …" is looked for.
_LOOK_AHEAD = 3_000
_LISTED = frozenset(["roman", "capital", "decimal", "number", "letter"])


class Setting(Enum):
    """How the lines of a text came to end."""

    PARAGRAPHS = "a paragraph each"
    SPACED = "wrapped, with blank lines between paragraphs"
    STRETCH = "wrapped in one stretch"


def paragraphs(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines, those of one paragraph together."""
    if not lines:
        return []
    edges = [Edges(text, line) for line in lines]
    reader = _Rejoining(text, edges)
    made = [[lines[0]]]
    reader.begun(edges[0])
    for before, here in zip(edges, edges[1:], strict=False):
        if reader.parts(before, here):
            made.append([here.line])
            reader.begun(here)
        else:
            made[-1].append(here.line)
            reader.went_on()
    return made


def _setting(edges: Sequence[Edges]) -> Setting:
    touching = [pair for pair in zip(edges, edges[1:], strict=False) if not pair[1].line.gap]
    cut = sum(
        here.goes_on and not (before.ends_sentence or before.ends_clause)
        for before, here in touching
    )
    if cut <= _CUT_SHARE * len(touching):
        return Setting.PARAGRAPHS
    gaps = sum(one.line.gap for one in edges)
    return Setting.SPACED if gaps > _GAP_SHARE * len(edges) else Setting.STRETCH


class _Rejoining:
    """Where a paragraph ends and the next one begins, line after line."""

    def __init__(self, text: str, edges: Sequence[Edges]) -> None:
        self._text = text
        self._setting = _setting(edges)
        self._loose = sum(one.line.loose for one in edges) < _LOOSE_SHARE * len(edges)
        self._last: dict[tuple[str, str], int] = {}
        self._signing = False
        self._mark: Opening | None = None  # of the paragraph that is being read
        self._lines = 0  # it has so far

    def begun(self, here: Edges) -> None:
        """A paragraph begins with this line."""
        self._lines = 1
        self._mark = mark = opening(here.begin)
        if mark and mark.ordinal:
            self._last[mark.style, mark.stem] = mark.ordinal
        if opens_signature(here.begin) or (mark and mark.style == "words"):
            self._signing = True
        elif here.line.gap or (mark and mark.style != "dash") or here.line.fill > 0.9:
            self._signing = False

    def went_on(self) -> None:
        """The next line was of the same paragraph."""
        self._lines += 1

    def parts(self, before: Edges, here: Edges) -> bool:
        """Whether a paragraph ends between two lines."""
        if here.line.alone or before.line.alone or _is_rule(here) or _is_rule(before):
            return True
        ended = before.ends_sentence or before.ends_clause
        mark = opening(here.begin)
        if here.line.gap:
            # A page's end may leave a blank line in a sentence: only then is it no end.
            cut = before.hangs or before.line.fill >= _SHORT
            continues = here.goes_on or here.begins_number
            return ended or mark is not None or not (continues and cut)
        if opens_signature(here.begin):
            return True
        if self._signing and here.line.fill < 0.9 and not here.goes_on:
            return True
        if mark:
            return self._item(before, here, mark)
        if self._setting is Setting.PARAGRAPHS:
            return ended or not here.goes_on
        if here.goes_on or before.hangs:
            return False
        if self._setting is Setting.SPACED and not here.line.opens_page:
            return before.caps and not here.caps and before.line.gap
        return self._by_room(before, here)

    def _by_room(self, before: Edges, here: Edges) -> bool:
        if before.caps or here.caps:
            if before.caps and (here.caps or here.begins_number):
                return False
            if before.caps:
                return not before.ends_clause
        taken = before.line.fill + (here.first_word + 1) * before.line.letter
        hanging = self._mark is not None and self._lines == 1
        if here.line.indent and not hanging and (before.ends_sentence or taken < 1):
            return True
        if before.line.loose and self._loose and here.begins_upper:
            return True
        if before.ends_sentence:
            announces = here.end.endswith(":") and here.line.fill < 0.85
            return announces or taken < (_ROOM_SENTENCE if here.begins_upper else _ROOM_WORDS)
        if before.ends_clause:
            return taken < _ROOM_CLAUSE
        return here.begins_upper and taken < self._room_of_words()

    def _room_of_words(self) -> float:
        if not self._may_be_title():
            return _ROOM_WORDS
        return _ROOM_TITLE if self._lines == 1 else _ROOM_LONG_TITLE

    def _may_be_title(self) -> bool:
        listed = self._mark is not None and self._mark.style in _LISTED
        return listed and self._lines <= _TITLE_LINES

    def _item(self, before: Edges, here: Edges, mark: Opening) -> bool:
        """Whether a mark at the beginning of a line is that of an item."""
        if self._setting is Setting.PARAGRAPHS:
            return True
        ended = before.ends_sentence or before.ends_clause or before.caps
        short = before.line.fill < _SHORT
        follows = bool(mark.ordinal) and self._follows(mark)
        match mark.style:
            case "dash":
                # "kinh tế / - xã hội", "Nhổn / - Ga Hà Nội"
                after = here.begin[mark.rest : mark.rest + 1]
                names = after.isupper() and (self._may_be_title() or here.line.indent)
                return ended or short or (names and not before.hangs)
            case "bracketed":
                return self._bracketed(before, mark, follows)
            case style if style in _LISTED:
                if before.asks_number and not follows:
                    return False
                return ended or short or (follows and not before.hangs)
            case "words":
                return ended or short
        rest = here.begin[mark.rest :].strip(" *_")
        return ended or short or not rest or rest[:1] in ".:" or here.caps

    def _bracketed(self, before: Edges, mark: Opening, follows: bool) -> bool:
        """ "(1)" opens a list of paragraphs, or a list within one, which its "(2)" shows."""
        if not (before.ends_sentence or before.ends_clause):
            return False
        if mark.ordinal > 1:
            return follows
        return not self._goes_on_inside(before.line.end)

    def _goes_on_inside(self, at: int) -> bool:
        second = self._text.find("(2)", at, at + _LOOK_AHEAD)
        if second < 0 or self._text.count("(1)", at, second) > 1:
            return False  # an item that holds a list of its own
        lead = self._text.rfind("\n", at, second)
        return bool(self._text[lead + 1 : second].strip())

    def _follows(self, mark: Opening) -> bool:
        return self._last.get((mark.style, mark.stem), 0) + 1 == mark.ordinal


def _is_rule(edges: Edges) -> bool:
    """ "-------" under a letterhead, or the "|" of a table's cells."""
    return not any(map(str.isalnum, edges.begin))
