"""Make what pages load small: built/ gets one style sheet, one script, cut fonts, all compressed.

Tabler is cut to the rules whose classes our templates, scripts and code name; Inter to its ten
digits; sheets and scripts become one each, in the order of kernel/ui/screen_files.py. Each file's
name holds its digest; names.json says which file got which name. A second run compares one
fingerprint and stops. tools/bootstrap.py calls this; it needs the packages in .venv.

    .venv/bin/python tools/assets.py [--force]
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "dieuhanh"
sys.path.insert(0, str(ROOT / "src"))

from dieuhanh.kernel.ui import screen_files as look  # noqa: E402

BUILT = ROOT / "built"
VENDORS = {
    "vendor/tabler/css": ROOT / "node_modules" / "@tabler" / "core" / "dist" / "css",
    "vendor/be-vietnam-pro/files": ROOT / "node_modules/@fontsource/be-vietnam-pro/files",
    "vendor/inter/files": ROOT / "node_modules" / "@fontsource" / "inter" / "files",
    "vendor/htmx": ROOT / "node_modules" / "htmx.org" / "dist",
}
#: Of Inter only these are shown: unicode-range in tokens.css says so too.
DIGITS = "0123456789"
#: Pages that are open during an update still ask for yesterday's files.
KEPT_SECONDS = 7 * 24 * 3600
TEXT = {".css", ".js", ".svg", ".json", ".geojson"}
#: Looked up by Tabler itself or set by the browser; they stand in no template.
ALWAYS = {"html", "body"}


def main(arguments: list[str]) -> None:
    BUILT.mkdir(exist_ok=True)
    with (BUILT / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(force="--force" in arguments)


def build(*, force: bool = False) -> None:
    """Write built/ anew unless it already stands for the sources as they are."""
    listing = BUILT / look.LIST
    wanted = fingerprint()
    if not force and listing.exists():
        known = json.loads(listing.read_text(encoding="utf-8"))
        files = [BUILT / name for name in known["names"].values()]
        if known["fingerprint"] == wanted and all(path.exists() for path in files):
            os.utime(listing)  # a checkout that only touched files has not made the build stale
            return
    names: dict[str, str] = {}
    for name, content in _contents(names):
        names[name] = _write(name, content)
    text = json.dumps({"fingerprint": wanted, "names": names}, indent=1)
    draft = BUILT / f"{look.LIST}.new"
    draft.write_text(text, encoding="utf-8")
    draft.replace(listing)
    _forget(set(names.values()))


def fingerprint() -> str:
    digest = hashlib.sha256()
    paths = [
        Path(__file__), ROOT / "package-lock.json", ROOT / "locks" / "python.txt",
        *sorted(_texts()), *sorted(path for _name, path in _own()),
    ]  # fmt: skip
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _texts() -> Iterator[Path]:
    """Everything that may name a class."""
    for path in SOURCE.rglob("*"):
        if path.suffix in (".html", ".py", ".js") and "tests" not in path.parts:
            yield path


def _own() -> Iterator[tuple[str, Path]]:
    """(name, path) of our own static files, sheets too."""
    for folder in SOURCE.rglob("static"):
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path.relative_to(folder)), path


def _path(name: str) -> Path:
    for prefix, folder in VENDORS.items():
        if name.startswith(f"{prefix}/"):
            return folder / name.removeprefix(f"{prefix}/")
    return dict(_own())[name]


def _contents(names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file; ``names`` is filled meanwhile and read by the sheet."""
    own = "\n".join(_path(name).read_text("utf-8") for name in look.loose_sheets()[1:])
    tabler = _path(look.TABLER).read_text("utf-8")
    css = purge(tabler, words(), own) + minify(own)
    fonts = dict.fromkeys(re.findall(r"url\(\.\./\.\./(vendor/[^)]+)\)", css))
    for name in fonts:
        raw = _path(name).read_bytes()
        yield name, cut(raw) if name.startswith("vendor/inter/") else raw
    for name, path in _own():
        if path.suffix != ".css":
            yield name, path.read_bytes()
    scripts = [_path(name).read_text("utf-8").strip() for name in look.loose_scripts()]
    yield look.SCRIPT, ";\n".join(scripts).encode()
    yield look.SHEET, re.sub(r"url\(\.\./\.\./(vendor/[^)]+)\)", lambda m: f"url({names[m[1]]})", css).encode()  # fmt: skip


