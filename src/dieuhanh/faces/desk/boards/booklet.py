"""Sheets of a board as XLSX."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dieuhanh.text.cells import harmless

#: What no sheet name may hold, and how long one may be.
FORBIDDEN, LONGEST = "[]:*?/\\", 31


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title, notes, the heads of columns, rows."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = field(default_factory=tuple)


def as_xlsx(filename: str, sheets: Iterable[Sheet]) -> FileResponse:
    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        name = "".join("-" if sign in FORBIDDEN else sign for sign in one.name)
        sheet = book.create_sheet(name[:LONGEST])
        sheet.append([harmless(one.title)])
        sheet["A1"].font = Font(bold=True)
        for note in one.notes:
            sheet.append([harmless(note)])
        sheet.append([])
        sheet.append(list(one.columns))
        head = sheet.max_row
        for cell in sheet[head]:
            cell.font = Font(bold=True)
        widths = [len(label) for label in one.columns]
        for row in one.rows:
            sheet.append([_cell(value) for value in row])
            widths = [max(w, min(len(str(cell)), 60)) for w, cell in zip(widths, row, strict=True)]
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width + 2
        sheet.freeze_panes = f"A{head + 1}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(spool)
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=filename)


def _cell(value: Any) -> Any:
    """Numbers and days stay what they are; of everything else its harmless text."""
    if value is None or isinstance(value, int | float | date):
        return value
    return harmless(str(value))
