"""Cells of a ledger. Written in Python because a list has some hundreds of them on a page."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from dieuhanh.kernel.ui.templatetags.look import due, icon
from dieuhanh.text import dates

register = template.Library()

NOTHING = SafeString("")
#: Classes beside that of the kind itself.
CSS = {"number": " n", "figure": " n", "date": " n soft", "lock": " soft"}


@register.simple_tag
def cells(row: Mapping[str, Any]) -> SafeString:
    """Return all cells of a row, see `cell`."""
    return SafeString("".join(cell(one, row) for one in row["cells"]))


@register.simple_tag
def cell(one: Mapping[str, Any], row: Mapping[str, Any] | str = "") -> SafeString:
    """Return the ``<td>`` of a cell: {kind, text, sub, url, due, label, title}, all but text optional.

    Kinds: symbol, title, unit, number, date, due, figure, lock, more (beside the usual columns),
    text, pick (a box that ticks the row; its text is the value).
    ``row`` gives a title its address (``url``) and a time chip the place of its explanation
    (``why_id``). An unknown kind is shown as text.
    """
    kind = one.get("kind") or "text"
    row = row or {}
    label = ""
    if (words := one.get("label")) and kind != "pick":
        label = f' data-l="{escape(words)}"'
    inside = _inside(kind, one, row)
    return SafeString(f'<td class="c-{escape(kind)}{CSS.get(kind, "")}"{label}>{inside}</td>')


def _inside(kind: str, one: Mapping[str, Any], row: Any) -> SafeString:
    text = "" if one.get("text") is None else one["text"]
    url, title = one.get("url") or "", one.get("title") or ""
    match kind:
        case "pick":
            return format_html(
                '<label class="tick"><input type="checkbox" name="muc" value="{}">'
                '<span class="visually-hidden">{}</span></label>',
                text,
                one["label"],
            )
        case "symbol":
            shown = _link("plain strong n", url, text) if url else _span("strong n", text)
            return shown + _sub(one, "small soft cut", titled=True)
        case "title":
            hint = format_html(' title="{}"', title) if title else NOTHING
            if address := url or row.get("url"):
                shown = format_html(
                    '<a class="plain two" data-open href="{}"{}>{}</a>', address, hint, text
                )
            else:
                shown = _span("two", text)
            return shown + _sub(one)
        case "unit":
            return (
                format_html('<span class="two" title="{}">{}</span>', title or text, text)
                + _sub(one)
            )  # fmt: skip
        case "due":
            chip = one.get("due")
            target = f"#{row['why_id']}" if url and row.get("why_id") else ""
            return due(chip, url=url, target=target) + _due_day(chip)
        case "figure":
            return _link("fig", url, text) if url else format_html("{}", text)
        case "lock":
            return format_html("<span>{} {}</span>", icon("lock"), text)
        case "number":
            return _link("plain", url, text) if url else format_html("{}", text)
    if url:
        spoken = format_html(' aria-label="{}"', title) if title else NOTHING
        return format_html('<a href="{}"{}>{}</a>', url, spoken, text)
    return format_html("{}", text) + _sub(one)


def _link(css: str, url: str, text: Any) -> SafeString:
    return format_html('<a class="{}" href="{}">{}</a>', css, url, text)


def _span(css: str, text: Any) -> SafeString:
    return format_html('<span class="{}">{}</span>', css, text)


def _sub(one: Mapping[str, Any], css: str = "small soft", *, titled: bool = False) -> SafeString:
    sub = one.get("sub")
    if not sub:
        return NOTHING
    hint = format_html(' title="{}"', sub) if titled else NOTHING
    return format_html('<div class="{}"{}>{}</div>', css, hint, sub)


def _due_day(chip: Any) -> SafeString:
    day = chip.get("date") if isinstance(chip, Mapping) else getattr(chip, "date", None)
    if not day:
        return NOTHING
    shown = dates.short_day(day) if isinstance(day, dt.date) else day
    return format_html('<div class="small soft n duedate">{}</div>', shown)
