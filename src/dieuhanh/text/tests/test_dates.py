"""Dates on screen and on paper: rules 1.3, X-05."""

from datetime import UTC, date, datetime

import pytest

from dieuhanh.text.dates import (
    ZONE,
    day,
    local_day,
    moment,
    official,
    parse_day,
    short_day,
    span,
    weekday_day,
    weekday_short,
)


@pytest.mark.parametrize(
    ("when", "printed", "short", "line"),
    [
        (date(2024, 6, 15), "15/6/2024", "15/6", "ngày 15 tháng 6 năm 2024"),
        (date(2024, 2, 5), "05/02/2024", "05/02", "ngày 05 tháng 02 năm 2024"),
        (date(2024, 1, 1), "01/01/2024", "01/01", "ngày 01 tháng 01 năm 2024"),
        (date(2024, 3, 9), "09/3/2024", "09/3", "ngày 09 tháng 3 năm 2024"),
        (date(2024, 12, 31), "31/12/2024", "31/12", "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_rule_1_3_pads_days_below_ten_and_months_one_and_two(when, printed, short, line):
    assert day(when) == printed
    assert short_day(when) == short
    assert official(when) == line


@pytest.mark.parametrize("offset", range(366))
def test_what_is_printed_is_read_back(offset):
    when = date.fromordinal(date(2024, 1, 1).toordinal() + offset)

    assert parse_day(day(when)) == when
    assert parse_day(when.isoformat()) == when


def test_x05_moments_are_shown_on_the_clock_of_ha_noi():
    late_evening = datetime(2024, 6, 14, 17, 40, tzinfo=UTC)

    assert moment(late_evening) == "15/6/2024 00:40"
    assert moment(datetime(2024, 6, 15, 8, 40, tzinfo=ZONE)) == "15/6/2024 08:40"
    assert day(late_evening) == "15/6/2024"
    assert local_day(late_evening) == date(2024, 6, 15)


def test_x05_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2024, 6, 15, 8, 40))


def test_weekdays():
    assert weekday_day(date(2024, 6, 20)) == "thứ Năm, 20/6/2024"
    assert weekday_day(date(2024, 6, 16)) == "Chủ nhật, 16/6/2024"
    assert [weekday_short(date(2024, 6, 17 + n)) for n in range(7)] == [
        *("T2", "T3", "T4", "T5", "T6", "T7", "CN")
    ]


@pytest.mark.parametrize("text", ["15/6/2024", "15/06/2024", "2024-06-15", " 15/6/2024 "])
def test_three_ways_to_write_one_day(text):
    assert parse_day(text) == date(2024, 6, 15)


@pytest.mark.parametrize("text", ["", "15-6-2024", "6/2024", "15/6/24", "2024/06/15", "hôm nay"])
def test_other_forms_are_refused_in_vietnamese(text):
    with pytest.raises(ValueError, match="Không đọc được ngày"):
        parse_day(text)


@pytest.mark.parametrize("text", ["31/02/2024", "2023-02-29", "00/6/2024", "15/13/2024"])
def test_days_that_no_calendar_has_are_refused(text):
    with pytest.raises(ValueError, match="không có trong lịch"):
        parse_day(text)


def test_span():
    assert span(date(2024, 1, 1), date(2024, 6, 15)) == "01/01/2024 đến hết 15/6/2024"
    with pytest.raises(ValueError, match="sau ngày bắt đầu"):
        span(date(2024, 6, 15), date(2024, 1, 1))
