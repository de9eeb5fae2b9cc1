"""Finding entries by words: tone marks, đ and both tone placements aside (X-04)."""

import pytest

from dieuhanh.kernel.entries.actions import searchable
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.search.queries import matching

pytestmark = pytest.mark.django_db
TITLE = "V/v tiến độ Vành đai 4 - Vùng Thủ đô, Uỷ ban hoà giải số 1897/KHĐT-THQH (5.280 hộ)"


@pytest.fixture
def entry():
    unit = Unit.objects.get(code="UBND")
    return Entry.objects.create(
        register="feedback", agency=unit, book="test.search", year=2024, number=1, kind="conduct",
        title=TITLE, unit=unit, opened_on="2024-06-10", folded=searchable([TITLE]),
    )  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "vanh dai 4", "Vành đai 4", "VÀNH ĐAI", "thu do", "thủ đô", "Ủy ban", "uỷ ban", "hòa giải",
        "hoà giải", "1897/KHĐT-THQH", "khdt", "THQH", "1897", "5.280", "280", "v/v", "tien do van",
        "giải hoà", "vành  đai,", "",
    ],
)  # fmt: skip
def test_found(entry, query):
    assert Entry.objects.filter(matching(query), pk=entry.pk).exists()


@pytest.mark.parametrize(
    "query", ["vanh dai 6", "ai", "897", "thủ đô mới", "x' | 'vanh", "vanh:* & nothing"]
)
def test_not_found(entry, query):
    assert not Entry.objects.filter(matching(query), pk=entry.pk).exists()


@pytest.mark.parametrize("query", ["'", "\\", "a & b | !c", "':*", "\x00", "<->", "a" * 5000, "…"])
def test_no_query_breaks_the_search(query):
    assert Entry.objects.filter(matching(query), register="none").count() == 0


def test_every_word_of_the_loaded_subjects_finds_its_entry():
    for entry in Entry.objects.filter(register="documents.incoming").exclude(folded="")[:3]:
        assert Entry.objects.filter(matching(entry.title), pk=entry.pk).exists()
        assert Entry.objects.filter(matching(entry.folded), pk=entry.pk).exists()


def test_a_search_reads_the_index(entry):
    plan = Entry.objects.filter(matching("vanh dai khdt thqh 1897")).explain()
    assert "entry_words_idx" in plan
