"""Indices whose place is told twice: improved here, kept or lost there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.passages import Passage

#: The indices by which provinces are ranked every year.
_INDEX = re.compile(
    r"\b(?:PAR[ -]?INDEX|SIPAS|PAPI|PCI|PII|PGI|DTI|ICT[ -]?INDEX|DDCI)\b", re.IGNORECASE
)
_WAYS = {
    "tăng": re.compile(r"\b(?:tăng|lên)\s(?:thêm\s)?\d{1,2}\sbậc|\bcải thiện (?:thứ hạng|xếp hạng|vị trí)", re.IGNORECASE),
    "giảm": re.compile(r"\b(?:giảm|tụt)\s\d{1,2}\sbậc|\bgiảm bậc\b", re.IGNORECASE),
    "giữ nguyên": re.compile(r"\bgiữ (?:nguyên|vững) (?:thứ hạng|thứ bậc|vị trí|xếp hạng)", re.IGNORECASE),
}  # fmt: skip
_ENDS = re.compile(r"[.;](?=\s|\Z)|,?\s(?:nhưng|tuy nhiên)\b")
#: "cải thiện xếp hạng của các chỉ số A, B": a list of them follows.
_OF_INDICES = re.compile(r"\s(?:của\s)?(?:các\s)?(?:bộ\s)?chỉ số\s", re.IGNORECASE)
_YEAR = re.compile(r"(?<!với )\bnăm (\d{4})")
_MOST = 12


@check(
    "targets.ranked", Severity.SUSPICIOUS,
    "Thứ hạng của một chỉ số: chỗ ghi tăng, chỗ ghi giữ nguyên hoặc giảm",
    "The rank of one index improves here, and stays or falls there",
)  # fmt: skip
def ranked(report: Report) -> Iterator[Remark]:
    known: dict[str, list[_Ranked]] = defaultdict(list)
    told: set[str] = set()
    for passage in report.passages:
        for now in _ranks(passage):
            before = next((one for one in known[now.name] if _contradict(one, now)), None)
            if before is not None and now.name not in told:
                told.add(now.name)
                yield Remark(
                    now.span,
                    f"{now.span.words}: ở đây ghi thứ hạng {now.way}, chỗ khác ghi {before.way}.",
                    f"The rank of {now.span.words} is told in two ways.",
                    f"{before.way} ≠ {now.way}", "", (before.span,),
                )  # fmt: skip
            if len(known[now.name]) < _MOST:
                known[now.name].append(now)


@dataclass(frozen=True)
class _Ranked:
    name: str
    way: str
    year: str
    span: Span


def _contradict(before: _Ranked, now: _Ranked) -> bool:
    return before.way != now.way and (before.year == now.year or not before.year or not now.year)


def _ranks(passage: Passage) -> Iterator[_Ranked]:
    """Where each clause says that an index went."""
    if not _INDEX.search(passage.text):
        return
    start = 0
    for end in [*(one.end() for one in _ENDS.finditer(passage.text)), len(passage.text)]:
        for way, told in _WAYS.items():
            for found in told.finditer(passage.text, start, end):
                listed = _OF_INDICES.match(passage.text, found.end(), end)
                if listed:
                    names = _listed(passage.text, listed.end(), end)
                else:
                    names = list(_INDEX.finditer(passage.text, start, found.start()))[-1:]
                years = _YEAR.findall(passage.text, start, found.start())
                for name in names:
                    key = re.sub(r"[ -]", "", name[0]).upper()
                    yield _Ranked(key, way, years[-1] if years else "", Span(passage, *name.span()))
        start = end


def _listed(text: str, start: int, end: int) -> list[re.Match[str]]:
    """A, B và C: as far as the list goes."""
    names: list[re.Match[str]] = []
    for name in _INDEX.finditer(text, start, end):
        if not re.fullmatch(
            r",?\s?(?:và\s)?(?:chỉ số\s)?", text[start : name.start()], re.IGNORECASE
        ):
            break
        names.append(name)
        start = name.end()
    return names
