"""A report as PDF: A4 in the layout of issued papers, tagged for screen readers.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

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
from dieuhanh.reports.render.text_width import column_shares, ordinals, type_size
from dieuhanh.reports.render.typesetting import families, typeset

_SOURCE = Path(__file__).parent / "templates" / "render" / "report.typ"
#: Tagged, with a title, a language and words for every picture; ISO 14289-1.
STANDARDS = ["ua-1"]


def render(document: Document, *, created: datetime | None = None) -> bytes:
    """The report as PDF. The same document gives the same bytes.

    Args:
        created: moment of making, written into the file; left out when there is none.

    Raises:
        typst.TypstError: the document cannot be set.
    """
    return typeset(
        _source(), _data(document, dated=created is not None), standards=STANDARDS, created=created
    )


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _SOURCE.read_bytes()


def _data(document: Document, *, dated: bool) -> dict[str, Any]:
    signing, signer = letterhead.signature_parts(document)
    return {
        "title": document.title,
        "agency_name": document.agency,
        "keywords": [word for word in (document.period_label, document.as_of_label) if word],
        "dated": dated,
        "families": list(families()),
        "nation": letterhead.NATION,
        "motto": letterhead.MOTTO,
        "superior": letterhead.agency_lines(document.superior) if document.superior else [],
        "agency": letterhead.agency_lines(document.agency),
        "symbol": document.symbol,
        "draft": letterhead.DRAFT if document.draft else "",
        "place_and_date": document.place_and_date,
        "kind": document.kind,
        "subject": letterhead.kept_together(document.subject),
        "addressee": document.addressee,
        "cover": document.cover,
        "as_of": document.as_of_label,
        "blocks": list(_blocks(document)),
        "appendices": [_appendix(one) for one in document.appendices],
        "recipients_label": letterhead.RECIPIENTS,
        "recipients": letterhead.recipient_lines(document),
        "signing": signing,
        "signer": signer,
        "notes_label": letterhead.NOTES,
        "notes": [
            {"label": label, "lines": list(lines)} for label, lines in letterhead.notes(document)
        ],
    }


def _blocks(document: Document) -> Iterator[dict[str, Any]]:
    depths = iter(outline.depths(document.blocks))
    for block in document.blocks:
        match block:
            case Heading():
                yield {
                    "kind": "heading",
                    "level": block.level,
                    "depth": next(depths),
                    "text": letterhead.kept_together(block.title or block.text),
                    "number": block.number,
                }
            case Paragraph():
                yield {
                    "kind": "paragraph",
                    "bullet": block.bullet,
                    "last": block is document.blocks[-1],
                    "runs": [_run(run) for run in block.runs],
                }
            case Table():
                yield _table(block, title=block.title)
            case Chart():
                yield {
                    "kind": "chart",
                    "title": block.title,
                    "subtitle": block.subtitle,
                    "alt": block.alt,
                    "svg": charts.svg(
                        {**block.spec, "description": block.alt}, font=charts.PAPER_FONT
                    ),
                    "table": _table(block.table, title=letterhead.caption_below(block)),
                }


def _run(run: Run, *, strong: bool = False) -> dict[str, Any]:
    return {
        "text": run.text,
        "strong": strong or (isinstance(run, TextRun) and run.strong),
        "missing": letterhead.is_missing(run),
    }


def _table(table: Table, *, title: str, wide: bool = False) -> dict[str, Any]:
    sides = [
        "center" if index in ordinals(table) else "right" if index in table.numeric else "left"
        for index in range(len(table.head))
    ]
    return {
        "kind": "table",
        "title": title,
        "head": [
            {"text": one.text, "span": one.span, "deep": one.deep}
            for line in table.heads
            for one in line
        ],
        "rows": [_row(row, sides) for row in table.grid],
        "note": table.note,
        "shares": column_shares(table, wide=wide),
        "size": type_size(table, wide=wide),
    }


def _row(row: tuple[Cell, ...], sides: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    place = 0
    for cell in row:
        spread = "left" if cell.strong else "center"
        found.append(
            {
                "runs": [_run(run, strong=cell.strong) for run in cell.runs],
                "span": cell.span,
                "side": sides[place] if cell.span == 1 else spread,
            }
        )
        place += cell.span
    return found


def _appendix(appendix: Appendix) -> dict[str, Any]:
    return {
        "number": appendix.number,
        "title": letterhead.kept_together(appendix.title),
        "reference": appendix.reference,
        "unit": appendix.unit,
        "table": _table(appendix.table, title="", wide=appendix.wide),
        "notes": list(appendix.notes),
        "wide": appendix.wide,
    }
