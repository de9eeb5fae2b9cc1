"""Faults of writing: words, signs, lists, numbering, names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from bench.offers import Offer, Range, Text

Item = tuple[str, int, Range, Range]  # style, number, place of the number, the paragraph

_COUNTS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTED = re.compile(
    rf"(?<!\w)({'|'.join(_COUNTS[2:])}) (?:nhóm )?(?:nhiệm vụ|nội dung|hạn chế|giải pháp|chỉ tiêu|"
    r"vụ việc|kiến nghị|vấn đề|nguyên nhân)[^.;:\n\d]{0,40}sau:"
)
_INLINE = re.compile(r"\((\d{1,2})\)\s")
_ITEM = re.compile(
    r"\s*(?:(?P<article>Điều )(?P<a>\d{1,3})\.|(?P<number>\d{1,2})\.(?=\s)|(?P<letter>[a-eđ])\)"
    r"|(?P<roman>[IVX]{1,5})\.(?=\s)|(?P<dash>-)\s)"
)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI")
_LETTERS = "abcdđe"
# Words that nobody says twice in a row.
_FUNCTION = re.compile(r"(?<![\w-])(của|và|với|trong|được|các|theo|tại|cho|trên|những|để)(?=\s+\w)")
_HOOKED = re.compile(
    r"(?<![\w./@-])(?:triển|giữ|vững|kiểm|điểm|phải|của|những|giảm|trưởng|quản|khoản|sản|chuyển|đảm|xử|nghĩa)(?![\w./@-])"
)
_OTHER_TONE = {0x0309: 0x0303, 0x0303: 0x0309}
_SYLLABLE = re.compile(r"(?<![\w./@-])[a-zà-ỹđ]{3,7}(?![\w./@-])")
_MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")
_MIXED = re.compile(r"(?<![\w/-])(?=[A-Za-z]*[a-z])[A-Za-z]*[a-z][A-Z][A-Za-z]*(?![\w/-])"
                    r"|(?<![\w/-])[A-Z]{2,}[a-z][A-Za-z]*(?![\w/-])")  # fmt: skip
_SHORT = re.compile(r" \(([A-ZĐ]{3,8})\)")
_DOTTED = re.compile(r"(?<![\d.,/])\d{1,3}(?:\.\d{3})+(?![\d.,/])")
_COMMA_PERCENT = re.compile(r"(?<![\d.,/])\d+(,)\d+\s?%")


def doubled_word(text: Text) -> Iterator[Offer]:
    for start, end in text.in_prose():
        for found in _FUNCTION.finditer(text.flat, start, end):
            at = found.end()
            # At the end of a line the second one begins the next: that is how it slips in.
            if text.raw[at] == "\n":
                yield Offer(at + 1, at + 1, (f"{found[1]} ",))
            else:
                yield Offer(at, at, (f" {found[1]}",))


def misspelt(text: Text) -> Iterator[Offer]:
    """Syllables that Vietnamese cannot have: a coda too many, an initial twice, letters swapped."""
    for start, end in text.in_prose():
        for found in _SYLLABLE.finditer(text.flat, start, end):
            word = found[0]
            if not _MARKED.search(word):
                continue
            wrong = []
            if word[-1] in "mptcgh":
                wrong.append(word + "n")
            if word[0] in "bcdghklmnpqrstvx" and word[1] != word[0]:
                wrong.append(word[0] + word)
            if word.endswith(("ng", "nh")):
                wrong.append(word[:-2] + word[-1] + "n")
            if wrong:
                yield Offer(*found.span(), tuple(wrong))


def wrong_tone(text: Text) -> Iterator[Offer]:
    """Hỏi for ngã, ngã for hỏi: no word is written so."""
    for start, end in text.in_prose():
        for found in _HOOKED.finditer(text.flat, start, end):
            apart = unicodedata.normalize("NFD", found[0])
            wrong = unicodedata.normalize("NFC", apart.translate(_OTHER_TONE))
            yield Offer(*found.span(), (wrong,))


def _pairs(text: Text, opening: str, closing: str) -> Iterator[Range]:
    """Brackets of a pair that stands alone: neither inside another nor of an item's mark."""
    for start, end in text.in_prose():
        words = text.flat[start:end]
        listed = re.match(r"\s*[a-zđ0-9]{1,2}\)", words)
        at = start + (listed.end() if listed else 0)
        signs = [(i, text.flat[i]) for i in range(at, end) if text.flat[i] in opening + closing]
        order = "".join(sign for _, sign in signs)
        if order == (opening + closing) * (len(order) // 2):
            yield from ((signs[i][0], signs[i + 1][0]) for i in range(0, len(signs), 2))


def unbalanced_bracket(text: Text) -> Iterator[Offer]:
    for opened, closed in _pairs(text, "(", ")"):
        if not re.fullmatch(r"\d{1,2}|[a-z]|[ivx]{1,4}", text.flat[opened + 1 : closed]):
            yield from _halves(opened, closed)


def _halves(opened: int, closed: int) -> Iterator[Offer]:
    """Either half is lost; a reader marks the other one."""
    for at in (opened, closed):
        yield Offer(at, at + 1, ("",), phrase=(opened, closed + 1))


def unbalanced_quote(text: Text) -> Iterator[Offer]:
    for opened, closed in (*_pairs(text, "“", "”"), *_straight(text)):
        yield from _halves(opened, closed)


def _straight(text: Text) -> Iterator[Range]:
    for start, end in text.in_prose():
        signs = [i for i in range(start, end) if text.flat[i] == '"']
        if len(signs) % 2 == 0:
            yield from zip(signs[::2], signs[1::2], strict=True)


def _count_of(style: str, printed: str) -> int:
    if style == "letter":
        return _LETTERS.index(printed) + 1
    if style == "roman":
        return _ROMAN.index(printed) if printed in _ROMAN else 0
    return 0 if style == "dash" else int(printed)


def _items(text: Text) -> list[Item]:
    """Paragraphs, with the number that stands before them."""
    found: list[Item] = []
    for start, end in text.paragraphs:
        item = _ITEM.match(text.flat, start, end)
        style = item.lastgroup if item else None
        if item is None or style is None:
            found.append(("", 0, (start, start), (start, end)))
            continue
        number = _count_of(style, item[style])
        found.append((style, number, item.span(style), (start, end)))
    return found


_RANKS = {"roman": 1, "a": 1, "number": 2, "letter": 3}


def _runs(text: Text) -> Iterator[list[Item]]:
    """Items of one style counted 1, 2, 3 … without a heading of a higher style between."""
    open_runs: dict[str, list[Item]] = {}
    for one in _items(text):
        style, number, _, paragraph = one
        heading = text.flat[slice(*paragraph)]
        if style in ("", "dash"):
            if len(heading) < 90 and heading.upper() == heading:  # a part of its own begins
                yield from open_runs.values()
                open_runs = {}
            continue
        for other in [o for o in open_runs if _RANKS[o] > _RANKS[style]]:
            yield open_runs.pop(other)
        run = open_runs.get(style, [])
        if run and number == run[-1][1] + 1:
            run.append(one)
            continue
        if run:
            yield open_runs.pop(style)
        if number == 1:
            open_runs[style] = [one]
    yield from open_runs.values()


def _numbered(style: str, number: int) -> str:
    if style == "letter":
        return _LETTERS[number - 1]
    return _ROMAN[min(number, 11)] if style == "roman" else str(number)


def numbering_gap(text: Text) -> Iterator[Offer]:
    for run in _runs(text):
        style, number, place, _ = run[-1]
        if len(run) >= 3 and (style != "letter" or number < len(_LETTERS)):
            yield Offer(*place, (_numbered(style, number + 1),), (run[-2][2],))


def numbering_double(text: Text) -> Iterator[Offer]:
    for run in _runs(text):
        style, number, place, _ = run[-1]
        if len(run) >= 3:
            yield Offer(*place, (_numbered(style, number - 1),), (run[-2][2],))


def count_list(text: Text) -> Iterator[Offer]:
    """A count in words that is not that of the list after it."""
    items = _items(text)
    for found in _COUNTED.finditer(text.flat):
        _, end = text.paragraph_of(found.start())
        inline = [int(n) for n in _INLINE.findall(text.flat[found.end() : end])]
        places = [(found.end(), end)]
        count = len(inline) if inline == list(range(1, len(inline) + 1)) else 0
        if not text.flat[found.end() : end].strip():
            listed = _list_after(items, end)
            places, count = [one[2] for one in listed], len(listed)
        if count > 1 and _COUNTS.index(found[1]) == count:
            wrong = tuple(_COUNTS[n] for n in (count - 1, count + 1) if 2 <= n <= 10)
            yield Offer(*found.span(1), wrong, (places[0], places[-1]))


def _list_after(items: list[Item], end: int) -> list[Item]:
    after = [one for one in items if one[3][0] > end]
    style = after[0][0] if after else ""
    if style not in ("dash", "letter", "number"):
        return []
    listed: list[Item] = []
    for one in after:
        if style != "dash" and one[0] == style:
            if one[1] != len(listed) + 1:
                break
            listed.append(one)
        elif style == "dash" and one[0] == "dash":
            listed.append(one)
        elif style == "dash" or one[0] == "roman":
            break
    return listed


def name_variant(text: Text) -> Iterator[Offer]:
    """A name of mixed capitals that stands twice, once with another capital."""
    places = [(m[0], m.span()) for m in _MIXED.finditer(text.flat)]
    often = Counter(name for name, _ in places)
    spellings = Counter(name.lower() for name in often)
    for name, span in places:
        if often[name] < 2 or len(name) < 5 or spellings[name.lower()] > 1:
            continue
        capitals = [i for i, sign in enumerate(name) if sign.isupper() and i > 0]
        wrong = tuple(name[:i] + name[i].lower() + name[i + 1 :] for i in capitals)
        beside = tuple(other for one, other in places if one == name and other != span)
        yield Offer(*span, wrong, beside)


def abbreviation_unexplained(text: Text) -> Iterator[Offer]:
    """The explanation of an abbreviation is lost; what used it has none."""
    for found in _SHORT.finditer(text.flat):
        words = text.flat[max(0, found.start() - 80) : found.start()].split()
        short = found[1]
        initials = "".join(one[0].upper() for one in words[-len(short) :])
        uses = [m.span() for m in re.finditer(rf"(?<!\w){short}(?!\w)", text.flat)]
        later = [one for one in uses if one[0] > found.end() and not _in_symbol(text, one)]
        known = short in ("UBND", "HĐND")  # every reader knows these
        first = uses[0][0] == found.start(1) or all(
            _in_symbol(text, one) for one in uses if one[0] < found.start()
        )
        if initials == short and first and len(later) >= 2 and not known:
            yield Offer(*found.span(), ("",), phrase=(found.start(), later[0][1]))


def _in_symbol(text: Text, place: Range) -> bool:
    return text.bare[place[0] : place[1]].startswith("·")


def number_format(text: Text) -> Iterator[Offer]:
    """A number without its dots among dotted ones, a decimal point among commas."""
    dotted = list(_DOTTED.finditer(text.bare))
    if len(dotted) >= 4:
        for found in dotted:
            if len(found[0]) > 5:
                yield Offer(*found.span(), (found[0].replace(".", ""), found[0] + "0"))
    commas = list(_COMMA_PERCENT.finditer(text.bare))
    if len(commas) >= 4:
        for found in commas:
            yield Offer(*found.span(1), (".",))


KINDS: dict[str, Callable[[Text], Iterator[Offer]]] = {
    one.__name__: one
    for one in (
        doubled_word, misspelt, wrong_tone, unbalanced_bracket, unbalanced_quote, count_list, numbering_gap,
        numbering_double, name_variant, abbreviation_unexplained, number_format,
    )
}  # fmt: skip
