"""A line on a page, with what can be seen of how it was set."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

#: Lines on either side that tell how wide the text around a line was set.
_AROUND = 20
#: Lines this long at least say something of the width.
_TELLING = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        start, end: what it says, in the text, without the space around it.
        fill: how much of its column it takes: 1 to the margin.
        letter: how much of its column one letter takes.
        gap: a blank line, or as much room, stands before it.
        indent: it begins to the right of the line before it.
        loose: the spaces after it are more than one, as a word processor leaves them at the end
            of a paragraph.
        alone: a paragraph of its own whatever stands around it: a row of a table.
        page: from 1, where there are pages.
        opens_page: the first line of one.
        small: smaller type than the text's.
    """

    start: int
    end: int
    fill: float = 0.0
    letter: float = 0.01
    gap: bool = False
    indent: bool = False
    loose: bool = False
    alone: bool = False
    page: int | None = None
    opens_page: bool = False
    small: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of a text in which nothing but characters tells how it was set."""
    rough: list[Line] = []
    paged = "\f" in text
    at, page, gap, turned = 0, 1, False, False
    last_lead = 0
    for whole in text.split("\n"):
        page += whole.count("\f")
        turned = turned or "\f" in whole
        said = whole.strip()
        if said:
            lead = len(whole) - len(whole.lstrip())
            start = at + lead
            trail = len(whole) - lead - len(said)
            rough.append(
                Line(
                    start,
                    start + len(said),
                    gap=gap,
                    indent=lead > last_lead + 1 and not whole.startswith("\f"),
                    loose=trail > 1,
                    alone="\t" in said or said.count("   ") > 1,
                    page=page if paged else None,
                    # One space before a line is what remains of a page's end.
                    opens_page=turned or (lead == 1 and whole[0] == " "),
                )
            )
            gap = turned = False
            last_lead = lead
        else:
            gap = True
        at += len(whole) + 1
    return _measured(rough)


def _measured(lines: list[Line]) -> list[Line]:
    """The lines with their fill: against the longer ones of their neighbours."""
    lengths = [line.end - line.start for line in lines]
    measured = []
    width = 0
    for index, line in enumerate(lines):
        if index % _AROUND == 0:
            near = sorted(lengths[max(0, index - _AROUND) : index + 2 * _AROUND])
            telling = near[bisect_left(near, _TELLING) :] or near
            width = telling[int(0.9 * (len(telling) - 1))]
        measured.append(replace(line, fill=lengths[index] / width, letter=1 / width))
    return measured
