"""Page numbers and running heads: read, but no part of the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dieuhanh.proof.reading.lines import Line
from dieuhanh.proof.reading.pages import Page

#: How many lines from the top and from the foot may be furniture, and how far in they stand.
_EDGE_LINES, _EDGE = 3, 0.14
#: On so many pages the same words at the same height are a running head.
_REPEATED = 3
_PAGE_NUMBER = re.compile(
    r"(?:Trang |trang |Page )?[-–(\[]?\s?\d{1,4}(?:\s?/\s?\d{1,4})?\s?[-–)\]]?"
)
_DIGITS = re.compile(r"\d+")


def furniture(text: str, pages: Sequence[Page], lines: Sequence[Line]) -> set[int]:
    """Where the lines of furniture begin.

    Args:
        lines: of all pages, in order.
    """
    edges: list[tuple[Line, str, int]] = []
    found: set[int] = set()
    at = 0
    for page in pages:
        of_page = lines[at : at + len(page.lines)]
        at += len(page.lines)
        last = len(of_page) - 1
        for index, (line, one) in enumerate(zip(of_page, page.lines, strict=True)):
            if _EDGE_LINES <= index <= last - _EDGE_LINES:
                continue
            height = one.top / page.height if page.height else 0.5
            if _EDGE < height < 1 - _EDGE:
                continue
            outermost = index in (0, last)
            if outermost and _PAGE_NUMBER.fullmatch(one.said):
                found.add(line.start)
            edges.append((line, _DIGITS.sub("#", one.said), round(one.top / 4)))
    seen = Counter((said, height) for _, said, height in edges)
    for line, said, height in edges:
        if seen[said, height] >= _REPEATED:
            found.add(line.start)
    return found
