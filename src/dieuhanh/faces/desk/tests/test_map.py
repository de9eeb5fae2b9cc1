"""The map of districts: the same numbers as the registers, steps that are told, doors that open."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dieuhanh.faces.desk.boards import tiles
from dieuhanh.faces.desk.boards.places import MEASURES
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.tracking.overdue import by_unit, units_named
from dieuhanh.kernel.tracking.queries import Sight

MAP = "/bang/ban-do/"
YEAR = "tu=01/01/2024&den=15/6/2024"


@pytest.fixture
def leader(lanh_dao) -> Client:
    client = Client()
    client.force_login(lanh_dao)
    return client


def _shown(client: Client, query: str) -> dict[str, str]:
    """Name of a district → the number in its row of the table."""
    response = client.get(f"{MAP}?{query}")
    assert response.status_code == 200
    return {row["name"]: row["shown"] for row in response.context["rows"]}


# Geometry ---------------------------------------------------------------------------------------


def test_each_district_has_one_tile_and_no_two_share_a_place(db) -> None:
    districts = set(Unit.objects.filter(kind="district").values_list("code", flat=True))
    known = tiles.tiles()
    assert {f"01.{code}" for code in known} == districts, "Correct data/reference/tiles-hanoi.csv."
    assert len({(one.column, one.row) for one in known.values()}) == len(known)


def test_the_names_in_the_file_of_tiles_are_those_of_the_units() -> None:
    folder = settings.DATA_DIR / "reference"
    with (folder / "units-hanoi-2024.csv").open(encoding="utf-8") as lines:
        names = {one["code"]: one["name"] for one in csv.DictReader(lines)}
    with (folder / "tiles-hanoi.csv").open(encoding="utf-8") as lines:
        wrong = [one for one in csv.DictReader(lines) if names[one["code"]] != one["name"]]
    assert not wrong, f"Another name in units-hanoi-2024.csv: {wrong}"


def test_tiles_lie_as_the_districts_do() -> None:
    known = tiles.tiles()
    names = {"016": "Sóc Sơn", "280": "Phú Xuyên", "271": "Ba Vì", "018": "Gia Lâm"}
    assert set(names) <= set(known)
    assert known["016"].row == min(one.row for one in known.values()), "Sóc Sơn is the north."
    assert known["280"].row == max(one.row for one in known.values()), "Phú Xuyên is the south."
    assert known["271"].column == 0, "Ba Vì is the west."
    assert known["018"].column == max(one.column for one in known.values()), "Gia Lâm is the east."


def test_the_outline_fits_its_frame() -> None:
    path = tiles.outline(150, 190)
    numbers = [
        float(one) for one in path.replace("M", " ").replace("L", " ").replace("Z", "").split()
    ]
    assert max(numbers[::2]) <= 150.1 and max(numbers[1::2]) <= 190.1 and min(numbers) >= 0


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        (range(1, 31), [6, 12, 18, 24, 30]),
        ([0, 0, 7], [7]),
        ([0, 0], []),
        ([1] * 29 + [1000], [1, 1000]),
        ([3, 3, 3, 5, 5], [3, 5]),
    ],
)
def test_steps_are_quintiles_of_what_is_above_zero(values, limits) -> None:
    assert tiles.limits_of(list(values)) == limits


def test_steps_put_zero_apart_and_the_highest_on_five() -> None:
    limits = tiles.limits_of(range(1, 31))
    assert [tiles.step_of(value, limits) for value in (0, 1, 6, 7, 30)] == [0, 1, 1, 2, 5]
    assert tiles.step_of(7, tiles.limits_of([0, 0, 7])) == 5
    assert sum(one.units for one in tiles.legend(range(31), limits)) == 31


# Numbers ----------------------------------------------------------------------------------------


def test_a_district_shows_what_its_register_holds(leader) -> None:
    unit = Unit.objects.get(code="01.002")
    kept = Entry.objects.filter(register="feedback", unit=unit, opened_on__year=2024)
    shown = _shown(leader, f"so-lieu=phan-anh&{YEAR}")
    assert shown["UBND quận Hoàn Kiếm"] == str(kept.filter(opened_on__lte="2024-06-15").count())


def test_districts_and_the_rest_add_up_to_the_register(leader) -> None:
    foot = leader.get(f"{MAP}?so-lieu=phan-anh&{YEAR}").context["foot"]
    whole = Entry.objects.filter(register="feedback", opened_on__range=("2024-01-01", "2024-06-15"))
    assert foot[-1][1] == str(whole.count()), "The table must end with the whole of the register."


@pytest.mark.parametrize("key", sorted(set(MEASURES) - {"chi-tieu"}))
def test_behind_a_tile_stand_as_many_entries_as_it_says(leader, key: str) -> None:
    response = leader.get(f"{MAP}?so-lieu={key}&{YEAR}")
    row = next((one for one in response.context["rows"] if one["url"]), None)
    assert row, f"{key}: no district has any in the data set; is the measure asked rightly?"
    page = leader.get(row["url"].replace("&amp;", "&"))
    counted = page.context["line"].partition(" ")[0]
    assert row["name"] in page.content.decode()
    if key == "qua-han":  # obligations: several may hang on one entry
        assert 1 <= int(counted) <= int(row["shown"])
    else:
        hidden = leader.get(f"{MAP}?so-lieu={key}&{YEAR}").context["hidden"]
        assert counted == row["shown"] or hidden, (
            f"{key}: {counted} behind a tile of {row['shown']}"
        )


def test_late_work_is_that_of_the_board_of_late_work(leader, lanh_dao) -> None:
    owed = by_unit(Sight(lanh_dao, clock.now()))
    late = sum(one.late for one in owed if units_named([one.unit_id])[one.unit_id].code == "01.268")
    assert _shown(leader, "so-lieu=qua-han")["UBND quận Hà Đông"] == str(late)


def test_a_petition_of_two_places_counts_in_both(leader) -> None:
    response = leader.get(f"{MAP}?so-lieu=kien-nghi")
    assert not response.context["foot"], "Places that share petitions are not added up."
    assert "được tính ở từng nơi" in response.content.decode()


def test_a_window_moves_the_numbers(leader) -> None:
    year, day = (
        _shown(leader, f"so-lieu=phan-anh&{query}")
        for query in (YEAR, "tu=03/6/2024&den=04/6/2024")
    )
    assert sum(map(int, day.values())) < sum(map(int, year.values()))


def test_nothing_recorded_is_not_zero(leader) -> None:
    before = leader.get(f"{MAP}?so-lieu=phan-anh&tu=01/01/2022&den=31/12/2022")
    assert {row["shown"] for row in before.context["rows"]} == {"chưa có số liệu"}
    assert 'class="step-none"' in before.content.decode()
    none = _shown(leader, "so-lieu=chi-tieu")
    assert set(none.values()) == {"chưa có số liệu"}
    late = _shown(leader, "so-lieu=qua-han")
    assert "0" in late.values(), "A district without late work has 0, not “no figures”."


def test_the_map_and_its_table_say_the_same(leader) -> None:
    context = leader.get(f"{MAP}?so-lieu=don-thu&{YEAR}").context
    drawn = {one["name"]: one["shown"] for one in context["tiles"]}
    told = {row["name"].split(" ", 2)[2] if "thị xã" not in row["name"]
            else row["name"].split(" ", 3)[3]: row["shown"] for row in context["rows"]}  # fmt: skip
    assert drawn == told


def test_tiles_are_links_with_words_and_a_step(leader) -> None:
    page = leader.get(f"{MAP}?so-lieu=phan-anh&{YEAR}").content.decode()
    assert page.count('aria-label="UBND ') >= 30, "Each tile says its district, number and step."
    assert "phản ánh, kiến nghị, bậc 5 trên 5" in page
    assert "style=" not in page


def test_the_table_is_sorted_by_a_link(leader) -> None:
    by_name = list(_shown(leader, "so-lieu=phan-anh&xep=ten"))
    assert by_name[0] == "UBND quận Ba Đình" and by_name[1] == "UBND huyện Ba Vì"
    by_number = [int(one) for one in _shown(leader, "so-lieu=phan-anh").values()]
    assert by_number == sorted(by_number, reverse=True)


# Rights -----------------------------------------------------------------------------------------


def test_only_measures_of_registers_that_one_reads_are_offered(van_thu) -> None:
    client = Client()
    client.force_login(van_thu)
    page = client.get(f"{MAP}?so-lieu=don-thu").content.decode()
    assert "Đơn thư tiếp nhận" not in page, "A clerk does not read letters."
    assert client.get(f"{MAP}don-thu/001/").status_code == 404


def test_entries_of_other_units_are_counted_and_named_so(giam_doc_so) -> None:
    client = Client()
    client.force_login(giam_doc_so)
    response = client.get(f"{MAP}?so-lieu=phan-anh&{YEAR}")
    assert "không thuộc quyền xem" in response.context["hidden"]
    page = client.get(f"{MAP}phan-anh/001/?{YEAR}")
    assert not page.context["rows"], "A head of a department opens only the entries of their unit."


def test_the_sheet_says_what_the_table_says(leader) -> None:
    response = leader.get(f"{MAP}xuat.xlsx?so-lieu=phan-anh&{YEAR}")
    book = load_workbook(BytesIO(b"".join(response)))
    rows = [row for row in book.active.iter_rows(values_only=True) if str(row[0]).isdecimal()]
    told = {row[1]: str(row[2]) for row in rows}
    assert told == _shown(leader, f"so-lieu=phan-anh&{YEAR}")


@pytest.mark.parametrize("key", sorted(MEASURES))
def test_a_map_costs_at_most_twelve_queries(leader, key: str) -> None:
    for path in (f"{MAP}?so-lieu={key}", f"{MAP}{key}/001/"):
        leader.get(path)
        with CaptureQueriesContext(connection) as captured:
            leader.get(path)
        assert len(captured) <= 12, [one["sql"][:90] for one in captured]


@pytest.mark.parametrize(
    "query",
    [
        "so-lieu=none",
        "tu=x&den=y",
        "tu=31/12/9999",
        "den=01/01/1900",
        "xep=x",
        "tinh-den=05/6/2024",
    ],
)
def test_a_mistyped_address_shows_a_map(leader, query: str) -> None:
    assert leader.get(f"{MAP}?{query}").status_code == 200
    assert leader.get(f"{MAP}none/001/").status_code == 404
    assert leader.get(f"{MAP}phan-anh/999/?sau=x").status_code == 404
