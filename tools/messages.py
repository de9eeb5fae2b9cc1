"""Bring the English catalogue up to date with the sources, and say what it still lacks.

    python tools/messages.py            update src/dieuhanh/locale/en/LC_MESSAGES/django.po
    python tools/messages.py --check    change nothing; exit 1 when something is missing

Collects every wrapped string of src/**/*.py and of the templates (through Django's own
`templatize`), keeps the translations that are there, drops those nobody asks for any more, and
prints how many lack one. Needs neither the gettext programs nor a database.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "dieuhanh"
CATALOGUE = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# English catalogue of Điều Hành. Update it with `make messages`.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def python_of(path: Path) -> bytes:
    """A source as Python that Babel can read; a template becomes its bare gettext calls."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = templatize(text, origin=str(path.relative_to(ROOT)))
        text = "\n".join(line.lstrip() for line in text.splitlines())
    return text.encode()


def sources() -> list[Path]:
    found = [*SOURCES.rglob("*.py"), *SOURCES.rglob("*.html")]
    return sorted(path for path in found if not {"tests", "migrations"} & set(path.parts))


def collect() -> Catalog:
    """All messages of the sources, each with the files that it stands in."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for path in sources():
        place = str(path.relative_to(ROOT))
        for line, message, _comments, context in extract(
            "python", io.BytesIO(python_of(path)), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            catalogue.add(message, None, [(place, line)], context=context)
    return catalogue


def read() -> Catalog:
    """The catalogue as it is; an empty one where there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", charset="utf-8")
    with CATALOGUE.open("rb") as handle:
        return read_po(handle, locale="en", charset="utf-8", abort_invalid=True)


def lacking(catalogue: Catalog) -> list[str]:
    """The messages without a whole translation (all plural forms)."""
    missing = []
    for message in catalogue:
        if not message.id:
            continue
        said = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy or not said or not all(said):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def placeholders(text: str) -> list[str]:
    """What is filled in at run time; a translation must hold the same."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%%", text))


def written(catalogue: Catalog) -> str:
    out = io.BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, sort_by_file=True,
             include_lineno=False, ignore_obsolete=True)  # fmt: skip
    return HEADER + "\n" + out.getvalue().decode().strip() + "\n"


def main(arguments: list[str]) -> int:
    template, catalogue = collect(), read()
    wanted = {(message.id, message.context) for message in template if message.id}
    known = {(message.id, message.context) for message in catalogue if message.id}
    # Babel sets a message's flags from its words; a translator's text never becomes a guess.
    catalogue.update(template, no_fuzzy_matching=True)
    missing = lacking(catalogue)
    if "--check" not in arguments:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        text = written(catalogue)
        if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != text:
            CATALOGUE.write_text(text, encoding="utf-8")
    print(
        f"{len(wanted)} messages, {len(wanted - known)} new, {len(known - wanted)} no longer used; "
        f"{len(missing)} lack a translation."
    )
    stale = "--check" in arguments and (wanted != known or bool(missing))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
