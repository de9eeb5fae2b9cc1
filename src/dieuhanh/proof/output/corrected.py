"""Copies with corrections that were accepted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dieuhanh.proof.findings import Finding
from dieuhanh.proof.output.docx.body import Body
from dieuhanh.proof.output.docx.editing import with_words
from dieuhanh.proof.output.docx.package import Package
from dieuhanh.proof.output.docx.places import Original
from dieuhanh.proof.reading.source import Source
from dieuhanh.proof.refused import Refused


def replaces(finding: Finding) -> bool:
    """Whether its suggestion can be put in place of the marked words."""
    return bool(finding.suggestion)


def corrected(source: Source, accepted: Sequence[Finding]) -> str:
    """The text as read, with the suggestions in place of the marked words.

    Raises:
        Refused: two of them stand at the same words.
    """
    text = source.text
    for one in reversed(_in_order(accepted)):
        text = text[: one.place.start] + one.suggestion + text[one.place.end :]
    return text


def corrected_docx(data: bytes, source: Source, accepted: Sequence[Finding]) -> bytes:
    """The Word file that was read, with the suggestions in place of the marked words.

    Raises:
        Refused: two of them stand at the same words, or one stands in a note, header or footer.
    """
    package = Package(data)
    body = Body(package.body)
    places = Original(source, len(body.paragraphs))
    ordered = _in_order(accepted)
    for one in ordered:
        if not places.in_body(one.place):
            raise Refused(
                f"“{one.place.quote}” nằm ở chú thích hoặc đầu trang, cuối trang; xin sửa tay.",
                f"“{one.place.quote}” stands in a note, header or footer; please correct it by hand.",
            )
    changes = [(places.spot(one.place), one.suggestion) for one in ordered]
    return package.with_parts({package.main: with_words(body, changes)})


def _in_order(accepted: Sequence[Finding]) -> list[Finding]:
    """From the first to the last, the same correction of the same words once."""
    alike = {(one.place.start, one.place.end, one.suggestion): one for one in accepted}
    ordered = [alike[key] for key in sorted(alike)]
    for one, other in pairwise(ordered):
        if other.place.start < one.place.end:
            raise Refused(
                f"Hai chỗ sửa chồng lên nhau: “{one.place.quote}” và “{other.place.quote}”;"
                " xin chỉ nhận một.",
                f"Two corrections overlap: “{one.place.quote}” and “{other.place.quote}”;"
                " please accept one of them.",
            )
    return ordered
