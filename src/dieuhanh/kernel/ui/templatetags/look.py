"""Template tags of the look: icons, time chips, numbers and dates as officials write them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
)
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dieuhanh.text import dates, numbers

register = template.Library()

#: Icon of each state of time; words and shape carry the meaning, colour repeats it.
DUE_ICONS = {
    "open": "circle",
    "soon": "clock-hour-8",
    "overdue": "alert-triangle",
    "done": "circle-check",
    "late": "clock-check",
    "paused": "player-pause",
    "none": "circle-dashed",
}
#: Icon of each level of the messages framework.
MESSAGE_ICONS = {
    "error": "alert-circle",
    "warning": "alert-triangle",
    "success": "check",
}


@register.simple_tag
@lru_cache(maxsize=1000)
def icon(name: str, extra: str = "") -> SafeString:
    """Return the outline ``name`` of the sprite; ``extra`` adds classes. It is hidden from
    screen readers: the words beside it, or the button's label, say what it means."""
    css = f"ti {extra}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        css,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def message_icon(level: str) -> SafeString:
    """Return the icon of a message level (``error``, ``warning``, ``success``, others)."""
    return icon(MESSAGE_ICONS.get(level, "info-circle"))


@register.simple_tag
def due(chip: Any, url: str = "", target: str = "") -> SafeString:
    """Return the time chip of ``chip``, which has ``state`` (a key of ``DUE_ICONS``) and ``words``.

    With ``url`` the chip opens the explanation of the date; ``target`` is the CSS selector of the
    place that receives it (without script, or without ``target``, the link opens a page).
    An unknown state is shown as one without deadline. ``None`` gives an empty string.
    """
    if not chip:
        return SafeString("")
    state = _member(chip, "state") or "none"
    words = _member(chip, "words") or ""
    sign = icon(DUE_ICONS.get(state, DUE_ICONS["none"]))
    if not url:
        return format_html(
            '<span class="due" data-due="{}">{}<span>{}</span></span>',
            state,
            sign,
            words,
        )
    swap = SafeString("")
    if target:
        swap = format_html(
            ' hx-get="{}" hx-target="{}" hx-swap="innerHTML" aria-expanded="false"',
            url,
            target,
        )
    return format_html(
        '<a class="due" data-due="{}" data-key-why href="{}"{}>{}<span>{}</span></a>',
        state,
        url,
        swap,
        sign,
        words,
    )


@register.simple_tag
def chip(words: str, state: str = "open", sign: str = "") -> SafeString:
    """Return a small label: a state of work, in the colour of ``state``, with the icon ``sign``."""
    drawn = icon(sign) if sign else SafeString("")
    return format_html('<span class="chip" data-due="{}">{}{}</span>', state, drawn, words)


@register.simple_tag
def share_bar(share: float | Decimal | str | None) -> SafeString:
    """Return a thin bar for ``share`` of a whole (0 to 1; values outside are cut).

    It repeats a number that stands beside it, so it is hidden from screen readers. ``None``, or
    the empty string of a missing key: no bar.
    """
    if share is None or share == "":
        return SafeString("")
    return format_html(
        '<svg class="part" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="all" width="100" height="4" rx="1"/>'
        '<rect class="got" width="{}" height="4" rx="1"/></svg>',
        _percent(share),
    )


@register.simple_tag
def full_bar(share: float | Decimal, tone: str = "b1") -> SafeString:
    """Return a solid bar ``share`` (0 to 1) of its column wide; ``tone``: b1 to b3, o1 to o3."""
    return format_html(
        '<svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="{}" width="{}" height="14"/></svg>',
        tone,
        _percent(share),
    )


