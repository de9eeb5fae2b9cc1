"""Two spellings of one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.understanding.syllables import is_syllable

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
