"""Which paragraphs are headings, told by their words: reports are seldom typed with styles."""

from __future__ import annotations

from dieuhanh.proof.reading.openings import opening, opens_signature

_LONGEST = 300
_LONGEST_TITLE = 200
#: Parts and chapters are headings whatever follows; of an item the end tells.
_ALWAYS = frozenset(["part", "chapter", "appendix", "subsection", "roman", "capital"])
_PLAIN_END = (".", ";", ",", ":", "!", "?", "…", "-")


def heading_level(said: str, bold: bool = False) -> int:
    """The level of a heading, 1 the highest; 0 for a paragraph.

    Args:
        said: the paragraph in one line, composed (NFC).
        bold: all of it is set in bold, where that is known.
    """
    bare = said.strip(" *_")
    if not bare or len(bare) > _LONGEST or opens_signature(bare):
        return 0
    mark = opening(bare)
    if mark is None:
        return int(_is_title(bare))
    if not mark.level:
        return 0
    if mark.style in _ALWAYS:
        return 0 if bare.endswith((";", ",")) else mark.level
    if bold or not bare.endswith(_PLAIN_END):
        return mark.level if bare[mark.rest :].strip() else 0
    return 0


def _is_title(bare: str) -> bool:
    """All in capitals, more than a word, and no sentence."""
    if len(bare) > _LONGEST_TITLE or bare.endswith((".", ";", ",")):
        return False
    letters = [char for char in bare if char.isalpha()]
    return len(letters) > 5 and " " in bare and all(map(str.isupper, letters))
