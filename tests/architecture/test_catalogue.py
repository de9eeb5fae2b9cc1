"""The English catalogue is complete, and says what the Vietnamese says to be filled in."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

MOST_SHOWN = 20


@pytest.fixture(scope="module")
def messages(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", root / "tools" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _shown(found: list[str]) -> str:
    rest = f" … and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return "; ".join(repr(one) for one in found[:MOST_SHOWN]) + rest


def _keys(catalogue) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalogue if message.id}


def test_the_catalogue_has_every_message_and_no_other(messages: ModuleType) -> None:
    wanted, known = _keys(messages.collect()), _keys(messages.read())
    missing = [str(key[0]) for key in wanted - known]
    stale = [str(key[0]) for key in known - wanted]
    assert not missing, f"Type `make messages`, then translate: {_shown(missing)}"
    assert not stale, f"Type `make messages`; nobody asks for these any more: {_shown(stale)}"


def test_every_message_is_translated(messages: ModuleType) -> None:
    catalogue = messages.read()
    assert len(catalogue), f"There is no catalogue yet: type `make messages` ({messages.CATALOGUE})"
    lacking = messages.lacking(catalogue)
    assert not lacking, f"Translate in {messages.CATALOGUE.name}: {_shown(lacking)}"


def test_translations_keep_the_placeholders(messages: ModuleType) -> None:
    wrong = []
    for message in messages.read():
        if not message.id or not message.string:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string)
        allowed = [messages.placeholders(one) for one in ids]
        wrong += [one for one in said if one and messages.placeholders(one) not in allowed]
    assert not wrong, f"The same %(name)s and %% must stand in the translation: {_shown(wrong)}"


def test_no_message_is_built_from_pieces(messages: ModuleType) -> None:
    """An f-string in gettext() is never found in the catalogue."""
    import ast

    found = []
    for path in messages.sources():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in messages.KEYWORDS
                and node.args
                and not (isinstance(node.args[0], ast.Constant))
            ):
                found.append(f"{path.relative_to(messages.ROOT)}:{node.lineno}")
    assert not found, f"Write one literal with %(names)s inside gettext(): {found}"
