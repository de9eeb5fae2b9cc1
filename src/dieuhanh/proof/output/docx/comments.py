"""Word comments at the places of findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from dieuhanh.proof.findings import Finding
from dieuhanh.proof.output.docx.body import Body
from dieuhanh.proof.output.docx.editing import Spot, with_marks
from dieuhanh.proof.output.docx.package import Package
from dieuhanh.proof.output.words import SEVERITIES, Language, message

_ID = re.compile(rb'<[A-Za-z0-9]*:?comment\s[^>]*?[A-Za-z0-9]*:?id="(\d+)"')
_ROOT_END = re.compile(rb"</[A-Za-z0-9:]*comments>\s*\Z")
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def with_comments(data: bytes, spots: Sequence[tuple[Spot, Finding]], language: Language) -> bytes:
    """A Word file with a comment for each finding; those that are there stay.

    Raises:
        Refused: its structure does not allow it.
    """
    package = Package(data)
    body = Body(package.body)
    name, parts = package.comments(), dict[str, bytes]()
    if name:
        known = package.part(name)
    else:
        name, parts = package.new_comments()
        known = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:comments xmlns:w="{_NAMESPACE}"></w:comments>'
        ).encode()
    first = max((int(one) for one in _ID.findall(known)), default=-1) + 1
    prefix = f"{body.prefix}:" if body.prefix else ""
    marks, said = [], []
    for number, (spot, finding) in enumerate(spots, first):
        marks.append((
            spot,
            f'<{prefix}commentRangeStart {prefix}id="{number}"/>'.encode(),
            f'<{prefix}commentRangeEnd {prefix}id="{number}"/><{prefix}r>'
            f'<{prefix}commentReference {prefix}id="{number}"/></{prefix}r>'.encode(),
        ))  # fmt: skip
        said.append(_comment(number, finding, language))
    ends = _ROOT_END.search(known)
    at = ends.start() if ends else len(known)
    parts[name] = known[:at] + "".join(said).encode() + known[at:]
    parts[package.main] = with_marks(body, marks)
    return package.with_parts(parts)


def _comment(number: int, finding: Finding, language: Language) -> str:
    """Its own namespace is declared, whatever the part calls it."""
    suggested = "Đề nghị" if language == "vi" else "Suggestion"
    kind = SEVERITIES[language][finding.severity]
    lines = [f"{kind.capitalize()}: {message(finding, language)}"]
    lines += [finding.arithmetic] if finding.arithmetic else []
    lines += [f"{suggested}: {finding.suggestion}"] if finding.suggestion else []
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_CONTROLS.sub(" ", one))}</w:t></w:r></w:p>'
        for one in lines
    )
    author = "Soát số liệu" if language == "vi" else "Proofreading"
    return (
        f'<w:comment xmlns:w="{_NAMESPACE}" w:id="{number}" w:author="{author}" w:initials="SSL">'
        f"{paragraphs}</w:comment>"
    )
