"""One search: exact first, then words in a row, then all words; within what a person may open."""

from datetime import date

import pytest

from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.actions import searchable
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Succession, Unit
from dieuhanh.kernel.search import queries
from dieuhanh.kernel.search.people import find_people
from dieuhanh.kernel.search.queries import Narrowed, Place, found_alone, search
from dieuhanh.kernel.search.reading import read
from dieuhanh.kernel.search.units import find_units

pytestmark = pytest.mark.django_db
WORD = "Quỳnhtrangtím"


@pytest.fixture
def write():
    """``write(title, …)``: an entry of a register, numbered from 900001."""
    unit, made = Unit.objects.get(code="SYT"), []

    def one(title, *also, **fields):
        fields = {"register": "feedback", "opened_on": date(2024, 6, 10), "unit": unit} | fields
        made.append(title)
        return Entry.objects.create(
            agency=unit, book="test.search", year=fields["opened_on"].year, kind="conduct",
            number=fields.pop("number", 900000 + len(made)), title=title,
            folded=searchable([title, *also]), **fields,
        )  # fmt: skip

    return one


def ids(found):
    return [one.pk for one in found.rows]


def everything(person, asked, **given):
    """All pages, one after the other."""
    found = search(person, asked, **given)
    pks = ids(found)
    while found.older:
        found = search(person, asked, after=found.older, **given)
        pks += ids(found)
    return pks


def test_a_symbol_of_its_own_comes_before_one_that_a_title_mentions(ke_hoach, write):
    mentions = write("Triển khai Kế hoạch số 90313/KH-UBND", opened_on=date(2024, 6, 14))
    own = write("Kế hoạch trồng cây", "90313/KH-UBND", "UBND Thành phố")
    for typed in ("90313/KH-UBND", "90313 kh ubnd", "số 90313/kh-ubnd"):
        found = search(ke_hoach, read(typed), size=50)
        assert [one.pk for one in found.exact] == [own.pk], typed
        assert ids(found) == [mentions.pk], typed
        assert found.facets.total.n == 2, typed


def test_a_number_of_a_book_is_found_by_itself_and_with_its_register(van_thu):
    sought = Entry.objects.get(
        register="documents.incoming", book="documents.incoming", number=22014
    )
    for typed in ("22014", "22.014", "văn bản đến 22014", "vb đến số 22.014", "22014/2024"):
        found = search(van_thu, read(typed), size=50)
        assert [one.pk for one in found.exact][:1] == [sought.pk], typed
        assert found.facets.total.n >= 1 and found.facets.registers["documents.incoming"].n >= 1
    assert search(van_thu, read("đơn thư 22014"), size=50).exact == []


def test_words_in_a_row_come_before_the_same_words_apart(ke_hoach, write):
    apart = write(f"{WORD} và cây xanh", opened_on=date(2024, 6, 14))
    in_a_row = write(f"Cây {WORD} xanh")
    assert ids(search(ke_hoach, read(f"cây {WORD}"), size=50)) == [in_a_row.pk, apart.pk]


def test_an_abbreviation_finds_what_it_stands_for_and_the_other_way_round(ke_hoach, write):
    short, long = write(f"Họp UBND {WORD}"), write(f"Họp Ủy ban nhân dân {WORD}")
    for typed in (f"ubnd {WORD}", f"uỷ ban nhân dân {WORD}", f"{WORD} UBND"):
        assert set(ids(search(ke_hoach, read(typed), size=50))) == {short.pk, long.pk}, typed


@pytest.mark.parametrize("looked_at", [4000, 2])
def test_pages_hold_every_result_once_whatever_way_they_are_found(
    monkeypatch, ke_hoach, write, looked_at
):
    monkeypatch.setattr(queries, "LOOKED_AT", looked_at)
    made = {write(f"{WORD} số {n}", opened_on=date(2024, 6, 1 + n % 5)).pk for n in range(13)}
    made |= {write(f"số {WORD} {n}", opened_on=date(2024, 6, 1 + n % 5)).pk for n in range(8)}
    pks = everything(ke_hoach, read(f"{WORD} số"), size=4)
    assert len(pks) == 21 and set(pks) == made
    last = search(ke_hoach, read(f"{WORD} số"), size=4)
    steps = [ids(last)]
    while last.older:
        last = search(ke_hoach, read(f"{WORD} số"), size=4, after=last.older)
        steps.append(ids(last))
    for expected in reversed(steps[:-1]):
        last = search(ke_hoach, read(f"{WORD} số"), size=4, before=last.newer)
        assert ids(last) == expected, "a page back is not the page one came from"


def test_common_words_are_found_without_their_index_and_give_the_same(monkeypatch, ke_hoach):
    rare = everything(ke_hoach, read("nước sạch"), size=500, narrowed=Narrowed(unit=_unit("SYT")))
    monkeypatch.setattr(queries, "MOST_READ", 1)
    common = everything(ke_hoach, read("nước sạch"), size=500, narrowed=Narrowed(unit=_unit("SYT")))
    assert sorted(rare) == sorted(common) and len(rare) > 50
    found = search(ke_hoach, read("nước sạch"), size=50)
    assert found.facets.total.at_least and found.facets.total.many


