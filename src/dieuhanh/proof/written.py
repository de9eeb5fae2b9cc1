"""Numbers as officials write them, for arithmetic and suggestions."""

from __future__ import annotations

from decimal import Decimal


def number(value: Decimal, decimals: int | None = None) -> str:
    """1234567.8 → 1.234.567,8; without needless noughts unless ``decimals`` asks for them."""
    written = f"{value:,.{decimals}f}" if decimals is not None else f"{value.normalize():,f}"
    return written.translate(str.maketrans(",.", ".,"))
