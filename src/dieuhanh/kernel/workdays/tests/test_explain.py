"""The strip of days under a due date: design of the entry page, TG-01, TG-02."""

from datetime import date, datetime

import pytest

from dieuhanh.kernel.workdays.due import Unit, last_day
from dieuhanh.kernel.workdays.explain import explain
from dieuhanh.text.dates import ZONE


def squares(cells):
    return [f"{cell.weekday}{cell.day.day}:{cell.number or ''}" for cell in cells]


def test_five_working_days_as_the_entry_page_shows_them(n):
    cells = explain(date(2024, 6, 13), 5, "working_day", n, today=date(2024, 6, 17))

    assert squares(cells) == [
        *("T513:", "T614:1", "T715:", "CN16:", "T217:2", "T318:3", "T419:4", "T520:5")
    ]
    assert [cell.reason for cell in cells if cell.off] == ["thứ Bảy", "Chủ nhật"]
    assert [cell.day.day for cell in cells if cell.today] == [17]
    assert [cell.day.day for cell in cells if cell.last] == [20]


def test_a5_calendar_days_count_rest_and_then_roll(n):
    cells = explain(date(2024, 1, 11), 30, Unit.CALENDAR_DAY, n)

    assert [cell.number for cell in cells] == [None, *range(1, 31), *[None] * 5]
    assert cells[30].day == date(2024, 2, 10)
    assert cells[30].off
    assert {cell.reason for cell in cells[31:35]} == {
        "nghỉ Tết Nguyên đán",
        "nghỉ bù Tết Nguyên đán",
    }
    assert cells[-1].last
    assert cells[-1].day == date(2024, 2, 15)
    assert not any(cell.today for cell in cells)


def test_a1_the_made_up_saturday_is_numbered_and_says_why(m):
    cells = explain(date(2024, 4, 25), 5, Unit.WORKING_DAY, m)
    saturday = next(cell for cell in cells if cell.day == date(2024, 5, 4))

    assert (saturday.weekday, saturday.number, saturday.off) == ("T7", 4, False)
    assert saturday.reason == "làm bù cho thứ Hai 29/4/2024"
    assert (cells[-1].day, cells[-1].number) == (date(2024, 5, 6), 5)


def test_a7_backwards_the_strip_ends_on_the_session(n):
    cells = explain(date(2024, 5, 6), 3, Unit.WORKING_DAY, n, backwards=True)

    assert (cells[0].day, cells[0].number, cells[0].last) == (
        date(2024, 4, 26),
        3,
        True,
    )
    assert (cells[-1].day, cells[-1].number, cells[-1].last) == (
        date(2024, 5, 6),
        None,
        False,
    )
    assert [cell.number for cell in cells if cell.number] == [3, 2, 1]


def test_a10_working_hours_passed_by_the_end_of_each_day(n):
    start = datetime(2024, 4, 26, 15, tzinfo=ZONE)
    cells = explain(start, 8, Unit.WORKING_HOUR, n)

    assert squares(cells) == [
        "T626:2",
        "T727:",
        "CN28:",
        "T229:",
        "T330:",
        "T41:",
        "T52:8",
    ]


def test_a12_natural_hours_run_through_days_off(n):
    start = datetime(2024, 4, 26, 17, tzinfo=ZONE)
    cells = explain(start, 72, Unit.NATURAL_HOUR, n)

    assert [(cell.number, cell.off) for cell in cells] == [
        *((7, False), (31, True), (55, True), (72, True)),
    ]


@pytest.mark.parametrize("unit", [Unit.CALENDAR_DAY, Unit.WORKING_DAY, Unit.MONTH])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("length", [0, 1, 2])
def test_the_strip_runs_from_the_start_to_the_due_day(either, unit, backwards, length):
    for day in range(1, 31):
        start = date(2024, 4, day)
        cells = explain(start, length, unit, either, backwards=backwards)
        due = last_day(start, length, unit, either, backwards)

        assert {cells[0].day, cells[-1].day} == {start, due}
        assert [cell.day for cell in cells if cell.last] == [due]
        numbers = [cell.number for cell in cells if cell.number]
        if backwards:
            numbers.reverse()
        assert numbers == list(range(1, len(numbers) + 1))
        if unit is not Unit.MONTH:
            assert len(numbers) == length


def test_hours_need_a_moment(n):
    with pytest.raises(ValueError, match="moment"):
        explain(date(2024, 6, 13), 8, Unit.WORKING_HOUR, n)
