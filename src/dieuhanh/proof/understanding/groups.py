"""Wholes and the parts that words open: "482 cuộc họp, trong đó: 05 phiên …; 477 cuộc …", "gồm …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.understanding.parts import (
    MORE,
    OVERLAP,
    SENTENCE,
    TIMES,
    TRIGGER,
    Group,
    alike,
    bracket_around,
    head_of,
    items_below,
    parts_between,
    sentence_end,
    whole_before,
)
from dieuhanh.proof.understanding.unopened import bracketed, coloned, itemised, summed_up, totalled

__all__ = ["Group", "groups", "too_large"]

#: An ellipsis further from the last part belongs to what was counted, not to the list.
_CLOSE = 60
#: A list in one sentence is no longer.
_LONGEST = 2000
#: Of each of several.
_EACH = re.compile(r"\b(?:mỗi|từng)\s[^.;,]*\Z", re.IGNORECASE)
_MOSTLY = re.compile(r"\b(?:chủ yếu|chính)\s\Z")


def groups(report: Report) -> Iterator[Group]:
    """The groups of a report, outer ones before those inside them."""
    for number, passage in enumerate(report.passages):
        found = report.quantities_of.get(passage.number, [])
        if found:
            yield from _opened(report, passage, found, report.passages[number + 1 : number + 31])
            yield from bracketed(passage, found)
            yield from coloned(passage, found)
            yield from summed_up(passage, found)
            yield from itemised(report, passage, found, report.passages[number + 1 : number + 31])
            yield from totalled(passage, found)


def _opened(
    report: Report, passage: Passage, found: list[Quantity], following: tuple[Passage, ...]
) -> Iterator[Group]:
    text = passage.text
    for trigger in TRIGGER.finditer(text):
        whole = whole_before(text, found, trigger.start())
        if whole is None:
            continue
        inside = bracket_around(text, trigger.start())
        end = inside if inside is not None else sentence_end(text, trigger.end())
        end = min(end, trigger.end() + _LONGEST)
        if OVERLAP.search(text, whole.span.end, end):
            continue
        parts = parts_between(text, found, trigger.end(), end)
        if not parts and text.rstrip().endswith(":") and len(text) - trigger.end() <= 4:
            items = items_below(report, following)
            if None in items:
                continue
            parts = [one for one in items if one is not None]
        parts = [one for one in parts if alike(whole, one)]
        if len(parts) < 2 or not _of_one_kind(whole, parts) or head_of(whole) in TIMES:
            continue
        if any(_EACH.search(one.span.before(30)) for one in parts):
            continue
        last = parts[-1].span.end if parts[-1].span.passage is passage else end
        more = bool(MORE.search(text, last, min(end + 3, last + _CLOSE)))
        more = more or bool(_MOSTLY.search(text, trigger.start() - 9, trigger.start()))
        told = trigger[0].lower().startswith("cụ thể")
        yield Group(whole, tuple(parts), trigger["closed"] is not None and not more, not more, told)


def too_large(report: Report) -> Iterator[tuple[Quantity, Quantity]]:
    """(whole, part) where "trong đó" tells a part that exceeds all it can be a part of."""
    for found in report.quantities_of.values():
        passage = found[0].span.passage
        for trigger in TRIGGER.finditer(passage.text):
            whole = whole_before(passage.text, found, trigger.start()) if trigger["open"] else None
            part = next((one for one in found if one.span.start >= trigger.end()), None)
            if whole is None or part is None or part.what is not What.VALUE or not head_of(whole):
                continue
            near = re.fullmatch(r":?\s(?:có\s)?", passage.text[trigger.end() : part.span.start])
            if not near or head_of(part) != head_of(whole) or part.unit != whole.unit:
                continue
            start = max(
                (one.end() for one in SENTENCE.finditer(passage.text, 0, whole.span.start)),
                default=0,
            )
            before = [one for one in found if start <= one.span.start < trigger.start()]
            if all(one.value * one.scale < part.value * part.scale for one in before):
                yield whole, part


def _of_one_kind(whole: Quantity, parts: list[Quantity]) -> bool:
    """Parts that all count one thing are no parts of what counts another: 23 decisions of 172 procedures."""
    heads = {head_of(one) for one in parts if one.noun}
    return not (whole.noun and len(heads) == 1 and len(parts) > 1 and all(one.noun for one in parts)
                and head_of(whole) not in heads)  # fmt: skip
