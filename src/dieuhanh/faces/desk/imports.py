"""Taking over an office's own list: CSV or XLSX, checked whole before anything is written."""

from __future__ import annotations

import csv
import hashlib
import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dieuhanh.faces.desk.errands import start
from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.fields import bound
from dieuhanh.kernel.errands.actions import keep_file
from dieuhanh.kernel.errands.models import ErrandKind
from dieuhanh.kernel.errands.performers import Progress
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal.actions import record
from dieuhanh.text.fold import fold

MOST_ROWS = 20_000
#: Bytes of a file that is taken over while the page waits; a larger one becomes an errand.
AT_ONCE = 64 * 1024
#: What openpyxl lets out of a broken file: it reads the sheet while its rows are asked for.
BROKEN_XLSX = (
    BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError, AttributeError,
    TypeError, zlib.error,
)  # fmt: skip


class ImportForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Tệp CSV hoặc XLSX"),
        help_text=gettext_lazy("Dòng đầu là tên cột như trên biểu mẫu vào sổ."),
    )


def unseen(done: int, total: int | None) -> None:
    """Progress of what is over before anybody could look."""


class Importable(Protocol):
    """What takes rows over: a register, or what has a form and an action like one."""

    @property
    def code(self) -> str: ...

    @property
    def form(self) -> Any: ...

    @property
    def enter_act(self) -> Any: ...


class UnreadableTable(Exception):
    """The file is no table that can be read; the message says why."""


Fault = tuple[int, str, str]  # line, column, what is wrong


