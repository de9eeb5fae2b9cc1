"""A report as one HTML file that needs nothing beside it: no style sheet, script or picture.

The words are those of the report, which is a Vietnamese document; they are not translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.template.base import Template
from django.utils.safestring import SafeString, mark_safe

from dieuhanh.reports.compose.document import (
    Appendix,
    Cell,
    Chart,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    TextRun,
)
from dieuhanh.reports.render import charts, letterhead, outline
from dieuhanh.reports.render.text_width import ordinals

ORIGINS = frozenset({"counted", "computed", "datapoint", "stated"})


def render(document: Document, *, base_url: str) -> str:
    """The report as ``report.html``: light and dark, phone, desk and print.

    Args:
        base_url: address of the installation, put before the path of each figure, e.g.
            "https://dieuhanh.example.vn"; may be empty.
    """
    signing, signer = letterhead.signature_parts(document)
    context = {
        "document": document,
        "draft": letterhead.DRAFT,
        "nation": letterhead.NATION,
        "motto": letterhead.MOTTO,
        "agency": letterhead.agency_lines(document.agency),
        "blocks": list(_blocks(document, base_url=base_url.rstrip("/"))),
        "appendices": [_appendix(one, base_url.rstrip("/")) for one in document.appendices],
        "recipients_label": letterhead.RECIPIENTS,
        "recipients": letterhead.recipient_lines(document),
        "signing": signing,
        "signer": signer,
        "notes_label": letterhead.NOTES,
        "notes": letterhead.notes(document),
        "dark": charts.DARK.items(),
    }
    return str(_template().render(Context(context)))


@lru_cache(maxsize=1)
def _template() -> Template:
    engine = Engine(dirs=[str(Path(__file__).parent / "templates")], autoescape=True)
    return engine.get_template("render/report.html")


def _blocks(document: Document, *, base_url: str) -> Iterator[dict[str, Any]]:
    """The blocks as the template takes them; bullets that follow each other are one list."""
    depths = iter(outline.depths(document.blocks))
    anchors: set[str] = set()
    bullets: list[list[dict[str, Any]]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.bullet:
            bullets.append([_run(run, base_url) for run in block.runs])
            continue
        if bullets:
            yield {"kind": "list", "items": bullets}
            bullets = []
        match block:
            case Heading():
                depth = next(depths)
                yield {
                    "kind": "heading",
                    "text": block.text,
                    "number": block.number,
                    "title": block.title,
                    "indent": f"d{depth}",
                    "listed": depth < 4,
                    "tag": f"h{depth + 1}",
                    "anchor": _anchor(block.anchor, anchors),
                }
            case Paragraph():
                yield {"kind": "paragraph", "runs": [_run(run, base_url) for run in block.runs]}
            case Table():
                yield {"kind": "table", "table": _table(block, base_url)}
            case Chart():
                yield {
                    "kind": "chart",
                    "title": block.title,
                    "subtitle": block.subtitle,
                    "drawing": _drawing(block),
                    "table": _table(block.table, base_url),
                }
    if bullets:
        yield {"kind": "list", "items": bullets}


def _run(run: Run, base_url: str) -> dict[str, Any]:
    if isinstance(run, TextRun):
        return {"kind": "strong" if run.strong else "text", "text": run.text}
    return {
        "kind": "figure",
        "text": run.text,
        "origin": run.origin if run.origin in ORIGINS else "",
        "missing": run.missing,
        # A path only: an address with a scheme of its own never becomes a link.
        "address": base_url + run.url if run.url.startswith("/") else "",
    }


def _table(table: Table, base_url: str) -> dict[str, Any]:
    centred = ordinals(table)
    sides = [
        "c" if index in centred else "n" if index in table.numeric else ""
        for index in range(len(table.head))
    ]
    return {
        "title": table.title,
        "note": table.note,
        "head": [
            [{"text": one.text, "span": one.span, "deep": one.deep,
              "side": sides[one.column] if one.span == 1 else "c"} for one in line]
            for line in table.heads
        ],
        "rows": [_row(row, sides, base_url) for row in table.grid],
    }  # fmt: skip


def _row(row: tuple[Cell, ...], sides: list[str], base_url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    place = 0
    for cell in row:
        found.append(
            {
                "runs": [_run(run, base_url) for run in cell.runs],
                "span": cell.span,
                "side": sides[place] if cell.span == 1 else "" if cell.strong else "c",
                "strong": cell.strong,
            }
        )
        place += cell.span
    return found


def _appendix(appendix: Appendix, base_url: str) -> dict[str, Any]:
    return {
        "number": appendix.number,
        "title": appendix.title,
        "reference": appendix.reference,
        "unit": appendix.unit,
        "table": _table(appendix.table, base_url) | {"label": appendix.title},
        "notes": appendix.notes,
        "anchor": appendix.anchor,
        "wide": appendix.wide,
    }


def _drawing(chart: Chart) -> SafeString:
    """The chart as SVG. The engine that drew it has escaped every word in it."""
    return mark_safe(charts.svg({**chart.spec, "description": chart.alt}))


def _anchor(wanted: str, taken: set[str]) -> str:
    """``wanted`` as an id that is not yet in ``taken``; letters, digits and hyphens only."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted).strip("-") or "muc"
    anchor, number = stem, 1
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor
