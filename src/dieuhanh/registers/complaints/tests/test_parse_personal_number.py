"""DD-01, DD-02, DD-05: the structure of personal numbers; there is no check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dieuhanh.registers.complaints.personal_number import parse_personal_number

VECTORS = [
    ("001085012345", "001", "male", 1985),
    ("001185012345", "001", "female", 1985),
    ("079200000001", "079", "male", 2000),
    ("079323999999", "079", "female", 2023),
    ("096401000000", "096", "male", 2101),
    ("096599000000", "096", "female", 2199),
    ("316600000001", "316", "male", 2200),
    ("316799000001", "316", "female", 2299),
    ("001800000001", "001", "male", 2300),
    ("001999000001", "001", "female", 2399),
]


@pytest.mark.parametrize(("text", "place", "sex", "year"), VECTORS)
def test_twelve_digits_say_place_sex_and_year(text, place, sex, year):
    number = parse_personal_number(text)
    assert (number.digits, number.place, number.sex, number.birth_year, number.old) == (
        text, place, sex, year, False,
    )  # fmt: skip


@given(st.integers(1, 999), st.integers(0, 9), st.integers(0, 99), st.integers(0, 999_999))
def test_every_number_of_the_structure_is_one(place, century, year, rest):
    """DD-01: no digit is computed from the others."""
    number = parse_personal_number(f"{place:03}{century}{year:02}{rest:06}")
    assert number.birth_year == 1900 + century // 2 * 100 + year
    assert number.sex == ("male", "female")[century % 2]


@given(st.text(max_size=20))
def test_anything_else_is_refused_with_a_sentence(text):
    try:
        number = parse_personal_number(text)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
    else:
        assert len(number.digits) in (9, 12) and number.digits.isascii()


def test_nine_digits_are_an_old_card_and_say_nothing():
    """DD-05."""
    number = parse_personal_number("012 345 678")
    assert (number.digits, number.old, number.place, number.birth_year) == (
        "012345678", True, "", None,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["001 085 012345", "001.085.012.345", " 001-085-012345\n"])
def test_what_stands_between_digits_is_skipped(text):
    assert str(parse_personal_number(text)) == "001085012345"


@pytest.mark.parametrize(
    "text",
    ["", "00108501234", "0010850123456", "1234567890", "00108501234x", "000085012345",
     "000000000", "٠٠١٠٨٥٠١٢٣٤٥", "+01085012345"],
)  # fmt: skip
def test_what_is_no_number(text):
    with pytest.raises(ValueError):
        parse_personal_number(text)


def test_neither_the_refusal_nor_the_repr_tells_the_number():
    with pytest.raises(ValueError) as refusal:
        parse_personal_number("0010850123456")
    assert "0010850123456" not in str(refusal.value)
    assert "001085012345" not in repr(parse_personal_number("001085012345"))
