"""Numbers as officials write them, for arithmetic and suggestions."""

from __future__ import annotations

from decimal import Decimal


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
