"""What a report is once composed: plain values that the page, DOCX and PDF are made of.

Nothing here knows where a figure came from; `FigureRun.figure_id` is the key into the list of
figures that travels beside the document (`composed.figures`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TextRun:
    text: str
    strong: bool = False


@dataclass(frozen=True)
class FigureRun:
    """A figure inside a sentence.

    Attributes:
        text: as printed, e.g. ``"22.014"``, ``"tăng 12,3 %"`` (no-break space before the sign).
        origin: ``counted``, ``computed``, ``datapoint`` or ``stated``; empty when there is none.
        missing: the figure has no value; ``text`` is then "chưa có số liệu".
        url: path of the page that shows what is behind the figure, with window and as-of moment.
    """

    figure_id: str
    text: str
    origin: str
    missing: bool
    url: str


Run = TextRun | FigureRun


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is a part (Phần, A, B), 2 a Roman section, 3 an Arabic item, 4 a lead-in."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    bullet: bool = False


@dataclass(frozen=True)
class Table:
    """``numeric`` holds the indexes of the columns that are right aligned."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart always travels with its table and a sentence that says what is to be seen.

    ``spec`` is a Vega-Lite specification (a dict), made with Altair.
    """

    title: str
    subtitle: str
    alt: str
    spec: dict[str, Any]
    table: Table


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True)
class Document:
    """A composed report.

    Layout of the printed forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (section 1.3 of the rules).
    """

    report: str  # "socioeconomic"
    title: str  # Báo cáo "…"
    kind: str  # tên loại: "BÁO CÁO"
    subject: str  # trích yếu
    superior: str  # cơ quan chủ quản, may be empty
    agency: str  # "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"
    symbol: str  # "Số:        /BC-UBND"; a draft has no number yet
    place_and_date: str  # "Hà Nội, ngày 15 tháng 6 năm 2024"
    addressee: str  # "Kính gửi: …", may be empty
    period_label: str  # "6 tháng đầu năm 2024"
    as_of_label: str  # "Số liệu tính đến hết ngày 15/6/2024"
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()  # lines of the signing block, top to bottom
    missing: tuple[str, ...] = ()  # labels of figures without data, listed at the end
    assumptions: tuple[str, ...] = ()  # printed as notes
    draft: bool = True
    extras: dict[str, str] = field(default_factory=dict)
