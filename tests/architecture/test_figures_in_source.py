"""Figures are counted, computed or looked up; none of them is written into the program."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.reports.compose.template import templates as report_templates

IDS = 234
MOST_STATED = 30
#: Layout on paper: there a bare number with one decimal is a size in points or a share of a width.
#: Its strings, and numbers with more digits, are looked at like all others.
LAYOUT = "reports/render/"
SIZE = re.compile(r"\d{1,2}\.\d")


def _figures() -> list[dict[str, str]]:
    path = settings.DATA_DIR / settings.DATASET / "figures.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")


@pytest.fixture(scope="module")
def distinctive() -> dict[str, str]:
    """Every way a distinctive value may be written → the value. Four digits, or a decimal part."""
    forms: dict[str, str] = {}
    for row in _figures():
        value = row["printed"].lstrip("-")
        whole, _dot, fraction = value.partition(".")
        if not fraction and len(whole) < 4:
            continue
        tail = f",{fraction}" if fraction else ""
        for form in (value, whole + tail, _grouped(whole) + tail, f"{int(whole):,}{tail}"):
            forms[form] = row["printed"]
        short = str(Decimal(value).normalize()) if fraction and "." in value else value
        if "." in short and "E" not in short:
            forms[short] = row["printed"]
    return forms


def _numbers(text: str) -> set[str]:
    """Runs of digits with their separators, neither part of a longer word nor of a number, nor how
    often a regular expression repeats something."""
    text = re.sub(r"\{\d*,\d*\}", "{}", text)
    found = re.findall(r"(?<![\w.,#-])\d+(?:[.,_]\d+)*(?![\w-])", text)
    return {one.replace("_", "") for one in found}


def _docstrings(tree: ast.Module) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


def _literals(module) -> list[tuple[int, set[str]]]:
    """(line, numbers) of the literals of a Python file, docstrings left out."""
    told = _docstrings(module.tree)
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Constant) or id(node) in told:
            continue
        if isinstance(node.value, str):
            found.append((node.lineno, _numbers(node.value)))
        elif isinstance(node.value, int | float) and not isinstance(node.value, bool):
            written = str(abs(node.value))
            if not (module.name.startswith(LAYOUT) and SIZE.fullmatch(written)):
                found.append((node.lineno, {written}))
    return found


def test_no_figure_stands_in_the_program(modules, package: Path, distinctive) -> None:
    places: list[tuple[str, int, set[str]]] = [
        (module.name, line, numbers) for module in modules for line, numbers in _literals(module)
    ]
    for path in sorted(
        [*package.rglob("*.html"), *package.rglob("*.toml"), *package.rglob("*.typ")]
    ):
        if "tests" in path.parts:
            continue
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = re.sub(r"\s(?:d|viewBox|points|transform)=\"[^\"]*\"", "", unescape(text))
            places.append((str(path.relative_to(package)), line, _numbers(text)))
    found = sorted(
        f"{name}:{line} {number}"
        for name, line, numbers in places
        for number in numbers & distinctive.keys()
    )
    assert not found, (
        "No number of figures.csv stands in src/: count it by a measure, or put it into the data "
        f"set with its source: {found}"
    )


@pytest.fixture
def origins(db, half_year: Window) -> dict[str, str]:
    """Each of the ids of the two reports → where its value comes from."""
    templates = report_templates()
    evaluator = Evaluator(half_year)
    found: dict[str, str] = {}
    for id in dict.fromkeys(row["id"] for row in _figures()):
        if any(one.pending_name(id) for one in templates):
            found[id] = "pending"
            continue
        try:
            answer = evaluator.answer(id)
        except model.UnknownMeasure:
            found[id] = "none"
            continue
        found[id] = answer.origin if answer.value is not None or answer.conflict else "none"
    return found


def test_every_figure_of_the_reports_has_an_origin(origins: dict[str, str], capsys) -> None:
    totals = Counter(origins.values())
    names = ("counted", "computed", "datapoint", "stated", "pending")
    with capsys.disabled():
        print("\nfigures: " + ", ".join(f"{totals[name]} {name}" for name in names))
    assert len(origins) == IDS, f"figures.csv holds {len(origins)} ids, the two reports have {IDS}"
    lost = [id for id, origin in origins.items() if origin == "none"]
    assert not lost, (
        "Write a measure, a datapoint or a line of stated.csv, or list the id as pending in the "
        f"report's report.toml: {lost}"
    )


def test_few_figures_are_only_stated(origins: dict[str, str]) -> None:
    stated = [id for id, origin in origins.items() if origin == "stated"]
    assert len(stated) <= MOST_STATED, (
        f"{len(stated)} figures are copied from the text, at most {MOST_STATED} may be: count "
        "them, or publish them as datapoints with a source."
    )
    path = settings.DATA_DIR / settings.DATASET / "stated.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        kept = {row["id"]: row["reason"] for row in csv.DictReader(handle)}
    assert set(stated) == set(kept), "stated.csv and the figures of origin “stated” differ"
    assert all(kept.values()), "Each line of stated.csv says why it is not counted."


#: Figures that count work of the administration: all must be counted from entries.
COUNTED = (
    "documents.", "tasks.", "action_programme.2024.focus_areas", "action_programme.2024.task_groups",
    "action_programme.2024.specific_tasks", "major_tasks.", "work_programme.", "submissions.",
    "meetings.", "petitions.", "complaints.", "reception.", "feedback.", "procedures.", "press.",
    "inspections.", "foreign_reception.", "city_party.",
)  # fmt: skip
#: Of these, shares and growths: computed from counted ones.
COMPUTED = re.compile(r"_pct(\.|$)|\.growth$|\.resolved_pct$")


@pytest.mark.django_db
def test_every_count_of_the_administration_is_counted(half_year) -> None:
    evaluator = Evaluator(half_year)
    ids = {row["id"] for row in _figures() if row["id"].startswith(COUNTED)}
    wanted = {id for id in ids if not COMPUTED.search(id)}
    assert len(wanted) == 83
    origins = {id: evaluator.answer(id).origin for id in ids}
    wrong = {id for id in wanted if origins[id] != "counted"}
    assert not wrong, f"Count the entries of a register: {wrong}"
    assert {origins[id] for id in ids - wanted} == {"computed"}
