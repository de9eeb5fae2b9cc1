"""One spelling for storing, one for searching: X-04."""

import unicodedata

import pytest

from dieuhanh.text.fold import fold, nfc, words


@pytest.mark.parametrize(
    ("one", "other", "folded"),
    [
        ("hoà", "hòa", "hoa"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân", "uy ban nhan dan"),
        ("HOẢ TỐC", "hỏa tốc", "hoa toc"),
        ("thoả thuận", "thỏa thuận", "thoa thuan"),
        ("Đống Đa", "ĐỐNG ĐA", "dong da"),
        ("Ðống Ða", "đống đa", "dong da"),  # the mistyped Icelandic letter
    ],
)
def test_x04_spellings_of_one_word_fold_alike(one, other, folded):
    assert fold(one) == fold(other) == folded


def test_every_vietnamese_vowel_folds_to_ascii():
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = "".join(nfc(vowel + tone) for vowel in vowels for tone in tones)

    assert fold(letters) == fold(letters.upper()) == "".join(base * 6 for base in "aaaeeiooouuy")


def test_x04_storage_is_nfc_and_folding_does_not_mind_the_form():
    decomposed = unicodedata.normalize("NFD", "Thủy lợi")

    assert nfc(decomposed) == "Thủy lợi"
    assert fold(decomposed) == "thuy loi"


def test_words_of_a_query():
    assert words("1897/KHĐT-THQH") == ["1897", "khdt", "thqh"]
    assert words("  Kiến nghị, cử tri_huyện Sóc Sơn! ") == [
        *("kien", "nghi", "cu", "tri", "huyen", "soc", "son")
    ]
    assert words(" -/ ") == []
