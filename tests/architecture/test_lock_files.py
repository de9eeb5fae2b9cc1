"""Lock files work at any registry; nothing that is kept names a machine."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

REGISTRY = re.compile(
    r"registry\.|pypi\.org|pythonhosted|npmjs|nexus|artifactory|/simple/|--(?:extra-)?index-url",
    re.IGNORECASE,
)
#: Text files only; fonts and pictures have no addresses to give away.
BINARY = {".png", ".jpg", ".woff2", ".pdf", ".docx", ".xlsx", ".mo"}
#: A folder of somebody's machine.
PERSONAL = re.compile(r"(?<![\w.~-])/(?:home|Users|root)/[\w.-]+|[A-Z]:\\\\?Users")


def _requirements(root: Path) -> list[Path]:
    return sorted((root / "locks").glob("*.txt"))


def test_no_lock_file_names_a_registry(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in [*_requirements(root), root / "package-lock.json"]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if REGISTRY.search(line)
    ]
    assert not found, (
        "Write lock files without addresses: `uv pip compile --no-emit-index-url "
        f"--generate-hashes`, and npm with omit-lockfile-registry-resolved (.npmrc): {found}"
    )


def test_every_python_package_is_pinned_with_hashes(root: Path) -> None:
    loose = []
    for path in _requirements(root):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            line = line.strip()
            if (
                line
                and not line.startswith("#")
                and not ("==" in line and "--hash=sha256:" in line)
            ):
                loose.append(f"{path.name}: {line[:60]}")
    assert not loose, f"Compile the lock again with --generate-hashes: {loose}"


def test_every_front_end_package_is_pinned_with_its_digest(root: Path) -> None:
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    loose = [name for name, one in packages.items() if "integrity" not in one or "resolved" in one]
    assert packages and not loose, f"Run `npm install --package-lock-only` again: {loose}"


def test_every_dependency_is_locked(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["server"],
        *project["dependency-groups"]["dev"],
    ]
    locked = {
        line.split("==")[0].lower()
        for line in (root / "locks" / "python.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    names = {re.split(r"[\[<>=~! ]", one, maxsplit=1)[0].lower() for one in wanted}
    assert names <= locked, f"Compile locks/python.txt again; not in it: {sorted(names - locked)}"


@pytest.fixture(scope="module")
def machine(root: Path) -> re.Pattern[str]:
    """This machine, as no kept file may name it."""
    words = {str(root), str(Path.home())} - {"/", "/root"}
    host = socket.gethostname()
    if len(host) > 5 and host != "localhost":
        words.add(host)
    return re.compile("|".join(re.escape(word) for word in sorted(words)))


def test_no_kept_file_names_a_machine(root: Path, kept_files, machine: re.Pattern[str]) -> None:
    found = []
    for path in kept_files:
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            if machine.search(line) or PERSONAL.search(line):
                found.append(f"{path.relative_to(root)}:{number}")
    assert not found, f"Write paths from the checkout on, and no host names: {found}"
