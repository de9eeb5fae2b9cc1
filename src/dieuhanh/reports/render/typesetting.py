"""The typesetting engine: Typst sources with data beside them, as PDF or PNG.

Text never becomes part of a source. It travels as JSON in ``sys.inputs`` and the source reads it
as strings, so no sign in a name can be taken for mark-up.
"""

from __future__ import annotations

import json
import threading
from datetime import datetime
from functools import lru_cache
from typing import Any

import typst

#: Families of issued papers in order of preference: Times New Roman, two free families of the
#: same widths, and one that is part of the engine, so that a machine without any fonts sets the
#: same text. All four have the Vietnamese letters; Liberation Serif 2.1 lacks those with two
#: marks (ố, ệ) and would mix two faces in one word.
#: Law: Nghị định 30/2020/NĐ-CP, Phụ lục I (phông chữ Times New Roman).
PAPER_FAMILIES = ("Times New Roman", "Tinos", "TeX Gyre Termes", "Libertinus Serif")

_local = threading.local()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """Those of `PAPER_FAMILIES` that this machine has; never empty."""
    known = {name.casefold() for name in _fonts().families()}
    return tuple(name for name in PAPER_FAMILIES if name.casefold() in known)


def typeset(
    source: bytes,
    data: dict[str, Any],
    *,
    format: str = "pdf",
    ppi: float | None = None,
    standards: list[str] | None = None,
    created: datetime | None = None,
) -> bytes:
    """Set ``source`` with ``data``; the source finds it as ``json(bytes(sys.inputs.data))``.

    Args:
        format: ``pdf`` or ``png``; a PNG has one page.
        ppi: pixels an inch of a PNG.
        standards: PDF standards the result must keep to, e.g. ``["ua-1"]``.
        created: moment written into a PDF; it plays no part unless the source asks for it.

    Raises:
        typst.TypstError: the source has an error or the data breaks a standard.
    """
    # A compiler cannot be used by two threads at once; the fonts are shared between them.
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(font_paths=_fonts())
    made = _local.compiler.compile(
        input=source,
        format=format,
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standards or [],
        timestamp=created,
    )
    if isinstance(made, list):
        made = made[0]
    return bytes(made)
