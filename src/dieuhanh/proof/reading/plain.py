"""Plain text and Markdown: the text stays exactly as it is in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dieuhanh.proof.reading.assembly import assembled, in_order
from dieuhanh.proof.reading.decoding import broken_signs
from dieuhanh.proof.reading.lines import Line, lines_of
from dieuhanh.proof.reading.source import Block, Kind, Source
from dieuhanh.proof.reading.tables import is_table_rule, tables

#: "## Title ##"; a report's own "#" is rare enough for plain text to be read so too.
_TITLE = re.compile(r"(#{1,6})[ \t]+(?=\S)")
#: A line that was ended for want of room takes this share of its column at least.
_FULL = 0.8
_BULLET = re.compile(r"[-*+>][ \t]+(?=\S)")
_LONE_NUMBER = re.compile(r"(?:Trang\s)?[-–]?\s?\d{1,4}(?:/\d{1,4})?\s?[-–]?")


def plain_source(text: str, name: str, *, markdown: bool = False) -> Source:
    """A text as it is typed, with the marks of Markdown where they occur."""
    lines = lines_of(text)
    furniture = _page_numbers(text, lines)
    shaped: dict[int, tuple[Block, ...]] = tables(text, lines)
    body: list[Line] = []
    for line in lines:
        if line.start in furniture:
            shaped[line.start] = (Block(Kind.FURNITURE, ((line.start, line.end),)),)
            continue
        if line.start not in shaped and (title := _title(text, line)):
            shaped[line.start] = (title,)
        body.append(replace(line, alone=True) if line.start in shaped else line)
    blocks, marks = assembled(text, body)
    in_cells = _lone_cells(text, lines)
    made: list[Block] = []
    for block in blocks:
        start = block.pieces[0][0]
        if start in shaped:
            continue
        if start in in_cells and block.kind is not Kind.FURNITURE:
            block = replace(block, kind=Kind.CELL, level=0)
        made.append(_without_bullet(text, block) if markdown else block)
    for ready in shaped.values():
        made.extend(ready)
    unread = tuple(broken_signs(text))
    return Source(name, text, tuple(in_order(made)), tuple(marks), unread)


def looks_markdown(text: str) -> bool:
    """Whether a text of unknown kind has headings or tables of Markdown."""
    sample = text[:20_000].split("\n")
    return any(_TITLE.match(line) or (is_table_rule(line) and "|" in line) for line in sample)


def _title(text: str, line: Line) -> Block | None:
    found = _TITLE.match(text, line.start, line.end)
    if found is None:
        return None
    end = line.end
    while end > found.end() and text[end - 1] in "# ":
        end -= 1
    return Block(Kind.HEADING, ((found.end(), end or line.end),), level=len(found[1]))


def _page_numbers(text: str, lines: Sequence[Line]) -> set[int]:
    """Numbers alone on a line that cut a sentence in two, or stand at a page's beginning or end."""
    found = set()
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if not _LONE_NUMBER.fullmatch(text, line.start, line.end):
            continue
        turns = line.page is not None and (line.opens_page or after.opens_page)
        full = before.fill > _FULL  # else it is a cell of a table, one a line
        cuts = full and text[before.end - 1].isalpha() and text[after.start].islower()
        if turns or cuts:
            found.add(line.start)
    return found


def _lone_cells(text: str, lines: Sequence[Line]) -> set[int]:
    """Lines between lines that hold nothing but "|": a table as the sites of law copy it out.

    Which row and column they belong to is lost with its empty cells.
    """
    found = set()
    inside = after_bar = False
    for line in lines:
        bar = text[line.start : line.end] == "|"
        if bar:
            inside = True
        elif inside and after_bar and line.gap:
            inside = False
        elif inside:
            found.add(line.start)
        after_bar = bar
    return found


def _without_bullet(text: str, block: Block) -> Block:
    start, end = block.pieces[0]
    found = _BULLET.match(text, start, end)
    if found is None:
        return block
    return replace(block, pieces=((found.end(), end), *block.pieces[1:]))
