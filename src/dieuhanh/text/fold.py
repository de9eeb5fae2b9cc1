"""Vietnamese text made equal: normal form for storing, folded form for searching (X-04)."""

import re
import unicodedata

# đ is a letter of its own and has no decomposition; ð and Ð are its common mistyped doubles.
_D_LETTERS = str.maketrans({"đ": "d", "ð": "d"})
_TOKEN = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """The form in which all text is stored: Unicode NFC."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, without tone marks, circumflexes, horns and breves; đ becomes d.

    Both tone placements fold alike: hoà = hòa = hoa, Uỷ ban = Ủy ban.
    """
    parts = unicodedata.normalize("NFD", text.lower())
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare.translate(_D_LETTERS))


def words(query: str) -> list[str]:
    """The folded words and numbers of a query, in order: 1897/KHĐT-THQH → 1897, khdt, thqh."""
    return _TOKEN.findall(fold(query))
