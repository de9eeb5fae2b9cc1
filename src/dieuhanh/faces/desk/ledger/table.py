"""The table of a list: which columns, and the cells of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.faces.desk import clocks
from dieuhanh.kernel.entries.registry import Column, Register
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.personal.lists import Layout
from dieuhanh.text import dates, numbers

if TYPE_CHECKING:
    from dieuhanh.kernel.entries.registry import Words

#: Columns that every register has beside its own; number and title always stand.
OPENED, UNIT, DUE = "@opened", "@unit", "@due"
ALWAYS = frozenset({"title"})
#: More columns of a register's own than these, and the table may be wider than the page.
MOST_FITTING = 3


@dataclass(frozen=True)
class Choice:
    """A column that a person may show or leave out."""

    key: str
    label: Words
    shown: bool
    fixed: bool


def shown_keys(register: Register, layout: Layout) -> frozenset[str]:
    """Keys of the columns that a list shows: those that were not left out, those with a width
    where the person never chose."""
    own = {column.key for column in register.columns}
    keys = own | {OPENED, UNIT, DUE}
    if layout.left_out is None:
        return frozenset(keys - {one.key for one in register.columns if not one.width})
    return frozenset(keys - (layout.left_out - ALWAYS))


def choices(register: Register, shown: frozenset[str]) -> list[Choice]:
    """All columns in the order of the list."""
    named: list[tuple[str, Words]] = [
        (OPENED, register.opened_label),
        *((column.key, column.label) for column in register.columns),
        (UNIT, _("Đơn vị")),
        (DUE, _("Thời hạn")),
    ]
    return [Choice(key, label, key in shown, key in ALWAYS) for key, label in named]


def own_columns(register: Register, shown: frozenset[str]) -> list[Column]:
    return [column for column in register.columns if column.key in shown]


def heads(
    register: Register, columns: Iterable[Column], shown: frozenset[str], *, picks: bool
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if picks:
        found.append({"pick_all": True, "label": _("Chọn cả trang"), "width_class": "w-pick"})
    found.append({"label": _("Số"), "numeric": True, "width_class": "w-number"})
    if OPENED in shown:
        found.append({"label": register.opened_label, "numeric": True, "width_class": "w-date"})
    found += [{"label": one.label, "width_class": one.width or "w-more"} for one in columns]
    if UNIT in shown:
        found.append({"label": _("Đơn vị"), "width_class": "w-unit"})
    if DUE in shown:
        found.append({"label": _("Thời hạn"), "width_class": "w-due"})
    return found


@lru_cache
def _address(slug: str) -> str:
    """The address of an entry, to `format` with its number."""
    mark = 10**9
    return reverse("desk:entry", args=[slug, mark]).replace(str(mark), "{}")


def rows_of(
    register: Register,
    rows: Iterable[Any],
    obligations: dict[int, list[Any]],
    at: datetime,
    columns: list[Column],
    shown: frozenset[str],
    read: Callable[[Column, Any], Any],
    *,
    picks: bool,
) -> list[dict[str, Any]]:
    """What ``ui/ledger.html`` shows of each row."""
    today, address = clock.today(), _address(register.slug)
    nothing_owed = clocks.Chip("none", _("không thời hạn"))
    pick_words = _("Chọn số %(number)s")
    opened_label = str(register.opened_label)
    found = []
    for row in rows:
        entry, url = row.entry, address.format(row.pk)
        secret = entry.confidentiality == "secret"
        number = f"{'M' if secret else ''}{numbers.number(entry.number)}"
        cells: list[dict[str, Any]] = [{"kind": "number", "text": number, "url": url}]
        if picks:
            label = pick_words % {"number": number}
            cells.insert(0, {"kind": "pick", "text": row.pk, "label": label})
        if OPENED in shown:
            day = list_day(entry.opened_on, today)
            cells.append({"kind": "date", "text": day, "label": opened_label})
        for column in columns:
            cells.append(_own(column, read(column, row), row, url, secret, today))
        if UNIT in shown:
            cells.append({"kind": "unit", "text": entry.unit.name})
        if DUE in shown:
            owed = obligations.get(row.pk)
            chip = clocks.chip(owed[0], at) if owed else nothing_owed
            cells.append({"kind": "due", "due": chip})
        found.append({"url": url, "cells": cells})
    return found


def _own(
    column: Column, value: Any, row: Any, url: str, secret: bool, today: date
) -> dict[str, Any]:
    if column.key == "title":
        kind = "lock" if secret else "title"
        return {"kind": kind, "text": value, "url": url, "title": str(value)}
    if column.width:
        return {"kind": "symbol", "text": value, "sub": column.sub(row) if column.sub else ""}
    if isinstance(value, date):
        value = list_day(value, today)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = numbers.number(value)
    cell = {"kind": "more", "text": value, "label": column.label}
    return cell if value not in (None, "") else cell | {"label": ""}


def list_day(day: date, today: date) -> str:
    return dates.short_day(day) if day.year == today.year else dates.day(day)
