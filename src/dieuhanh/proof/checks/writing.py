"""Slips of the pen: doubled words, impossible syllables, lone brackets and quotes, stray marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import eq

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.understanding.compounds import COMPOUNDS, DOUBLED
from dieuhanh.proof.understanding.syllables import apart, is_syllable, near
from dieuhanh.proof.understanding.tones import MEANT

_WORD = re.compile(r"[^\W\d_]+")
_ALONE = re.compile(r"(?<![\w./@-])[^\W\d_]+(?![\w/@-])(?!\.\w)")
#: Words of grammar, which nobody says twice in a row.
_GRAMMAR = frozenset(
    ("của", "và", "với", "trong", "được", "các", "những", "theo", "tại", "cho", "trên", "để", "đã",
     "đang", "sẽ", "thì", "bởi", "về", "bị", "này", "tới", "nhưng", "hoặc")
)  # fmt: skip
#: Bodies that some write small: "cán bộ bộ Công an".
_BODIES = frozenset(("bộ", "sở", "cục", "vụ", "ban", "xã"))
_TENSE = re.compile(r"(?<!\w)đã được đã(?!\w)")


@check("writing.doubled", Severity.ERROR, "Từ bị lặp liền nhau", "A word twice in a row")
def doubled(report: Report) -> Iterator[Remark]:
    seen: Counter[tuple[str, ...]] | None = None
    for passage in report.passages:
        said = _WORD.findall(passage.text)
        if not any(map(eq, said, said[1:])) and not _in_twos_or_threes(said):
            continue
        seen = _runs(report) if seen is None else seen
        words = list(_WORD.finditer(passage.text))
        at = 0
        while at < len(words):
            length = next((n for n in (3, 2, 1) if _twice(passage.text, words, at, n, seen)), 0)
            if length:
                start, end = words[at].start(), words[at + 2 * length - 1].end()
                yield _doubled(passage, start, end, " ".join(said[at : at + length]))
            at += 2 * length or 1
    for passage in report.passages:
        for found in _TENSE.finditer(passage.text):
            yield _doubled(passage, *found.span(), "đã được")


def _in_twos_or_threes(said: list[str]) -> bool:
    return any(
        said[at : at + length] == said[at + length : at + 2 * length]
        for length in (2, 3)
        for at, (first, second) in enumerate(zip(said, said[length:], strict=False))
        if first == second
    )


def _runs(report: Report) -> Counter[tuple[str, ...]]:
    """How often two and three words follow each other."""
    seen: Counter[tuple[str, ...]] = Counter()
    for passage in report.passages:
        said = _WORD.findall(passage.text.lower())
        seen.update(zip(said, said[1:], strict=False))
        seen.update(zip(said, said[1:], said[2:], strict=False))
    return seen


def _twice(
    text: str, words: list[re.Match[str]], at: int, length: int, seen: Counter[tuple[str, ...]]
) -> bool:
    both = words[at : at + 2 * length]
    said = [one[0] for one in both]
    first, second = said[:length], said[length:]
    if len(both) < 2 * length or first != second:
        return False
    if any(text[one.end() : two.start()] != " " for one, two in zip(both, both[1:], strict=False)):
        return False
    if length > 1:
        named = all(one[0].isupper() for one in first)
        return len(set(first)) > 1 and not named
    word = said[0]
    if word in _GRAMMAR:
        return True
    if not word.islower() or len(word) < 2 or word in DOUBLED:
        return False
    return not _begins_another(text, words, at, seen)


def _begins_another(
    text: str, words: list[re.Match[str]], at: int, seen: Counter[tuple[str, ...]]
) -> bool:
    """ "cơ quan quan trọng": the second one is the first syllable of another word."""
    if at + 2 >= len(words) or text[words[at + 1].end() : words[at + 2].start()] != " ":
        return False
    word, follows = words[at][0].lower(), words[at + 2][0].lower()
    if word in _BODIES and words[at + 2][0][0].isupper():
        return True  # trụ sở sở Xây dựng
    before = words[at - 1][0].lower() if at else ""
    known = seen[word, follows] > 1 or follows in COMPOUNDS.get(word, ())
    if word in COMPOUNDS.get(before, ()) and follows in COMPOUNDS.get(word, ()):
        return True  # hành vi | vi phạm
    if at + 3 < len(words) and follows == words[at + 3][0].lower():
        return True  # tầng tầng lớp lớp
    # "cải cách hành chính chính": where that is a word too, the one before must be one besides.
    return known and not seen[before, word, follows]


def _doubled(passage: Passage, start: int, end: int, once: str) -> Remark:
    return Remark(
        Span(passage, start, end), f"Lặp “{once}”.", f"“{once}” stands twice.", "", once
    )  # fmt: skip


@check(
    "writing.syllable", Severity.ERROR,
    "Chữ không thể là một tiếng của tiếng Việt", "A word that cannot be a Vietnamese syllable",
)  # fmt: skip
def syllable(report: Report) -> Iterator[Remark]:
    odd = {
        word for passage in report.passages for word in set(_ALONE.findall(passage.text))
        if len(word) >= 2 and not word.isascii() and word[1:].islower() and word.isalpha()
        and not is_syllable(word.lower())
    }  # fmt: skip
    if not odd:
        return
    often = Counter(
        one for passage in report.passages for one in _WORD.findall(passage.text.lower())
    )
    for passage in report.passages:
        for found in _ALONE.finditer(passage.text):
            word = found[0]
            if word not in odd:
                continue
            meant = [one for one in near(word.lower()) if often[one] and is_syllable(one)]
            if word.lower() in MEANT:
                meant = [MEANT[word.lower()]]
            if not word.islower() and not (
                meant and _BEGINS.search(passage.text[max(0, found.start() - 3) : found.start()])
            ):
                continue  # a name, of a people whose words are built otherwise
            yield Remark(
                Span(passage, *found.span()),
                f"“{word}” không phải là một tiếng của tiếng Việt.",
                f"“{word}” is no Vietnamese syllable.", "",
                _cased(max(meant, key=lambda one: often[one], default=""), word),
            )  # fmt: skip


#: What stands before the first word of a sentence.
_BEGINS = re.compile(r"(?:\A|[.;:!?]\s|[-+*•–]\s|[\d)][.)]\s|“)\Z")


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[0].isupper() else word


_LAST = frozenset(("oa", "oe", "uy"))
#: Words that end so, with a tone on either vowel.
_TWO_WAYS = re.compile(
    r"(?<![\w./@-])[^\W\d_]{0,5}(?:[òóỏõọ][ae]|o[àáảãạèéẻẽẹ]|[ùúủũụ]y|u[ỳýỷỹỵ])(?![\w/@-])(?!\.\w)",
    re.IGNORECASE,
)


@check(
    "writing.tone", Severity.STYLE,
    "Dấu thanh đặt theo hai cách trong một văn bản (hoà, hòa)",
    "Tone marks are placed in two ways in one text (hoà, hòa)",
)  # fmt: skip
def tone(report: Report) -> Iterator[Remark]:
    placed: tuple[list[Span], list[Span]] = ([], [])  # on the first vowel, on the second
    for passage in report.passages:
        for found in _TWO_WAYS.finditer(passage.text):
            where = _placed(found[0].lower())
            if where is not None:
                placed[where].append(Span(passage, *found.span()))
    few, many = sorted(placed, key=len)
    if few:
        yield Remark(
            few[0],
            f"Dấu thanh đặt theo hai cách: {len(few)} lần như “{few[0].words}”, "
            f"{len(many)} lần như “{many[0].words}”.",
            f"Tone marks are placed in two ways: {len(few)} like “{few[0].words}”, "
            f"{len(many)} like “{many[0].words}”.",
            related=(*few[1:4], many[0]),
        )  # fmt: skip


def _placed(word: str) -> int | None:
    """0 for hòa, 1 for hoà; None where there is but one way."""
    bare, tones = apart(word)
    if len(tones) != 1 or bare[-2:] not in _LAST or bare.startswith("qu"):
        return None
    return int(len(apart(word[-1])[1]) == 1)


_LABEL = re.compile(
    r"(?:\A|[;:.,(“]\s?|\b(?:điểm|khoản|mục|tiết|ý|và|hoặc)\s)"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]{1,2}|[A-ZĐ]|[ivxIVX]{1,4})\Z",
    re.IGNORECASE,
)
#: A bracket may be opened on one line of a heading and closed on one of the next; so may a quotation.
_NEAR = 3
#: A quoted article, which begins its paragraph, runs over many more.
_FAR_QUOTE = 60


@check(
    "writing.bracket", Severity.SUSPICIOUS,
    "Ngoặc mở không có ngoặc đóng, hoặc ngược lại", "A bracket without its other half",
)  # fmt: skip
def bracket(report: Report) -> Iterator[Remark]:
    alone = [one for pair in ("()", "[]") for one in _lone(report, pair, _NEAR)]
    yield from _told(alone, "Ngoặc", "bracket")


@check(
    "writing.quote", Severity.SUSPICIOUS,
    "Ngoặc kép mở không có ngoặc kép đóng, hoặc ngược lại", "A quotation mark without its other half",
)  # fmt: skip
def quote(report: Report) -> Iterator[Remark]:
    straight = {
        passage.number: Span(passage, at, at + 1)
        for passage in report.passages
        if '"' in passage.text
        and len(
            signs := [
                m.start() for m in re.finditer(r'(?<!\d)"|(?<=\d)"(?=[\s;,.:)]|\Z)', passage.text)
            ]
        )
        % 2
        for at in signs[-1:]
    }
    for pair in ("“”", "«»"):
        # “ … " is a pair too, of two fashions.
        alone = [
            one
            for one in _lone(report, pair, _FAR_QUOTE)
            if not straight.pop(one.passage.number, None)
        ]
        yield from _told(alone, "Ngoặc kép", "quotation mark")
    for number in list(straight):  # said over two paragraphs
        other = next((one for one in straight if number < one <= number + _NEAR), None)
        if number in straight and other is not None:
            del straight[number], straight[other]
    yield from _told(list(straight.values()), "Ngoặc kép", "quotation mark")


def _lone(report: Report, pair: str, far: int) -> list[Span]:
    """Halves without the other, but for those whose other half stands in a later passage."""
    opened: list[Span] = []
    alone: list[Span] = []
    halves = re.compile(f"[{re.escape(pair)}]")
    for passage in report.passages:
        here: list[Span] = []
        for half in halves.finditer(passage.text):
            at, sign = half.start(), half[0]
            if sign == pair[0]:
                here.append(Span(passage, at, at + 1))
            elif sign == pair[1] and here:
                here.pop()
            elif sign == pair[1] and not (
                sign == ")" and _LABEL.search(passage.text[max(0, at - 12) : at])
            ):
                away = passage.number - opened[-1].passage.number if opened else far + 1
                if away <= _NEAR or (away <= far and opened[-1].start == 0):
                    opened.pop()
                else:
                    alone.append(Span(passage, at, at + 1))
        opened += here
    return sorted(alone + opened, key=lambda one: (one.passage.number, one.start))


def _told(alone: list[Span], vi: str, en: str) -> Iterator[Remark]:
    told: set[int] = set()
    for span in alone:
        if span.passage.number not in told:
            told.add(span.passage.number)
            yield Remark(
                span,
                f"{vi} {span.words} không có nửa kia.",
                f"The {en} {span.words} has no other half.",
            )


_SPACES = (
    (re.compile(r"(?<=[^\W\d_]) (?=[,;:](?:\s|\Z))|(?<=[\w)]) (?=\.\s[A-ZĐ]|\.\Z)"), "Thừa dấu cách trước dấu câu.",
     "A space too many before a mark.", ""),
    (re.compile(r"(?<=[^\W\d_]) (?=[,;][^\W\d_]{2})"), "Dấu cách đứng trước dấu câu, không đứng sau.",
     "The space stands before the mark, not after it.", ""),
    (re.compile(r"(?<=\() (?=\w)|(?<=[\w%]) (?=\))"), "Thừa dấu cách trong ngoặc.",
     "A space too many inside brackets.", ""),
    (re.compile(r"(?<=[a-zà-ỹđ0-9])(?=\((?:[A-ZĐ]{2}|[a-zà-ỹđ]{2,}\s))"), "Thiếu dấu cách trước ngoặc.",
     "A space is missing before the bracket.", " "),
    (re.compile(r"(?<=[à-ỹđ][,;:])(?=[^\W\d_]{2})|(?<=[a-zà-ỹđ]{2}[.;])(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s)"),
     "Thiếu dấu cách sau dấu câu.", "A space is missing after a mark.", " "),
    (re.compile(r"(?<=\b\d{4}-) (?=\d{4}\b)|(?<=\b\d{4}) (?=-\d{4}\b)"), "Dấu cách chỉ ở một bên gạch nối.",
     "A space on one side of the dash only.", ""),
)  # fmt: skip
_MARKS = re.compile(
    r",,|;;|::|:,|(?<![.\d])\.\.(?![.\d])|(?<!\.)\. \.(?!\.)|(?<=\w)\.,(?=\s)|,\.(?!\.)|;,|,;|:;|;:"
    r"|(?<=\w): [^\W\d_]+(?: [^\W\d_]+)?:(?=\s)"
)
#: "v.v.," and "TP.," end in a mark of their own.
_SHORTENED = re.compile(r"(?:v\.v|\b[A-ZĐ][A-Za-z]{0,3})\Z")


@check("writing.space", Severity.STYLE, "Thừa hoặc thiếu dấu cách", "A space too many or missing")
def space(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for pattern, vi, en, right in _SPACES:
            for found in pattern.finditer(passage.text):
                start, end = max(0, found.start() - 1), min(len(passage.text), found.end() + 1)
                around = Span(passage, start, end)
                yield Remark(
                    around, vi, en, "", f"{passage.text[start]}{right}{passage.text[end - 1]}"
                )


@check("writing.mark", Severity.STYLE, "Dấu câu thừa", "A stray mark")
def mark(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for found in _MARKS.finditer(passage.text):
            if _SHORTENED.search(passage.text[max(0, found.start() - 5) : found.start()]):
                continue
            span = Span(passage, *found.span())
            right = span.words[0] if len(set(span.words)) == 1 else ""
            yield Remark(
                span, f"Dấu câu thừa: “{span.words}”.", f"A stray mark: “{span.words}”.", "", right
            )
