"""Two spellings of one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.understanding.syllables import apart, is_syllable
from dieuhanh.proof.written import LARGE
from dieuhanh.text.fold import fold

#: VNeID, iHaNoi, E-Cabinet, PAR INDEX, PAR-Index: capitals where no Vietnamese word has them.
_NAME = re.compile(
    r"(?<![\w/.@-])(?:[A-Z]{2,6}[ -]I(?:NDEX|ndex)|[A-Za-z]{1,12}(?:-[A-Za-z]{2,12})?)(?![\w/@-]|\.\w)"
)
_INSIDE = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|^[A-Za-z]{1,12}-[A-Za-z]")
_APART = re.compile(r"[ -]")
_SHORTEST = 4


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
            if not (name.islower() and is_syllable(name))
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


_LARGE = rf"[{LARGE}][a-zà-ỹđ]+(?:\s[{LARGE}][a-zà-ỹđ]+){{1,3}}"
_PLACE = re.compile(
    rf"(?:\b([Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Tt]ỉnh|[Tt]hành phố)\s)?\b({_LARGE})"
)


@check(
    "names.place", Severity.SUSPICIOUS,
    "Một địa danh viết với hai dấu khác nhau", "A place whose name is written with different marks",
)  # fmt: skip
def place(report: Report) -> Iterator[Remark]:
    """Xã Trung Lập here, xã Trung Lặp there: one of them is a slip."""
    met: dict[str, dict[tuple[tuple[str, str], ...], list[tuple[str, Span]]]] = {}
    for passage in report.passages:
        for found in _PLACE.finditer(passage.text):
            marks = tuple(apart(one.lower()) for one in found[2].split())
            spellings = met.setdefault(fold(found[2]), {})
            spellings.setdefault(marks, []).append(
                ((found[1] or "").lower(), Span(passage, *found.span(2)))
            )
    for spellings in met.values():
        if len(spellings) != 2:
            continue
        many, few = sorted(spellings.values(), key=len, reverse=True)
        levels = {level for level, _span in (*many, *few)} - {""}
        if len(levels) != 1:
            continue  # xã Sa Pả of huyện Sa Pa
        right = many[0][1]
        for _level, one in few:
            yield Remark(
                one, f"Chỗ khác viết “{right.words}”.", f"Elsewhere “{right.words}”.", "",
                right.words if len(many) > len(few) else "", (right,),
            )  # fmt: skip
