"""What time it is, in Việt Nam (X-05)."""

import datetime as dt

from dieuhanh.kernel.journal import clock


def test_the_clock_of_the_tests_stands_still():
    assert clock.now() == dt.datetime(2024, 6, 17, 1, 40, tzinfo=dt.UTC)
    assert clock.today() == dt.date(2024, 6, 17)


def test_without_a_fixed_moment_it_runs(settings):
    settings.FIXED_NOW = ""
    before = dt.datetime.now(dt.UTC)
    assert before <= clock.now() <= dt.datetime.now(dt.UTC)
    assert clock.now().utcoffset() == dt.timedelta(hours=7)


def test_shortly_before_midnight_is_still_the_same_day(settings):
    settings.FIXED_NOW = "2024-06-17T23:59:59"
    assert clock.today() == dt.date(2024, 6, 17)
    assert clock.now() == clock.end_of(clock.today())
    assert clock.start_of(clock.today()) == dt.datetime(2024, 6, 16, 17, tzinfo=dt.UTC)
