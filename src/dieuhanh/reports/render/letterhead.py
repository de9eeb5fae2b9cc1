"""The words around the body of an issued paper that every printed form shares.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I (thể thức và kỹ thuật trình bày).
"""

from __future__ import annotations

import re

from dieuhanh.reports.compose.document import Chart, Document, FigureRun, Paragraph, Table

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
RECIPIENTS = "Nơi nhận:"
NOTES = "Ghi chú số liệu"
MISSING = "Chỉ tiêu chưa có số liệu tại thời điểm lập báo cáo:"
ASSUMPTIONS = "Cách hiểu đã áp dụng khi tính:"

#: An agency's name is broken before the territory: "ỦY BAN NHÂN DÂN" / "THÀNH PHỐ HÀ NỘI".
_TERRITORY = re.compile(r"\s+(?=(?:THÀNH PHỐ|TỈNH|QUẬN|HUYỆN|THỊ XÃ|PHƯỜNG|XÃ|THỊ TRẤN)\s)")


#: A number and the word it counts, as in "6 tháng", "năm 2024".
_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d])|(?<=[nN][ăĂ][mM]) (?=\d)")


def kept_together(title: str) -> str:
    """``title`` with no-break spaces where a number must not part from its word at a line's end."""
    return _COUNTED.sub("\N{NO-BREAK SPACE}", title)


def agency_lines(agency: str) -> list[str]:
    """The name of the issuing agency in the lines it is printed in."""
    return _TERRITORY.split(agency, maxsplit=1)


def recipient_lines(document: Document) -> list[str]:
    """Items of "Nơi nhận": a dash in front, ";" after each, "." after the last."""
    lines = []
    for index, name in enumerate(document.recipients):
        text = name.strip().removeprefix("-").strip()
        last = index == len(document.recipients) - 1
        if not text.endswith((";", ".", ":")):
            text += "." if last else ";"
        lines.append(f"- {text}")
    return lines


def signature_parts(document: Document) -> tuple[list[str], list[str]]:
    """The signing block as (authority and title in capitals, name of the signer).

    The empty room for the signature lies between the two.
    """
    lines = [line.strip() for line in document.signature if line.strip()]
    above = [line for line in lines if line == line.upper()]
    return above, [line for line in lines if line != line.upper()]


def plain_text(paragraph: Paragraph) -> str:
    """The sentence of ``paragraph`` without any mark-up."""
    return "".join(run.text for run in paragraph.runs)


def is_missing(run: object) -> bool:
    """Whether ``run`` stands for a figure that nobody has given yet."""
    return isinstance(run, FigureRun) and run.missing


def caption_below(chart: Chart) -> str:
    """Caption of the table under ``chart``, empty when it would only repeat the chart's title."""
    table: Table = chart.table
    return "" if table.title.strip() == chart.title.strip() else table.title


def notes(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """What the last page says about the figures, as (label, lines); empty when nothing is open.

    The label of the first group, the moment of the figures, is empty.
    """
    groups = []
    if document.missing:
        groups.append((MISSING, document.missing))
    if document.assumptions:
        groups.append((ASSUMPTIONS, document.assumptions))
    if groups and document.as_of_label:
        groups.insert(0, ("", (document.as_of_label.rstrip(".") + ".",)))
    return groups
