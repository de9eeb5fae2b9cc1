"""Due moments of random calendars, limits and pauses, against walking day by day (`walking`)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dieuhanh.kernel.workdays.calendar import Calendar, Notice
from dieuhanh.kernel.workdays.due import Unit, due_moment, working_time
from dieuhanh.kernel.workdays.explain import explain
from dieuhanh.kernel.workdays.tests import walking
from dieuhanh.text.dates import ZONE

DAY_UNITS = ["calendar_day", "working_day", "working_morning", "month"]
HOUR_UNITS = ["working_hour", "natural_hour"]
LONGEST = {"calendar_day": 60, "working_day": 40, "working_morning": 20, "month": 4,
           "working_hour": 60, "natural_hour": 100}  # fmt: skip
END = time(23, 59, 59)
QUARTER = timedelta(minutes=15)

quick = settings(
    derandomize=True, max_examples=100, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip

days_of_a_year = st.dates(date(2023, 9, 1), date(2025, 3, 31))


@st.composite
def calendars(draw) -> tuple[Calendar, walking.Days]:
    """The same calendar twice: holidays, days off, swapped and made-up days by notices."""
    off = draw(st.sets(days_of_a_year, max_size=25))
    worked = draw(st.sets(days_of_a_year, max_size=25)) - off
    for _swap in range(draw(st.integers(0, 3))):  # a Monday off for a Saturday worked
        monday = draw(days_of_a_year)
        monday -= timedelta(days=monday.weekday())
        off, worked = off | {monday}, worked - {monday}
        worked |= {monday + timedelta(days=5)} - off
    notices = [Notice(day, "off", "nghỉ", "TB") for day in sorted(off)]
    notices += [Notice(day, "working", "làm bù", "TB") for day in sorted(worked)]
    off_days = (walking.HOLIDAYS | off) - worked
    made_up = frozenset(day for day in worked if day.weekday() >= 5)
    return Calendar(notices), walking.Days(frozenset(off_days), made_up)


@st.composite
def starts(draw, *, step: int = 1) -> datetime:
    """A moment of 2024, at a whole minute that ``step`` divides."""
    day = draw(st.dates(date(2024, 1, 1), date(2024, 9, 30)))
    minute = draw(st.integers(0, 24 * 60 // step - 1)) * step
    return datetime.combine(day, time(minute // 60, minute % 60), ZONE)


@st.composite
def cases(draw, units: list[str]) -> tuple[Calendar, walking.Days, datetime, int, str]:
    calendar, days = draw(calendars())
    unit = draw(st.sampled_from(units))
    return calendar, days, draw(starts()), draw(st.integers(0, LONGEST[unit])), unit


@st.composite
def paused(draw, units: list[str]):
    """A limit and its pauses, each begun while the clock ran and the limit was not over."""
    calendar, days = draw(calendars())
    unit = draw(st.sampled_from(units))
    start, length = draw(starts(step=15)), draw(st.integers(0, LONGEST[unit]))
    stops: tuple[walking.Stop, ...] = ()
    for _pause in range(draw(st.integers(1, 3))):
        earliest = stops[-1][1] if stops else start
        latest = walking.due(start, length, unit, days, stops=stops)
        if latest < earliest:
            break
        at_the_end = draw(st.booleans())  # where it matters most
        room = (latest - earliest) // QUARTER
        begin = earliest + QUARTER * (room if at_the_end else draw(st.integers(0, room)))
        stops = (*stops, (begin, begin + QUARTER * draw(st.integers(0, 4 * 24 * 12))))
    return calendar, days, start, length, unit, stops


@quick
@given(calendars(), days_of_a_year)
def test_a_day_is_worked_or_not_as_the_sets_say(both, day):
    calendar, days = both
    for offset in range(60):
        one = day + timedelta(days=offset)
        assert calendar.is_working(one) == days.works(one), one
    assert calendar.working_days(day, one) == days.counted(day, one)


@quick
@given(cases(DAY_UNITS + HOUR_UNITS))
def test_forwards_it_ends_where_walking_ends(case):
    calendar, days, start, length, unit = case
    assert due_moment(start, length, unit, calendar) == walking.due(start, length, unit, days)


@quick
@given(cases([*DAY_UNITS, "natural_hour"]))
def test_backwards_too(case):
    calendar, days, start, length, unit = case
    expected = walking.due(start, length, unit, days, backwards=True)
    assert due_moment(start, length, unit, calendar, backwards=True) == expected


@settings(quick, max_examples=250)
@given(paused(DAY_UNITS))
def test_paused_days_are_skipped(case):
    calendar, days, start, length, unit, stops = case
    due = due_moment(start, length, unit, calendar, stops=stops)
    assert due == walking.due(start, length, unit, days, stops=stops)


@quick
@given(paused(HOUR_UNITS))
def test_paused_hours_are_skipped(case):
    calendar, days, start, length, unit, stops = case
    due = due_moment(start, length, unit, calendar, stops=stops)
    assert due == walking.due(start, length, unit, days, stops=stops)


@quick
@given(paused(DAY_UNITS + HOUR_UNITS))
def test_nothing_is_over_before_its_clock_runs_again(case):
    calendar, _days, start, length, unit, stops = case
    without = due_moment(start, length, unit, calendar)
    due = due_moment(start, length, unit, calendar, stops=stops)
    assert due >= max(without, stops[-1][1])
    assert unit == "natural_hour" or calendar.is_working(due.date())


@quick
@given(cases(DAY_UNITS + HOUR_UNITS), st.integers(0, 20))
def test_due_grows_with_the_length(case, more):
    """An extension never brings a deadline nearer; one by working days or hours always moves it."""
    calendar, _days, start, length, unit = case
    due = due_moment(start, length, unit, calendar)
    longer = due_moment(start, length + more, unit, calendar)
    assert longer >= due
    if more and length and unit in ("working_day", "working_morning", *HOUR_UNITS):
        assert longer > due
    if unit != "working_hour":
        before = due_moment(start, length, unit, calendar, backwards=True)
        assert due_moment(start, length + more, unit, calendar, backwards=True) <= before


@quick
@given(paused(["working_day"]))
def test_n_working_days_of_pause_move_a_limit_in_working_days_by_n(case):
    calendar, days, start, length, _unit, stops = case
    without = due_moment(start, length, Unit.WORKING_DAY, calendar)
    due = due_moment(start, length, Unit.WORKING_DAY, calendar, stops=stops)
    stood = sum(days.counted(begin.date(), end.date()) for begin, end in stops)
    for number, (begin, end) in enumerate(stops):
        ends = walking.due(start, length, "working_day", days, stops=stops[:number])
        # The one exception: a limit that stood at its end and runs again on a day of rest.
        assume(begin.date() < ends.date() or days.works(end.date()))
    assert days.counted(without.date(), due.date()) == stood


def _next(days: walking.Days, day: date) -> date:
    while not days.works(day):
        day += timedelta(days=1)
    return day


@quick
@given(paused(["calendar_day"]))
def test_n_days_of_pause_move_a_limit_in_days_by_n_before_it_leaves_a_day_of_rest(case):
    calendar, days, start, length, _unit, stops = case
    nominal = start.date() + timedelta(days=length)
    assume(all(begin.date() <= nominal for begin, _end in stops[:1]) and len(stops) == 1)
    begin, end = stops[0]
    moved = nominal + (end.date() - begin.date())
    due = due_moment(start, length, Unit.CALENDAR_DAY, calendar, stops=stops)
    assert due == datetime.combine(_next(days, moved), END, ZONE)


@quick
@given(cases(DAY_UNITS))
def test_explained_forwards_as_it_is_reckoned(case):
    calendar, days, start, length, unit = case
    cells = explain(start, length, unit, calendar)
    due = due_moment(start, length, unit, calendar)
    assert (cells[0].day, cells[-1].day) == (start.date(), due.date())
    assert [cell.last for cell in cells] == [False] * (len(cells) - 1) + [True]
    assert [cell.off for cell in cells] == [not days.works(cell.day) for cell in cells]
    numbers = [cell.number for cell in cells if cell.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert cells[0].number is None, "The day of the event is never counted (TG-01)."
    if unit in ("working_day", "working_morning"):
        assert len(numbers) == length
        assert not any(cell.off and cell.number for cell in cells)


@quick
@given(cases(DAY_UNITS))
def test_explained_backwards_as_it_is_reckoned(case):
    calendar, _days, start, length, unit = case
    cells = explain(start, length, unit, calendar, backwards=True)
    due = due_moment(start, length, unit, calendar, backwards=True)
    assert (cells[0].day, cells[-1].day) == (due.date(), start.date())
    numbers = [cell.number for cell in reversed(cells) if cell.number]
    assert numbers == list(range(1, len(numbers) + 1))


@quick
@given(paused(DAY_UNITS))
def test_explained_with_pauses_as_it_is_reckoned(case):
    calendar, _days, start, length, unit, stops = case
    cells = explain(start, length, unit, calendar, stops=stops)
    due = due_moment(start, length, unit, calendar, stops=stops)
    assert (cells[0].day, cells[-1].day) == (start.date(), due.date())
    for cell in cells:
        stood = any(begin.date() < cell.day <= end.date() for begin, end in stops)
        assert cell.paused == stood
        assert not (cell.paused and cell.number), "A day of pause is not counted."
    numbers = [cell.number for cell in cells if cell.number]
    assert numbers == list(range(1, len(numbers) + 1))
    if unit == "calendar_day" or (unit != "month" and length):
        assert len(numbers) == length, "Each day of the limit has its number."


@quick
@given(paused(HOUR_UNITS))
def test_explained_hours_end_with_the_limit(case):
    calendar, _days, start, length, unit, stops = case
    cells = explain(start, length, unit, calendar, stops=stops)
    assert cells[-1].day == due_moment(start, length, unit, calendar, stops=stops).date()
    numbers = [cell.number for cell in cells if cell.number is not None]
    assert numbers == sorted(numbers)
    assert not numbers or numbers[-1] <= length


@quick
@given(calendars(), starts(), starts())
def test_working_time_is_additive(both, one, other):
    calendar, _days = both
    middle = one + (other - one) / 2
    whole = working_time(one, other, calendar)
    parts = working_time(one, middle, calendar) + working_time(middle, other, calendar)
    assert whole == parts == -working_time(other, one, calendar)
