"""`pip install dieuhanh` brings the proofreader and what it imports; the rest is the extra "server"."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import docx
import pytest
import typst

OWN = {"dieuhanh.proof", "dieuhanh.text"}
#: A machine without zones of its own (Windows) needs a package for them: proof does without.
NOT_EVERYWHERE = {"zoneinfo"}
WORDS = "Toàn huyện tiếp nhận 120 hồ sơ, gồm 70 hồ sơ trực tuyến và 60 hồ sơ trực tiếp.\n"
START = """
import runpy, sys
from importlib.machinery import PathFinder

ALLOWED = set(sys.stdlib_module_names) - {not_everywhere} | {core} | {{"dieuhanh"}}

class Core(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return super().find_spec(name, path, target) if name.partition(".")[0] in ALLOWED else None

sys.meta_path[:] = [one for one in sys.meta_path if one is not PathFinder] + [Core]
runpy.run_module("dieuhanh", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def core(root: Path) -> set[str]:
    """Distributions that a plain installation brings."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[\[<>=~! ;]", one, maxsplit=1)[0] for one in project["dependencies"]}


@pytest.fixture(scope="module")
def packages(core: set[str]) -> set[str]:
    """The packages in them."""
    return {name for name, where in packages_distributions().items() if core & set(where)}


def _imported(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path.name, one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield path.name, node.module or ""


def test_proof_imports_what_a_plain_installation_brings(
    root: Path, core: set[str], packages: set[str]
) -> None:
    imported = list(_imported(root / "src/dieuhanh/proof"))
    strange = [
        f"{where}: {name}"
        for where, name in imported
        if (top := name.partition(".")[0]) not in sys.stdlib_module_names | packages
        and not (top == "dieuhanh" and ".".join(name.split(".")[:2]) in OWN)
    ]
    assert not strange, f"Do without it, or make it a core dependency in pyproject.toml: {strange}"
    used = {name.partition(".")[0] for _where, name in imported}
    brought = {one for name in used for one in packages_distributions().get(name, [])}
    assert core <= brought, f"Move to the extra “server”, proof needs it not: {core - brought}"


def _alone(packages: set[str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    code = START.format(not_everywhere=repr(NOT_EVERYWHERE), core=repr(packages))
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf"])
def test_proof_runs_alone(tmp_path: Path, packages: set[str], suffix: str) -> None:
    path = tmp_path / f"bao-cao{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        document.add_paragraph(WORDS)
        document.save(str(path))
    elif suffix == ".pdf":
        path.write_bytes(typst.compile(WORDS.encode()))
    else:
        path.write_text(f"<p>{WORDS}</p>" if suffix == ".html" else WORDS, encoding="utf-8")
    done = _alone(packages, "proof", path)
    assert "[sums.parts]" in done.stdout and done.stderr == ""
    assert done.returncode == 1


def test_other_commands_say_what_to_install(packages: set[str]) -> None:
    done = _alone(packages, "load")
    assert done.returncode == 2
    assert 'pip install "dieuhanh[server]"' in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_registers_cannot_be_asked_alone(tmp_path: Path, packages: set[str]) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(WORDS, encoding="utf-8")
    done = _alone(packages, "proof", path, "--against-registers")
    assert done.returncode == 2
    assert 'pip install "dieuhanh[server]"' in done.stderr
