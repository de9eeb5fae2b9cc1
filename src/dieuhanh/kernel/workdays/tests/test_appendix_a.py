"""The test vectors of Appendix A, under their ids."""

from datetime import date, datetime

import pytest

from dieuhanh.kernel.workdays.calendar import DayKind
from dieuhanh.kernel.workdays.due import Unit, due_moment, last_day
from dieuhanh.kernel.workdays.periods import administrative, statistical
from dieuhanh.text.dates import ZONE

C, W, H, N = Unit.CALENDAR_DAY, Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.NATURAL_HOUR


def at(month, day, hour, minute=0):
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


def on(month, day):
    return date(2024, month, day)


def test_a1_dossier_in_5_working_days(m, n):
    assert last_day(on(4, 25), 5, W, m) == on(5, 6)
    assert last_day(on(4, 25), 5, W, n) == on(5, 7)


def test_a2_paper_document_forwarded_in_1_working_day(either):
    assert last_day(on(4, 26), 1, W, either) == on(5, 2)


def test_a3_electronic_document_sent_by_the_next_working_morning(either):
    assert due_moment(at(4, 26, 16), 1, Unit.WORKING_MORNING, either) == at(5, 2, 12)


def test_a4_first_complaint_in_30_or_45_days(either):
    assert last_day(on(1, 2), 30, C, either) == on(2, 1)
    assert last_day(on(1, 2), 45, C, either) == on(2, 16)


def test_a5_denunciation_due_on_the_first_day_of_tet_moves_behind_it(either):
    assert on(1, 11).toordinal() + 30 == on(2, 10).toordinal()
    assert either.kind(on(2, 10)) is DayKind.OFF
    assert last_day(on(1, 11), 30, C, either) == on(2, 15)


def test_a6_conclusions_in_5_working_days(either):
    assert last_day(on(6, 13), 5, W, either) == on(6, 20)


def test_a7_papers_3_working_days_before_the_session(m, n):
    assert last_day(on(5, 6), 3, W, m, backwards=True) == on(5, 2)
    assert last_day(on(5, 6), 3, W, n, backwards=True) == on(4, 26)


def test_a8_notice_of_a_denunciation_in_5_working_days(m, n):
    assert last_day(on(4, 26), 5, W, m) == on(5, 7)
    assert last_day(on(4, 26), 5, W, n) == on(5, 8)


def test_a9_judicial_record_in_10_days_of_either_kind(m, n):
    assert last_day(on(4, 22), 10, W, m) == on(5, 8)
    assert last_day(on(4, 22), 10, W, n) == on(5, 9)
    assert last_day(on(4, 22), 10, C, m) == last_day(on(4, 22), 10, C, n) == on(5, 2)


def test_a10_feedback_received_in_8_working_hours(either):
    assert due_moment(at(4, 26, 15), 8, H, either) == at(5, 2, 15)


def test_a11_urgent_feedback_in_4_more_working_hours(either):
    assert due_moment(at(5, 2, 15), 4, H, either) == at(5, 3, 10)


def test_a12_breach_in_72_natural_hours_although_a_day_off(either):
    assert due_moment(at(4, 26, 17), 72, N, either) == at(4, 29, 17)
    assert not either.is_working(on(4, 29))


@pytest.mark.parametrize(
    ("kind", "index", "start", "end"),
    [
        ("month", 6, on(5, 15), on(6, 14)),
        ("quarter", 2, on(3, 15), on(6, 14)),
        ("half", 1, date(2023, 12, 15), on(6, 14)),
    ],
)
def test_a13_administrative_periods_end_on_the_14th(kind, index, start, end):
    assert administrative(kind, 2024, index) == (start, end)


@pytest.mark.parametrize(
    ("kind", "index", "start", "end"),
    [
        ("month", 6, on(6, 1), on(6, 30)),
        ("quarter", 2, on(4, 1), on(6, 30)),
        ("half", 1, on(1, 1), on(6, 30)),
    ],
)
def test_a14_statistical_periods_are_whole_months(kind, index, start, end):
    assert statistical(kind, 2024, index) == (start, end)


def test_a15_tet_2030_is_a_day_before_the_chinese_new_year(either):
    assert either.reason(date(2030, 2, 1)) == "nghỉ Tết Nguyên đán"  # giao thừa
    assert either.kind(date(2030, 2, 2)) is DayKind.OFF
    assert either.kind(date(2030, 1, 30)) is DayKind.WORKING  # would be off if Tết were 03/02
    assert either.kind(date(2030, 2, 7)) is DayKind.WORKING
