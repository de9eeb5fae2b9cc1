"""Actions: one transaction, an actor, refusals and law in the docstring, one line of the journal."""

from __future__ import annotations

import ast

import pytest


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) == "transaction.atomic" for one in function.decorator_list)


def _keywords(function: ast.FunctionDef) -> set[str]:
    return {one.arg for one in function.args.kwonlyargs}


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def rooms(modules):
    """(module, name, function, all functions of the module) of each action.

    In registers every public function of `actions.py` is one. The kernel's `actions.py` also hold
    parts of actions (`open_entry`, `owe` …); there an action is what opens a transaction and
    takes an actor.
    """
    found = []
    for module in modules:
        if module.path.name != "actions.py":
            continue
        functions = _functions(module.tree)
        for name, function in functions.items():
            if name.startswith("_"):
                continue
            whole = _is_atomic(function) and "actor" in _keywords(function)
            if module.name.startswith(("registers/", "reports/")) or whole:
                found.append((module.name, name, function, functions))
    assert len(found) > 10, "The search for actions finds too few: has a room been renamed?"
    return found


def test_every_action_is_one_transaction(rooms) -> None:
    open_ended = [
        f"{room} {name}" for room, name, function, _all in rooms if not _is_atomic(function)
    ]
    assert not open_ended, f"Decorate with @transaction.atomic: {open_ended}"


def test_every_action_knows_who_acts(rooms) -> None:
    nobody = [
        f"{room} {name}"
        for room, name, function, _all in rooms
        if "actor" not in _keywords(function)
    ]
    assert not nobody, f"Take a keyword-only `actor: Person`: {nobody}"


def test_every_action_is_named_by_a_verb_and_takes_keywords(rooms) -> None:
    loose = [
        f"{room} {name}"
        for room, name, function, _all in rooms
        if "_" not in name or len(function.args.args) > 1
    ]
    assert not loose, f"Name it verb_noun; everything after the id is keyword-only: {loose}"


@pytest.mark.parametrize("part", ["Raises:", "Law:"])
def test_every_action_says_what_it_refuses_and_which_law(rooms, part: str) -> None:
    silent = [
        f"{room} {name}"
        for room, name, function, _all in rooms
        if part not in (ast.get_docstring(function) or "")
    ]
    assert not silent, f"Add “{part}” to the docstring: {silent}"


def _lines_written(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> int:
    """How many calls of ``record`` stand in a function and in the module's own that it calls.

    ``correct_entry`` of kernel.obligations writes the line of every register's correction.
    """
    total = 0
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "record" or (
                node.func.id == "correct_entry" and node.func.id not in functions
            ):
                total += 1
            elif node.func.id in functions and node.func.id != function.name:
                total += _lines_written(functions[node.func.id], functions)
    return total


def test_every_action_writes_one_line_of_the_journal(rooms) -> None:
    wrong = {
        f"{room} {name}": written
        for room, name, function, functions in rooms
        if (written := _lines_written(function, functions)) != 1
    }
    assert not wrong, f"Call record() exactly once, after the change: {wrong}"


def test_transactions_open_in_actions_only(modules) -> None:
    """Loading, importing a file and the forms of bulk work are single transactions of their own."""
    allowed = {
        "faces/loading/dataset.py",
        "faces/loading/reference.py",
        "faces/desk/imports.py",
        "faces/desk/sending.py",  # the key of a form counts as sent with what its action did
        "kernel/entries/registry.py",  # a verb where it does not apply is undone (Verb.perform)
    }
    elsewhere = {
        module.name
        for module in modules
        if module.path.name != "actions.py"
        and any(
            isinstance(node, ast.Attribute) and ast.unparse(node) == "transaction.atomic"
            for node in ast.walk(module.tree)
        )
    }
    assert elsewhere <= allowed, f"Open the transaction in an action: {elsewhere - allowed}"


def test_entries_change_in_actions_only(modules) -> None:
    """Neither pages nor the API nor the composing of reports save, update or delete a row."""
    writes = {"save", "update", "delete", "bulk_create", "bulk_update", "create", "get_or_create"}
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules
        if module.name.startswith(("faces/desk/", "faces/api/", "reports/"))
        and module.path.name != "actions.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and "objects" in ast.unparse(node.func)
    ]
    assert not found, f"Write an action and call it: {found}"
