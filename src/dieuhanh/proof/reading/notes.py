"""Footnotes at the foot of a page: often in the midst of a sentence that goes on overleaf.

A number is the mark of a note only when its note is there, and a line is a note only when its mark
is: neither "năm 2024" nor "13 lĩnh vực" can be taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dieuhanh.proof.reading.edges import Edges
from dieuhanh.proof.reading.lines import Line
from dieuhanh.proof.reading.openings import opening
from dieuhanh.proof.reading.source import Range
from dieuhanh.text.fold import nfc

_OPENS = re.compile(
    r"(?:\[(?=\d{1,3}\]))?(\d{1,3})\]?\s{0,2}(?=[^\W\d_]|[“\"(])(?!\s?(?:tháng|ngày|năm|quý)\b)"
)
_FIRST = frozenset("0123456789[")
#: How far before its note, and how long, the mark and the note may be.
_BACK_LINES, _MOST_LINES = 80, 40
#: "km2", "CO2" are words of their own.
_UNITS = frozenset(["m", "km", "cm", "dm", "mm", "dam", "hm", "CO", "PM", "SO", "NO", "H", "O"])
#: Besides letters; with the marks that may stand apart from theirs.
_TAKES_MARK = frozenset("%”)…" + "".join(map(chr, range(0x300, 0x370))))
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,12}\Z")


@dataclass(frozen=True)
class Note:
    """A footnote.

    Attributes:
        lines: of the note, by their place among all lines.
        mark: its number.
        anchor: where the text refers to it.
    """

    lines: range
    mark: str
    anchor: Range


def notes_of(text: str, lines: Sequence[Line], raised: Sequence[Range] = ()) -> list[Note]:
    """The footnotes among the lines.

    Args:
        raised: digits set smaller and higher than what stands before them, where that is known.
    """
    by_mark: dict[str, list[Range]] = {}
    for start, end in raised:
        by_mark.setdefault(text[start:end], []).append((start, end))
    sized = any(line.small for line in lines)  # then notes are set in small type
    found: list[Note] = []
    after = 0  # no line before this one belongs to the next note
    for index, line in enumerate(lines):
        if index < after or line.alone or (sized and not line.small):
            continue
        if text[line.start] not in _FIRST:
            continue
        opened = _opens(text, line)
        if opened is None:
            continue
        mark = opened[1]
        since = _since(lines, index)
        anchor = _anchor(text, since, line.start, mark, by_mark.get(mark, ()))
        if anchor is None or (found and anchor <= found[-1].anchor):
            continue
        stop = _end(text, lines, index)
        if stop is not None:
            found.append(Note(range(index, stop), mark, anchor))
            after = stop
    return found


def _opens(text: str, line: Line) -> re.Match[str] | None:
    return _OPENS.match(nfc(text[line.start : min(line.end, line.start + 30)]))


def _since(lines: Sequence[Line], note: int) -> int:
    """How far back the text may refer to a note: on its page, where that is known."""
    first = note
    while first > max(0, note - _BACK_LINES) and lines[first - 1].page == lines[note].page:
        first -= 1
    return lines[first].start


def _anchor(text: str, since: int, before: int, mark: str, raised: Sequence[Range]) -> Range | None:
    """The last place in ``text[since:before]`` that refers to a note."""
    for start, end in reversed(raised):
        if since <= start and end < before and not _is_unit(text, since, start):
            return start, end
    at = before
    while (at := text.rfind(mark, since, at)) > since:
        end = at + len(mark)
        if text[at - 1] in "[(" and text[end : end + 1] in ("]", ")"):
            if text[at - 1] == "[" and not text[at - 2].isspace():
                return at - 1, end + 1
            continue
        if text[end : end + 1].isalnum() or not (
            text[at - 1] in _TAKES_MARK or text[at - 1].isalpha()
        ):
            continue
        if not _is_unit(text, since, at):
            return at, end
    return None


def _is_unit(text: str, since: int, at: int) -> bool:
    """The number belongs to the word before it: "km2", "CO2", "H5N1"."""
    word = _WORD_BEFORE.search(text, max(since, at - 13), at)
    return word is not None and (word[0] in _UNITS or word[0].isupper())


def _end(text: str, lines: Sequence[Line], first: int) -> int | None:
    """Where the note that begins with a line ends; None when it is no note after all."""
    before = Edges(text, lines[first - 1]) if first else None
    cut = before is not None and not (before.ends_sentence or before.ends_clause)
    page, small = lines[first].page, lines[first].small
    for index in range(first + 1, min(len(lines), first + _MOST_LINES)):
        line = lines[index]
        if line.opens_page or line.page != page or line.alone:
            return index
        if small:
            if not line.small or _opens(text, line):
                return index
            continue
        here, last = Edges(text, line), Edges(text, lines[index - 1])
        if last.ends_sentence or line.gap:
            if cut and here.goes_on:
                return index
            if _opens(text, line) or (line.gap and not cut):
                return index
            if not cut and (opening(here.begin) or lines[index - 1].fill < 0.8):
                return index
    ends = first + _MOST_LINES >= len(lines)
    return len(lines) if ends and (not cut or small or page is not None) else None
