"""What a heading or a sentence about the document promises, against what the document holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Section, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.reading.source import Kind

#: A heading that names the first must tell of it by one of the others.
_TOPICS = {
    re.compile(r"\b(?:hạn chế|tồn tại|khó khăn|vướng mắc)\b", re.IGNORECASE): re.compile(
        r"\b(?:hạn chế|tồn tại|khó khăn|vướng mắc|bất cập|chưa|chậm|thiếu|còn|thấp|giảm|khuyết điểm|yếu kém|không)\b", re.IGNORECASE
    ),
    re.compile(r"\bnguyên nhân\b", re.IGNORECASE): re.compile(
        r"\b(?:nguyên nhân|do|vì|bởi)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?:kiến nghị|đề xuất)\b", re.IGNORECASE): re.compile(
        r"\b(?:kiến nghị|đề xuất|đề nghị|xem xét|báo cáo)\b", re.IGNORECASE
    ),
    re.compile(r"\bbài học(?: kinh nghiệm)?\b", re.IGNORECASE): re.compile(
        r"\b(?:bài học|kinh nghiệm)\b", re.IGNORECASE
    ),
}  # fmt: skip
#: A heading with one topic is told by its whole body; one that joins two may forget the other.
_JOINED = re.compile(r",\s|\svà\s|;\s")
_LONGEST_HEADING = 160
_SHORTEST_BODY = 300


@check(
    "headings.promise", Severity.SUSPICIOUS,
    "Đề mục hứa một nội dung mà bên dưới không nói đến",
    "A heading promises what its part does not tell",
)  # fmt: skip
def promise(report: Report) -> Iterator[Remark]:
    """Kết quả, hạn chế và nguyên nhân: and no word of a cause."""
    headings = [one for one in report.passages if _is_heading(one)]
    for at, heading in enumerate(headings):
        if len(heading.text) > _LONGEST_HEADING or not _JOINED.search(heading.text):
            continue
        end = next(
            (one.number for one in headings[at + 1 :] if one.block.level <= heading.block.level),
            len(report.passages),
        )
        body = report.passages[heading.number + 1 : end]
        if sum(len(one.text) for one in body) < _SHORTEST_BODY:
            continue
        for named, told in _TOPICS.items():
            found = named.search(heading.text)
            if found and not any(told.search(one.text) for one in body):
                yield Remark(
                    Span(heading, *found.span()),
                    f"Đề mục nêu “{found[0]}” mà nội dung bên dưới không nói đến.",
                    f"The heading names “{found[0]}”; its part does not tell of it.",
                )  # fmt: skip


def _is_heading(passage: Passage) -> bool:
    return passage.block.kind is Kind.HEADING and passage.block.level > 0


_CONSISTS = re.compile(
    r"\b(?:Quy chế|Quy định|Nghị quyết|Nghị định|Thông tư|Điều lệ|Kế hoạch|Báo cáo|Đề án)(?: này)? (?:có|gồm|gồm có|bao gồm) "
    r"(?P<first>\d{1,3}) (?P<of>chương|phần|mục|điều)(?:,? (?:và |với )?(?P<second>\d{1,3}) (?P<and>điều|mục))?\b",
    re.IGNORECASE,
)
_OPENED = {
    "chương": re.compile(r"^Chương\s(?P<n>[IVXL]{1,7}|\d{1,2})\b", re.IGNORECASE),
    "phần": re.compile(r"^Phần\s(?:thứ\s)?(?P<n>[IVXL]{1,7}|\d{1,2}|[^\W\d_]{2,4})\b", re.IGNORECASE),
}  # fmt: skip


@check(
    "headings.count", Severity.SUSPICIOUS,
    "Số chương, điều nêu ra phải đúng với văn bản", "A promised number of chapters and articles is kept",
)  # fmt: skip
def count(report: Report) -> Iterator[Remark]:
    """Quy chế gồm 5 chương, 22 điều: only where the document itself follows, numbered without gaps."""
    for passage in report.passages:
        for found in _CONSISTS.finditer(passage.text):
            for said, of in (("first", "of"), ("second", "and")):
                if not found[said]:
                    continue
                counts = _counts(report, found[of].lower())
                promised = int(found[said])
                if counts and promised not in counts:
                    yield Remark(
                        Span(passage, *found.span(said)),
                        f"Nêu {promised} {found[of]}, văn bản có {max(counts)}.",
                        f"Promises {promised}, the document has {max(counts)}.",
                        f"{promised} ≠ {max(counts)}", str(max(counts)),
                    )  # fmt: skip


def _counts(report: Report, of: str) -> set[int]:
    """How many there are: of each series of articles, or of chapters; empty where it cannot be told."""
    if of == "điều":
        articles: list[Section] = [one for one in report.sections if one.style == "article"]
        return {
            one.ordinal for one, after in zip(articles, [*articles[1:], None], strict=False)
            if (after is None or after.ordinal == 1) and one.ordinal > 2
        }  # fmt: skip
    if of in _OPENED:
        opened = [
            one
            for one in report.passages
            if _OPENED[of].match(one.text) and len(one.text) < _LONGEST_HEADING
        ]
        return {len(opened)} if len(opened) >= 2 else set()
    return set()
