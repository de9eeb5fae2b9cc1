"""The two calendars of Appendix A: M makes up for 29/4 on Saturday 04/5/2024, N does not."""

from pathlib import Path

import pytest

from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.notices import read_notices

NOTICES = Path(__file__).parents[5] / "data" / "reference" / "holiday-notices.csv"


@pytest.fixture
def notices_file() -> Path:
    return NOTICES


@pytest.fixture(scope="session")
def m() -> Calendar:
    return Calendar(read_notices(NOTICES, include_unconfirmed=True))


@pytest.fixture(scope="session")
def n() -> Calendar:
    return Calendar(read_notices(NOTICES, include_unconfirmed=False))


@pytest.fixture(params=["m", "n"])
def either(request: pytest.FixtureRequest) -> Calendar:
    """Cases that are the same in both calendars."""
    calendar: Calendar = request.getfixturevalue(request.param)
    return calendar
