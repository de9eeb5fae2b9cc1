"""The matrix is worth what it catches: the filter is dropped from one path after the other."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q
from django.shortcuts import get_object_or_404
from tests.architecture import test_matrix
from tests.architecture.test_matrix import files, people, probes  # noqa: F401 - fixtures

from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.models import Entry

pytestmark = pytest.mark.django_db

DESK = "dieuhanh.faces.desk"
API = "dieuhanh.faces.api.root"


def _everything(_user: Any, _verb: str, register: Any) -> Q:
    return Q(register=register.code)


def _all_entries(_user: Any, register: Any) -> Any:
    return Entry.objects.filter(register=register.code)


def _everything_of(_user: Any, _verb: str, register: Any) -> Any:
    return Entry.objects.filter(register=register.code)


def _any_row(_user: Any, register: Any, pk: int) -> Any:
    return get_object_or_404(register.rows(), pk=pk)


def _as_it_is(*_given: Any) -> Callable[..., Any]:
    return lambda column, row: column.read(row)


LISTS = test_matrix.test_lists_exports_and_api_show_the_same_entries
SEARCH = test_matrix.test_search_home_and_the_sheet_show_the_same_entries
FIGURE = test_matrix.test_behind_a_figure_stands_only_what_one_may_open
PERSONAL = test_matrix.test_a_citizens_own_data_are_for_those_who_work_on_them
PAGES = test_matrix.test_every_method_of_every_page_of_an_entry
#: What is dropped → the module it is dropped from, the policy it forgets, the test that must see it.
PLANTS: dict[str, tuple[str, dict[str, Any], Callable[..., None]]] = {
    "list and export": (f"{DESK}.ledger.asking", {"allowed_entries": _everything_of}, LISTS),
    "API list": (API, {"visible_entries": _all_entries}, LISTS),
    "search": ("dieuhanh.kernel.search.queries", {"visible": lambda *_given: Q()}, SEARCH),
    "entries behind a figure": (f"{DESK}.figures", {"visible": lambda _user: Q()}, FIGURE),
    "page, why, file": (f"{DESK}.entry", {"get_visible_or_404": _any_row}, PAGES),
    "API entry": (API, {"get_visible_or_404": _any_row}, PAGES),
    "verbs": (f"{DESK}.entry", {"may_do": lambda *_given: True}, PAGES),
    "API verbs": (API, {"may_do": lambda *_given: True}, PAGES),
    "personal data on the page": (f"{DESK}.entry", {"reading": _as_it_is}, PERSONAL),
    "personal data in the export": (f"{DESK}.ledger.export", {"reading": _as_it_is}, PERSONAL),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_dropped_filter_is_seen(plant, monkeypatch, request, client, people, probes) -> None:  # noqa: F811
    name, forgets, test = PLANTS[plant]
    forgetful = SimpleNamespace(**(vars(policies) | forgets))
    monkeypatch.setattr(importlib.import_module(name), "policies", forgetful)
    few = ("van-thu", "ke-hoach", "quan-tri", "giam-doc-so")
    given = {"client": client, "people": {one: people[one] for one in few}, "probes": probes}
    if test is PAGES:
        given |= {"files": request.getfixturevalue("files"), "code": "documents.incoming"}
    with pytest.raises(AssertionError):
        test(**given)
