"""Is it Vietnamese? Told by letters that no other language of wide use has."""

from dieuhanh.text.fold import nfc

#: How much of a text is enough to tell.
_SAMPLE = 20_000
#: Fewer letters than this tell nothing: a table of figures.
_TOO_FEW = 40
#: A third of the letters of Vietnamese prose is marked; half of these are of Vietnamese alone.
_SHARE = 0.04
_ALONE = frozenset(
    "ăđơưảạắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰĐƠƯĂẢẠỈỊỎỌỦỤ"
)


def looks_vietnamese(text: str) -> bool:
    """Whether a text is Vietnamese, or has too few words to tell."""
    sample = nfc(text[:_SAMPLE])
    letters = sum(map(str.isalpha, sample))
    if letters < _TOO_FEW:
        return True
    return sum(char in _ALONE for char in sample) >= _SHARE * letters
