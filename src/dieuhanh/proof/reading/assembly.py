"""From lines on a page to the blocks of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dieuhanh.proof.reading.headings import heading_level
from dieuhanh.proof.reading.lines import Line
from dieuhanh.proof.reading.notes import Note, notes_of
from dieuhanh.proof.reading.openings import opening, opens_signature
from dieuhanh.proof.reading.source import Block, Kind, Range
from dieuhanh.proof.reading.wraps import paragraphs
from dieuhanh.text.fold import nfc

#: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", the name.
_SIGNATURE_LINES = 4


def assembled(
    text: str, lines: Sequence[Line], raised: Sequence[Range] = ()
) -> tuple[list[Block], list[Range]]:
    """The blocks that lines make, and where the text refers to its notes."""
    notes = notes_of(text, lines, raised)
    of_notes = {index for note in notes for index in note.lines}
    body = [line for index, line in enumerate(lines) if index not in of_notes]
    blocks = [_note(text, lines, note) for note in notes]
    blocks.extend(_of_body(text, paragraphs(text, body)))
    return in_order(blocks), sorted(note.anchor for note in notes)


def in_order(blocks: Iterable[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: block.pieces[0])


def _of_body(text: str, groups: Iterable[Sequence[Line]]) -> Iterable[Block]:
    signing = 0  # lines yet that say who signs: in capitals, but no headings
    for group in groups:
        said = nfc(" ".join(text[line.start : line.end] for line in group))
        if not any(map(str.isalnum, said)):
            yield _block(Kind.FURNITURE if len(set(said)) < 3 else Kind.PARAGRAPH, group)
            continue
        level = heading_level(said)
        signing = _SIGNATURE_LINES if opens_signature(said) else max(0, signing - 1)
        if level and (opening(said) or not signing):
            yield _block(Kind.HEADING, group, level)
        else:
            yield _block(Kind.PARAGRAPH, group)


def _note(text: str, lines: Sequence[Line], note: Note) -> Block:
    block = _block(Kind.NOTE, [lines[index] for index in note.lines], mark=note.mark)
    start, end = block.pieces[0]
    after = start + len(note.mark)
    if text[after : after + 1].isalpha():  # a raised mark stands close to the first word
        block = replace(block, pieces=((start, after), (after, end), *block.pieces[1:]))
    return block


def _block(kind: Kind, lines: Sequence[Line], level: int = 0, mark: str = "") -> Block:
    return Block(
        kind,
        tuple((line.start, line.end) for line in lines),
        level=level,
        mark=mark,
        page=lines[0].page,
    )
