"""The Word file of ``--docx``: the original with comments, or a converted copy that says so."""

from __future__ import annotations

from dieuhanh.proof.output.docx.body import Body
from dieuhanh.proof.output.docx.comments import with_comments
from dieuhanh.proof.output.docx.converted import converted
from dieuhanh.proof.output.docx.package import Package
from dieuhanh.proof.output.docx.places import Copy, Original
from dieuhanh.proof.output.outcome import Outcome
from dieuhanh.proof.output.words import Language
from dieuhanh.proof.reading.source import Source

WORD_BEGINS = b"PK\x03\x04"


def commented(source: Source, data: bytes, outcome: Outcome, language: Language = "vi") -> bytes:
    """A Word file with what was found in a text.

    Args:
        data: the bytes of the file that was read; of anything but a Word file a copy is made.

    Raises:
        Refused: the structure of the file does not allow it.
    """
    found = outcome.of(source.name)
    places: Original | Copy
    if data.startswith(WORD_BEGINS):
        places = Original(source, len(Body(Package(data).body).paragraphs))
    else:
        data, numbers = converted(source, language)
        places = Copy(source, numbers)
    return with_comments(data, [(places.spot(one.place), one) for one in found], language)