@register.simple_tag
def age_bar(counts: Sequence[int], top: int, label: str) -> SafeString:
    """Return one stacked bar of overdue work by age, from young to old (at most three parts).

    ``counts`` are numbers of obligations; ``top`` is the total that fills the whole width of 140 px;
    ``label`` is the sentence that a screen reader says instead of the bar.
    """
    unit = 140 / max(top, 1)
    left = 0.0
    parts = []
    for number, count in enumerate(counts[:3], start=1):
        width = count * unit
        if count:
            parts.append((f"o{number}", f"{left:.1f}", f"{max(width - 1, 1):.1f}"))
        left += width
    drawn = format_html_join("", '<rect class="{}" x="{}" y="2" width="{}" height="12"/>', parts)
    return format_html(
        '<svg width="140" height="16" role="img" aria-label="{}">{}</svg>', label, drawn
    )


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """Return the widget of ``bound`` with the class its kind needs; classes of its own stay."""
    widget = bound.field.widget
    css = "form-select" if isinstance(widget, Select) else "form-control"
    attrs: dict[str, str | bool] = {"class": f"{css} {widget.attrs.get('class', '')}".strip()}
    if isinstance(widget, Textarea) and widget.attrs.get("rows") == "10":  # Django's default
        attrs["rows"] = "4"
    if bound.use_fieldset and bound.aria_describedby:
        attrs["aria-describedby"] = bound.aria_describedby
    return bound.as_widget(attrs=attrs)


@register.filter
def is_choices(bound: BoundField) -> bool:
    """Return whether ``bound`` is a group of radio buttons or tick boxes."""
    return isinstance(bound.field.widget, (RadioSelect, CheckboxSelectMultiple))


@register.filter
def is_tick(bound: BoundField) -> bool:
    """Return whether ``bound`` is one tick box, whose label stands behind it."""
    return isinstance(bound.field.widget, CheckboxInput)


@register.filter
def number(value: int | Decimal | None, decimals: int = 0) -> str:
    """Return ``22.014`` or ``97,6``; ``None`` gives ``chưa có số liệu``, never 0."""
    return numbers.number(value, decimals)


@register.filter
def percent(value: int | Decimal | None, decimals: int = 1) -> str:
    """Return ``97,6 %``; ``value`` is already in percent; ``None`` gives ``chưa có số liệu``."""
    return numbers.percent(value, decimals)


@register.filter
def day(value: dt.date | None) -> str:
    """Return ``15/6/2024``."""
    return dates.day(value) if value else ""


@register.filter
def short_day(value: dt.date | None) -> str:
    """Return ``15/6``, for lists of the current year."""
    return dates.short_day(value) if value else ""


@register.filter
def weekday_day(value: dt.date | None) -> str:
    """Return ``thứ Năm, 20/6/2024``."""
    return dates.weekday_day(value) if value else ""


@register.filter
def moment(value: dt.datetime | dt.date | None) -> str:
    """Return ``15/6/2024 08:40`` on the clock of Hà Nội; a date alone gives ``15/6/2024``."""
    if isinstance(value, dt.datetime):
        return dates.moment(value)
    return dates.day(value) if value else ""


@register.filter
def iso(value: dt.date | dt.datetime | str | None) -> str:
    """Return the machine form for ``<time datetime>``; text and ``None`` give an empty string."""
    return value.isoformat() if isinstance(value, dt.date) else ""


@register.simple_tag
def qs(query: Mapping[str, Any], **changes: Any) -> str:
    """Return the query string of ``query`` (``request.GET`` or a mapping) with ``changes``.

    A value of ``None`` or ``""`` removes the key; a list gives the key several times. The answer
    starts with ``?`` and is ``?`` alone when nothing is left.
    """
    lists = query.lists() if hasattr(query, "lists") else query.items()
    words = {key: value if isinstance(value, list) else [value] for key, value in lists}
    for key, value in changes.items():
        if value is None or value == "":
            words.pop(key, None)
        else:
            words[key] = list(value) if isinstance(value, (list, tuple)) else [value]
    return f"?{urlencode(words, doseq=True)}"


def _member(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _percent(share: float | Decimal | str) -> str:
    return f"{min(max(float(share), 0.0), 1.0) * 100:.1f}"
