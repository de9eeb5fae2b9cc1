"""One concept, one word; and every law that is cited can be looked up."""

from __future__ import annotations

import ast
import csv
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import get_resolver
from django.utils import translation

from dieuhanh.kernel.entries import registry

COLUMNS = ["identifier", "Vietnamese term", "law", "meaning", "not to be confused with"]
#: số hiệu: 30/2020/NĐ-CP, 02/2011/QH13, 1207/QĐ-UBND
NUMBER = re.compile(r"\b\d+(?:/\d{4})?/[A-ZĐ][A-ZĐa-zđ]*\d*(?:-[A-ZĐ][A-ZĐa-zđ]*)*")


def _tables(path: Path) -> Iterator[list[str]]:
    """Cells of every row of the tables of a page, headings and rules left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        rule = re.fullmatch(r"\|[-|: ]+\|", line)
        head = number + 1 < len(lines) and re.fullmatch(r"\|[-|: ]+\|", lines[number + 1])
        if line.startswith("|") and not rule and not head:
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.fixture(scope="module")
def glossary(root: Path) -> dict[str, list[str]]:
    """Identifier → its row."""
    rows: dict[str, list[str]] = {}
    for cells in _tables(root / "docs" / "glossary.md"):
        assert len(cells) == len(COLUMNS), f"A row of the glossary has {len(cells)} cells: {cells}"
        for identifier in re.findall(r"`([^`]+)`", cells[0]):
            assert identifier not in rows, f"{identifier} has two rows: one concept, one word."
            rows[identifier] = cells
    return rows


@pytest.fixture(scope="module")
def law(root: Path) -> set[str]:
    """The numbers that docs/law knows."""
    return {
        number
        for path in (root / "docs" / "law").glob("*.md")
        for cells in _tables(path)
        for number in NUMBER.findall(cells[0])
    }


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _wrong(glossary: dict[str, list[str]], named: dict[str, str]) -> list[str]:
    found = []
    for identifier, term in named.items():
        row = glossary.get(identifier)
        if row is None:
            found.append(f"| `{identifier}` | {term} | … is missing")
        elif row[1] != term:
            found.append(f"`{identifier}` is “{row[1]}” in the glossary, “{term}” in the code")
    return found


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def test_every_model_has_its_row(glossary) -> None:
    named = {
        _snake(model.__name__): str(model._meta.verbose_name)
        for config in apps.get_app_configs()
        if config.name.startswith("dieuhanh.")
        for model in config.get_models()
    }
    wrong = _wrong(glossary, named)
    assert named and not wrong, f"Write the row of docs/glossary.md first: {wrong}"


def _choices(kind: type[models.TextChoices]) -> Iterator[type[models.TextChoices]]:
    """Of all rooms: what the pages use is loaded with their addresses."""
    assert get_resolver().url_patterns
    for one in kind.__subclasses__():
        if one.__module__.startswith("dieuhanh."):
            yield one
        yield from _choices(one)


def test_every_state_and_class_has_its_row(glossary) -> None:
    named = {
        f"{one.__name__}.{value}": str(label)
        for one in _choices(models.TextChoices)
        for value, label in one.choices
    }
    wrong = _wrong(glossary, named)
    assert named and not wrong, f"Write the row of docs/glossary.md first: {wrong}"


def test_every_class_that_reports_count_has_its_row(glossary) -> None:
    named = {
        f"{register.code}: {kind}": str(label)
        for register in registry.all_registers()
        for kind, label in register.kinds
    }
    wrong = _wrong(glossary, named)
    assert named and not wrong, f"Write the row of docs/glossary.md first: {wrong}"


def test_no_row_speaks_of_what_is_gone(glossary) -> None:
    values = {
        f"{one.__name__}.{value}" for one in _choices(models.TextChoices) for value in one.values
    }
    kinds = {
        f"{one.code}: {kind}" for one in registry.all_registers() for kind, _label in one.kinds
    }
    gone = [
        identifier
        for identifier in glossary
        if (re.match(r"[A-Z]\w+\.", identifier) and identifier not in values)
        or (": " in identifier and identifier not in kinds)
    ]
    assert not gone, f"Take these rows out of docs/glossary.md: {gone}"


def test_every_row_is_whole(glossary) -> None:
    empty = [identifier for identifier, cells in glossary.items() if not all(cells)]
    assert not empty, f"Fill every cell; write – where there is no law: {empty}"


def test_stored_values_are_english_words() -> None:
    odd = [
        f"{one.__name__}.{value}"
        for one in _choices(models.TextChoices)
        for value in one.values
        if not re.fullmatch(r"[a-z][a-z0-9_.]+", value) or len(value) < 3
    ]
    assert not odd, f"Store an English ASCII word; the label is Vietnamese: {odd}"


# Law --------------------------------------------------------------------------------------------


def _citations(modules) -> Iterator[tuple[str, str]]:
    """(file:line, text after “Law:” up to the end of its paragraph), from docstrings and comments."""
    for module in modules:
        holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
        for node in ast.walk(module.tree):
            if not isinstance(node, holders):
                continue
            told = ast.get_docstring(node) or ""
            for cited in re.findall(r"\bLaw:\s*(.+?)(?=\n\s*\n|\Z)", told, re.DOTALL):
                yield f"{module.name}:{getattr(node, 'lineno', 1)}", " ".join(cited.split())
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
            if token.type == tokenize.COMMENT and "Law:" in token.string:
                yield f"{module.name}:{token.start[0]}", token.string.split("Law:", 1)[1]


def test_every_citation_names_a_law_that_is_listed(modules, law) -> None:
    unnumbered, unknown = [], []
    for where, text in _citations(modules):
        numbers = NUMBER.findall(text)
        if not numbers:
            unnumbered.append(f"{where} “{text[:60]}”")
        unknown += [f"{where} {number}" for number in numbers if number not in law]
    assert not unnumbered, f"Cite the số hiệu, such as 30/2020/NĐ-CP: {unnumbered}"
    assert not unknown, f"Add these to the table of docs/law/README.md: {unknown}"


def test_every_time_limit_names_a_law_that_is_listed(law) -> None:
    path = settings.DATA_DIR / "reference" / "time-limits.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        cited = {row["key"]: NUMBER.findall(row["legal_basis"]) for row in csv.DictReader(handle)}
    silent = [key for key, numbers in cited.items() if not numbers]
    unknown = {number for numbers in cited.values() for number in numbers if number not in law}
    assert not silent, f"Write the số hiệu into legal_basis of {silent}"
    assert not unknown, f"Add these to the table of docs/law/README.md: {sorted(unknown)}"


def test_the_glossary_cites_listed_laws_only(glossary, law) -> None:
    unknown = {n for cells in glossary.values() for n in NUMBER.findall(cells[2]) if n not in law}
    assert not unknown, f"Add these to the table of docs/law/README.md: {sorted(unknown)}"
