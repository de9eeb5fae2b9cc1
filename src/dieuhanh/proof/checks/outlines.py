"""Parts of a report that its summary does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Section
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
