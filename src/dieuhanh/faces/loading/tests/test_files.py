"""Data files that cannot be used: file, line, column and reason; nothing is written."""

import shutil

import pytest
from django.conf import settings
from django.db import transaction

from dieuhanh.faces.loading import dataset, published, reference
from dieuhanh.faces.loading.reference import DataFileError, rows
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.registers.indicators.models import Datapoint

pytestmark = pytest.mark.django_db
SOURCE = settings.DATA_DIR


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the data folder that a test may spoil."""
    folder = tmp_path / "data"
    shutil.copytree(SOURCE, folder)
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    monkeypatch.setattr(reference, "REFERENCE", folder / "reference")
    monkeypatch.setattr(published, "REFERENCE", folder / "reference")
    return folder


def spoil(path, line, old, new):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_a_table_of_ways_to_spoil_a_file(tmp_path):
    path = tmp_path / "a.csv"
    for text, line, column, words in (
        ("a,b\n1,2\n3\n", 3, "b", "dòng có 1 ô, phải là 2"),
        ("a,b\n1,2,3\n", 2, "b", "dòng có 3 ô, phải là 2"),
        ("a,c\n1,2\n", 1, "b", "thiếu cột này"),
        ("", 1, "a", "thiếu cột này"),
        ('a,b\n"x\ny",2\n3\n', 4, "b", "dòng có 1 ô, phải là 2"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataFileError) as refused:
            list(rows(path, ("a", "b")))
        assert str(refused.value) == f"{path}, dòng {line}, cột {column}: {words}."


def test_good_rows_have_the_number_of_their_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('\ufeffa,b\n1,"hai, ba"\n\n3,4\n', encoding="utf-8")
    assert list(rows(path, ("b",))) == [
        (2, {"a": "1", "b": "hai, ba"}), (4, {"a": "3", "b": "4"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "load", "column", "words"),
    [
        ("reference/time-limits.csv", 2, "2020-03-05", "05/3/2020", "load_time_limits",
         "effective_from", "không phải ngày"),
        ("reference/time-limits.csv", 3, "confirmed", "sure", "load_time_limits", "status",
         "confirmed hoặc unconfirmed"),
        ("reference/time-limits.csv", 8, "3,month", "ba,month", "load_time_limits", "length",
         "không phải số"),
        ("reference/time-limits.csv", 1, "length", "lenght", "load_time_limits", "length",
         "thiếu cột này"),
        ("reference/cast.csv", 3, ",Văn thư mật", "", "load_cast", "title", "dòng có 4 ô"),
        ("reference/units-hanoi-2024.csv", 1, "parent_code", "parent", "load_units",
         "parent_code", "thiếu cột này"),
    ],
)  # fmt: skip
def test_reference_data_is_refused_with_its_place(data, file, line, old, new, load, column, words):
    spoil(data / file, line, old, new)
    before = (TimeLimit.objects.count(), Unit.objects.count(), Person.objects.count())
    with pytest.raises(DataFileError) as refused:
        getattr(reference, load)()
    said = str(refused.value)
    assert f"{file.split('/')[-1]}, dòng {line}, cột {column}: " in said
    assert words in said
    assert (TimeLimit.objects.count(), Unit.objects.count(), Person.objects.count()) == before


@pytest.mark.parametrize(
    ("file", "column", "words"),
    [
        ("datapoints.csv", "value", "không phải số"),
        ("datapoints.csv", "as_of", "không phải ngày"),
        ("datapoints.csv", "indicator", "không có chỉ tiêu"),
        ("datapoints.csv", "line", "không phải số"),
        ("targets.csv", "version", "không phải số"),
        ("targets.csv", "indicator", "không có chỉ tiêu"),
    ],
)
def test_published_data_is_refused_with_its_place(data, file, column, words):
    import csv

    path = data / settings.DATASET / file
    with path.open(encoding="utf-8", newline="") as handle:
        table = list(csv.reader(handle))
    table[4][table[0].index(column)] = "khác"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(table)
    count = Datapoint.objects.count()
    with pytest.raises(DataFileError) as refused, transaction.atomic():
        published.load_published(data / settings.DATASET)
    assert f"{file}, dòng 5, cột {column}: " in str(refused.value)
    assert words in str(refused.value)
    assert Datapoint.objects.count() == count


def test_totals_that_cannot_be_read(data):
    path = data / settings.DATASET / "registers.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "\n[broken", encoding="utf-8")
    with pytest.raises(DataFileError, match="không đọc được TOML"):
        dataset._write(path.parent, 1, lambda step, n: None)
    path.write_text(whole.replace("bypassing", "bypasing"), encoding="utf-8")
    with pytest.raises(DataFileError, match="bypassing"), transaction.atomic():
        dataset._write(path.parent, 1, lambda step, n: None)


def test_no_such_data_set(data):
    with pytest.raises(DataFileError, match="không có tệp này"):
        dataset.load("khong-co")


def test_the_end_of_a_limit_is_read(data):
    """X-01: a superseded version has its last day."""
    path = data / "reference" / "time-limits.csv"
    row = (
        "test.limit,thử,ngày thử,5,working_day,forward,fixed,,,0,,,,thử,X-01,confirmed,,"
        "2020-01-01,2023-12-31"
    )
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    reference.load_time_limits()
    assert TimeLimit.objects.get(key="test.limit").effective_to.isoformat() == "2023-12-31"


def test_an_unknown_unit_of_time_is_refused(data):
    spoil(data / "reference" / "time-limits.csv", 8, "3,month", "3,moon")
    with pytest.raises(DataFileError):
        reference.load_time_limits()
