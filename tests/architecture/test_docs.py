"""Commands, settings, decisions and links: what exists is written down, what is written exists."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.conf import settings

from dieuhanh.faces.cli import main as command
from dieuhanh.proof import arguments

SETTING = re.compile(r"\b(DIEUHANH_[A-Z_]+|DATABASE_(?:APP_)?URL)\b")
#: Read by `make` and the tools, not by the program.
OF_TOOLS = {"SERVE", "PYTHON", "CHROMIUM", "SCALE"}


def _commands(group: click.Group, prefix: str = "dieuhanh") -> Iterator[tuple[str, click.Command]]:
    for name, one in group.commands.items():
        path = f"{prefix} {name}"
        if isinstance(one, click.Group):
            yield from _commands(one, path)
        else:
            yield path, one


def _proof_options() -> Iterator[str]:
    """Those of `dieuhanh proof`, which works where click is not installed."""
    for action in arguments.parser()._actions:
        yield from (name for name in action.option_strings if name.startswith("--"))


def _pages(root: Path) -> list[Path]:
    return sorted(
        [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "data").rglob("README.md")]
    )


def test_every_command_stands_in_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    missing = [path for path, _one in _commands(command) if f"`{path}`" not in readme]
    assert not missing, f"Add a row to the table of commands in README.md: {missing}"


def test_the_readme_names_no_command_that_is_gone(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    known = {path for path, _one in _commands(command)}
    named = set(re.findall(r"^\| `(dieuhanh [a-z -]+)` \|", readme, re.MULTILINE))
    assert named <= known, f"These commands do not exist: {sorted(named - known)}"


def test_every_command_says_what_it_does() -> None:
    silent = [path for path, one in _commands(command) if not (one.help or "").strip()]
    assert not silent, f"Write a docstring, in Vietnamese, for {silent}"


def test_every_long_option_is_documented(root: Path) -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in _pages(root))
    missing = [
        f"{path} {name}"
        for path, one in _commands(command)
        for parameter in one.params
        if isinstance(parameter, click.Option) and parameter.name not in ("help", "password")
        for name in parameter.opts[:1]
        if name not in told and not parameter.secondary_opts
    ]
    missing += [f"dieuhanh proof {name}" for name in _proof_options() if name not in told]
    assert not missing, f"Say in README.md or docs/operations.md what these do: {missing}"


def _settings_of(root: Path) -> set[str]:
    sources = [
        *(path for path in (root / "src").rglob("*.py") if "tests" not in path.parts),
        *(root / "tools").glob("*.py"), root / "Makefile", *(root / "bench").rglob("*.py"),
    ]  # fmt: skip
    return {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_is_documented(root: Path) -> None:
    told = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    missing = {name for name in _settings_of(root) | OF_TOOLS if f"`{name}" not in told}
    assert not missing, f"Add a row to the settings of docs/operations.md: {sorted(missing)}"
    gone = set(SETTING.findall(told)) - _settings_of(root)
    assert not gone, f"docs/operations.md tells of settings that nothing reads: {sorted(gone)}"


def test_links_lead_somewhere(root: Path) -> None:
    broken = [
        f"{page.relative_to(root)} → {target}"
        for page in _pages(root)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert not broken, f"Correct the link, or write the page: {broken}"


def test_every_test_that_is_named_exists(root: Path) -> None:
    house = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", house))
    missing = [name for name in named if not (root / "tests/architecture" / f"{name}.py").exists()]
    unnamed = [
        path.stem
        for path in (root / "tests/architecture").glob("test_*.py")
        if path.stem not in named
    ]
    assert not missing and not unnamed, (
        "The table of rules in docs/architecture.md and the tests differ: "
        f"named but absent {missing}, there but not named {unnamed}"
    )


def test_decisions_are_numbered_and_short(root: Path) -> None:
    files = sorted((root / "docs" / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(files) + 1)), f"Number decisions without gaps: {numbers}"
    wrong = [
        path.name
        for path in files
        if not path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")
        or len(path.read_text(encoding="utf-8").splitlines()) > 40
    ]
    assert not wrong, f"The title is the decision (“# 7. …”), and it is half a page: {wrong}"


def test_the_readme_lists_every_stated_figure(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = readme.split("<!-- stated -->")[1].split("<!-- /stated -->")[0]
    listed = set(re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", table, re.MULTILINE))
    path = settings.DATA_DIR / settings.DATASET / "stated.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        kept = {
            (row["id"], f"{row['value']} {row['unit']}", row["reason"])
            for row in csv.DictReader(handle)
        }
    assert listed == kept, f"Bring the table of README.md up to date: {sorted(listed ^ kept)}"


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "CONTRIBUTING.md"])
def test_the_first_files_are_there(root: Path, name: str) -> None:
    assert (root / name).stat().st_size > 500, f"Write {name}"
