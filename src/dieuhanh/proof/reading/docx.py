"""DOCX: one paragraph a line, tables cell by cell, notes, headers and footers."""

from __future__ import annotations

from dataclasses import dataclass, field

from dieuhanh.proof.reading import refusals
from dieuhanh.proof.reading.archive import Archive
from dieuhanh.proof.reading.decoding import checked
from dieuhanh.proof.reading.headings import heading_level
from dieuhanh.proof.reading.source import Block, Kind, Range, Source, Unread
from dieuhanh.proof.reading.wordml import Paragraph, Paragraphs, Styles
from dieuhanh.text.fold import nfc

_DOCUMENT = "officeDocument"
#: Level 9 of Word's outline is body text.
_BODY_LEVEL = 9


def docx_source(data: bytes, name: str) -> Source:
    """A Word file: line n of the text is paragraph n of its body, empty ones too.

    Raises:
        Unreadable: no Word file, broken, empty, or made to hurt.
    """
    archive = Archive(data)
    main = next((part for kind, part in archive.related() if kind == _DOCUMENT), "")
    if not main or main not in archive:
        raise refusals.not_text()
    if not main.startswith("word/") and "word/styles.xml" not in archive:
        raise refusals.not_text()
    body = Paragraphs()
    archive.read(main, body)
    parts = archive.related(main)
    styles = Styles()
    laid = _Layout(styles)
    for kind, part in parts:
        if kind == "styles" and part in archive:
            archive.read(part, styles)
    laid.body(body.paragraphs)
    for kind in ("footnotes", "endnotes", "header", "footer"):
        for part in dict.fromkeys(part for one, part in parts if one == kind and part in archive):
            read = Paragraphs()
            archive.read(part, read)
            if kind in ("header", "footer"):
                laid.furniture(read.paragraphs)
            else:
                laid.notes(kind.removesuffix("s"), read.paragraphs)
    text = "".join(laid.written)
    if not text.strip():
        raise refusals.images_only() if body.pictures else refusals.empty()
    checked(text)
    return Source(name, text, tuple(laid.blocks), tuple(laid.marks), tuple(_unread(body.pictures)))


def _unread(pictures: int) -> list[Unread]:
    if not pictures:
        return []
    return [
        Unread(
            f"Có {pictures} hình ảnh, biểu đồ hoặc đối tượng nhúng không đọc được chữ bên trong.",
            f"{pictures} pictures, charts or embedded objects whose words could not be read.",
        )
    ]


@dataclass
class _Layout:
    styles: Styles
    written: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Range] = field(default_factory=list)
    at: int = 0
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)  # kind, id: as printed

    def body(self, paragraphs: list[Paragraph]) -> None:
        for number, one in enumerate(paragraphs, start=1):
            place = self._writes(self._with_marks(one))
            if place is None:
                continue
            level = 0 if one.cell else self._level(one)
            kind = Kind.HEADING if level else Kind.CELL if one.cell else Kind.PARAGRAPH
            self.blocks.append(Block(kind, (place,), level=level, cell=one.cell, paragraph=number))

    def notes(self, kind: str, paragraphs: list[Paragraph]) -> None:
        """The notes to which the body refers; each begins with its number, as it is printed."""
        by_note: dict[str, list[Paragraph]] = {}
        for one in paragraphs:
            by_note.setdefault(one.note, []).append(one)
        for note, mark in self.numbers.get(kind, {}).items():
            pieces: list[Range] = []
            for one in by_note.get(note, ()):
                said = one.text.strip()
                place = self._writes(said if pieces or not said else f"{mark} {said}")
                if place:
                    pieces.append(place)
            if pieces:
                self.blocks.append(Block(Kind.NOTE, tuple(pieces), mark=mark))

    def furniture(self, paragraphs: list[Paragraph]) -> None:
        for one in paragraphs:
            if one.text.strip() and (place := self._writes(one.text)):
                self.blocks.append(Block(Kind.FURNITURE, (place,)))

    def _writes(self, line: str) -> Range | None:
        """Where what a line says came to stand; None for an empty line."""
        said = line.strip()
        start = self.at + len(line) - len(line.lstrip())
        self.written.append(line + "\n")
        self.at += len(line) + 1
        return (start, start + len(said)) if said else None

    def _with_marks(self, paragraph: Paragraph) -> str:
        """The words of a paragraph with the numbers of its notes, which Word sets by itself."""
        said = []
        done = length = 0
        for mark in paragraph.marks:
            of_kind = self.numbers.setdefault(mark.kind, {})
            printed = of_kind.setdefault(mark.note, str(len(of_kind) + 1))
            before = paragraph.text[done : mark.at]
            said += [before, printed]
            length += len(before)
            self.marks.append((self.at + length, self.at + length + len(printed)))
            length += len(printed)
            done = mark.at
        return "".join(said) + paragraph.text[done:]

    def _level(self, paragraph: Paragraph) -> int:
        outline = paragraph.outline
        if outline < 0:
            outline = self.styles.level(paragraph.style)
        if 0 <= outline < _BODY_LEVEL:
            return outline + 1
        return heading_level(nfc(paragraph.text), paragraph.bold)
