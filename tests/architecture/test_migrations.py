"""A migration is a reviewed artefact: named, explained, free of our code, complete."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation

HEADER = ("Why:", "Before:", "Lock:", "Old code:", "Reverse:")


@pytest.fixture(scope="module")
def migrations(package: Path) -> list[Path]:
    found = sorted(package.rglob("migrations/[!_]*.py"))
    assert found
    return found


def _ours() -> list[str]:
    return [one.label for one in apps.get_app_configs() if one.name.startswith("dieuhanh.")]


def test_every_migration_is_named(migrations: list[Path]) -> None:
    unnamed = [
        path.name
        for path in migrations
        if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem) or "_auto_" in path.stem
    ]
    assert not unnamed, f"Name it for what it does: makemigrations --name …: {unnamed}"


def test_every_migration_explains_itself(migrations: list[Path], package: Path) -> None:
    silent = {}
    for path in migrations:
        told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        lines = told.splitlines()
        missing = [
            part
            for part in HEADER
            if not any(re.match(re.escape(part) + r"\s+\S", line) for line in lines)
        ]
        if missing:
            silent[str(path.relative_to(package))] = missing
    assert not silent, f"Write these lines into the migration's docstring: {silent}"


def test_no_migration_imports_our_code(migrations: list[Path], package: Path) -> None:
    found = []
    for path in migrations:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if any(name.split(".")[0] == "dieuhanh" for name in names):
                found.append(f"{path.relative_to(package)}:{node.lineno}")
    assert not found, f"Code changes, a migration must not: write the value down: {found}"


def test_every_app_has_one_head() -> None:
    loader = MigrationLoader(None, replace_migrations=True)
    heads = {
        label: names
        for label in _ours()
        if len(names := [name for _app, name in loader.graph.leaf_nodes(label)]) > 1
    }
    assert not heads, f"Renumber the later branch on top of the other: {heads}"


def test_no_migration_is_missing() -> None:
    """As ``makemigrations --check``, without a database."""
    loader = MigrationLoader(None, replace_migrations=True)
    with translation.override(None):
        detector = MigrationAutodetector(
            loader.project_state(),
            ProjectState.from_apps(apps),
            NonInteractiveMigrationQuestioner(specified_apps=set(_ours()), dry_run=True),
        )
        changes = detector.changes(graph=loader.graph)
    waiting = {
        label: [operation.describe() for one in changes[label] for operation in one.operations]
        for label in changes
        if label in _ours()
    }
    assert not waiting, f"Models changed without a migration; write one with --name: {waiting}"
