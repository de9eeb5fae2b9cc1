"""Reading the text of a report: Markdown-like files in which figures stand by reference.

``[[id]]`` or ``[[id|form]]`` is a figure, ``{period}`` a placeholder, ``{{table: name}}`` and
``{{chart: name}}`` an exhibit. Every mistake is told with its file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

REFERENCE = re.compile(r"\[\[([A-Za-z0-9_.]+)(?:\|([a-z]+))?\]\]")
BOLD = re.compile(r"\*\*(.+?)\*\*")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
EXHIBIT = re.compile(r"\{\{(table|chart):\s*([a-z_]+)\}\}$")
HEADING = re.compile(r"(#{1,4})\s+(.+)$")


class SectionError(ValueError):
    """A mistake in the text of a report; the message says file and line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.section, self.line, self.reason = path.stem, line, reason
        base = Path(settings.BASE_DIR)
        shown = path.relative_to(base) if path.is_relative_to(base) else path
        super().__init__(f"{shown}, dòng {line}: {reason}.")


@dataclass(frozen=True)
class Piece:
    """Plain text, bold text, or a reference to a figure with the line it stands on."""

    text: str = ""
    strong: bool = False
    figure: str = ""
    form: str = ""
    line: int = 0


@dataclass(frozen=True)
class Part:
    """A block as written: ``heading1``…``heading4``, ``paragraph``, ``bullet``, ``table``, ``chart``."""

    kind: str
    path: Path
    line: int
    pieces: tuple[Piece, ...] = ()
    name: str = ""


def read_texts(folder: Path) -> dict[str, str]:
    """Section → its text as it stands in the template, in the order of the files' names."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def section_title(text: str) -> str:
    """The first heading of a section's text; empty where it has none."""
    headings = (HEADING.match(line.strip()) for line in text.split("\n"))
    return next((match[2] for match in headings if match), "")


def referenced(text: str) -> list[str]:
    """Ids of the figures that a text refers to, in order, each once."""
    return list(dict.fromkeys(match[1] for match in REFERENCE.finditer(text)))


def read_sections(
    folder: Path, words: Mapping[str, str], texts: Mapping[str, str] | None = None
) -> list[Part]:
    """All parts of a report's text, in the order of the sections.

    Args:
        words: values of the placeholders.
        texts: section → text of a draft; the template's own unless given.

    Raises:
        SectionError: an unknown placeholder or a broken reference.
    """
    parts: list[Part] = []
    for section, text in (read_texts(folder) if texts is None else texts).items():
        parts += _read(folder / f"{section}.md", text, words)
    return parts


def _read(path: Path, whole: str, words: Mapping[str, str]) -> Iterator[Part]:
    lines: list[tuple[int, str]] = []
    for number, raw in enumerate(whole.split("\n"), 1):
        text = raw.strip()
        exhibit, heading = EXHIBIT.match(text), HEADING.match(text)
        if lines and (not text or exhibit or heading or text.startswith("- ")):
            yield _paragraph(path, lines, words)
            lines = []
        if exhibit:
            yield Part(exhibit[1], path, number, name=exhibit[2])
        elif heading:
            title = tuple(pieces(path, [(number, heading[2])], words))
            yield Part(f"heading{len(heading[1])}", path, number, title)
        elif text:
            lines.append((number, text))
    if lines:
        yield _paragraph(path, lines, words)


def _paragraph(path: Path, lines: list[tuple[int, str]], words: Mapping[str, str]) -> Part:
    number, first = lines[0]
    bullet = first.startswith("- ")
    if bullet:
        lines = [(number, first[2:]), *lines[1:]]
    kind = "bullet" if bullet else "paragraph"
    return Part(kind, path, number, tuple(pieces(path, lines, words)))


def pieces(path: Path, lines: list[tuple[int, str]], words: Mapping[str, str]) -> Iterator[Piece]:
    """The text of ``lines`` (number, text) in its pieces, placeholders filled.

    Raises:
        SectionError: an unknown placeholder or a broken reference.
    """

    def fill(number: int, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            if match[1] not in words:
                raise SectionError(path, number, f"không có chỗ điền “{{{match[1]}}}”")
            return words[match[1]]

        return PLACEHOLDER.sub(value, text)

    for index, (number, text) in enumerate(lines):
        if index:
            text = " " + text
        end = 0
        for match in REFERENCE.finditer(text):
            yield from _styled(fill(number, text[end : match.start()]))
            yield Piece(figure=match[1], form=match[2] or "", line=number)
            end = match.end()
        rest = text[end:]
        if "[[" in rest or "]]" in rest:
            raise SectionError(path, number, "tham chiếu số liệu viết sai, phải là [[mã số liệu]]")
        yield from _styled(fill(number, rest))


def _styled(text: str) -> Iterator[Piece]:
    end = 0
    for match in BOLD.finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()])
        yield Piece(match[1], strong=True)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:])
