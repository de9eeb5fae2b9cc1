"""The tables and charts that a report's text may name: sheets of `exhibits.toml`.

A chart is a table of which some columns are drawn: ``kind = "bars"`` draws each column of
``drawn`` as bars from zero, ``kind = "progress"`` the first of ``drawn`` as a part of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dieuhanh.reports.compose.document import Chart, Table
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.compose.tables import Row, Sheet, rows, table
from dieuhanh.reports.compose.writing import Writer
from dieuhanh.reports.render import charts


def exhibit(sheet: Sheet, writer: Writer) -> Chart | Table | None:
    """The exhibit of ``sheet``; None where all that it would draw is unknown or nothing.

    Raises:
        SectionError: the sheet has a mistake.
    """
    found = rows(sheet, writer)
    kind = sheet.required("kind")
    caption, note = sheet.words("caption", writer), sheet.words("note", writer)
    if kind == "table":
        known = any(value is not None for row in found for value in row.values)
        return table(sheet, writer, found, title=caption, note=note) if known else None
    if kind not in ("bars", "progress"):
        place = sheet.line_of(f"[{sheet.name}]")
        raise SectionError(sheet.path, place, f"không có loại “{kind}”; có: bars, progress, table")
    drawn = [int(one) for one in sheet.required("drawn")]
    if not drawn or max(drawn) >= len(sheet.head) or (kind == "progress" and len(drawn) != 2):
        place = sheet.line_of(f"[{sheet.name}]")
        raise SectionError(sheet.path, place, f"“{sheet.name}” vẽ cột không có trong bảng")
    if sheet.values.get("ordered", True):
        found.sort(key=lambda row: _rank(row, drawn, kind), reverse=True)
    known_rows = [row for row in found if _rank(row, drawn, kind)[0]]
    if not any(row.values[drawn[-1 if kind == "progress" else 0]] for row in known_rows):
        return None  # nothing is known, or nothing was there to count
    words = {"first": known_rows[0].name, "last": known_rows[-1].name}
    stated = replace(writer, words={**writer.words, **words})
    # One row has no first and last: its caption says enough.
    title = sheet.words("title", stated) if len(known_rows) > 1 else caption
    series = [
        writer.cell(sheet.path, 1, str(one)).text for one in sheet.values.get("series", ("",))
    ]
    sentence = "; ".join(f"{row.name} {_label(row, sheet, drawn, series)}" for row in known_rows)
    alt = f"{caption}: {sentence}."
    return Chart(
        title=title,
        subtitle=sheet.words("subtitle", writer),
        alt=alt,
        spec=_drawing(found, sheet, drawn, series, alt=alt),
        table=table(sheet, writer, found, title=caption, note=note),
    )


def _drawing(
    found: Sequence[Row], sheet: Sheet, drawn: list[int], series: list[str], *, alt: str
) -> charts.Spec:
    values = [[_plain(row.values[one]) for one in drawn] for row in found]
    if sheet.values["kind"] == "progress":
        lines = [
            (row.name, done, whole, _label(row, sheet, drawn, series))
            for row, (done, whole) in zip(found, values, strict=True)
        ]
        return charts.progress_chart(lines, alt=alt)
    return charts.grouped_bar_chart(
        [(row.name, numbers) for row, numbers in zip(found, values, strict=True)],
        labels=[[row.cells[one].text for one in drawn] for row in found],
        series=series,
        alt=alt,
        ordered=False,
    )


def _label(row: Row, sheet: Sheet, drawn: list[int], series: list[str]) -> str:
    """A row in words: "5.276"; "11,5 (năm 2023: -14)"; of a progress "495/573 (86,4 %)"."""
    texts = [row.cells[one].text for one in drawn]
    if sheet.values["kind"] == "progress":
        share = int(sheet.values.get("share", -1))
        known = share > 0 and row.values[share] is not None
        return "/".join(texts) + (f" ({row.cells[share].text})" if known else "")
    others = "; ".join(f"{name}: {text}" for name, text in zip(series[1:], texts[1:], strict=True))
    return f"{texts[0]} ({others})" if others else texts[0]


def _rank(row: Row, drawn: list[int], kind: str) -> tuple[bool, Decimal]:
    """By the first value drawn, of a progress by its part of the whole; the unknown come last."""
    value = row.values[drawn[0]]
    if kind == "progress" and value is not None:
        whole = row.values[drawn[1]]
        value = value / whole if whole else None
    return value is not None, value or Decimal(0)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
