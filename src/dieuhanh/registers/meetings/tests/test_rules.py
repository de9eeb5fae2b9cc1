"""Quorum, majority, papers in time: pure rules by table (HO-02, HO-03, HO-05)."""

import datetime as dt

import pytest

from dieuhanh.registers.meetings import rules
from dieuhanh.registers.meetings.queries import papers_due


@pytest.mark.parametrize(
    ("present", "members", "enough"),
    [(20, 30, True), (19, 30, False), (21, 31, True), (20, 31, False), (1, 1, True), (0, 1, False)],
)
def test_quorum_is_two_thirds_of_all_members(present, members, enough):
    """HO-02."""
    assert rules.has_quorum(present=present, members=members) is enough


@pytest.mark.parametrize(
    ("votes_for", "votes_against", "members", "chair", "carried"),
    [
        (16, 14, 30, False, True),
        (15, 14, 30, False, False),  # 15 of 29 votes, but not more than half of all
        (15, 15, 30, False, False),
        (15, 15, 30, True, True),  # a tie: the Chairman's side prevails
        (15, 14, 30, True, False),  # no tie
        (16, 15, 31, False, True),
        (15, 0, 31, True, False),
        (0, 0, 1, False, False),
    ],
)
def test_majority_is_of_all_members(votes_for, votes_against, members, chair, carried):
    """HO-05."""
    found = rules.is_carried(
        votes_for=votes_for, votes_against=votes_against, members=members, chair_in_favour=chair
    )
    assert found is carried


def test_the_class_of_an_item_is_its_result():
    assert [rules.item_kind(one) for one in ("", "adopted", "returned")] == [
        "pending", "adopted", "returned",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held_on", "urgent", "due_on"),
    [
        (dt.date(2024, 6, 14), False, dt.date(2024, 6, 11)),  # Friday back to Tuesday
        (dt.date(2024, 6, 10), False, dt.date(2024, 6, 5)),  # over a weekend
        (dt.date(2024, 6, 14), True, dt.date(2024, 6, 13)),
        (dt.date(2024, 6, 10), True, dt.date(2024, 6, 7)),  # the day before is a Sunday
        (dt.date(2024, 2, 19), False, dt.date(2024, 2, 7)),  # over Tết, to the day before it
        (dt.date(2015, 6, 10), False, None),  # before the law
    ],
)
def test_papers_are_due_working_days_before_a_regular_session(db, held_on, urgent, due_on):
    """HO-03: 3 working days before a regular session, 1 day before an urgent one."""
    assert papers_due(held_on, urgent=urgent) == due_on


def test_papers_of_the_last_day_are_in_time():
    day = dt.date(2024, 6, 5)
    assert rules.are_papers_in_time(sent_on=day, due_on=day)
    assert not rules.are_papers_in_time(sent_on=day + dt.timedelta(1), due_on=day)
