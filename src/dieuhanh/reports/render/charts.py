"""Charts as Vega-Lite specifications, and those specifications as SVG and PNG.

One blue, bars from zero, values written at the marks, no grid, no legend: the rules of the look,
section "Charts". Every mark and every word is placed by the width estimate of `text_width`, not
by measuring with a font, so that a chart looks the same where the named fonts are missing and
nothing is clipped where another font takes their place.

The title and the window of a chart are printed by the page or paper around it; ``description``
of a specification is the sentence that is read aloud instead of the picture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from html import escape
from typing import TYPE_CHECKING, Any

from dieuhanh.reports.render.text_width import width, wrapped
from dieuhanh.reports.render.typesetting import PAPER_FAMILIES, typeset

if TYPE_CHECKING:
    import altair

Spec = dict[str, Any]
#: One category and its value; ``None`` is a value that nobody has given.
BarRow = tuple[str, float | None]

SCREEN_FONT = "Be Vietnam Pro, sans-serif"
PAPER_FONT = ", ".join(PAPER_FAMILIES)
BLUE = "#1c4e89"
TEXT = "#1d2126"
SOFT = "#535a62"
EDGE = "#87847b"
#: Light colour to dark colour, the tokens of the look.
DARK: Mapping[str, str] = {BLUE: "#92bbee", TEXT: "#e9e7e2", SOFT: "#b9bdc3", EDGE: "#7b828b"}
#: First, second and third series, as parts of the one blue.
SHADES = (1.0, 0.55, 0.25)
UNKNOWN = "chưa có số liệu"

WIDTH = 560
FONT_SIZE = 13
_LINE = 17
_NAMES = 200.0  # widest column of names, px
_GAP = 10


def vietnamese(value: float, decimals: int | None = None) -> str:
    """A number as it is printed: ``22014`` → "22.014", ``97.6`` → "97,6".

    Args:
        decimals: digits after the comma; without it none for whole numbers, else one.
    """
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _once(make: Callable[..., Spec]) -> Callable[..., Spec]:
    """Specify a chart once for the same rows and words; each caller has a copy of its own."""

    @lru_cache(maxsize=256)
    def made(asked: str) -> str:
        rows, words = json.loads(asked)
        return json.dumps(make(*rows, **words), ensure_ascii=False)

    @wraps(make)
    def drawn(*rows: Any, **words: Any) -> Spec:
        return dict(json.loads(made(json.dumps([rows, words], ensure_ascii=False))))

    return drawn


def bar_chart(
    rows: Sequence[BarRow],
    *,
    alt: str,
    unit: str = "",
    decimals: int | None = None,
    ordered: bool = True,
    total_width: int = WIDTH,
) -> Spec:
    """Horizontal bars from zero, the longest first, each with its name and its value.

    Args:
        rows: name of the category and value. A value of ``None`` has no bar and is last.
        alt: the sentence that says what is to be seen.
        unit: written after each value, e.g. "%"; leave it to the subtitle where it is long.
        ordered: sort by value; set to ``False`` where the order of the categories has a sense.
    """
    return grouped_bar_chart(
        [(name, (value,)) for name, value in rows],
        series=("",),
        alt=alt,
        unit=unit,
        decimals=decimals,
        ordered=ordered,
        total_width=total_width,
    )


@_once
def grouped_bar_chart(
    rows: Sequence[tuple[str, Sequence[float | None]]],
    *,
    series: Sequence[str],
    alt: str,
    unit: str = "",
    decimals: int | None = None,
    ordered: bool = True,
    labels: Sequence[Sequence[str]] | None = None,
    total_width: int = WIDTH,
) -> Spec:
    """One to three bars a category; the bars of the first category carry the series' names.

    A value below zero has its bar to the left of the base line, and its words left of the bar.

    Args:
        rows: name of the category and one value a series.
        series: names of the series, the present one first: it has the full blue.
        labels: what is written at each bar instead of its value, in the order of ``rows``.

    Raises:
        ValueError: there are more than three series, or a row has another number of values.
    """
    if not 1 <= len(series) <= len(SHADES):
        raise ValueError("a bar chart has one to three series")
    if any(len(values) != len(series) for _, values in rows):
        raise ValueError("each row needs one value a series")
    texts: Sequence[Sequence[str]] = labels or [[""] * len(series) for _ in rows]
    if ordered:
        order = sorted(range(len(rows)), key=lambda place: _rank(rows[place][1][0]), reverse=True)
        rows, texts = [rows[place] for place in order], [texts[place] for place in order]
    names = [wrapped(name, _NAMES / FONT_SIZE) for name, _ in rows]
    left = min(max((width(line) for n in names for line in n), default=0.0), 22) * FONT_SIZE + _GAP
    decimals = _common_decimals([v for _, values in rows for v in values], decimals)
    bar = 18.0 if len(series) == 1 else 16.0
    marks: list[dict[str, Any]] = []
    titles: list[dict[str, Any]] = []
    room = before = 0.0  # for words right of the longest bar, and left of the bars below zero
    top = 0.0  # upper edge of the row, px
    for place, (lines, (_, values), written) in enumerate(zip(names, rows, texts, strict=True)):
        deep = max(len(series) * bar + 11, len(lines) * _LINE + 10)
        first = top + (deep - len(series) * bar) / 2
        titles += [
            {"y": top + deep / 2 + (number - (len(lines) - 1) / 2) * _LINE, "name": line}
            for number, line in enumerate(lines)
        ]
        for rank, (value, title, label) in enumerate(zip(values, series, written, strict=True)):
            text = UNKNOWN if value is None else label or vietnamese(value, decimals)
            if unit and value is not None and not label:
                text += f"\N{NO-BREAK SPACE}{unit}"
            if title and place == 0:
                text += f" ({title})"
            if value is not None and value < 0:
                before = max(before, width(text) * FONT_SIZE + _GAP)
            elif value is not None:
                room = max(room, width(text) * FONT_SIZE + _GAP)
            y = first + rank * bar
            marks.append(
                {
                    "value": value,
                    "from": 0,
                    "text": text,
                    "series": rank,
                    "y": y,
                    "y2": y + bar - (2 if len(series) > 1 else 0),
                    "middle": y + bar / 2 - (1 if len(series) > 1 else 0),
                }
            )
        top += deep
    room = min(room, (total_width - left) * 0.6)
    before = min(before, (total_width - left) * 0.3)
    drawn = [mark["value"] for mark in marks if mark["value"] is not None]
    least, greatest = min([*drawn, 0.0]), max([*drawn, 0.0])
    if least == greatest:
        greatest = 1.0
    start, end = left + before, total_width - room
    zero = start + (end - start) * -least / (greatest - least)

    import altair as alt_  # not at the top: it takes half a second, and only composing needs it

    def chart(data: list[dict[str, Any]]) -> altair.Chart:
        return alt_.Chart(alt_.InlineData(values=data))

    known = [mark for mark in marks if mark["value"] is not None]
    above = [mark for mark in known if mark["value"] >= 0]
    below = [mark for mark in known if mark["value"] < 0]
    unknown = [mark for mark in marks if mark["value"] is None]
    height = max(top, float(_LINE))
    x = alt_.X(
        "value:Q",
        axis=None,
        scale=alt_.Scale(domain=[least, greatest], range=[start, end], nice=False),
    )
    down = alt_.Scale(domain=[0, height], range=[0, height], nice=False)
    middle = alt_.Y("middle:Q", axis=None, scale=down)
    shades = alt_.Opacity(
        "series:O", legend=None, scale=alt_.Scale(domain=[0, 1, 2], range=list(SHADES))
    )
    layers: list[altair.Chart] = [
        chart(titles)
        .mark_text(align="left", color=TEXT)
        .encode(x=alt_.value(0), y=alt_.Y("y:Q", axis=None, scale=down), text="name:N"),
        chart(known)
        .mark_rect(color=BLUE)
        .encode(
            x=x, x2="from:Q", y=alt_.Y("y:Q", axis=None, scale=down), y2="y2:Q", opacity=shades
        ),
        chart([{}])
        .mark_rule(color=EDGE)
        .encode(x=alt_.value(zero), y=alt_.value(0), y2=alt_.value("height")),
    ]
    for group, align, shift in ((above, "left", 6), (below, "right", -6)):
        if group:
            words = chart(group).mark_text(align=align, dx=shift, color=TEXT)
            layers.append(words.encode(x=x, y=middle, text="text:N"))
    if unknown:
        layers.append(
            chart(unknown)
            .mark_text(align="left", color=SOFT, fontStyle="italic")
            .encode(x=alt_.value(zero + 6), y=middle, text="text:N")
        )
    return _finished(alt_.layer(*layers), alt=alt, size=(total_width, height))


@_once
def progress_chart(
    rows: Sequence[tuple[str, float | None, float | None, str]],
    *,
    alt: str,
    total_width: int = WIDTH,
) -> Spec:
    """For each category a pale bar of one length, filled as far as the work is done.

    Args:
        rows: name, what is done, what was to be done, and the words at the end of the bar. Where
            one of the two is not known, or nothing was to be done, there is no bar. More done
            than was to be done goes past the end of the pale bar.

    Raises:
        ValueError: a value is below zero.
    """
    parts = [_part(done, whole) for _, done, whole, _ in rows]
    names = [wrapped(name, _NAMES / FONT_SIZE) for name, *_ in rows]
    left = min(max((width(line) for n in names for line in n), default=0.0), 22) * FONT_SIZE + _GAP
    texts = [
        UNKNOWN if part is None else text
        for part, (*_, text) in zip(parts, rows, strict=True)
    ]  # fmt: skip
    room = max((width(text) for text in texts), default=0.0) * FONT_SIZE + _GAP
    end = total_width - min(room, (total_width - left) * 0.6)
    full = (end - left) / max([1.0, *(part for part in parts if part is not None)])
    titles: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    top = 0.0
    for lines, part, text in zip(names, parts, texts, strict=True):
        deep = max(18.0 + 11, len(lines) * _LINE + 10)
        middle = top + deep / 2
        titles += [
            {"y": middle + (number - (len(lines) - 1) / 2) * _LINE, "text": line}
            for number, line in enumerate(lines)
        ]
        if part is not None:
            edges = {"y": middle - 9, "y2": middle + 9, "from": left}
            bars.append({**edges, "to": left + full, "shade": SHADES[2]})
            bars.append({**edges, "to": left + full * part, "shade": SHADES[0]})
        words.append({"y": middle, "x": left if part is None else end, "text": text})
        top += deep

    import altair as alt_  # as above

    height = max(top, float(_LINE))
    x = alt_.Scale(domain=[0, total_width], range=[0, total_width], nice=False)
    y = alt_.Y("y:Q", axis=None, scale=alt_.Scale(domain=[0, height], range=[0, height]))

    def chart(data: list[dict[str, Any]]) -> altair.Chart:
        return alt_.Chart(alt_.InlineData(values=data))

    layers: list[altair.Chart] = [
        chart(titles)
        .mark_text(align="left", color=TEXT)
        .encode(x=alt_.value(0), y=y, text="text:N"),
        chart(bars)
        .mark_rect(color=BLUE)
        .encode(
            x=alt_.X("from:Q", axis=None, scale=x),
            x2="to:Q",
            y=y,
            y2="y2:Q",
            opacity=alt_.Opacity("shade:Q", legend=None, scale=None),
        ),
        chart(words)
        .mark_text(align="left", dx=6, color=TEXT)
        .encode(x=alt_.X("x:Q", axis=None, scale=x), y=y, text="text:N"),
    ]
    return _finished(alt_.layer(*layers), alt=alt, size=(total_width, height))


def _part(done: float | None, whole: float | None) -> float | None:
    if done is None or not whole:
        return None
    if done < 0 or whole < 0:
        raise ValueError("a bar from zero cannot show work below zero")
    return done / whole


def _rank(value: float | None) -> tuple[bool, float]:
    return value is not None, value or 0.0


@_once
def line_chart(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    alt: str,
    unit: str = "",
    decimals: int | None = None,
    from_zero: bool = True,
    total_width: int = WIDTH,
    height: int = 210,
) -> Spec:
    """Values over time: the first series a solid blue line, the others thin and grey.

    Each line has its name at its end. Of the first series every value is written when there are
    at most eight, otherwise the first, the greatest and the last.

    Args:
        labels: names of the points in time, in order.
        series: name and one value a label; ``None`` leaves a gap in the line.
        from_zero: start the scale at zero; else a little under the least value.

    Raises:
        ValueError: there is no series, or one has another number of values than ``labels``.
    """
    if not series or any(len(values) != len(labels) for _, values in series):
        raise ValueError("each series needs one value a label")
    known = [value for _, values in series for value in values if value is not None]
    decimals = _common_decimals(known, decimals)
    high = max([*known, 0.0])
    low = min([*known, 0.0]) if from_zero else min(known, default=0.0)
    high = high if high > low else low + 1.0
    if not from_zero:
        low -= (high - low) * 0.15
    foot, head = height - 26.0, 26.0
    room = max(width(name) for name, _ in series) * FONT_SIZE + _GAP + 6
    room = min(room, total_width * 0.35)
    edge = 30.0
    step = (total_width - room - edge) / max(len(labels) - 1, 1)
    every = 1
    while every < len(labels) and step * every < max(map(width, labels)) * FONT_SIZE + 6:
        every += 1

    points: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for rank, (name, values) in enumerate(series):
        for place, value in enumerate(values):
            points.append({"x": edge + place * step, "value": value, "series": rank})
        last = max((i for i, value in enumerate(values) if value is not None), default=None)
        if last is not None:
            at = foot - (values[last] - low) / (high - low) * (foot - head)  # type: ignore[operator]
            ends.append({"x": edge + last * step, "at": at, "name": name, "series": rank})
    ends = _spread(ends, apart=float(_LINE), bottom=foot)
    leading = list(series[0][1])
    filled = [place for place, value in enumerate(leading) if value is not None]
    shown = set(filled)
    if len(filled) > 8:
        shown = {filled[0], filled[-1], max(filled, key=lambda place: leading[place] or 0.0)}
    for place in sorted(shown):
        value = leading[place]
        if value is None:
            continue
        text = vietnamese(value, decimals) + (f"\N{NO-BREAK SPACE}{unit}" if unit else "")
        texts.append(
            {
                "x": edge + place * step,
                "value": value,
                "text": text,
                "valley": _is_valley(leading, place),
            }
        )
    ticks = [
        {"x": edge + place * step, "text": label}
        for place, label in enumerate(labels)
        if place % every == 0
    ]

    import altair as alt_  # as above

    x = alt_.X("x:Q", axis=None, scale=alt_.Scale(domain=[0, total_width], range=[0, total_width]))
    y = alt_.Y("value:Q", axis=None, scale=alt_.Scale(domain=[low, high], range=[foot, head]))

    def chart(rows: list[dict[str, Any]]) -> altair.Chart:
        return alt_.Chart(alt_.InlineData(values=rows))

    layers: list[altair.Chart] = [
        chart([{}])
        .mark_rule(color=EDGE)
        .encode(
            x=alt_.value(0),
            x2=alt_.value(edge + (len(labels) - 1) * step + 8),
            y=alt_.value(foot),
        ),
        chart(ticks)
        .mark_text(align="center", color=SOFT, fontSize=12)
        .encode(x=x, y=alt_.value(foot + 15), text="text:N"),
    ]
    for rank in reversed(range(len(series))):
        colour, thick = (BLUE, 2.5) if rank == 0 else (EDGE, 1.2)
        points_of = [point for point in points if point["series"] == rank]
        line = chart(points_of).mark_line(color=colour, strokeWidth=thick)
        layers.append(line.encode(x=x, y=y))
        end = [mark for mark in ends if mark["series"] == rank]
        layers += [
            chart([mark])
            .mark_text(align="left", dx=9, color=BLUE if rank == 0 else SOFT)
            .encode(x=x, y=alt_.value(mark["at"]), text="name:N")
            for mark in end
        ]
    layers += [
        chart(texts).mark_point(color=BLUE, filled=True, size=34, opacity=1).encode(x=x, y=y),
    ]
    for valley, shift in ((False, -12), (True, 14)):
        rows = [mark for mark in texts if mark["valley"] is valley]
        if rows:
            words = chart(rows).mark_text(dy=shift, color=TEXT).encode(x=x, y=y, text="text:N")
            layers.append(words)
    return _finished(alt_.layer(*layers), alt=alt, size=(total_width, height))


def _common_decimals(values: Sequence[float | None], decimals: int | None) -> int:
    """One number of decimals for a whole chart: none when every value is a whole number."""
    if decimals is not None:
        return decimals
    return 0 if all(value is None or float(value).is_integer() for value in values) else 1


def _is_valley(values: Sequence[float | None], place: int) -> bool:
    """Whether the line comes down to ``place`` and rises after it; its value is written below."""
    if not 0 < place < len(values) - 1:
        return False
    before, here, after = values[place - 1 : place + 2]
    return None not in (before, here, after) and before > here < after  # type: ignore[operator]


def _spread(marks: list[dict[str, Any]], *, apart: float, bottom: float) -> list[dict[str, Any]]:
    """Move names at line ends away from each other: ``at`` in pixels from the top."""
    ordered = sorted(marks, key=lambda mark: float(mark["at"]))
    for above, below in zip(ordered, ordered[1:], strict=False):
        below["at"] = max(below["at"], above["at"] + apart)
    limit = bottom - 8
    for mark in reversed(ordered):
        mark["at"] = min(mark["at"], limit)
        limit = mark["at"] - apart
    return ordered


def _finished(
    chart: altair.LayerChart | altair.FacetChart, *, alt: str, size: tuple[float, float]
) -> Spec:
    """The chart as a plain dict with the settings that all charts share."""
    chart = chart.properties(width=size[0], height=size[1], description=alt)
    chart = chart.configure(
        aria=False,
        autosize="none",
        background="transparent",
        font=SCREEN_FONT,
        padding=0,
    )
    chart = chart.configure_view(stroke=None)
    chart = chart.configure_text(fontSize=FONT_SIZE, baseline="middle")
    return chart.to_dict()


def svg(spec: Spec, dark: bool = False, *, font: str = SCREEN_FONT) -> str:
    """``spec`` as one ``<svg>`` element: text stays text, the ground is transparent.

    The element is an image (``role="img"``) named by the specification's ``description``.

    Args:
        dark: the colours for a dark ground.
        font: families in order of preference; `PAPER_FONT` for issued papers.

    Raises:
        ValueError: the specification has no ``description``; a chart is never without words.
    """
    if not spec.get("description"):
        raise ValueError("a chart needs its alternative sentence in `description`")
    return _svg(json.dumps(spec, ensure_ascii=False, sort_keys=True), dark, font)


def png(spec: Spec, scale: float = 2) -> bytes:
    """``spec`` as a PNG for word processors, in the letters of issued papers.

    Args:
        scale: pixels of the picture to a pixel of the specification.
    """
    return _png(svg(spec, font=PAPER_FONT), scale)


@lru_cache(maxsize=256)
def _svg(text: str, dark: bool, font: str) -> str:
    import vl_convert  # starts an engine: only when a chart is drawn

    if dark:
        for light, other in DARK.items():
            text = text.replace(f'"{light}"', f'"{other}"')
    spec = json.loads(text)
    spec.setdefault("config", {}).update(font=font, aria=False, background="transparent")
    drawn = vl_convert.vegalite_to_svg(spec, vl_version="6.1", allowed_base_urls=[])
    name = escape(spec["description"], quote=True)
    opening = re.match(r"<svg\b[^>]*>", drawn)
    if opening is None:
        raise ValueError("the chart engine returned no SVG")
    head = re.sub(r'\s(?:role|aria-[a-z]+|style|class)="[^"]*"', "", opening.group())
    # The marks inside have no words of their own: the picture as a whole speaks for them.
    body = re.sub(r'\s(?:role|aria-roledescription)="[^"]*"', "", drawn[opening.end() :])
    return f'{head[:-1]} role="img" aria-label="{name}" class="chart"><title>{name}</title>{body}'


#: The letters that vl-convert brings with it lack those with two marks (ố, ệ), so pictures are
#: drawn by the typesetting engine, which has them even on a machine without fonts.
_PICTURE = b"""
#let data = json(bytes(sys.inputs.data))
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(data.svg), format: "svg", width: data.width * 1pt)
"""


@lru_cache(maxsize=64)
def _png(drawn: str, scale: float) -> bytes:
    found = re.search(r'\swidth="([\d.]+)"', drawn)
    data = {"svg": drawn, "width": float(found.group(1)) if found else WIDTH}
    return typeset(_PICTURE, data, format="png", ppi=72 * scale)
