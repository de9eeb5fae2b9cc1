"""What can be a Vietnamese syllable, and what cannot."""

import pytest

from dieuhanh.proof.understanding.syllables import is_syllable

CAN = [
    "nghiêng",
    "quốc",
    "giữa",
    "gì",
    "giếng",
    "hoà",
    "hòa",
    "thuỷ",
    "thủy",
    "khuya",
    "nguyễn",
    "đường",
    "quyết",
    "huỳnh",
    "kỹ",
    "kĩ",
    "yêu",
    "quỹ",
    "xoong",
    "luỹ",
    "khoẻ",
    "khỏe",
    "được",
    "nghị",
    "giặt",
    "giục",
    "quả",
    "ngoằn",
    "ưu",
]
CANNOT = [
    "làmn",
    "nhiêmm",
    "vụụ",
    "ccủa",
    "đagn",
    "nhĩệm",
    "kấp",
    "cế",
    "hoàc",
    "tiềp",
    "ngiêm",
    "hộchiếu",
    "nếucó",
]


@pytest.mark.parametrize("word", CAN)
def test_a_syllable_is_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", CANNOT)
def test_no_syllable(word):
    assert not is_syllable(word)
