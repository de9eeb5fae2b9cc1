"""A build is used while it stands for the sources; whatever else, pages find their files."""

import json
import os

import pytest
from django.template.loader import render_to_string

from dieuhanh.kernel.ui import screen_files

SHEET = "site.0123456789ab.css"


@pytest.fixture
def built(settings, tmp_path):
    """A folder with a build of nothing but a sheet."""
    listing = tmp_path / screen_files.LIST
    listing.write_text(json.dumps({"names": {screen_files.SHEET: SHEET}}), encoding="utf-8")
    settings.STATIC_ROOT = tmp_path
    _forget()
    yield listing
    _forget()


def _forget() -> None:
    for read in (screen_files._read, screen_files._names_now, screen_files._newest_text):
        read.cache_clear()


def test_a_page_links_the_built_sheet_only(built) -> None:
    page = render_to_string("404.html")
    assert f"/static/{SHEET}" in page
    assert "tabler.min.css" not in page


def test_without_a_build_every_sheet_is_linked_in_order(built) -> None:
    built.unlink()
    page = render_to_string("404.html")
    at = [page.index(f"/static/{name}") for name in screen_files.loose_sheets()]
    assert at == sorted(at)


def test_who_edits_a_sheet_sees_it(built, settings) -> None:
    settings.WATCH_SCREEN_FILES = True
    assert SHEET in screen_files.names().values()
    os.utime(built, (1, 1))  # every source is younger now
    _forget()
    assert screen_files.names() == {}, "a build that is older than the sources is not served"
