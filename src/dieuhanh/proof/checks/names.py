"""Names and abbreviations: two spellings of one name, explanations too late or told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Name, Report, Span
from dieuhanh.text.fold import fold

#: VNeID, iHaNoi, E-Cabinet, PAR INDEX, PAR-Index: capitals where no Vietnamese word has them.
_NAME = re.compile(
    r"(?<![\w/.@-])(?:[A-Z]{2,6}[ -]I(?:NDEX|ndex)|[A-Za-z]{1,12}(?:-[A-Za-z]{2,12})?)(?![\w/@-])"
)
_INSIDE = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|^[A-Za-z]{1,12}-[A-Za-z]")
_APART = re.compile(r"[ -]")
_SHORTEST = 4
#: Every reader of a report knows these.
_COMMON = frozenset(
    ("UBND", "HĐND", "MTTQ", "TP", "GRDP", "GDP", "CPI", "FDI", "ODA", "USD", "VND")
)


@check(
    "names.variant", Severity.SUSPICIOUS,
    "Một tên viết theo hai cách", "One name in two spellings",
)  # fmt: skip
def variant(report: Report) -> Iterator[Remark]:
    """They differ in capitals, hyphens or spaces only; the rarer one is told."""
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for passage in report.passages:
        if passage.text.isupper():
            continue
        for one in _NAME.finditer(passage.text):
            key = _APART.sub("", one[0]).lower()
            if len(key) >= _SHORTEST:
                found[key][one[0]].append(Span(passage, *one.span()))
    for spellings in found.values():
        written = {
            name: spans for name, spans in spellings.items()
            if not name.islower() and (_INSIDE.search(name) or len(name) >= _SHORTEST)
        }  # fmt: skip
        if len(written) < 2 or not any(_INSIDE.search(name) for name in written):
            continue
        usual, *others = sorted(written, key=lambda name: -len(written[name]))
        for name in others:
            for span in written[name]:
                yield Remark(
                    span, f"Chỗ khác viết “{usual}”.", f"Elsewhere it is “{usual}”.", "", usual,
                    (written[usual][0],),
                )  # fmt: skip


@check(
    "names.early", Severity.STYLE,
    "Chữ viết tắt dùng trước khi được giải thích", "An abbreviation is used before it is explained",
)  # fmt: skip
def early(report: Report) -> Iterator[Remark]:
    explained: dict[str, Name] = {}
    for one in report.names:
        if one.long and one.short not in _COMMON:
            explained.setdefault(one.short, one)
    for short, one in explained.items():
        word = re.compile(rf"(?<![\w/.-]){re.escape(short)}(?![\w/-])")
        for passage in report.passages[: one.span.passage.number + 1]:
            found = None if passage.text.isupper() else word.search(passage.text)
            if found and (passage.number, found.start()) < (
                one.span.passage.number,
                one.span.start,
            ):
                yield Remark(
                    Span(passage, *found.span()), f"“{short}” dùng trước chỗ giải thích.",
                    f"“{short}” is used before it is explained.", "", f"{one.long} ({short})",
                    (one.span,),
                )  # fmt: skip
                break


@check(
    "names.twice", Severity.STYLE,
    "Một chữ viết tắt cho hai tên, hoặc hai chữ viết tắt cho một tên",
    "One abbreviation for two names, or two abbreviations for one name",
)  # fmt: skip
def twice(report: Report) -> Iterator[Remark]:
    by_short: dict[str, Name] = {}
    by_long: dict[str, Name] = {}
    for one in report.names:
        if not one.long:
            continue
        first = by_short.setdefault(one.short, one)
        same = by_long.setdefault(fold(one.long), one)
        if fold(first.long) != fold(one.long):
            yield Remark(
                one.span, f"Ở chỗ khác “{one.short}” là “{first.long}”.",
                f"Elsewhere “{one.short}” is “{first.long}”.", related=(first.span,),
            )  # fmt: skip
        elif same.short != one.short:
            yield Remark(
                one.span, f"Ở chỗ khác “{one.long}” viết tắt là “{same.short}”.",
                f"Elsewhere “{one.long}” is “{same.short}”.", "", same.short, (same.span,),
            )  # fmt: skip