def read_table(name: str, content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Lines of a CSV or XLSX file with their numbers, the heading first.

    Raises:
        UnreadableTable: it is neither, or its bytes are broken.
    """
    if name.lower().endswith(".xlsx"):
        try:
            sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
            if sheet is None:
                raise UnreadableTable(_("Tệp XLSX không có trang tính."))
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, list(cells)
        except BROKEN_XLSX as error:
            raise UnreadableTable(_("Không đọc được tệp XLSX này.")) from error
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTable(_("Tệp CSV không phải mã UTF-8.")) from error
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, list(cells)
    except csv.Error as error:
        raise UnreadableTable(
            _("Dòng %(line)s sai dạng CSV.") % {"line": reader.line_num}
        ) from error


def _columns(register: Importable) -> dict[str, str]:
    """Folded label or name of a field → the field's name."""
    found = {}
    for name, field in register.form.base_fields.items():
        found[fold(str(field.label))] = name
        found[name] = name
    return found


def _as_typed(field: forms.Field, cell: Any) -> Any:
    """A cell as a person would have typed it: labels of choices become their values."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(field, forms.DecimalField) and isinstance(cell, int | float):
        return cell
    text = str(cell).strip()
    if isinstance(field, forms.BooleanField):
        return "on" if fold(text) in ("co", "x", "1", "true", "yes") else ""
    if isinstance(field, forms.ChoiceField):
        for value, label in field.choices:  # type: ignore[misc, union-attr]
            if fold(str(label)) == fold(text):
                return value
    return text


def check(
    register: Importable,
    name: str,
    content: bytes,
    *,
    person: Person,
    tell: Progress = unseen,
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Every row through the register's own form, as ``person`` would fill it in. Returns cleaned
    rows and all faults.

    Raises:
        UnreadableTable: the file cannot be read, or has too many rows.
    """
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    names: list[str | None] = []
    known = _columns(register)
    for line, cells in read_table(name, content):
        if not names:
            names = [known.get(fold(str(cell or "").strip())) for cell in cells]
            for cell, known_name in zip(cells, names, strict=True):
                if known_name is None and cell not in (None, ""):
                    faults.append((line, str(cell), _("không có cột này trong sổ")))
            for field_name, field in register.form.base_fields.items():
                if field.required and field_name not in names:
                    faults.append((line, str(field.label), _("thiếu cột này")))
            if faults:
                return [], faults
            continue
        if all(cell in (None, "") for cell in cells):
            continue
        if len(rows) + len(faults) >= MOST_ROWS:
            raise UnreadableTable(
                _("Tệp có hơn %(most)s dòng; xin chia nhỏ.") % {"most": MOST_ROWS}
            )
        if any(cell not in (None, "") for cell in cells[len(names) :]):
            faults.append((line, "", _("dòng có nhiều ô hơn số cột")))
            continue
        tell(len(rows), None)
        data = {
            field: _as_typed(register.form.base_fields[field], cell)
            for field, cell in zip(names, cells, strict=False)
            if field
        }
        form = bound(register.form(data), person)
        if form.is_valid():
            rows.append(form.cleaned_data | {"_line": line})
            continue
        for field_name, errors in form.errors.items():
            label = register.form.base_fields.get(field_name)
            faults.append(
                (line, str(label.label if label else field_name), " ".join(map(str, errors)))
            )
    if not names:
        raise UnreadableTable(_("Tệp không có dòng nào."))
    return rows, faults


@transaction.atomic
def import_rows(
    register: Importable,
    rows: list[dict[str, Any]],
    *,
    actor: Person,
    content: bytes,
    tell: Progress = unseen,
) -> int:
    """Write checked rows through the register's own action, all or none; one line for the file.

    The journal knows the file by its digest: a file's name may name a person (TC-21).

    Raises:
        Refusal: the action refused a row; ``field`` then is the line's number.
    """
    for done, row in enumerate(rows):
        tell(done, len(rows))
        line = row.pop("_line")
        try:
            register.enter_act(actor=actor, **row)
        except Refusal as refusal:
            raise Refusal(str(refusal.message), field=str(line)) from refusal
    record(
        "file.imported",
        actor=actor,
        subject=register.code,
        checksum=hashlib.sha256(content).hexdigest(),
        rows=len(rows),
    )
    return len(rows)


def imported(count: int) -> str:
    return ngettext("Đã nhập %(count)s dòng.", "Đã nhập %(count)s dòng.", count) % {"count": count}


def refused_words(faults: list[Fault]) -> str:
    """How many lines of a file are wrong."""
    count = len({line for line, _column, _words in faults})
    words = ngettext(
        "Có %(lines)s dòng chưa đúng; chưa dòng nào được ghi vào sổ.",
        "Có %(lines)s dòng chưa đúng; chưa dòng nào được ghi vào sổ.",
        count,
    )
    return words % {"lines": count}


def refuse_table(form: ImportForm, faults: list[Fault]) -> None:
    """Says beside the file how many of its lines are wrong, where there are any."""
    if faults:
        form.add_error("table", refused_words(faults))


@require_http_methods(["GET", "POST"])
@sent_once
def import_page(request: HttpRequest, slug: str) -> HttpResponse:
    """GET, POST /<slug>/nhap/: nothing is written unless every row is good."""
    register = register_or_404(request, slug)
    if not policies.may_enter(request.user, register):  # type: ignore[arg-type]
        raise Http404(_("Sổ này ông/bà chỉ có quyền xem."))
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*typed)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        if upload.size > AT_ONCE:
            return start(
                request,
                ErrandKind.IMPORT,
                _("Nhập vào %(register)s") % {"register": str(register.label).lower()},
                reverse("desk:list", args=[slug]),
                file=keep_file(upload.file),
                register=register.code,
                name=Path(upload.name).suffix,
            )
        content = upload.read()
        try:
            rows, faults = check(register, upload.name, content, person=request.user)  # type: ignore[arg-type]
            if not faults:
                count = import_rows(register, rows, actor=request.user, content=content)  # type: ignore[arg-type]
                messages.success(request, imported(count))
                return redirect("desk:list", slug=slug)
        except UnreadableTable as error:
            form.add_error("table", str(error))
        except Refusal as refusal:
            faults = [(int(refusal.field or 0), "", str(refusal.message))]
        refuse_table(form, faults)
    context = {
        "title": _("Nhập vào %(register)s") % {"register": str(register.label).lower()},
        "form": form,
        "faults": faults,
        "fields": [
            (str(field.label), field.required) for field in register.form.base_fields.values()
        ],
        "cancel_url": reverse("desk:list", args=[slug]),
        "crumbs": with_crumbs(
            (str(register.label), reverse("desk:list", args=[slug])), (_("Nhập từ tệp"), None)
        ),
    }
    return form_page(request, context, "desk/import.html", keeps=False)
