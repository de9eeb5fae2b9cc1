"""Digits in another order: 1.428 here and 1.482 there, of what seems the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.checks.repeats import OPPOSED, content_words
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.understanding.parts import TIMES

_PART = re.compile(r"[.;:!?](?=\s|\Z)")
#: How far its words stand from a number.
_BEFORE, _AFTER = 90, 40
#: How many of them two places must share, by the digits of the number: long ones meet less by chance.
_SHARED = {2: 5, 3: 3}
_SHARED_BY_LONG = 2
_LISTED = re.compile(r"(?:\bgồm:?|\btrong đó:?|[:;]|\bvà)\s\Z")
#: Told of so many numbers with the same digits, it is chance.
_MOST = 4


@check(
    "repeats.swapped", Severity.SUSPICIOUS,
    "Hai chỗ nói gần như cùng một việc mà số bị đảo chữ số", "Two places say nearly the same with swapped digits",
)  # fmt: skip
def swapped(report: Report) -> Iterator[Remark]:
    known: dict[tuple[str, str, str], list[tuple[Quantity, frozenset[str]]]] = {}
    for found in report.quantities_of.values():
        if found[0].span.passage.block.cell is not None:
            continue
        for one in found:
            digits = re.sub(r"\D", "", one.number.words)
            if len(set(digits)) < 2 or digits[0] == "0" or one.high is not None:
                continue
            if one.noun.split(" ")[0] in TIMES:
                continue
            if _LISTED.search(one.span.before(14)):
                continue  # one of the parts of a total
            if one.what in (What.RANK, What.RANK_CHANGE, What.TARGET):
                continue
            key = (
                f"{''.join(sorted(digits))},{one.decimals}",
                one.unit,
                "" if one.unit else one.noun.lower().split(" ")[0],
            )
            others = known.setdefault(key, [])
            if len(others) < _MOST:
                others.append((one, _words_of(one, found)))
    for alike in known.values():
        if len({one.value for one, _words in alike}) != 2:
            continue
        first = alike[0]
        for one, words in alike[1:]:
            if one.value == first[0].value or one.span.passage is first[0].span.passage:
                continue
            if (words ^ first[1]) & OPPOSED:
                continue  # xuất khẩu here, nhập khẩu there
            length = sum(letter.isdigit() for letter in one.number.words)
            if len(words & first[1]) < _SHARED.get(length, _SHARED_BY_LONG):
                continue
            yield Remark(
                one.number,
                f"Chỗ khác ghi {first[0].number.words}; hai số chỉ khác thứ tự chữ số, xin xem lại.",
                f"Elsewhere {first[0].number.words}; the two differ only in the order of digits.",
                f"{first[0].span.words} ≠ {one.span.words}", "", (first[0].number,),
            )  # fmt: skip
            break


def _words_of(one: Quantity, beside: list[Quantity]) -> frozenset[str]:
    """The words that tell what a number is of, up to the numbers on either side."""
    text = one.span.passage.text
    start = max((other.span.end for other in beside if other.span.end <= one.span.start), default=0)
    end = min(
        (other.span.start for other in beside if other.span.start >= one.span.end),
        default=len(text),
    )
    before = _PART.split(text[max(start, one.span.start - _BEFORE) : one.span.start])[-1]
    after = re.split(r"[.;:,(]", text[one.span.end : min(end, one.span.end + _AFTER)])[0]
    return frozenset(content_words(f"{before} {after}"))
