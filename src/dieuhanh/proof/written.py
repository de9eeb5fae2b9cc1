"""Numbers as officials write them, for arithmetic and suggestions."""

from __future__ import annotations

from decimal import Decimal

#: Capital letters, for the class of a pattern. A range would have small ones among them.
LARGE = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸĐ"


def number(value: Decimal, decimals: int | None = None) -> str:
    """1234567.8 → 1.234.567,8; without needless noughts unless ``decimals`` asks for them."""
    written = f"{value:,.{decimals}f}" if decimals is not None else f"{value.normalize():,f}"
    return written.translate(str.maketrans(",.", ".,"))


_ROMAN = (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def roman_of(value: int) -> str:
    """18 → XVIII."""
    written = ""
    for sign, worth in _ROMAN:
        while value >= worth:
            written, value = written + sign, value - worth
    return written


#: Numbers that officials write in words.
SPELLED = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


def count_of(written: str) -> int:
    """04 → 4, bốn → 4."""
    return int(written) if written.isdigit() else SPELLED[written.lower()]


def count_like(count: int, like: str) -> str:
    """A count as another one is written: 4 → "04" like "03", "Bốn" like "Ba"."""
    if like.isdigit():
        return f"{count:0{len(like)}}"
    said = next((word for word, value in SPELLED.items() if value == count), str(count))
    return said.capitalize() if like[0].isupper() else said
