"""Which style sheets, scripts and pictures a page asks for, and under which names.

`tools/assets.py` cuts them to what is used, bundles and compresses them into `built/` and writes
there which file got which name. A name holds the digest of what is in the file, so a browser keeps
it for good. Whatever is not there is served as it lies in the sources, which is called *loose*:
nothing breaks without a build, pages are only heavier.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage

HERE = Path(__file__).resolve().parent / "static" / "ui"
PACKAGE = Path(__file__).resolve().parents[2]
#: What comes before, and after, all other sheets; the rest stands between in order of name.
FIRST_SHEETS = ("tokens", "shell", "forms", "parts", "pages")
LAST_SHEETS = ("narrow", "print")
#: The same for scripts. The theme is set before the first paint, so it is no part of the bundle.
FIRST_SCRIPTS = ("page", "keys", "live")
THEME = "theme"
TABLER, HTMX = "vendor/tabler/css/tabler.min.css", "vendor/htmx/htmx.min.js"
#: Marks of proofreading: dressed by proof, whose own page needs none of the program.
PROOF = "proof/page.css"
SHEET, SCRIPT = "site.css", "site.js"
#: Fonts that every page shows within its first screen.
FONTS = (
    "vendor/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2",
    "vendor/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2",
    "vendor/be-vietnam-pro/files/be-vietnam-pro-latin-500-normal.woff2",
    "vendor/be-vietnam-pro/files/be-vietnam-pro-vietnamese-500-normal.woff2",
    "vendor/inter/files/inter-latin-400-normal.woff2",
    "vendor/inter/files/inter-latin-500-normal.woff2",
)
LIST = "names.json"


def loose_sheets() -> list[str]:
    """Tabler, the marks of proof, then each sheet of ``ui/css`` in the order in which they are read."""
    names = _ordered((HERE / "css").glob("*.css"), FIRST_SHEETS, LAST_SHEETS)
    return [TABLER, PROOF, *(f"ui/css/{name}.css" for name in names)]


def loose_scripts() -> list[str]:
    """htmx, then each script of ``ui`` but the theme's."""
    names = _ordered(HERE.glob("*.js"), FIRST_SCRIPTS, ())
    return [HTMX, *(f"ui/{name}.js" for name in names if name != THEME)]


def _ordered(paths: Iterable[Path], first: tuple[str, ...], last: tuple[str, ...]) -> list[str]:
    found = {path.stem for path in paths}
    between = sorted(found - {*first, *last})
    return [name for name in (*first, *between, *last) if name in found]


def names() -> dict[str, str]:
    """Name in the sources → name under which the built file is served. Empty: serve loose.

    While files are watched (settings.WATCH_SCREEN_FILES) a build that is older than a sheet, a
    script or a picture counts as none, so whoever edits one sees it a second later.
    """
    path = settings.STATIC_ROOT / LIST
    if not settings.WATCH_SCREEN_FILES:
        return _read(path, 0.0)
    return _names_now(path, int(time.monotonic()))


@lru_cache(maxsize=1)
def _names_now(path: Path, _second: int) -> dict[str, str]:
    """A page asks for a dozen files: the folders are looked at once a second."""
    try:
        built_at = path.stat().st_mtime
    except OSError:
        return {}
    stale = _newest(_looks()) > built_at or _newest_text() > built_at
    return {} if stale else _read(path, built_at)


@lru_cache(maxsize=1)
def _read(path: Path, _built_at: float) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["names"]
    except OSError:
        return {}
    return known


def _looks() -> Iterator[os.DirEntry[str]]:
    for folder in (HERE, HERE / "css"):
        yield from os.scandir(folder)


@lru_cache(maxsize=1)
def _newest_text() -> float:
    """Templates and code decide which rules of Tabler are kept. Read once: both need a new start."""
    return max(
        (path.stat().st_mtime for kind in ("*.html", "*.py") for path in PACKAGE.rglob(kind)),
        default=0.0,
    )


def _newest(entries: Iterator[os.DirEntry[str]]) -> float:
    return max((one.stat().st_mtime for one in entries), default=0.0)


class ScreenFiles(StaticFilesStorage):
    """Addresses of static files: the built one's where there is one."""

    def url(self, name: str | None) -> str:
        return super().url(names().get(name or "", name))
