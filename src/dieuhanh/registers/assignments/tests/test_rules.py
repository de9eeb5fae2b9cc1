"""Pure rules, by table: 3 rõ (NV-05), levels, planned periods (NV-07)."""

import datetime as dt

import pytest

from dieuhanh.registers.assignments.rules import (
    Planned,
    due_fits,
    half_of,
    next_half,
    parent_fits,
    unclear_parts,
)

CLEAR = {"process": "a", "authority": "b", "head": "c", "check_result": "d"}


@pytest.mark.parametrize(
    ("lacking", "parts"),
    [
        ({}, ()),
        ({"process": " "}, ("process",)),
        ({"authority": ""}, ("authority",)),
        ({"head": ""}, ("authority",)),
        ({"check_result": ""}, ("check_result",)),
        (dict.fromkeys(CLEAR, ""), ("process", "authority", "check_result")),
    ],
)
def test_a_task_that_lacks_one_of_three_is_unclear(lacking, parts):
    assert unclear_parts(**CLEAR | lacking) == parts


@pytest.mark.parametrize(
    ("level", "parent", "fits"),
    [
        ("specific_task", "task_group", True),
        ("specific_task", "focus_area", False),
        ("specific_task", None, True),
        ("task_group", "focus_area", True),
        ("task_group", "task_group", False),
        ("focus_area", None, True),
        ("focus_area", "focus_area", False),
        ("major_task", "focus_area", False),
    ],
)
def test_levels_stand_under_the_next_higher(level, parent, fits):
    assert parent_fits(level, parent) is fits


def test_only_tasks_have_a_deadline_and_specific_ones_must():
    day = dt.date(2024, 5, 31)
    assert due_fits("specific_task", day) and not due_fits("specific_task", None)
    assert due_fits("major_task", day) and due_fits("major_task", None)
    for level in ("focus_area", "task_group"):
        assert due_fits(level, None) and not due_fits(level, day)


@pytest.mark.parametrize(
    ("year", "quarter", "month", "end"),
    [
        (2024, 1, 2, dt.date(2024, 2, 29)),
        (2023, 1, 2, dt.date(2023, 2, 28)),
        (2024, 2, None, dt.date(2024, 6, 30)),
        (2024, 4, 12, dt.date(2024, 12, 31)),
    ],
)
def test_an_item_is_due_at_the_end_of_its_month_or_quarter(year, quarter, month, end):
    assert Planned(year, quarter, month).end == end


def test_a_month_of_another_quarter_is_no_plan():
    with pytest.raises(ValueError, match="quarter"):
        _ = Planned(2024, 1, 4).end


def test_half_years_follow_each_other():
    assert [half_of(2024, quarter)[1] for quarter in (1, 2, 3, 4)] == [1, 1, 2, 2]
    assert next_half(2024, 2) == (2024, 2)
    assert next_half(2024, 3) == (2025, 1)
