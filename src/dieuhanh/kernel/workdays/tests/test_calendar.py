"""Which days are worked: TG-03, TG-05 to TG-09, and the committee's notices."""

from datetime import date, time, timedelta

import pytest
from holidays import country_holidays

from dieuhanh.kernel.workdays.calendar import Calendar, DayKind, Notice

PLAIN = Calendar()


def days(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def off_beyond_plain_weekends(calendar, year):
    return [
        day
        for day in days(date(year, 1, 1), date(year, 12, 31))
        if not calendar.is_working(day) and calendar.kind(day) is not DayKind.WEEKLY_REST
    ]


OFF_2024 = [
    date(2024, 1, 1),
    *days(date(2024, 2, 8), date(2024, 2, 14)),
    date(2024, 4, 18),
    *days(date(2024, 4, 27), date(2024, 5, 1)),
    *days(date(2024, 8, 31), date(2024, 9, 3)),
]


def test_tg06_tg08_off_days_of_2024(either):
    weekends = [day for day in OFF_2024 if either.kind(day) is DayKind.WEEKLY_REST]

    assert not any(either.is_working(day) for day in OFF_2024)
    assert weekends == [
        *(date(2024, 4, 27), date(2024, 4, 28), date(2024, 8, 31), date(2024, 9, 1)),
    ]
    assert off_beyond_plain_weekends(either, 2024) == [d for d in OFF_2024 if d not in weekends]


def test_the_public_holidays_alone_agree_with_the_notices_of_2024(n):
    for day in days(date(2024, 1, 1), date(2024, 12, 31)):
        assert PLAIN.kind(day) is n.kind(day), day


def test_tg05_make_up_day_only_where_it_was_announced(m, n):
    saturday = date(2024, 5, 4)

    assert m.kind(saturday) is DayKind.MAKE_UP
    assert m.is_working(saturday)
    assert m.reason(saturday) == "làm bù cho thứ Hai 29/4/2024"
    assert n.kind(saturday) is DayKind.WEEKLY_REST
    assert n.reason(saturday) == "thứ Bảy"
    assert [d for d in days(date(2024, 1, 1), date(2024, 12, 31)) if m.kind(d) != n.kind(d)] == [
        saturday
    ]


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        (date(2024, 6, 14), DayKind.WORKING, ""),
        (date(2024, 6, 15), DayKind.WEEKLY_REST, "thứ Bảy"),
        (date(2024, 6, 16), DayKind.WEEKLY_REST, "Chủ nhật"),
        (date(2024, 1, 1), DayKind.OFF, "nghỉ Tết Dương lịch"),
        (date(2023, 1, 2), DayKind.OFF, "nghỉ bù Tết Dương lịch"),
        (date(2024, 2, 10), DayKind.OFF, "nghỉ Tết Nguyên đán"),
        (date(2025, 1, 27), DayKind.OFF, "nghỉ Tết Nguyên đán"),
        (date(2024, 4, 18), DayKind.OFF, "nghỉ Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 27), DayKind.OFF, "nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2023, 5, 3), DayKind.OFF, "nghỉ bù Ngày Chiến thắng 30/4"),
        (date(2024, 5, 1), DayKind.OFF, "nghỉ Ngày Quốc tế Lao động 01/5"),
        (date(2024, 9, 2), DayKind.OFF, "nghỉ Quốc khánh 02/9"),
        (date(2024, 4, 29), DayKind.OFF, "nghỉ hoán đổi"),
    ],
)
def test_kind_and_reason_without_any_notice(day, kind, reason):
    assert PLAIN.kind(day) is kind
    assert PLAIN.reason(day) == reason


LUNAR = {  # section 8.3: mùng 1 Tết, Giỗ Tổ
    2023: ((1, 22), (4, 29)),
    2024: ((2, 10), (4, 18)),
    2025: ((1, 29), (4, 7)),
    2026: ((2, 17), (4, 26)),
    2027: ((2, 6), (4, 16)),
    2028: ((1, 26), (4, 4)),
    2029: ((2, 13), (4, 23)),
    2030: ((2, 2), (4, 12)),
    2031: ((1, 23), (4, 1)),
    2032: ((2, 11), (4, 19)),
}


@pytest.mark.parametrize("year", LUNAR)
def test_lunar_table_of_section_8_3(year):
    tet, kings = (date(year, month, day) for month, day in LUNAR[year])
    library = country_holidays("VN", years=year, language="vi")

    assert library[tet] == "Tết Nguyên Đán"
    assert library[kings] == "Ngày Giỗ Tổ Hùng Vương"
    assert PLAIN.kind(tet) is PLAIN.kind(kings) is DayKind.OFF
    assert PLAIN.reason(tet) == "nghỉ Tết Nguyên đán"
    assert PLAIN.reason(kings) == "nghỉ Giỗ Tổ Hùng Vương"


