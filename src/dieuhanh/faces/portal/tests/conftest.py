import pytest

from dieuhanh.faces.portal import remembered


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a test changes is counted anew."""
    remembered.forget()
    yield
    remembered.forget()
