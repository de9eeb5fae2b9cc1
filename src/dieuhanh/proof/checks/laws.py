"""Numbers of laws: 39/2019/QH14, and how they are mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span

_WRONG = re.compile(
    r"(?<![\w/-])(?P<number>\d{1,3})\s?(?:"
    r"[/-]\s?(?P<house>(?:UBTV)?QH\d{1,2})\s?[/-]\s?(?P<year>\d{4})"  # 39/QH14/2019
    r"|/(?P<year2>\d{4})-(?P<house2>(?:UBTV)?QH\d{1,2})"  # 25/2018-QH14
    r"|-(?P<year3>\d{4})[/-](?P<house3>(?:UBTV)?QH\d{1,2})"  # 25-2018/QH14
    r")(?![\w/-])"
)
_NO_YEAR = re.compile(
    r"(?P<kind>Luật|Bộ luật)(?P<name>\s[^.;,()]{2,60}?)\ssố\s(?P<printed>\d{1,3}/QH\d{1,2})(?![\w/-])"
)


@check(
    "citations.law", Severity.ERROR,
    "Số của luật viết số/năm/khóa Quốc hội: 39/2019/QH14",
    "The number of a law is number/year/National Assembly: 39/2019/QH14",
)  # fmt: skip
def law(report: Report) -> Iterator[Remark]:
    """Luật Ban hành văn bản quy phạm pháp luật; VT-07."""
    for passage in report.passages:
        if "QH" not in passage.text:
            continue
        for found in _WRONG.finditer(passage.text):
            year = found["year"] or found["year2"] or found["year3"]
            house = found["house"] or found["house2"] or found["house3"]
            right = f"{found['number']}/{year}/{house}"
            yield Remark(
                Span(passage, *found.span()),
                "Số của luật đặt sai thứ tự hoặc sai dấu.",
                "The number of a law has its parts or marks out of order.",
                f"{found[0]} → {right}", right,
            )  # fmt: skip
        for found in _NO_YEAR.finditer(passage.text):
            yield Remark(
                Span(passage, *found.span("printed")),
                "Số của luật phải có năm.", "The number of a law has its year.",
                f"{found['printed']} → số/năm/QH",
            )  # fmt: skip


_TURNED = re.compile(r"\b(khoản\s\d{1,2})\s(điểm\s[a-zđ])(?=\s(?:[Đđ]iều|,)|,|\))", re.IGNORECASE)


@check(
    "citations.order", Severity.STYLE,
    "Dẫn chiếu ghi theo thứ tự điểm, khoản, điều", "A provision is cited from point to clause to article",
)  # fmt: skip
def order(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for found in _TURNED.finditer(passage.text):
            right = f"{found[2].lower()} {found[1].lower()}"
            yield Remark(
                Span(passage, *found.span()), f"Ghi theo thứ tự: {right}.", f"In this order: {right}.", "", right,
            )  # fmt: skip
