"""Sources of petitions are rows of data: a new resolution is a new row (CT-08)."""

import datetime as dt

import pytest

from dieuhanh.registers.petitions.models import PetitionSource
from dieuhanh.registers.petitions.reference import WrongSource, keep_source

pytestmark = pytest.mark.django_db
ROW = {
    "key": "nq50_2024", "ledger": "council", "label": "Nghị quyết số 50/NQ-HĐND",
    "symbol": "50/NQ-HĐND", "passed_on": dt.date(2024, 7, 4), "sessions": "Kỳ 16", "term": "",
}  # fmt: skip


def test_a_source_is_written_once_and_then_as_the_file_says():
    keep_source(**ROW)
    keep_source(**(ROW | {"label": "Nghị quyết số 50/NQ-HĐND ngày 04/7/2024"}))
    source = PetitionSource.objects.get(key="nq50_2024")
    assert (str(source), source.kind) == ("Nghị quyết số 50/NQ-HĐND ngày 04/7/2024", "resolution")


@pytest.mark.parametrize(
    ("changes", "column"), [({"ledger": "senate"}, "ledger"), ({"passed_on": None}, "passed_on")]
)
def test_what_cannot_be_is_refused_with_its_column(changes, column):
    with pytest.raises(WrongSource) as refused:
        keep_source(**(ROW | changes))
    assert refused.value.column == column
    assert not PetitionSource.objects.filter(key="nq50_2024").exists()
