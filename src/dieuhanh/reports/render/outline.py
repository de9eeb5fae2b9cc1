"""The headings of a report as an outline in which no level is skipped.

A report may begin with a Roman section, or go from a part straight to an Arabic item. The look
of a heading follows its own level; its place in the outline (HTML ``h2`` to ``h5``, the tags of
a PDF) follows its depth here, so that a screen reader meets an unbroken ladder.
"""

from __future__ import annotations

from collections.abc import Iterable

from dieuhanh.reports.compose.document import Block, Heading


def depths(blocks: Iterable[Block]) -> list[int]:
    """Depth of each heading of ``blocks`` in order; the first is 1, each at most one deeper."""
    found: list[int] = []
    open_levels: list[int] = []
    for block in blocks:
        if not isinstance(block, Heading):
            continue
        while open_levels and open_levels[-1] >= block.level:
            open_levels.pop()
        open_levels.append(block.level)
        found.append(len(open_levels))
    return found
