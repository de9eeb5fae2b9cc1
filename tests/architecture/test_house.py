"""The house of docs/architecture.md: layers, sizes, names, and what is never used."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

LONGEST = 600
LENGTH_EXCEPTIONS: frozenset[str] = frozenset()  # may only shrink
VAGUE = {"utils", "helpers", "common", "misc", "base", "manager", "managers", "util", "helper"}
SIGNALS = {
    "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init",
}  # fmt: skip
MOST_BASES = 2

#: Uses of ``.objects`` above the registers. Each is a query that belongs into a register's or the
#: kernel's `queries.py` or `policies.py`. Numbers may only go down.
OBJECTS_IN_FACES = {
    "faces/loading/campaign.py": 8,
    "faces/loading/dataset.py": 4,
    "faces/loading/expansions/setting.py": 1,
    "faces/loading/published.py": 4,
    "faces/loading/reference.py": 7,
}


def test_the_layers_hold(root: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, (
        "An import goes up or sideways. Move what is needed down, or let `faces` join the two "
        f"(docs/architecture.md):\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
    )


def test_no_file_is_too_long(root: Path, kept_files) -> None:
    hand_written = {".py", ".html", ".css", ".js", ".toml"}
    long = {
        str(path.relative_to(root)): lines
        for path in kept_files
        if path.suffix in hand_written
        and "migrations" not in path.parts
        and (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert set(long) <= LENGTH_EXCEPTIONS, (
        f"Split these files by what they do; the limit is {LONGEST} lines: {long}"
    )
    assert set(long) >= LENGTH_EXCEPTIONS, "Take files that became short off LENGTH_EXCEPTIONS."


def test_files_are_named_for_what_they_hold(root: Path, kept_files) -> None:
    vague = [
        str(path.relative_to(root))
        for path in kept_files
        if path.suffix == ".py" and {path.stem, *path.relative_to(root).parts[:-1]} & VAGUE
    ]
    assert not vague, f"Name these for what they hold (html, dates, numbering …): {vague}"


def test_nothing_happens_behind_an_action(modules) -> None:
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            where = f"{module.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Name | ast.Attribute):
                name = node.id if isinstance(node, ast.Name) else node.attr
                if name in SIGNALS | {"receiver", "GenericForeignKey"}:
                    found.append(f"{where} {name}")
            if isinstance(node, ast.ClassDef):
                found += [
                    f"{module.name}:{method.lineno} {node.name}.{method.name}"
                    for method in node.body
                    if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete")
                ]
    assert not found, (
        "No model signals, no save() or delete() of our own, no generic foreign keys: write the "
        f"consequence into the action, in order: {found}"
    )


def test_classes_have_few_bases(modules) -> None:
    many = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules
        if module.path.name != "forms.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and len(node.bases) > MOST_BASES
    ]
    assert not many, f"At most {MOST_BASES} direct bases; prefer functions: {many}"


def test_pages_get_rows_through_policies_and_queries(modules) -> None:
    counted = {
        module.name: sum(
            isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
            for node in ast.walk(module.tree)
        )
        for module in modules
        if module.name.startswith("faces/")
    }
    used = {name: count for name, count in counted.items() if count}
    more = {name: n for name, n in used.items() if n > OBJECTS_IN_FACES.get(name, 0)}
    assert not more, (
        "`.objects` in a page, the API or the loader: ask a function of queries.py or policies.py "
        f"(get_visible_or_404 …) instead: {more}"
    )
    fewer = {
        name: used.get(name, 0) for name, n in OBJECTS_IN_FACES.items() if used.get(name, 0) < n
    }
    assert not fewer, f"Fewer than listed: lower the numbers in OBJECTS_IN_FACES to {fewer}"


#: What gives the row that ``pk`` names, if the person may see its entry.
LOADERS = {"get_visible_or_404", "campaign_or_404", "duty_or_404", "_changeable_or_404"}


def test_one_loader_gives_the_row_of_an_entry(modules) -> None:
    """A page or API function that takes ``pk`` calls ``policies.get_visible_or_404``; or a
    loader that does, or that asks the same policy (`duty_or_404`)."""
    without = []
    for module in modules:
        if not module.name.startswith(("faces/desk/", "faces/api/")):
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = [one.arg for one in node.args.args]
            if "request" in arguments and "pk" in arguments:
                called = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                called |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                if not called & LOADERS:
                    without.append(f"{module.name}:{node.lineno} {node.name}")
    assert not without, f"Get the row by policies.get_visible_or_404(user, register, pk): {without}"


def test_nothing_is_left_to_do_in_a_comment(root: Path, kept_files) -> None:
    mark = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in kept_files
        if path.suffix in (".py", ".html", ".css", ".js", ".toml", ".md")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert not found, f"Do it, or write an ADR that says why not now: {found}"


@pytest.mark.parametrize("below", ["kernel", "registers", "proof"])
def test_the_domain_never_sees_a_request(modules, below: str) -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules
        if module.name.startswith(f"{below}/")
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.http"))
        or (isinstance(node, ast.Name) and node.id == "HttpRequest")
    ]
    assert not found, f"Take the narrow value and an actor, not the request: {found}"
