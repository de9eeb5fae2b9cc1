"""Numbers of one sentence that count the same thing: the first is likely the whole of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from dieuhanh.proof.checks.comparing import head
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Rough, What
from dieuhanh.proof.understanding.parts import TIMES
from dieuhanh.proof.written import LARGE, number

_ENDS = re.compile(rf"[.!?]\s(?=[{LARGE}])")
#: What makes a list of its own, compares, or counts one thing twice.
_OTHER = re.compile(
    r"\btrong đó\b|\b(?:bao )?gồm\b|\bcùng kỳ\b|\bso với\b|\btăng\b|\bgiảm từ\b|\btừ \d|\bvượt\b|\bcòn\b|\blên\b|\btrên tổng\b|\bđúng hạn\b",
    re.IGNORECASE,
)
#: Between so many numbers, and so near to the whole.
_FEWEST, _MOST, _NEAR = 3, 6, Decimal("0.15")
#: Tells what became of what the sentence before counts.
_RESULT = re.compile(r"(?:Kết quả|Qua phân loại|Phân loại|Trong số đó)\b")


@check(
    "sums.among", Severity.SUSPICIOUS,
    "Các số cùng loại trong một câu gần bằng tổng nhưng không khớp", "Numbers of one kind in a sentence nearly make the first",
)  # fmt: skip
def among(report: Report) -> Iterator[Remark]:
    """Phân tích 22 quyết định: đúng 03 quyết định, sai 16 quyết định, đúng một phần 04 quyết định."""
    for found in report.quantities_of.values():
        text = found[0].span.passage.text
        ends = [0, *(one.end() for one in _ENDS.finditer(text)), len(text) + 1]
        for start, end in zip(ends, ends[1:], strict=False):
            if _OTHER.search(text, start, end):
                continue
            here = [one for one in found if start <= one.span.start < end and _counts(one)]
            if here and _RESULT.match(text, start):
                before = [
                    one
                    for one in found
                    if one.span.start < start and _counts(one) and head(one) == head(here[0])
                ]
                here = [*before[-1:], *here]
            for kind in dict.fromkeys(head(one) for one in here):
                same = [one for one in here if head(one) == kind]
                if _FEWEST <= len(same) <= _MOST:
                    yield from _whole(same)


def _counts(one: Quantity) -> bool:
    return (
        one.what is What.VALUE and one.rough is Rough.EXACT and not one.unit and not one.decimals
        and bool(one.noun) and head(one) not in TIMES and "/" not in head(one) and one.high is None
    )  # fmt: skip


def _whole(same: list[Quantity]) -> Iterator[Remark]:
    whole, parts = same[0], same[1:]
    total = sum((one.value for one in parts), Decimal(0))
    if any(one.value >= whole.value for one in parts) or total == whole.value:
        return
    if abs(total - whole.value) > whole.value * _NEAR and abs(total - whole.value) != 1:
        return
    some = (
        sum(few)
        for length in range(2, len(parts))
        for few in combinations([one.value for one in parts], length)
    )
    if whole.value in some:
        return
    yield Remark(
        whole.number,
        f"Các số {head(whole)} trong câu cộng lại được {number(total)}, số đầu ghi {whole.number.words}.",
        f"The counts of the sentence make {number(total)}; the first is {whole.number.words}.",
        f"{' + '.join(one.number.words for one in parts)} = {number(total)} ≠ {whole.number.words}",
        "", tuple(one.number for one in parts),
    )  # fmt: skip
