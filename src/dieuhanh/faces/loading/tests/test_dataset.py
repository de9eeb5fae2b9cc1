"""Loading a data set: once, the same each time, and never over what people entered."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from dieuhanh.faces.loading import dataset
from dieuhanh.faces.loading.dataset import DatasetConflict, checksum, load, loaded_checksum
from dieuhanh.faces.loading.expansions import EXPANSIONS
from dieuhanh.faces.loading.expansions.setting import read_setting
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Appointment, Person, Unit
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.registers.indicators.models import Datapoint, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting():
    import tomllib

    folder = dataset.folder_of(settings.DATASET)
    totals = tomllib.loads((folder / "registers.toml").read_text(encoding="utf-8"))
    return lambda: read_setting(folder, totals, 1)


def everything():
    models = (Entry, Series, Unit, Person, Appointment, TimeLimit, Datapoint, Target)
    return [model.objects.count() for model in models] + [last_line_id()]


def test_loading_twice_changes_nothing():
    before = everything()
    assert load(settings.DATASET) == {}
    assert load(settings.DATASET, replace=True) == {}
    assert everything() == before


def test_another_version_is_not_loaded_over_it():
    before = everything()
    with pytest.raises(DatasetConflict, match="--replace"):
        load(settings.DATASET, scale=2)
    assert everything() == before


def test_what_people_entered_is_not_replaced():
    Entry.objects.filter(pk=Entry.objects.first().pk).update(synthetic=False)
    before = everything()
    with pytest.raises(DatasetConflict, match="do người dùng nhập"):
        load(settings.DATASET, scale=2, replace=True)
    assert everything() == before


def test_the_checksum_covers_what_decides():
    assert loaded_checksum(settings.DATASET) == checksum(settings.DATASET)
    assert checksum(settings.DATASET, 2) != checksum(settings.DATASET)
    assert loaded_checksum("khong-co") == ""


@pytest.mark.parametrize("code", ["documents.outgoing", "complaints.cases", "feedback"])
def test_an_expansion_is_the_same_each_time(setting, code):
    _columns, expand = EXPANSIONS[code]
    first, second = list(expand(setting())), list(expand(setting()))
    assert first == second
    assert len(first) == Entry.objects.filter(register=code).count()
    assert [one.opened_on for one in first] == sorted(one.opened_on for one in first)


@pytest.mark.parametrize("code", EXPANSIONS)
def test_what_is_loaded_is_what_was_expanded(setting, code):
    """The first hundred: numbers of each book run with the days."""
    _columns, expand = EXPANSIONS[code]
    made = expand(setting())
    stored = Entry.objects.filter(register=code).order_by("pk")[:100]
    for one, entry in zip(made, stored, strict=False):
        assert (one.kind, one.title, one.unit_id, one.opened_on, one.closed_on) == (
            entry.kind, entry.title, entry.unit_id, entry.opened_on, entry.closed_on,
        )  # fmt: skip
        assert entry.synthetic and entry.agency.code == "UBND"


def test_numbers_of_each_book_are_whole_and_the_series_continue_them():
    """VT-01, VT-43: 1..n without a gap, and the next number follows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.book, e.year, count(*), count(DISTINCT e.number), min(e.number),"
            " max(e.number), max(s.last) FROM entries_entry e LEFT JOIN numbering_series s"
            " ON s.agency_id = e.agency_id AND s.book = e.book AND s.year = e.year"
            " GROUP BY e.book, e.year"
        )
        for book, year, count, distinct, first, last, series in cursor.fetchall():
            assert count == distinct == last == series, (book, year)
            assert first == 1


def test_no_denouncer_and_no_secret_was_made_up():
    """TC-20, VT-71."""
    guarded = Entry.objects.filter(letter__letter_class="denunciation")
    assert guarded.exists() and not guarded.exclude(letter__sender="").exists()
    assert not guarded.exclude(confidentiality="guarded").exists()
    secret = Entry.objects.filter(confidentiality="secret")
    assert secret.exists() and not secret.exclude(title="", folded="", outcome="").exists()


def test_loaded_entries_are_found_by_every_part_of_their_symbol(sign_in, chuyen_vien):
    entry = Entry.objects.filter(
        register="documents.incoming", incomingdocument__type="report"
    ).latest("pk")
    symbol = entry.incomingdocument.symbol
    assert "/" in symbol
    page = sign_in(chuyen_vien).get("/van-ban-den/", {"q": symbol})
    assert f"/van-ban-den/{entry.pk}/" in page.content.decode()


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
