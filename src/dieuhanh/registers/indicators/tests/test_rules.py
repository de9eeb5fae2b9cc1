"""Held against a target in its direction (KT-08), by table; no database."""

import datetime as dt
from decimal import Decimal

import pytest

from dieuhanh.registers.indicators import rules
from dieuhanh.registers.indicators.rules import judge

HALF, WHOLE = Decimal("0.5"), Decimal(1)


def held(direction, value, *, lower=None, upper=None, elapsed=HALF, **more):
    low, high = value if isinstance(value, tuple) else (value, value)
    ends = {"low": Decimal(low), "high": Decimal(high)}
    bounds = {"lower": lower and Decimal(lower), "upper": upper and Decimal(upper)}
    found = judge(direction, **ends, **bounds, elapsed=elapsed,
                  **{"accrues": False, "estimated": False} | more)  # fmt: skip
    return f"{found.standing} {found.reason}"


@pytest.mark.parametrize(
    ("value", "elapsed", "expected"),
    [
        ("6.00", HALF, "behind below"), ("6.5", HALF, "on_track met"), ("7", HALF, "on_track met"),
        ("7.01", HALF, "behind above"), ("6.7", WHOLE, "reached met"), ("6.49", WHOLE, "behind below"),
        (("6.4", "6.6"), HALF, "open vague"), (("6.6", "6.9"), HALF, "on_track met"),
    ],
)  # fmt: skip
def test_a_rate_stands_inside_a_range(value, elapsed, expected):
    assert held("range", value, lower="6.5", upper="7", elapsed=elapsed) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("5.31", "behind above"), ("4", "behind above"), ("3.99", "on_track met"),
     (("5.28", "5.35"), "behind above"), (("3.9", "4.1"), "open vague")],
)  # fmt: skip
def test_a_ceiling_is_not_kept_by_a_value_equal_to_it(value, expected):
    assert held("ceiling", value, upper="4") == expected


@pytest.mark.parametrize(
    ("direction", "value", "bounds", "expected"),
    [
        ("higher_better", "9.55", {"lower": "10.5"}, "behind below"),
        ("higher_better", "7.7", {"lower": "4", "upper": "5"}, "on_track met"),
        ("higher_better", "4", {"upper": "4"}, "on_track met"),
        ("lower_better", "3", {"upper": "3"}, "on_track met"),
        ("lower_better", "3.1", {"upper": "3"}, "behind above"),
        ("lower_better", "3.1", {"lower": "3"}, "behind above"),
        ("none", "3", {"lower": "3"}, "open no_direction"),
        ("higher_better", "3", {}, "open no_target"),
    ],
)
def test_a_rate_is_held_against_the_whole_target(direction, value, bounds, expected):
    assert held(direction, value, **bounds) == expected


@pytest.mark.parametrize(
    ("value", "elapsed", "estimated", "expected"),
    [
        ("50", HALF, False, "on_track met"), ("49", HALF, False, "behind below"),
        ("100", HALF, False, "reached met"), ("100", HALF, True, "on_track met"),
        ("99", WHOLE, False, "behind below"), ("100", WHOLE, False, "reached met"),
        ("100", WHOLE, True, "on_track met"), ("0", Decimal(0), False, "on_track met"),
    ],
)  # fmt: skip
def test_an_amount_is_held_against_the_time_gone_by(value, elapsed, estimated, expected):
    found = held("higher_better", value, lower="100", elapsed=elapsed, accrues=True,
                 estimated=estimated)  # fmt: skip
    assert found == expected


def test_less_is_better_for_an_amount_too():
    more = {"upper": "100", "accrues": True}
    assert held("lower_better", "51", **more) == "behind above"
    assert held("lower_better", "50", **more) == "on_track met"
    assert held("lower_better", "100", elapsed=WHOLE, **more) == "reached met"


def test_more_than_says_enough_or_too_little():
    more = ("91", rules.ANY_MORE)
    assert held("higher_better", more, lower="90") == "on_track met"
    assert held("higher_better", more, lower="95") == "open vague"
    assert held("ceiling", (rules.ANY_LESS, "4"), upper="5") == "on_track met"


def test_an_unknown_direction_is_an_error():
    with pytest.raises(ValueError, match="sideways"):
        held("sideways", "1", lower="1")


@pytest.mark.parametrize(
    ("period", "as_of", "estimated", "expected"),
    [
        ("2024-H1", dt.date(2024, 6, 15), False, dt.date(2024, 6, 15)),
        ("2024-H1", dt.date(2024, 6, 15), True, dt.date(2024, 6, 30)),
        ("2023", dt.date(2024, 6, 15), False, dt.date(2023, 12, 31)),
    ],
)
def test_a_value_covers_the_days_that_it_knows_of(period, as_of, estimated, expected):
    assert rules.covered_to(period, as_of=as_of, estimated=estimated) == expected


def test_the_part_gone_by_is_never_outside_the_period():
    assert rules.elapsed_part("2024-H2", dt.date(2024, 6, 30)) == 0
    assert rules.elapsed_part("2023", dt.date(2024, 6, 30)) == 1
