"""Reading the number and symbol (số, ký hiệu) of a document as it was written.

Five grammars stand side by side: named types, official letters, normative documents, Party
documents, and whatever else arrives. Nothing is refused: what is irregular gets a warning.

Law: 30/2020/NĐ-CP, Điều 7, Phụ lục I và Phụ lục III mục I (VT-05 to VT-07, VT-09, VT-10).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from dieuhanh.text.fold import fold, nfc

# The 27 administrative types that have an abbreviation; công văn and thư công have none.
NAMED_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
}
COPY_TYPES = {"SY": "Bản sao y", "TrS": "Bản trích sao", "SL": "Bản sao lục"}
NORMATIVE_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch",
    "CT": "Chỉ thị",
    "PL": "Pháp lệnh",
    "L": "Lệnh",
}
PARTY_TYPES = {
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "QĐ": "Quyết định",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "QĐi": "Quy định",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "ĐA": "Đề án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "CV": "Công văn",
}

_ALL_TYPES = {**NORMATIVE_TYPES, **NAMED_TYPES, **COPY_TYPES}
_ONLY_NORMATIVE = NORMATIVE_TYPES.keys() - NAMED_TYPES.keys()
# "02/CP-NQ": these three are no department of any agency, so the order must be turned round.
_TURNED_ROUND = ("NQ", "QĐ", "NĐ")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_BEFORE = re.compile(r"^(?P<words>[^\d]*?)\bsố\s*:?\s*(?=\d)", re.IGNORECASE)
_AFTER = re.compile(r"[\s,;(]+(?:ngày|v/v|về việc)(?:\s|:|$).*$", re.IGNORECASE | re.DOTALL)
_START = re.compile(r"(?P<number>[0-9]+)(?P<letter>[^\W\d_]?)(?P<mark>[/-])(?P<rest>.+)")
_YEAR = re.compile(r"(?P<year>[0-9]{4}|[0-9]{2})/(?P<rest>.+)")
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)[0-9]*", re.IGNORECASE)
_GROUP = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_MAX_LENGTH = 200


class SymbolKind(StrEnum):
    """Which grammar a symbol follows."""

    NAMED = "named"
    OFFICIAL_LETTER = "official_letter"
    NORMATIVE = "normative"
    PARTY = "party"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Symbol:
    """A symbol taken apart. ``raw`` is kept exactly as it came (VT-10).

    ``number`` and ``year`` are None where none could be read; ``year`` is there only for
    normative documents, whose presence of a year decides the class (VT-07). ``type`` is the
    abbreviation of the law. ``issuer`` is the agency; ``unit`` the drafting unit or field of an
    official letter (công văn). ``warnings`` are Vietnamese sentences for the clerk.
    """

    raw: str
    number: int | None
    year: int | None
    type: str | None
    issuer: str | None
    kind: SymbolKind
    warnings: tuple[str, ...] = ()
    unit: str | None = None


def parse_symbol(raw: str) -> Symbol:
    """Take a symbol apart as far as it goes. Never raises; doubts become warnings.

    313/KH-UBND is named; 1897/KHĐT-THQH an official letter; 16/2021/QĐ-UBND normative;
    24-CT/TU of the Party.
    """
    warnings: list[str] = []
    text = _clean(raw, warnings)
    start = _START.fullmatch(text)
    if not start:
        warnings.append("Không đọc được số, ký hiệu; xin kiểm tra lại.")
        return _unknown(raw, None, None, warnings)

    number = _number(start, warnings)
    rest = start["rest"]
    if start["mark"] == "-":
        return _party(raw, number, rest, warnings)
    dated = _YEAR.fullmatch(rest)
    if dated:
        return _normative(raw, number, dated, warnings)
    return _administrative(raw, number, rest, warnings)


def _clean(raw: str, warnings: list[str]) -> str:
    """The bare symbol: words around it cut off, typing variants made equal."""
    text = nfc(raw).strip()
    if len(text) > _MAX_LENGTH:
        warnings.append("Số, ký hiệu quá dài; chỉ đọc phần đầu.")
        text = text[:_MAX_LENGTH]
    if found := _BEFORE.match(text):
        if found["words"].strip():
            warnings.append("Đã bỏ phần chữ đứng trước số.")
        text = text[found.end() :]
    if found := _AFTER.search(text):
        warnings.append("Đã bỏ phần ngày hoặc trích yếu đứng sau ký hiệu.")
        text = text[: found.start()]
    text = text.strip(" \t\r\n.,;:")
    usual = text.translate(_DASHES).replace("Ð", "Đ").replace("ð", "đ")
    if usual != text:
        warnings.append("Dấu gạch nối hoặc chữ Đ gõ không đúng mã chuẩn.")
    close = "".join(usual.split())
    if close != usual:
        warnings.append("Số, ký hiệu có khoảng trắng.")
    return close


def _number(start: re.Match[str], warnings: list[str]) -> int:
    digits = start["number"]
    number = int(digits)
    if number == 0:
        warnings.append("Số văn bản phải bắt đầu từ 01.")
    elif digits != f"{number:02d}":
        warnings.append(f"Số “{digits}” cần viết là “{number:02d}”.")
    if start["letter"]:
        warnings.append(f"Số có chữ “{start['letter']}” kèm theo.")
    return number


def _party(raw: str, number: int, rest: str, warnings: list[str]) -> Symbol:
    """Party documents: number-TYPE/ISSUER. Their own grammar, not corrected (VT-09)."""
    abbreviation, slash, issuer = rest.partition("/")
    if not slash or not _groups(abbreviation) or not _groups(issuer):
        warnings.append("Ký hiệu không theo mẫu nào đã biết.")
        return _unknown(raw, number, None, warnings)
    known = _known(abbreviation, PARTY_TYPES, warnings)
    if known is None:
        warnings.append(f"Loại văn bản “{abbreviation}” chưa có trong danh mục của Đảng.")
    return Symbol(
        raw=raw,
        number=number,
        year=None,
        type=known or abbreviation,
        issuer=_issuer(issuer, warnings),
        kind=SymbolKind.PARTY,
        warnings=tuple(warnings),
    )


def _normative(raw: str, number: int, dated: re.Match[str], warnings: list[str]) -> Symbol:
    """Normative documents: number/year/TYPE-ISSUER; laws have the issuer alone (VT-07)."""
    year = int(dated["year"])
    if year < 100:
        year += 2000 if year < 45 else 1900
        warnings.append("Năm ban hành chỉ có hai chữ số.")
    elif not 1945 <= year <= 2100:
        warnings.append(f"Năm ban hành {year} không hợp lý.")
    rest = dated["rest"]
    found: str | None = None
    issuer: str | None
    if _ASSEMBLY.fullmatch(rest):
        issuer = _issuer(rest, warnings)
    else:
        first, _mark, issuer = rest.replace("/", "-").partition("-")
        if not _groups(first) or not _groups(issuer):
            warnings.append("Ký hiệu văn bản quy phạm pháp luật thiếu loại hoặc cơ quan ban hành.")
            return _unknown(raw, number, year, warnings)
        found = _known(first, NORMATIVE_TYPES, warnings)
        if found is None and issuer in _TURNED_ROUND:
            warnings.append("Ký hiệu viết ngược: loại văn bản phải đứng trước cơ quan ban hành.")
            found, issuer = issuer, first
        elif found is None:
            warnings.append(f"“{first}” không phải loại văn bản quy phạm pháp luật.")
            found = first
        issuer = _issuer(issuer, warnings)
    return Symbol(
        raw=raw,
        number=number,
        year=year,
        type=found,
        issuer=issuer,
        kind=SymbolKind.NORMATIVE,
        warnings=tuple(warnings),
    )


def _administrative(raw: str, number: int, rest: str, warnings: list[str]) -> Symbol:
    """Named types (TYPE-AGENCY) and official letters (AGENCY-UNIT), told apart by the list."""
    groups = _groups(rest)
    if len(groups) < 2:
        warnings.append("Ký hiệu không theo mẫu nào đã biết.")
        return _unknown(raw, number, None, warnings)
    first, last = groups[0], groups[-1]
    remainder = "-".join(groups[1:])

    known = _known(first, _ALL_TYPES, warnings)
    if known is not None:
        if known in _ONLY_NORMATIVE:
            warnings.append("Ký hiệu văn bản quy phạm pháp luật thiếu năm ban hành.")
        return _named(raw, number, known, remainder, warnings)
    if last in _TURNED_ROUND:
        warnings.append("Ký hiệu viết ngược: loại văn bản phải đứng trước cơ quan ban hành.")
        return _named(raw, number, last, "-".join(groups[:-1]), warnings)

    unit: str | None = remainder
    if first.upper() == "CV":
        warnings.append("“CV” không phải chữ viết tắt của công văn theo Nghị định 30/2020/NĐ-CP.")
        first, unit = groups[1], "-".join(groups[2:]) or None
    return Symbol(
        raw=raw,
        number=number,
        year=None,
        type=None,
        issuer=_issuer(first, warnings),
        kind=SymbolKind.OFFICIAL_LETTER,
        warnings=tuple(warnings),
        unit=unit,
    )


def _named(raw: str, number: int, known: str, issuer: str, warnings: list[str]) -> Symbol:
    return Symbol(
        raw=raw,
        number=number,
        year=None,
        type=known,
        issuer=_issuer(issuer, warnings),
        kind=SymbolKind.NAMED,
        warnings=tuple(warnings),
    )


def _unknown(raw: str, number: int | None, year: int | None, warnings: list[str]) -> Symbol:
    return Symbol(
        raw=raw,
        number=number,
        year=year,
        type=None,
        issuer=None,
        kind=SymbolKind.UNKNOWN,
        warnings=tuple(warnings),
    )


def _groups(text: str) -> list[str]:
    """The groups between hyphens, or none at all when one of them is not a group."""
    groups = text.split("-")
    return groups if all(_GROUP.fullmatch(group) for group in groups) else []


def _known(written: str, types: dict[str, str], warnings: list[str]) -> str | None:
    """The abbreviation of the list that was meant; wrong capitals or a lost Đ get a warning."""
    if written in types:
        return written
    meant = [name for name in types if name.lower() == written.lower()]
    if not meant and written.isascii():
        meant = [name for name in types if not name.isascii() and fold(name) == written.lower()]
    if len(meant) != 1:
        return None
    warnings.append(f"Loại văn bản “{written}” cần viết là “{meant[0]}”.")
    return meant[0]


def _issuer(written: str, warnings: list[str]) -> str:
    if written != written.lower():
        return written
    if any(char.isalpha() for char in written):
        warnings.append(f"Cơ quan ban hành “{written}” cần viết hoa.")
    return written.upper()
