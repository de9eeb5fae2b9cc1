"""Parts of a report that its summary does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Section, Span
from dieuhanh.text.fold import fold, words

_SUMMARY = re.compile(r"^(?:tom tat|khai quat)\b")
#: What every heading may say, and no part is known by.
_COMMON = frozenset(
    """ve va cac cong tac ket qua tinh hinh thuc hien nhiem vu giai phap nam thang dau cuoi trong tam chu yeu linh
    vuc phuong huong ton tai han che nguyen nhan kien nghi de xuat danh gia chung mot so noi dung hoat dong cua theo
    quy thoi gian toi phat trien trien khai""".split()  # noqa: SIM905
)
#: A summary is one where it is long enough, and leaves out at most two parts of five.
_LONG, _LEFT_OUT, _OF = 400, 2, 5


@check(
    "headings.summary", Severity.SUSPICIOUS,
    "Phần tóm tắt không nói đến một phần của báo cáo", "The summary does not speak of a part of the report",
)  # fmt: skip
def left_out(report: Report) -> Iterator[Remark]:
    """Only of a summary that says it is one, and that speaks of most of the parts after it."""
    tops = [one for one in report.sections if one.style in ("roman", "upper")]
    for at, summary in enumerate(tops):
        after = [one for one in tops[at + 1 :] if one.style == summary.style]
        if not _SUMMARY.match(fold(summary.title)) or len(after) < 3:
            continue
        told = " ".join(
            one.text for one in report.passages[summary.span.passage.number + 1 : after[0].span.passage.number]
        )  # fmt: skip
        if len(told) < _LONG:
            continue
        said = set(words(told))
        parts = [(one, _known_by(one)) for one in after]
        named = [(one, keys) for one, keys in parts if len(keys) >= 2]
        missing = [one for one, keys in named if len(keys & said) * 2 < len(keys)]
        if not missing or len(missing) * _OF > len(named) * _LEFT_OUT:
            continue
        for one in missing:
            yield Remark(
                one.span, f"Phần tóm tắt (mục {summary.label}) không nói đến phần này.",
                f"The summary ({summary.label}) does not speak of this part.", "", "", (summary.span,),
            )  # fmt: skip


def _known_by(part: Section) -> set[str]:
    """The words of its title by which one would know it."""
    return {one for one in words(part.title) if one not in _COMMON and not one.isdigit()}


_REPORTS = re.compile(r"^(?:BÁO CÁO|Báo cáo)\b")
_CLOSING = re.compile(r"^Trên đây là (?:báo cáo|kết quả|tình hình)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:(?P<months>\d{1,2}|sáu|chín)\stháng(?!\s\d{4})|tháng\s(?P<month>\d{1,2})|quý\s(?P<quarter>[IV]{1,3}|\d))\b",
    re.IGNORECASE,
)
#: A title runs over a few lines.
_LINES, _HEAD = 4, 15


@check(
    "headings.period", Severity.SUSPICIOUS,
    "Thời kỳ ở câu kết không phải thời kỳ ở tên báo cáo", "The closing words name another period than the title",
)  # fmt: skip
def period(report: Report) -> Iterator[Remark]:
    at = next(
        (at for at, one in enumerate(report.passages[:_HEAD]) if _REPORTS.match(one.text)), None
    )
    if at is None:
        return
    titled = _spans(" ".join(one.text for one in report.passages[at : at + _LINES]))
    for passage in report.passages[at + _LINES :]:
        if not _CLOSING.match(passage.text):
            continue
        for found in _SPAN.finditer(passage.text):
            kind, said = _span(found)
            if titled.get(kind) and said not in titled[kind]:
                yield Remark(
                    Span(passage, *found.span()),
                    f"Tên báo cáo ghi {', '.join(sorted(titled[kind]))}; câu kết ghi {said}.",
                    f"The title says {', '.join(sorted(titled[kind]))}; the closing words say {said}.",
                )  # fmt: skip


def _spans(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in _SPAN.finditer(text):
        kind, said = _span(one)
        found.setdefault(kind, set()).add(said)
    return found


def _span(found: re.Match[str]) -> tuple[str, str]:
    kind = str(found.lastgroup)
    said = found[0].lower().replace("sáu", "6").replace("chín", "9")
    return kind, re.sub(r"\b0(?=\d)", "", said)
