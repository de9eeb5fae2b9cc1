"""The body of a Word file, by bytes: where each character of each paragraph stands, so that a run can
be cut there and everything else stays as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from dieuhanh.proof.reading.wordml import SIGNS, SKIPPED, WORD_NAMESPACES


@dataclass
class Piece:
    """A part of a run: words (``text``), or an element that stands for a sign or for none.

    Attributes:
        begin, end: its bytes in the part.
        text: what the reader reads of it.
        words: it is text that may be cut.
    """

    begin: int
    end: int
    text: str = ""
    words: bool = False


@dataclass
class Run:
    """A stretch of a paragraph with one look.

    Attributes:
        opening: the bytes of its start tag and of its properties.
        at: the character of the paragraph with which it begins.
        whole: it cannot be cut: it holds paragraphs of its own.
    """

    begin: int
    end: int = 0
    opening: bytes = b""
    at: int = 0
    pieces: list[Piece] = field(default_factory=list)
    whole: bool = False

    @property
    def length(self) -> int:
        return sum(len(one.text) for one in self.pieces)


@dataclass
class Paragraph:
    """``inside``: the byte after its start tag and properties, where something may be put."""

    inside: int
    runs: list[Run] = field(default_factory=list)
    length: int = 0


class Body:
    """Paragraphs in the order in which the reader counts them.

    Args:
        part: the bytes of ``word/document.xml``, which the reader has read already.
    """

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.paragraphs: list[Paragraph] = []
        self.prefix = "w"
        self._open: list[Paragraph] = []
        self._runs: list[Run] = []
        self._skipped = 0
        self._path: list[str] = []
        self._text: Piece | None = None
        self._hidden: list[bool] = []
        self._element_at: list[int] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self._parser: Any = parser
        parser.Parse(part, True)

    # Reading ------------------------------------------------------------------------------------

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        if not self._path:
            for name, value in attributes.items():
                if value in WORD_NAMESPACES:
                    self.prefix = name.partition(":")[2]
        self._path.append(tag)
        self._element_at.append(at)
        name = tag.rpartition(":")[2]
        ours = tag == (f"{self.prefix}:{name}" if self.prefix else name)
        if self._skipped or name in SKIPPED:
            self._skipped += 1
            if name == "p" and ours:
                self.paragraphs.append(Paragraph(self._after_tag(at)))
            return
        if not ours:
            return
        if name == "p":
            for run in self._runs:
                run.whole = True
            paragraph = Paragraph(self._after_tag(at))
            self.paragraphs.append(paragraph)
            self._open.append(paragraph)
        elif name == "r" and self._open:
            self._runs.append(
                Run(at, opening=self.part[at : self._after_tag(at)], at=self._open[-1].length)
            )
            self._hidden.append(False)
        elif name == "vanish" and self._runs:
            value = attributes.get(f"{self.prefix}:val", "")
            self._hidden[-1] = value not in ("0", "false", "off", "none")
        elif name == "t" and self._runs:
            self._text = Piece(at, at, words=True)

    def _end(self, tag: str) -> None:
        begin, at = self._element_at.pop(), self._parser.CurrentByteIndex
        end = self._after_end(at, begin)
        self._path.pop()
        name = tag.rpartition(":")[2]
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._runs and self._inside_run():
                self._runs[-1].pieces.append(Piece(begin, end))
            return
        if tag != (f"{self.prefix}:{name}" if self.prefix else name):
            if self._runs and self._inside_run():
                self._runs[-1].pieces.append(Piece(begin, end))
            return
        if name == "p" and self._open:
            self._open.pop()
        elif name == "pPr" and self._open and not self._runs:
            self._open[-1].inside = end
        elif name == "r" and self._runs:
            self._closes(end)
        elif name == "rPr" and self._runs and self._inside_run():
            self._runs[-1].opening += self.part[begin:end]
        elif name == "t" and self._text is not None:
            self._text.end = end
            self._adds(self._text)
            self._text = None
        elif self._runs and self._inside_run():
            self._adds(Piece(begin, end, SIGNS.get(name, "")))

    def _inside_run(self) -> bool:
        """Whether what ended stands right in the run, not deeper."""
        return bool(self._path) and self._path[-1].rpartition(":")[2] == "r"

    def _adds(self, piece: Piece) -> None:
        if self._hidden[-1]:
            piece.text, piece.words = "", False
        self._runs[-1].pieces.append(piece)
        self._open[-1].length += len(piece.text)

    def _closes(self, end: int) -> None:
        run = self._runs.pop()
        self._hidden.pop()
        run.end = end
        self._open[-1].runs.append(run)

    def _data(self, words: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.text += words.replace("\n", " ").replace("\r", " ")

    def _after_tag(self, at: int) -> int:
        """The byte after the start tag that begins at ``at``."""
        quote = 0
        while True:
            sign = self.part[at]
            if quote:
                quote = 0 if sign == quote else quote
            elif sign in b"\"'":
                quote = sign
            elif sign == 0x3E:
                return at + 1
            at += 1

    def _after_end(self, at: int, begin: int) -> int:
        """The byte after the element that began at ``begin`` and ends at ``at``."""
        opened = self._after_tag(begin)
        return opened if self.part.startswith(b"/>", opened - 2) else self._after_tag(at)

    # Writing ------------------------------------------------------------------------------------

    def written(self, run: Run, pieces: Sequence[Piece | bytes]) -> bytes:
        """A run with these pieces; b"" where there is none."""
        if not pieces:
            return b""
        name = f"{self.prefix}:r" if self.prefix else "r"
        said = b"".join(
            one if isinstance(one, bytes) else self.part[one.begin : one.end] for one in pieces
        )
        opening = run.opening
        if opening.endswith(b"/>") and not run.pieces:
            return opening
        return opening + said + f"</{name}>".encode()

    def words(self, text: str) -> bytes:
        """Words as an element of a run."""
        name = f"{self.prefix}:t" if self.prefix else "t"
        return f'<{name} xml:space="preserve">{escape(text)}</{name}>'.encode()

    def cut(self, run: Run, places: Sequence[int]) -> list[list[Piece | bytes]]:
        """The pieces of a run, cut at these characters of it (sorted): one more part than places."""
        parts: list[list[Piece | bytes]] = [[]]
        wanted, at = list(places), 0
        for piece in run.pieces:
            left, end = at, at + len(piece.text)
            while wanted and wanted[0] < end:
                place = wanted.pop(0)
                if place > left:
                    parts[-1].append(self.words(piece.text[left - at : place - at]))
                parts.append([])
                left = place
            parts[-1].append(piece if left == at else self.words(piece.text[left - at :]))
            at = end
        return parts + [[] for _place in wanted]
