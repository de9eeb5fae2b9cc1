"""Printed figures: X-03, KT-03, B7, B12."""

from decimal import Decimal

import pytest

from dieuhanh.text.numbers import (
    change,
    number,
    pad,
    parse_number,
    percent,
    places,
    points,
)


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (22014, 0, "22.014"),
        (97.6, 1, "97,6"),
        (Decimal("1234567.891"), 2, "1.234.567,89"),
        (0, 0, "0"),
        (806, 0, "806"),
        (Decimal("-6.2"), 1, "-6,2"),
        (7, 1, "7,0"),
        (
            12345678901234567890123456789012,
            0,
            "12.345.678.901.234.567.890.123.456.789.012",
        ),
        (None, 1, "chưa có số liệu"),
    ],
)
def test_x03_dot_for_thousands_comma_for_decimals(value, decimals, printed):
    assert number(value, decimals) == printed


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # not half-even
        (2.675, 2, "2,68"),  # what was written, not its binary neighbour
        (Decimal("0.25"), 1, "0,3"),
        (-2.5, 0, "-3"),
        (-0.04, 1, "0,0"),  # no minus zero
    ],
)
def test_rounding_is_half_up(value, decimals, printed):
    assert number(value, decimals) == printed


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_figure_is_finite(value):
    with pytest.raises(ValueError, match="finite"):
        number(value)


@pytest.mark.parametrize(
    ("done", "total", "printed"),
    [(778, 797, "97,6"), (495, 573, "86,4"), (166, 224, "74,1"), (240, 333, "72,1")],
)
def test_b7_rates_of_the_petition_resolutions(done, total, printed):
    assert percent(Decimal(done) / total * 100, 1) == f"{printed}\u00a0%"


def test_percent_of_nothing_is_unknown():
    assert percent(None, 1) == "chưa có số liệu"


@pytest.mark.parametrize(
    ("value", "printed"),
    [(5, "05"), (9, "09"), (10, "10"), (482, "482"), (22014, "22.014"), (0, "0")],
)
def test_counts_below_ten_are_padded(value, printed):
    assert pad(value) == printed


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (12.3, 1, "tăng 12,3\u00a0%"),
        (-2, 0, "giảm 2\u00a0%"),
        (0, 1, "bằng cùng kỳ"),
        (Decimal("0.0"), 1, "bằng cùng kỳ"),
        (0.04, 1, "tương đương cùng kỳ"),
        (None, 1, "chưa có số liệu"),
    ],
)
def test_change(value, decimals, printed):
    assert change(value, decimals) == printed


def test_change_in_another_unit():
    assert change(1170, 0, unit="văn bản") == "tăng 1.170\u00a0văn bản"
    assert change(-3, 0, unit="") == "giảm 3"


def test_kt03_b12_rates_differ_in_points():
    assert points(Decimal("18.6") - Decimal("24.8"), 1) == "giảm 6,2\u00a0điểm\u00a0%"
    assert points(0, 1) == "bằng cùng kỳ"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (9, "tăng 9 bậc"),
        (-3, "giảm 3 bậc"),
        (0, "giữ nguyên thứ bậc"),
        (None, "chưa có số liệu"),
    ],
)
def test_places(value, printed):
    assert places(value) == printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22.014,5", "22014.5"),
        ("22.014", "22014"),
        ("22014", "22014"),
        ("97,6", "97.6"),
        ("-6,2", "-6.2"),
        ("−6,2", "-6.2"),
        (" 1.234.567 ", "1234567"),
        ("0,15", "0.15"),
    ],
)
def test_parse_number(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "97.6", "1.23.456", "22,014.5", "0.123", "1,", "NaN", "1e5"])
def test_numbers_that_could_mean_two_things_are_refused(text):
    with pytest.raises(ValueError, match="Không đọc được số"):
        parse_number(text)


@pytest.mark.parametrize("value", [0, 5, 999, 1000, 22014, 1234567, -45449])
def test_what_is_printed_is_read_back(value):
    assert parse_number(number(value)) == value
    assert parse_number(number(Decimal(value) / 8, 3)) == Decimal(value) / 8
