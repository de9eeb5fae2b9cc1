"""Report periods: BC-03, BC-10. The vectors of June 2024 are A13 and A14."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dieuhanh.kernel.workdays.periods import administrative, statistical


@pytest.mark.parametrize(
    ("kind", "index", "start", "end"),
    [
        ("month", 1, date(2023, 12, 15), date(2024, 1, 14)),
        ("month", 12, date(2024, 11, 15), date(2024, 12, 14)),
        ("quarter", 1, date(2023, 12, 15), date(2024, 3, 14)),
        ("quarter", 4, date(2024, 9, 15), date(2024, 12, 14)),
        ("half", 2, date(2024, 6, 15), date(2024, 12, 14)),
        ("nine_months", 1, date(2023, 12, 15), date(2024, 9, 14)),
        ("year", 1, date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_bc03_from_the_15th_to_the_14th(kind, index, start, end):
    assert administrative(kind, 2024, index) == (start, end)


def test_bc10_statistics_use_whole_months():
    assert statistical("month", 2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
    assert statistical("nine_months", 2024) == (date(2024, 1, 1), date(2024, 9, 30))
    assert statistical("year", 2024) == (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize("regime", [administrative, statistical])
@pytest.mark.parametrize(("kind", "count"), [("month", 12), ("quarter", 4), ("half", 2)])
def test_periods_of_a_year_join_without_gap_or_overlap(regime, kind, count):
    periods = [regime(kind, 2024, index) for index in range(1, count + 1)]

    for (_, end), (start, _) in pairwise(periods):
        assert start == end + timedelta(days=1)
    assert (periods[0][0], periods[-1][1]) == regime("year", 2024)
    assert regime(kind, 2025, 1)[0] == periods[-1][1] + timedelta(days=1)


@pytest.mark.parametrize(("kind", "index"), [("month", 13), ("half", 0), ("year", 2), ("week", 1)])
def test_there_is_no_such_period(kind, index):
    with pytest.raises(ValueError, match=kind):
        administrative(kind, 2024, index)
