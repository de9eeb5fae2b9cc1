"""Putting something into a Word body at characters of its paragraphs: comments, corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dieuhanh.proof.output.docx.body import Body, Paragraph, Piece
from dieuhanh.proof.refused import Refused


@dataclass(frozen=True)
class Spot:
    """Characters ``start`` to ``end`` of a paragraph (from 0), as the reader reads it."""

    paragraph: int
    start: int
    end: int


def with_marks(body: Body, marks: Sequence[tuple[Spot, bytes, bytes]]) -> bytes:
    """The part with bytes put in at the beginning and the end of each spot."""
    edits: list[tuple[int, int, bytes]] = []
    places: dict[int, dict[int, bytes]] = defaultdict(lambda: defaultdict(bytes))
    for spot, before, after in marks:
        there = places[spot.paragraph]
        if spot.start < spot.end:
            there[spot.start] += before
            there[spot.end] = after + there[spot.end]  # what ends here ends before the next begins
        else:
            there[spot.start] += before + after
    for number, of_one in places.items():
        edits += _inserted(body, body.paragraphs[number], of_one)
    return _edited(body.part, edits)


def _inserted(
    body: Body, paragraph: Paragraph, places: dict[int, bytes]
) -> list[tuple[int, int, bytes]]:
    edits: list[tuple[int, int, bytes]] = []
    left = dict(places)
    for run in paragraph.runs:
        inside = sorted(one for one in left if run.at <= one < run.at + run.length)
        if not inside or not run.length:
            continue
        if run.whole:
            said = b"".join(left.pop(one) for one in inside)
            edits.append((run.begin, run.begin, said))
            continue
        parts = list(body.cut(run, [one - run.at for one in inside]))
        made = body.written(run, parts[0])
        for one, part in zip(inside, parts[1:], strict=True):
            made += left.pop(one) + body.written(run, part)
        edits.append((run.begin, run.end, made))
    if left:  # at the end of the paragraph, or in one without words
        at = paragraph.runs[-1].end if paragraph.runs else paragraph.inside
        edits.append((at, at, b"".join(left[one] for one in sorted(left))))
    return edits


def with_words(body: Body, changes: Sequence[tuple[Spot, str]]) -> bytes:
    """The part with other words at these spots, which do not overlap; the look of the first
    character changed is that of the new words."""
    edits: list[tuple[int, int, bytes]] = []
    by_paragraph: dict[int, list[tuple[Spot, str]]] = defaultdict(list)
    for spot, words in changes:
        by_paragraph[spot.paragraph].append((spot, words))
    for number, of_one in by_paragraph.items():
        edits += _replaced(body, body.paragraphs[number], of_one)
    return _edited(body.part, edits)


def _replaced(
    body: Body, paragraph: Paragraph, changes: Sequence[tuple[Spot, str]]
) -> list[tuple[int, int, bytes]]:
    edits = []
    for run in paragraph.runs:
        end = run.at + run.length
        mine = [one for one in changes if one[0].start < end and one[0].end > run.at]
        if not mine or not run.length:
            continue
        if run.whole:
            raise Refused(
                "Chỗ này nằm cạnh một khung chữ trong tệp Word, xin sửa tay.",
                "This stands beside a text box of the Word file; please correct it by hand.",
            )
        cuts = sorted({
            place - run.at
            for spot, _words in mine
            for place in (spot.start, spot.end) if run.at < place < end
        })  # fmt: skip
        parts = list(body.cut(run, cuts))
        starts = [run.at, *(run.at + one for one in cuts)]
        made = b""
        for start, part in zip(starts, parts, strict=True):
            over = next((one for one in mine if one[0].start <= start < one[0].end), None)
            if over is None:
                made += body.written(run, part)
                continue
            kept = [one for one in part if isinstance(one, Piece) and not one.text]
            said: list[Piece | bytes] = [*kept]
            if over[0].start == start:
                said.insert(0, body.words(over[1]))
            made += body.written(run, said)
        edits.append((run.begin, run.end, made))
    return edits


def _edited(part: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    made, at = [], 0
    for begin, end, said in sorted(edits, key=lambda one: (one[0], one[1])):
        made += [part[at:begin], said]
        at = end
    return b"".join([*made, part[at:]])
