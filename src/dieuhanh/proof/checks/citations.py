"""Numbers and symbols of instruments: their form, their day, and whether they are one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dieuhanh.proof.checks.registry import check, together
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Citation, Day, Report
from dieuhanh.text.fold import fold
from dieuhanh.text.symbols import NAMED_TYPES, NORMATIVE_TYPES, PARTY_TYPES, SymbolKind

#: Bodies of the Party; their instruments are 24-CT/TU, never 24/CT-TU.
_PARTY = re.compile(r"^(?:TU|TW|TƯ|HU|QU|BTV|BTVTU|BCĐTW|ĐU|UBKT\w*|BTG\w*|BTC\w*)$")
#: Bodies of the State; theirs are 313/KH-UBND, never 313-KH/UBND.
_STATE = re.compile(
    r"^(?:UBND|HĐND|VP|VPUB|CP|TTg|BNV|BTC|BTP|UBTVQH\d*|S[A-ZĐ]{2,9}|TT[A-ZĐ]{3,9}|PGDĐT|BQL[A-ZĐ]*)$"
)
#: Which irregularities are told; typing variants (spaces, look-alike dashes) are style.
_TURNED = "viết ngược"
_NO_YEAR = "thiếu năm ban hành"
_TYPES = NAMED_TYPES.keys() | NORMATIVE_TYPES.keys() | PARTY_TYPES.keys()
_TYPED = ("gõ không đúng mã chuẩn", "khoảng trắng")
_MUST_HAVE_YEAR = ("NĐ", "TT", "TTLT", "NQLT")


@check(
    "citations.form", Severity.ERROR,
    "Số, ký hiệu văn bản phải đúng thứ tự, đúng dấu, đủ năm",
    "Numbers and symbols of instruments have their parts, marks and year in order",
)  # fmt: skip
def form(report: Report) -> Iterator[Remark]:
    """30/2020/NĐ-CP, Phụ lục I, III; VT-05 to VT-10."""
    for one in report.citations:
        symbol, printed = one.symbol, one.span.words
        warned = " ".join(symbol.warnings)
        turned = _turned_round(one)
        if turned:
            yield Remark(
                one.span, "Ký hiệu viết ngược: loại văn bản đứng trước cơ quan ban hành.",
                "The symbol is turned round: the type stands before the issuer.",
                f"{printed} → {turned}", turned,
            )  # fmt: skip
        elif right := _of_marks(printed):
            yield _marks(one, right, "Văn bản nhà nước viết số/loại-cơ quan, có năm thì số/năm/loại-cơ quan; "
                         "văn bản của Đảng viết số-loại/cơ quan.",
                         "The State writes number/type-issuer, the Party number-type/issuer.")  # fmt: skip
        elif symbol.kind is SymbolKind.PARTY and _STATE.match(symbol.issuer or ""):
            right = f"{printed.split('-')[0]}/{symbol.type}-{symbol.issuer}"
            yield _marks(one, right, "Văn bản của cơ quan nhà nước viết số/loại-cơ quan.",
                         "Instruments of the State are written number/type-issuer.")  # fmt: skip
        elif symbol.kind is SymbolKind.NAMED and _PARTY.match(symbol.issuer or ""):
            right = f"{printed.split('/')[0]}-{symbol.type}/{symbol.issuer}"
            yield _marks(one, right, "Văn bản của Đảng viết số-loại/cơ quan.",
                         "Instruments of the Party are written number-type/issuer.")  # fmt: skip
        elif _NO_YEAR in warned or (
            symbol.year is None
            and symbol.type in _MUST_HAVE_YEAR
            and symbol.kind is not SymbolKind.PARTY
        ):
            year = str(one.on.value.year) if one.on and one.on.value else "năm"
            right = f"{printed.split('/')[0]}/{year}/{symbol.type}-{symbol.issuer}"
            yield Remark(
                one.span, "Văn bản quy phạm pháp luật phải có năm ban hành trong số, ký hiệu.",
                "A normative instrument has its year in its number.",
                f"{printed} → {right}", right if year.isdigit() else "",
            )  # fmt: skip
        elif any(words in warned for words in _TYPED):
            yield Remark(
                one.span, "Số, ký hiệu có khoảng trắng, hoặc gạch nối không đúng mã chuẩn.",
                "The symbol holds spaces or a look-alike dash.", "",
                re.sub(r"\s", "", printed.translate(str.maketrans("‐‑‒–—", "-----"))),
                severity=Severity.STYLE,
            )  # fmt: skip


def _turned_round(one: Citation) -> str:
    """What 37/UBND-KH should be, where the words before it say "Kế hoạch"; "" where it is in order."""
    symbol, printed = one.symbol, one.span.words
    year = f"{symbol.year}/" if symbol.year else ""
    if _TURNED in " ".join(symbol.warnings) and symbol.type and symbol.issuer:
        return f"{printed.split('/')[0]}/{year}{symbol.type}-{symbol.issuer}"
    if symbol.kind is SymbolKind.OFFICIAL_LETTER and symbol.unit and "-" not in symbol.unit:
        meant = NAMED_TYPES.get(symbol.unit)
        if meant and one.type and fold(meant) == fold(one.type):
            return f"{printed.split('/')[0]}/{symbol.unit}-{symbol.issuer}"
    return ""


_GROUPS = r"[^\s/\d-][^\s/-]*"
#: 1175/QĐ/UBND and 61/2018-NĐ/CP: the right parts between the wrong marks. Joint documents differ.
_WRONG_MARKS = (
    re.compile(rf"(?P<number>\d+[a-z]?)/(?P<type>{_GROUPS})/(?P<issuer>{_GROUPS}(?:-{_GROUPS})*)"),
    re.compile(rf"(?P<number>\d+[a-z]?[/-]\d{{4}})[/-](?P<type>{_GROUPS})/(?P<issuer>{_GROUPS})"),
    re.compile(rf"(?P<number>\d+[a-z]?[/-]\d{{4}})-(?P<type>{_GROUPS})[-](?P<issuer>{_GROUPS})"),
)
_JOINT = ("NQLT", "TTLT")


def _of_marks(printed: str) -> str:
    """The symbol with its marks in order; "" where they are."""
    bare = re.sub(r"\s", "", printed)
    for pattern in _WRONG_MARKS:
        found = pattern.fullmatch(bare)
        if found and found["type"] not in _JOINT and found["type"] in _TYPES:
            if _PARTY.match(found["issuer"]):
                return f"{found['number']}-{found['type']}/{found['issuer']}"
            return f"{found['number'].replace('-', '/')}/{found['type']}-{found['issuer']}"
    return ""


def _marks(one: Citation, right: str, vi: str, en: str) -> Remark:
    return Remark(one.span, f"Dấu gạch, dấu nối đặt sai chỗ. {vi}", f"Slash and hyphen are exchanged. {en}",
                  f"{one.span.words} → {right}", right)  # fmt: skip


#: Who issues directives (chỉ thị).
_DIRECTING = ("UBND", "TTg", "TU", "TW")


@check(
    "citations.type", Severity.ERROR,
    "Tên loại văn bản phải đúng với ký hiệu",
    "The type in words is that of the symbol",
)  # fmt: skip
def type_in_words(report: Report) -> Iterator[Remark]:
    names = {**{key: {value} for key, value in NAMED_TYPES.items()}}
    for table in (NORMATIVE_TYPES, PARTY_TYPES):
        for key, value in table.items():
            names.setdefault(key, set()).add(value)
    every = {fold(word) for words in names.values() for word in words}
    for one in report.citations:
        said, symbol = fold(one.type), one.symbol.type or ""
        if not said or not symbol or symbol not in names or said not in every:
            continue
        # Only where the words stand right before the number: "Kế hoạch số 313/KH-UBND".
        if not re.search(
            rf"{re.escape(one.type)}\s(?:số\s)?(?:\w+\s)?\Z", one.span.before(60), re.IGNORECASE
        ):
            continue
        if symbol == "CT" and said == "cong van" and one.symbol.issuer not in _DIRECTING:
            continue  # cục thuế: 8079/CT-TTHT
        if said not in {fold(word) for word in names[symbol]}:
            right = sorted(names[symbol])[0]
            yield Remark(
                one.span, f"Ký hiệu “{symbol}” là {right}, văn bản ghi “{one.type}”.",
                f"The symbol “{symbol}” stands for {right}; the text says “{one.type}”.", "", "",
            )  # fmt: skip


def instrument(one: Citation) -> tuple[int, str, str, int] | None:
    """What makes an instrument one: number, type, issuer, year of its series."""
    symbol = one.symbol
    if symbol.number is None or symbol.issuer is None:
        return None
    year = symbol.year or (one.on.value.year if one.on and one.on.value else 0)
    return symbol.number, symbol.type or symbol.unit or "", symbol.issuer, year


@check(
    "citations.days", Severity.ERROR,
    "Một văn bản không thể có hai ngày", "One instrument has one day",
)  # fmt: skip
def two_days(report: Report) -> Iterator[Remark]:
    yield from two_days_among(report.citations)


def two_days_among(found: Iterable[Citation]) -> Iterator[Remark]:
    first: dict[tuple[int, str, str, int], Citation] = {}
    same_day: dict[tuple[int, str, str, int, int], Citation] = {}
    for one in found:
        key = instrument(one)
        if key is None or one.on is None or one.on.value is None:
            continue
        before = first.setdefault(key, one)
        # 22/01/2023 beside 22/01/2024: the year was not brought up to date
        before = same_day.setdefault((*key[:3], one.on.value.month, one.on.value.day), before)
        if before.on and before.on.value != one.on.value and _issued_by_one(before, one):
            yield Remark(
                one.on.span,
                f"{one.span.words} ghi ngày {one.on.span.words}, chỗ khác ghi ngày {before.on.span.words}.",
                f"{one.span.words} is dated {one.on.span.words} here and {before.on.span.words} elsewhere.",
                f"{before.on.span.words} ≠ {one.on.span.words}", _alike(before.on, one.on), (before.on.span,),
            )  # fmt: skip


_ISSUED_BY = re.compile(
    r"\s(?:của\s)?(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân)\s(\w+)", re.IGNORECASE
)


def _issued_by_one(first: Citation, second: Citation) -> bool:
    """Not: "của UBND huyện" here and "của UBND tỉnh" there, which both have a number 15."""
    said = [
        found[1].lower() for one in (first, second)
        if one.on and (found := _ISSUED_BY.match(one.on.span.after(50)))
    ]  # fmt: skip
    return len(set(said)) < 2


def _alike(first: Day, second: Day) -> str:
    """The first day, where both are written in one form; else it is no replacement for the other."""
    words = first.span.words
    return words if words[0].isdigit() == second.span.words[0].isdigit() else ""


@together(
    "citations.files", Severity.ERROR,
    "Hai văn bản ghi hai ngày cho cùng một văn bản", "Two reports date one instrument differently",
)  # fmt: skip
def two_days_in_files(reports: Sequence[Report]) -> Iterator[Remark]:
    file = {id(one): at for at, report in enumerate(reports) for one in report.passages}
    for remark in two_days_among([one for report in reports for one in report.citations]):
        if file[id(remark.span.passage)] != file[id(remark.related[0].passage)]:
            yield remark


@check(
    "citations.year", Severity.ERROR,
    "Năm trong ký hiệu phải là năm ban hành", "The year in a symbol is that of its day",
)  # fmt: skip
def year(report: Report) -> Iterator[Remark]:
    for one in report.citations:
        day = one.on.value if one.on else None
        if day and one.on and one.symbol.year and one.symbol.year != day.year:
            yield Remark(
                one.span, f"Ký hiệu ghi năm {one.symbol.year}, ngày ban hành {one.on.span.words}.",
                f"The symbol says {one.symbol.year}, the day {one.on.span.words}.",
                f"{one.symbol.year} ≠ {day.year}", "", (one.on.span,),
            )  # fmt: skip
