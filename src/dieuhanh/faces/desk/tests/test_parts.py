"""The page of parts: all of them, by the templates of the pages, in a demonstration only."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from dieuhanh.faces.desk.parts import page, samples
from dieuhanh.kernel import ui

pytestmark = pytest.mark.django_db
ADDRESS = "/_parts/"
UI = Path(ui.__file__).resolve().parent / "templates" / "ui"
DESK = Path(page.__file__).resolve().parents[1] / "templates" / "desk"
#: Parts of the desk that stand on several pages, or in several states.
OF_DESK = {
    "board_overdue_row.html", "errand_faults.html", "list_bar.html", "list_layout.html",
    "list_saved.html", "map_tiles.html", "preview.html", "related.html",
}  # fmt: skip
MOST_QUERIES = 12


@pytest.fixture
def shown(sign_in, lanh_dao):
    return sign_in(lanh_dao).get(ADDRESS)


def test_every_part_is_shown_by_its_own_template(shown):
    used = {one.name for one in shown.templates}
    parts = {f"ui/{path.name}" for path in UI.glob("*.html")} | {f"desk/{name}" for name in OF_DESK}
    missing = sorted(parts - used)
    assert not missing, (
        f"{missing}: show each in its states in templates/desk/parts/, by an include of the part."
    )


def test_the_page_of_parts_has_no_markup_of_its_own(shown):
    """What a part draws stands in the part; here are headings and places."""
    drawn = re.compile(
        r'class="(?:due|chip|fig|days|list|ledger|story|strip|tabs|pager|message)[" ]'
    )
    copied = {
        path.name: drawn.findall(path.read_text(encoding="utf-8"))
        for path in (DESK / "parts").glob("*.html")
    }
    assert not {name: found for name, found in copied.items() if found}, "Include the part instead."


def test_there_is_no_page_of_parts_beside_a_demonstration(sign_in, lanh_dao, settings):
    client = sign_in(lanh_dao)
    settings.DEMO = False
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code == 404


def test_the_page_of_parts_asks_for_no_entries(sign_in, lanh_dao, django_assert_max_num_queries):
    client = sign_in(lanh_dao)
    client.get(ADDRESS)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(ADDRESS)


def test_what_is_sent_from_the_page_is_judged_and_not_kept(sign_in, lanh_dao):
    client = sign_in(lanh_dao)
    key = str(uuid4())
    assert client.post(ADDRESS, {"form_key": key}).status_code == 422
    typed = {**page.RIGHT, "unit": "STNMT", "form_key": key}
    said = client.post(ADDRESS, typed, follow=True)
    assert "không có gì được ghi" in said.content.decode()
    again = client.post(ADDRESS, typed, follow=True)
    assert "lần gửi sau không ghi thêm gì" in again.content.decode()


def test_the_longest_subject_is_as_long_as_it_says():
    assert len(samples.LONG_SUBJECT) == 300


def test_every_group_of_the_contents_stands_on_the_page(shown):
    text = shown.content.decode()
    lost = [anchor for anchor, _name in shown.context["contents"] if f'id="{anchor}"' not in text]
    assert not lost, f"Write these sections into templates/desk/parts/page.html: {lost}"
