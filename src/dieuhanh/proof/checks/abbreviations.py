"""Abbreviations: used without or before their explanation, or explained in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Name, Report, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.reading.source import Kind
from dieuhanh.proof.understanding.known import EVERYBODY_KNOWS, USUAL
from dieuhanh.text.fold import fold

_SHORT = re.compile(r"(?<![\w/.&@-])[A-ZĐ]{3,8}(?![\w/&@-])")
#: PAR INDEX: a name.
_NAME_OF_TWO = re.compile(r"[A-Z]{2,8} [A-Z]{2,8}")
_ROMAN = re.compile(r"[IVXLCDM]+")
#: (ABC), ABC (words), "gọi tắt là ABC", "ABC là …": the text says what it stands for.
_TOLD = re.compile(
    r"\(\s?[“\"]?(?P<inside>[A-ZĐ]{3,8})[”\"]?\s?[);,]|\b(?:là|tắt)\s[“\"]?(?P<called>[A-ZĐ]{3,8})\b"
    r"|(?P<opens>\b[A-ZĐ]{3,8})\s\((?!(?:bao|gồm|trong|đạt|tăng|giảm|theo|do|của|tại|có|kể|không|chủ|nhất|cùng|chiếm|bằng|từ|tính|đã|so)\b)(?=[^\W\d_]{2,})|^[-+*•]?\s?(?P<listed>[A-ZĐ]{3,8})\s?:"
)
#: Whom a document goes to is written in the shorthand of its office.
_FOOT = re.compile(r"^Nơi nhận\b", re.IGNORECASE)
_OFTEN = 2
#: So long an abbreviation is a riddle even where it stands once: GCNQSDĐ.
_LONG = 6


@check(
    "names.unexplained", Severity.STYLE,
    "Chữ viết tắt không được giải thích", "An abbreviation that is never explained",
)  # fmt: skip
def unexplained(report: Report) -> Iterator[Remark]:
    explained: set[str] = set()
    used: dict[str, list[Span]] = {}
    for passage in _body(report):
        for told in _TOLD.finditer(passage.text):
            explained.update(one for one in told.groups() if one)
        if passage.block.cell is None and not _is_shouted(passage.text):
            for found in _SHORT.finditer(passage.text):
                if not _NAME_OF_TWO.search(
                    passage.text, max(0, found.start() - 9), found.end() + 9
                ):
                    used.setdefault(found[0], []).append(Span(passage, *found.span()))
    cited = {(one.span.passage.number, at) for one in report.citations
             for at in range(one.span.start, one.span.end)}  # fmt: skip
    for short, spans in used.items():
        if short in EVERYBODY_KNOWS or short in explained or _ROMAN.fullmatch(short):
            continue
        free = [one for one in spans if (one.passage.number, one.start) not in cited]
        if not free or (len(free) < _OFTEN and len(short) < _LONG):
            continue
        long = USUAL.get(short, "")
        yield Remark(
            free[0],
            f"“{short}” được dùng {len(free)} lần mà không giải thích; lần đầu nên viết đầy đủ.",
            f"“{short}” is used {len(free)} times and never explained.", "",
            f"{long} ({short})" if long else "", tuple(free[1:4]),
        )  # fmt: skip


def _body(report: Report) -> Iterator[Passage]:
    for passage in report.passages:
        if _FOOT.match(passage.text):
            return
        if passage.block.kind is not Kind.FURNITURE:
            yield passage


def _is_shouted(text: str) -> bool:
    """A heading in capitals, in which nobody sees what is an abbreviation."""
    letters = [one for one in text if one.isalpha()]
    return sum(one.isupper() for one in letters) * 2 > len(letters)


@check(
    "names.early", Severity.STYLE,
    "Chữ viết tắt dùng trước khi được giải thích", "An abbreviation is used before it is explained",
)  # fmt: skip
def early(report: Report) -> Iterator[Remark]:
    explained: dict[str, Name] = {}
    for one in report.names:
        if one.long and one.short not in EVERYBODY_KNOWS:
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
