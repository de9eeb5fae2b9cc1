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
    Chart,
    Document,
    Heading,
    Paragraph,
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
        "blocks": list(_blocks(document)),
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
                    "text": letterhead.kept_together(block.text),
                }
            case Paragraph():
                yield {
                    "kind": "paragraph",
                    "bullet": block.bullet,
                    "runs": [
                        {
                            "text": run.text,
                            "strong": isinstance(run, TextRun) and run.strong,
                            "missing": letterhead.is_missing(run),
                        }
                        for run in block.runs
                    ],
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


def _table(table: Table, *, title: str) -> dict[str, Any]:
    columns = len(table.head)
    return {
        "kind": "table",
        "title": title,
        "head": list(table.head),
        "rows": [[*row, *[""] * columns][:columns] for row in table.rows],
        "numeric": sorted(table.numeric),
        "ordinals": sorted(ordinals(table)),
        "note": table.note,
        "shares": column_shares(table),
        "size": type_size(table),
    }