def _write(name: str, content: bytes) -> str:
    """Write ``content`` and its compressed forms. Returns the name with the digest in it."""
    stem, suffix = os.path.splitext(name)
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
    path = BUILT / hashed
    path.parent.mkdir(parents=True, exist_ok=True)
    forms = {"": content}
    if suffix in TEXT:
        forms[".gz"] = gzip.compress(content, 9, mtime=0)
        forms[".br"] = brotli.compress(content, mode=brotli.MODE_TEXT)
    for ending, packed in forms.items():
        draft = path.with_name(f"{path.name}{ending}.new")
        draft.write_bytes(packed)
        draft.replace(path.with_name(path.name + ending))
    return hashed


def _forget(current: set[str]) -> None:
    """Take away files of builds that no open page can ask for any more."""
    before = time.time() - KEPT_SECONDS
    for path in BUILT.rglob("*.*"):
        name = re.sub(r"\.(gz|br)$", "", str(path.relative_to(BUILT)))
        aged = path.is_file() and path.stat().st_mtime < before
        if aged and name not in current and name not in (look.LIST, ".lock"):
            path.unlink()


# Fonts --------------------------------------------------------------------------------------------


def cut(font: bytes) -> bytes:
    """The same font with ten digits in it, which keep their tabular forms."""
    options = subset.Options()
    options.flavor, options.layout_features = "woff2", ["tnum", "lnum"]
    options.recalc_timestamp = False
    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=DIGITS)
    cutter.subset(opened)
    opened.flavor = "woff2"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


# Style sheets -------------------------------------------------------------------------------------


def words() -> set[str]:
    """Every word that could be a class: of templates and scripts all, of code what is quoted."""
    found = set(ALWAYS)
    for path in _texts():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            text = " ".join(re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", text))
        found.update(re.findall(r"[A-Za-z][\w-]*", text))
    return found


def minify(css: str) -> str:
    """Without comments and needless blanks; strings and addresses stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = re.split(r"(\"[^\"]*\"|'[^']*'|url\([^)]*\))", css)
    for at in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[at])
        part = re.sub(r"\s*([{};,>])\s*", r"\1", part)
        parts[at] = part.replace(";}", "}")
    return "".join(parts).strip()


def purge(css: str, known: set[str], own: str) -> str:
    """``css`` without rules for classes that are not ``known`` and without custom properties
    that neither it nor ``own`` reads."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@charset[^;]*;", "", css)
    kept = _kept(css, known)
    while True:
        read = set(re.findall(r"var\(\s*(--[\w-]+)", kept + own))
        slim = re.sub(
            r"(--[\w-]+):((?:\"[^\"]*\"|'[^']*'|url\((?:\"[^\"]*\"|[^)\"]*)\)|[^;{}\"'])*)(;|(?=\}))",
            lambda m: m[0] if m[1] in read else "",
            kept,
        )
        if slim == kept:
            break
        kept = slim
    used = set(re.findall(r"animation(?:-name)?:([^;}]+)", kept + own))
    animated = set(re.findall(r"[\w-]+", " ".join(used)))
    return "".join(
        whole
        for prelude, _body, whole in _rules(kept)
        if not prelude.startswith(("@keyframes", "@-webkit-keyframes"))
        or prelude.split()[-1] in animated
    )


def _kept(css: str, known: set[str]) -> str:
    out = []
    for prelude, body, whole in _rules(css):
        if prelude.startswith(("@media", "@supports", "@container", "@layer")):
            inner = _kept(body, known)
            out.append(f"{prelude}{{{inner}}}" if inner else "")
        elif prelude.startswith("@"):
            out.append(whole)
        else:
            alive = [one for one in _split(prelude) if _may_match(one, known)]
            out.append(f"{','.join(alive)}{{{body}}}" if alive and body.strip() else "")
    return "".join(out)


def _rules(css: str) -> Iterator[tuple[str, str, str]]:
    """(selector or at-rule, what stands in its braces, the whole) of each rule of one level."""
    start = at = depth = opened = 0
    while at < len(css):
        sign = css[at]
        if sign in "\"'":
            at = css.index(sign, at + 1)
        elif sign == "\\":
            at += 1
        elif sign == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at], css[start : at + 1]
                start = at + 1
        elif sign == ";" and depth == 0:
            start = at + 1
        at += 1


def _split(selectors: str) -> list[str]:
    """Parts of a selector list; commas within brackets do not part."""
    return re.split(r",(?![^(]*\))", selectors)


def _may_match(selector: str, known: set[str]) -> bool:
    """Whether every class, id and data attribute that ``selector`` asks for is known."""
    bare = re.sub(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)", "", selector)
    bare = re.sub(r"=(\"[^\"]*\"|'[^']*')", "", bare)
    asked = re.findall(r"[.#]((?:[\w-]|\\.)+)", bare)
    asked += re.findall(r"\[(data-[\w-]+)", bare)
    return all(one.replace("\\", "") in known for one in asked)


if __name__ == "__main__":
    main(sys.argv[1:])
