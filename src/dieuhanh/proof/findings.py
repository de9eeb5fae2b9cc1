"""What a careful reader would ask about, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dieuhanh.proof.model import Span
from dieuhanh.proof.reading.source import Block, Source


class Severity(StrEnum):
    """How sure a finding is; the first is the gravest."""

    ERROR = "error"
    ROUNDING = "rounding"
    SUSPICIOUS = "suspicious"
    STYLE = "style"


@dataclass(frozen=True)
class Place:
    """A stretch of the text as read; lines, pages and paragraphs count from 1."""

    file: str
    line: int
    line_end: int
    start: int
    end: int
    quote: str
    page: int | None = None
    paragraph: int | None = None


def place_of(source: Source, span: Span) -> Place:
    start, end = span.place
    block: Block = span.passage.block
    return Place(
        source.name,
        source.line(start),
        source.line(max(start, end - 1)),
        start,
        end,
        span.words,
        block.page,
        block.paragraph,
    )


@dataclass(frozen=True)
class Remark:
    """What a check found, in terms of the report it looked at.

    Attributes:
        severity: where it differs from that of the check.
        arithmetic: the reckoning, with numbers as printed: "843 + 490 = 1.333".
        suggestion: what might stand there instead; "" where only the writer can know.
        related: the other places it rests on.
    """

    span: Span
    vi: str
    en: str
    arithmetic: str = ""
    suggestion: str = ""
    related: tuple[Span, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True)
class Finding:
    """A remark with its check and its place in a file; what every face shows."""

    check: str
    severity: Severity
    place: Place
    message_vi: str
    message_en: str
    arithmetic: str = ""
    suggestion: str = ""
    related: tuple[Place, ...] = ()