def _unit(code):
    return Unit.objects.get(code=code).pk


def test_nobody_finds_or_counts_what_is_not_theirs(giam_doc_so, lanh_dao, quan_tri, write):
    other = Unit.objects.get(code="STP")
    write(f"{WORD} mở")
    write(f"{WORD} hạn chế", unit=other, confidentiality="restricted")
    write(f"{WORD} người tố cáo", register="complaints.letters", confidentiality="guarded",
          number=900777)  # fmt: skip
    for person in (giam_doc_so, lanh_dao, quan_tri):
        readable = Entry.objects.filter(
            policies.visible(person), folded__startswith="quynhtrangtim"
        )
        expected = set(readable.values_list("pk", flat=True))
        found = search(person, read(WORD), size=50)
        assert set(ids(found)) == expected
        assert found.facets.total.n == len(expected), "a hidden entry can be counted"
        for facet in (found.facets.registers, found.facets.years, found.facets.units):
            assert sum(one.n for one in facet.values()) == len(expected)
        assert other.pk not in found.facets.units
        by_number = {one.pk for one in search(person, read("900777"), size=50).exact}
        assert by_number <= expected, "a hidden entry is found by its number"
        narrowed = search(person, read(WORD), size=50, narrowed=Narrowed(unit=other.pk))
        assert not narrowed.rows and narrowed.facets.total.n == 0
    assert len(Entry.objects.filter(folded__startswith="quynhtrangtim")) == 3


def test_hints_tell_nothing_of_hidden_entries(lanh_dao, write):
    write(f"{WORD} hạn chế", unit=Unit.objects.get(code="STP"), confidentiality="restricted",
          register="complaints.letters")  # fmt: skip
    assert found_alone(lanh_dao, read(f"nước {WORD}")) == ["nuoc"]


def test_an_old_name_finds_what_its_heir_leads(ke_hoach, write):
    heir = Unit.objects.create(
        code="STC-MOI", name="Sở Tài chính mới lập", kind="department", valid_from=date(2024, 3, 1)
    )
    old = Unit.objects.create(
        code="SCU", name="Sở Vật giá thử", kind="department",
        valid_from=date(2000, 1, 1), valid_to=date(2024, 2, 29),
    )  # fmt: skip
    Succession.objects.create(predecessor=old, successor=heir, since=date(2024, 3, 1))
    led = write("Việc của đơn vị kế thừa", unit=heir)
    found = search(ke_hoach, read("so vat gia thu"), size=50)
    assert ids(found) == [led.pk]
    assert [(one.name, one.exactly) for one in found.units] == [("Sở Vật giá thử", True)]
    assert [one.name for one in found.units[0].heirs] == ["Sở Tài chính mới lập"]


@pytest.mark.parametrize("typed", ["Sở Kế hoạch và Đầu tư", "so khdt", "sở KHĐT", "KHDT"])
def test_a_unit_is_found_by_its_names(db, typed):
    assert [one.name for one in find_units(read(typed)) if one.exactly] == ["Sở Kế hoạch và Đầu tư"]


def test_a_unit_that_gets_another_name_is_found_by_it_at_once(db):
    assert not find_units(read("sở đổi tên thử"))
    Unit.objects.filter(code="SYT").update(name="Sở Đổi tên thử")
    assert find_units(read("sở đổi tên thử"))


def test_people_are_found_by_two_words_of_their_name(van_thu):
    name = van_thu.full_name
    assert name in [one.name for one in find_people(read(name))]
    assert find_people(read(name.split()[-1])) == []
    van_thu.is_active = False
    van_thu.save()
    assert name not in [one.name for one in find_people(read(name))]


@pytest.mark.parametrize("query", ["", "…", "x", "a" * 500, "nước " * 100, "\x00", "'", "2" * 400])
def test_any_query_is_answered(van_thu, query):
    found = search(van_thu, read(query), size=50)
    assert found.asked.text == query


@pytest.mark.parametrize("text", ["", "x", "c.", "2024-06-15", "t.2024-06-31.4", "c.2024-06-15.x",
                                  "2024-06-15." + "9" * 40])  # fmt: skip
def test_a_mistyped_place_is_none(text):
    assert Place.parse(text) is None


def test_a_place_is_written_as_it_is_read():
    for text in ("2024-06-15.7", "c.2024-06-15.7", "t.2024-06-15.7"):
        assert str(Place.parse(text)) == text


def test_an_unread_index_of_words_and_an_index_of_age(van_thu):
    newest = Entry.objects.order_by("-opened_on", "-pk").values("pk")[:10].explain()
    assert "entry_newest_idx" in newest
    assert "entry_by_number_idx" in Entry.objects.filter(number=22014).explain()