@pytest.mark.parametrize("year", LUNAR)
def test_tg06_tg07_eleven_holidays_are_not_lost_on_weekends(year):
    weekdays_off = [d for d in off_beyond_plain_weekends(PLAIN, year) if d.weekday() < 5]
    swaps = [day for day in weekdays_off if PLAIN.reason(day) == "nghỉ hoán đổi"]

    assert len(weekdays_off) - len(swaps) == 11, weekdays_off


def test_tg09_24_november_is_off_only_by_notice(m):
    assert PLAIN.kind(date(2026, 11, 24)) is DayKind.WORKING
    assert PLAIN.kind(date(2029, 11, 26)) is DayKind.WORKING  # nor its compensation
    assert m.reason(date(2026, 11, 24)) == "nghỉ Ngày Văn hóa Việt Nam"


def notice(day, kind, reason="theo thông báo"):
    return Notice(day, kind, reason, "TB thử")


def test_notice_adds_a_day_off():
    funeral = date(2024, 7, 25)
    calendar = Calendar([notice(funeral, "off", "Quốc tang")])

    assert calendar.kind(funeral) is DayKind.OFF
    assert calendar.reason(funeral) == "Quốc tang"
    assert calendar.next_working(date(2024, 7, 24)) == date(2024, 7, 26)


def test_notice_swaps_a_friday_for_a_saturday():
    friday, saturday = date(2026, 1, 2), date(2026, 1, 10)
    calendar = Calendar([notice(friday, "off"), notice(saturday, "working", "")])

    assert calendar.kind(friday) is DayKind.OFF
    assert calendar.kind(saturday) is DayKind.MAKE_UP
    assert calendar.reason(saturday) == "làm bù"
    before, after = date(2025, 12, 31), date(2026, 1, 11)
    assert calendar.working_days(before, after) == PLAIN.working_days(before, after)


def test_notice_moves_the_days_of_tet():
    calendar = Calendar(
        [
            notice(date(2027, 2, 4), "working", ""),
            notice(date(2027, 2, 11), "off", "nghỉ Tết"),
        ]
    )

    assert PLAIN.kind(date(2027, 2, 4)) is DayKind.OFF
    assert calendar.kind(date(2027, 2, 4)) is DayKind.WORKING
    assert calendar.kind(date(2027, 2, 11)) is DayKind.OFF


def test_notice_makes_a_holiday_on_a_weekend_a_working_day():
    sunday = date(2026, 4, 26)

    assert Calendar([notice(sunday, "working")]).kind(sunday) is DayKind.MAKE_UP


def test_of_two_notices_for_one_day_the_later_one_wins():
    day = date(2024, 7, 25)

    assert Calendar([notice(day, "off"), notice(day, "working")]).is_working(day)
    assert not Calendar([notice(day, "working"), notice(day, "off")]).is_working(day)


def test_counting_agrees_with_walking_day_by_day(m):
    first = date(2023, 12, 20)
    walk = days(first, date(2025, 6, 10))
    worked = [day for day in walk if m.is_working(day)]

    for day in walk[:300]:
        later = [other for other in worked if other > day]
        assert m.next_working(day) == later[0]
        assert m.add_working(day, 45) == later[44]
        assert m.working_days(day, later[89]) == 90
        assert m.working_days(later[89], day) == -90
        assert m.working_or_next(day) == (day if m.is_working(day) else later[0])
        earlier = [other for other in worked if other < day]
        if len(earlier) >= 5:
            assert m.add_working(day, -5) == earlier[-5]
            assert m.working_or_previous(day) == (day if m.is_working(day) else earlier[-1])
    assert m.add_working(first, 0) == first
    assert m.add_working(first, 1000) > date(2027, 1, 1)
    assert m.add_working(m.add_working(first, 1000), -1000) == first


def test_a_year_without_lunar_dates_is_refused():
    with pytest.raises(ValueError, match="Chưa có lịch làm việc của năm 2204"):
        PLAIN.is_working(date(2204, 6, 15))


def test_calendars_are_values():
    day = notice(date(2024, 7, 25), "off")

    assert Calendar([day]) == Calendar(iter([day]))
    assert hash(Calendar([day])) == hash(Calendar((day,)))
    assert Calendar([day]) != PLAIN
    assert PLAIN.day_length() == timedelta(hours=8)


@pytest.mark.parametrize(
    "sessions",
    [(), ((time(12), time(8)),), ((time(8), time(12)), (time(11), time(17)))],
)
def test_sessions_must_be_in_order(sessions):
    with pytest.raises(ValueError, match="sessions"):
        Calendar(sessions=sessions)
