"""The same words with another year: in a list of plans, or in two reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from dieuhanh.proof.checks.registry import check, together
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.text.fold import fold

_YEAR = re.compile(r"(?<=\bnăm )(?P<year>20\d\d)(?![\d/-])")
_WORD = re.compile(r"\w+")
#: As many words on both sides make two places the same sentence.
_BEFORE, _AFTER = 9, 5
_KINDS = ("kế hoạch", "dự toán", "chương trình", "báo cáo", "đề án", "nghị quyết")
_KIND = re.compile(rf"\b({'|'.join(_KINDS)})\b", re.IGNORECASE)
_PREPARED = re.compile(r"\b(?:xây dựng|chuẩn bị|lập|dự thảo|tham mưu|hoàn thiện)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.;](?=\s|\Z)")


@check(
    "years.list", Severity.SUSPICIOUS,
    "Trong một dãy kế hoạch đang xây dựng, một kế hoạch mang năm khác",
    "In a list of plans to be made one bears another year",
)  # fmt: skip
def in_list(report: Report) -> Iterator[Remark]:
    """Xây dựng Kế hoạch A năm 2024; Kế hoạch B năm 2025; Kế hoạch C năm 2025."""
    for passage in report.passages:
        if passage.text.count("năm 20") < 3:
            continue
        found = []
        start = 0
        prepared = False
        for end in [one.start() for one in _ENDS.finditer(passage.text)] + [len(passage.text)]:
            year, kind = (
                _YEAR.search(passage.text, start, end),
                _KIND.search(passage.text, start, end),
            )
            prepared = prepared or bool(_PREPARED.search(passage.text, start, end))
            if year and kind and kind.start() < year.start() and prepared:
                found.append(
                    (kind[1].lower(), int(year["year"]), Span(passage, *year.span("year")))
                )
            start = end
        for _kind, group in groupby(found, key=lambda one: one[0]):
            several = list(group)
            years = [year for _, year, _ in several]
            usual = max(set(years), key=years.count)
            odd = [span for _, year, span in several if year != usual]
            if len(several) >= 3 and len(odd) == 1 and int(odd[0].words) == usual - 1:
                yield Remark(
                    odd[0],
                    f"Các kế hoạch đi cùng là của năm {usual}, kế hoạch này ghi năm {odd[0].words}.",
                    f"The plans beside it are for {usual}, this one says {odd[0].words}.",
                    f"{odd[0].words} ≠ {usual}", str(usual), tuple(s for _, _, s in several if s is not odd[0]),
                )  # fmt: skip


@together(
    "years.files", Severity.SUSPICIOUS,
    "Hai văn bản ghi cùng một câu với hai năm khác nhau",
    "Two reports say the same sentence with different years",
)  # fmt: skip
def among(reports: Sequence[Report]) -> Iterator[Remark]:
    known: dict[tuple[str, ...], tuple[int, Span]] = {}
    for at, report in enumerate(reports):
        for passage in report.passages:
            if passage.block.cell is not None:
                continue
            for found in _YEAR.finditer(passage.text):
                span = Span(passage, *found.span())
                before = _WORD.findall(fold(span.before(120)))[-_BEFORE:]
                after = _WORD.findall(fold(span.after(60)))[:_AFTER]
                if len(before) < _BEFORE or len(after) < _AFTER:
                    continue
                other, there = known.setdefault((*before, "#", *after), (at, span))
                if other != at and there.words != span.words:
                    yield Remark(
                        span, f"Văn bản kia ghi cùng câu này với năm {there.words}.",
                        f"The other text has the same sentence with the year {there.words}.",
                        f"{there.words} ≠ {span.words}", there.words, (there,),
                    )  # fmt: skip
