"""Cells of tables that are carried away into a spreadsheet."""

from __future__ import annotations

import re
from typing import Any

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Signs that XLSX cannot hold (XML 1.0, 2.2).
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is kept as text; control signs go.

    >>> harmless("=1+1"), harmless("a\\x00b"), harmless(-5)
    ("'=1+1", 'ab', -5)
    """
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub("", cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
