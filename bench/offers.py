"""What a clean text offers to whoever plants faults into it: numbers, paragraphs, places to change.

Written without a look at the checks it judges: it reads texts in its own, narrower way, and where it
is in doubt it offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

Range = tuple[int, int]

NUMBER = re.compile(
    r"(?<![\w.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w/]|[.,]\d|-\d)"
)  # a whole number of a sentence: no part of a date, a fraction, a citation
DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
SYMBOL = re.compile(  # 12/KH-UBND, 61/2018/NĐ-CP, 15-CT/HU, 77/2015/QH13
    r"(?<![\w/])\d{1,5}(?:/\d{4})?[/-][A-ZĐ][A-Za-zĐđ]{0,6}\d{0,2}(?:[-/][A-ZĐ][A-Za-zĐđ]{1,7})?(?!\w)"
)
_NOT_QUANTITIES = re.compile(
    DATE.pattern + "|" + SYMBOL.pattern + r"|(?<!\w)(?:năm|tháng|quý|ngày|thứ|khoá|khóa) \d[\d-]*"
    r"|(?<!\d)\d{1,2}/\d{4}(?!\d)|(?<!\d)\d{4}-\d{4}(?!\d)"
)
_OPENS = re.compile(
    r"\s*(?:[-+•|*]|\(?\d{1,2}[.)](?=\s)|[a-zđ]\)|[IVX]{1,5}\.|[A-ZĐ]\.|Điều \d|Chương |PHẦN |Phần )"
    r"|\s{2,}"
)
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")


@dataclass(frozen=True)
class Offer:
    """A place where a fault fits.

    Attributes:
        start, end: of what is replaced, in the clean text.
        instead: what may stand there; each of them is a fault that can be proved from the text.
        beside: other places of the clean text that the fault contradicts.
        phrase: the words that are wrong as a whole, where they are more than what is replaced.
    """

    start: int
    end: int
    instead: tuple[str, ...]
    beside: tuple[Range, ...] = field(default=())
    phrase: Range | None = None


@dataclass(frozen=True)
class Number:
    start: int
    end: int
    value: Decimal
    printed: str

    @property
    def step(self) -> Decimal:
        """One unit of its last printed digit."""
        _, _, decimals = self.printed.partition(",")
        return Decimal(1).scaleb(-len(decimals))


def value_of(printed: str) -> Decimal:
    return Decimal(printed.replace(".", "").replace(",", "."))


def print_as(value: Decimal, pattern: str) -> str:
    """Print a value in the manner of ``pattern``: its decimals, its dots or none."""
    _, _, decimals = pattern.partition(",")
    whole, _, rest = f"{value:.{len(decimals)}f}".partition(".")
    if "." in pattern or len(pattern.partition(",")[0]) < 4:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{rest}" if rest else whole


def agrees(exact: Decimal, printed: Number) -> bool:
    """Whether a printed number is the rounding of an exact one."""
    return abs(exact - printed.value) <= printed.step / 2


class Text:
    """A clean text, in shapes of equal length.

    Attributes:
        raw: as it is.
        flat: a paragraph a line: the ends of hard-wrapped lines are spaces.
        bare: flat, without dates, symbols of documents and years.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.flat = _unwrapped(raw)
        self.bare = _NOT_QUANTITIES.sub(lambda m: "·" * len(m[0]), self.flat)

    @cached_property
    def paragraphs(self) -> list[Range]:
        found, at = [], 0
        for line in self.flat.split("\n"):
            if line.strip():
                found.append((at, at + len(line)))
            at += len(line) + 1
        return found

    def paragraph_of(self, at: int) -> Range:
        start = self.flat.rfind("\n", 0, at) + 1
        end = self.flat.find("\n", at)
        return start, len(self.flat) if end < 0 else end

    def sentence_end(self, at: int, stop: int) -> int:
        """Where the sentence that runs at ``at`` ends; a semicolon does not end it."""
        for one in _SENTENCE_END.finditer(self.bare, at, stop):
            if one[0] != ";":
                return one.start()
        return stop

    def sentence_start(self, at: int, start: int) -> int:
        ends = [m.end() for m in _SENTENCE_END.finditer(self.bare, start, at) if m[0] != ";"]
        return ends[-1] if ends else start

    def numbers(self, start: int, end: int, *, percent: bool = False) -> list[Number]:
        """The numbers of a stretch: those before a percent sign, or the others."""
        return [
            Number(m.start(), m.end(), value_of(m[0]), m[0])
            for m in NUMBER.finditer(self.bare, start, end)
            if bool(re.match(r"\s?%", self.bare[m.end() : m.end() + 2])) is percent
        ]

    def in_prose(self) -> Iterator[Range]:
        """Paragraphs that are sentences: no table, no heading in capitals."""
        for start, end in self.paragraphs:
            words = self.flat[start:end]
            if "|" not in words and "\t" not in words and words.upper() != words:
                yield start, end


def _unwrapped(raw: str) -> str:
    """A text of the same length in which a line that only was too long runs on."""
    lines = raw.split("\n")
    lengths = sorted(len(one) for one in lines if len(one) > 40)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    if width > 130:
        return raw
    parts = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        full = len(line) + len(after.partition(" ")[0]) >= width - 6
        runs_on = full and bool(after.strip()) and not _OPENS.match(after) and "|" not in line
        parts.append(line + (" " if runs_on else "\n"))
    return "".join(parts)[:-1]
