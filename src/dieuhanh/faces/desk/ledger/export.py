"""What a list shows, whole, as CSV or XLSX: all columns, or those that stand on the page."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from openpyxl import Workbook

from dieuhanh.faces.desk.errands import start
from dieuhanh.faces.desk.ledger import register_or_404, table
from dieuhanh.faces.desk.ledger.asking import Asked
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.queries import Cursor, page
from dieuhanh.kernel.entries.registry import EXPORT, Register
from dieuhanh.kernel.errands.models import ErrandKind
from dieuhanh.kernel.obligations.queries import State, of_entries
from dieuhanh.kernel.personal.lists import layout_of
from dieuhanh.text import dates
from dieuhanh.text.cells import harmless

BATCH = 1000
KINDS = ("xlsx", "csv")
#: Entries up to which the page waits for its file; more become an errand.
AT_ONCE = 5000
#: ``?cot=xem`` asks for the columns that stand on the page.
COLUMNS, ON_PAGE = "cot", "xem"


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """GET /<slug>/xuat.<kind>: what the filter gives, whole, streamed."""
    register = register_or_404(request, slug)
    lines = lines_of(request, register)
    name = f"{register.slug}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(csv_text(lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(lines, kind, spool, name=str(register.label))
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=name)


@require_POST
def export_later(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """POST /<slug>/xuat/<kind>/: the same as an errand, for a list that takes long."""
    register = register_or_404(request, slug)
    if kind not in KINDS:
        messages.error(request, _("Không có loại tệp này."))
        return redirect("desk:list", slug=slug)
    title = _("Xuất %(register)s (%(kind)s)") % {
        "register": str(register.label).lower(),
        "kind": kind.upper(),
    }
    query = request.GET.urlencode()
    back = reverse("desk:list", args=[slug]) + (f"?{query}" if query else "")
    return start(
        request, ErrandKind.EXPORT, title, back, register=register.code, file_kind=kind, query=query
    )


def lines_of(request: HttpRequest, register: Register) -> Iterator[list[Any]]:
    """What the address of ``request`` asks of the register, line by line."""
    asked = Asked(request, register)
    shown = None
    if request.GET.get(COLUMNS) == ON_PAGE:
        shown = table.shown_keys(register, layout_of(asked.person, asked.path))
    return _lines(asked, register, shown)


def write(lines: Iterator[list[Any]], kind: str, out: IO[bytes], *, name: str) -> None:
    """All lines into a file: CSV, or XLSX with a sheet of that name."""
    if kind == "csv":
        for text in csv_text(lines):
            out.write(text.encode())
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31].replace("/", "-"))
    for line in lines:
        sheet.append([harmless(cell) for cell in line])
    book.save(out)


def _lines(asked: Asked, register: Register, shown: frozenset[str] | None) -> Iterator[list[Any]]:
    """The heads, then a line an entry.

    Args:
        shown: keys of the columns wanted; None for all, and how each entry ended.
    """
    columns = [one for one in register.columns if shown is None or one.key in shown]
    opened, unit, due_shown = (
        shown is None or key in shown for key in (table.OPENED, table.UNIT, table.DUE)
    )
    every = shown is None

    def line(number: Any, year: Any, opening: Any, own: list[Any], led: Any, closing: Any,
             outcome: Any, due: Any, state: Any) -> list[Any]:  # fmt: skip
        return [
            number, year, *([opening] if opened else []), *own, *([led] if unit else []),
            *([closing, outcome] if every else []), *([due, state] if due_shown else []),
        ]  # fmt: skip

    yield line(
        _("Số"), _("Năm"), str(register.opened_label), [str(one.label) for one in columns],
        _("Đơn vị"), str(register.closed_label), _("Kết quả"), _("Thời hạn"), _("Tình trạng"),
    )  # fmt: skip
    moment = asked.moment
    entries = asked.entries(verb=EXPORT).only("pk", "opened_on")
    cursor: Cursor | None = None
    while True:
        found = page(entries, size=BATCH, after=cursor, prefix="")
        ids = [entry.pk for entry in found.rows]
        rows = {row.pk: row for row in register.rows().filter(pk__in=ids)}
        obligations = of_entries(ids, moment.at, past=moment.past) if due_shown else {}
        read = policies.reading(asked.person, register, rows.values(), columns)
        for pk in ids:
            row, owed = rows[pk], obligations.get(pk, [])
            entry = row.entry
            closed = entry.closed_on and entry.closed_on <= moment.day
            due = owed[0].due_at.date() if owed and owed[0].due_at else None
            state = State(owed[0].state).label if owed else State.NO_DEADLINE.label  # type: ignore[attr-defined]
            yield line(
                entry.number, entry.year, entry.opened_on,
                [_plain(read(one, row)) for one in columns], entry.unit.name,
                entry.closed_on if closed else None, entry.outcome if closed else "", due,
                str(state),
            )  # fmt: skip
        if found.older is None:
            return
        cursor = found.older


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | date) or value is None else str(value)


def csv_text(lines: Iterator[list[Any]]) -> Iterator[str]:
    yield "\ufeff"
    for line in lines:
        out = io.StringIO()
        csv.writer(out).writerow(
            "" if cell is None else dates.day(cell) if isinstance(cell, date) else harmless(cell)
            for cell in line
        )
        yield out.getvalue()
