"""Composing a report: its text, with every figure answered by its measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.measures.evaluate import Answer, Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.reports.compose.appendices import FILE, appendices, numbers
from dieuhanh.reports.compose.document import Appendix, Block, Document, Heading, Paragraph, Run
from dieuhanh.reports.compose.exhibits import exhibit
from dieuhanh.reports.compose.figures import as_json, differences
from dieuhanh.reports.compose.numbering import Numbering
from dieuhanh.reports.compose.sections import Part, SectionError, read_sections
from dieuhanh.reports.compose.tables import Shelf
from dieuhanh.reports.compose.template import Template, files_stamp, read_template
from dieuhanh.reports.compose.writing import Writer
from dieuhanh.text import dates

EXHIBITS = "exhibits.toml"
#: Reports of some periods and a few drafts of each, a megabyte or less apiece.
MOST_COMPOSED = 24
_composed: Kept[Composed] = Kept(MOST_COMPOSED)


@dataclass(frozen=True)
class Composed:
    """A report and its figures. The same one answers every reader until a register changes.

    Attributes:
        pending: ids whose register does not exist yet.
        pages: language → the text as the site shows it, where it was asked for.
    """

    template: Template
    window: Window
    document: Document
    answers: dict[str, Answer]
    pending: tuple[str, ...]
    pages: dict[str, SafeString] = field(default_factory=dict, compare=False)

    def as_json(self) -> dict[str, Any]:
        """What `figures.json` holds."""
        report = self.template.id
        figures = [as_json(one, report) for one in self.answers.values()]
        return {
            "report": report,
            "period": self.window.period,
            "as_of": self.window.as_of.isoformat(),
            "figures": figures,
            "stated": [
                {"id": one["id"], "value": one["value"], "reason": one["source"]}
                for one in figures
                if one["origin"] == "stated"
            ],
            "pending": list(self.pending),
            "missing": [one["id"] for one in figures if one["value"] is None],
            "differences": differences(self.answers.values(), report),
        }


def compose(
    report: str,
    period: str,
    as_of: date | None = None,
    texts: Mapping[str, str] | None = None,
    evaluator: Evaluator | None = None,
) -> Composed:
    """Compose a report for a period, as known at the end of ``as_of``.

    Args:
        texts: section → text of a draft; the template's own text unless given.
        evaluator: of the same window, where several reports are composed together.

    Raises:
        UnknownReport, UnknownPeriod: there is none.
        SectionError: the text has a mistake, such as a figure that no measure answers.
    """
    with translation.override("vi"):  # an issued paper has one language, whoever reads the site
        template = read_template(report)
        window = template.window(period, as_of)
        own = None if texts is None else tuple(sorted(texts.items()))
        key = (report, window, own, files_stamp(template))
        return _composed.get(key, lambda: _compose(template, window, texts, evaluator))


def _compose(
    template: Template,
    window: Window,
    texts: Mapping[str, str] | None,
    evaluator: Evaluator | None,
) -> Composed:
    words = template.words(window)
    for name, number in numbers(template).items():
        words[f"appendix_{name}"] = number
    if evaluator is None or evaluator.window != window:
        evaluator = Evaluator(window)
    writer = Writer(template, evaluator, words)
    blocks = tuple(_blocks(writer, texts))
    cutoff = _("Số liệu tính đến hết ngày %(day)s") % {"day": dates.day(window.as_of)}
    attached = appendices(template, writer, cutoff=cutoff)
    document = _document(writer, blocks, attached, cutoff=cutoff)
    return Composed(template, window, document, writer.answers, tuple(writer.pending))


def _blocks(writer: Writer, texts: Mapping[str, str] | None) -> Iterator[Block]:
    template = writer.template
    shelf = Shelf(template.folder.parent / EXHIBITS)
    numbering = Numbering(template.values.get("headings", ()))
    count = 0
    parts = read_sections(template.folder, writer.words, texts)
    writer.evaluator.count_ahead(_figures(template, parts, shelf))
    for part in parts:
        runs = tuple(writer.run(part.path, piece) for piece in part.pieces)
        block: Block | None
        if part.kind.startswith("heading"):
            block = _heading(numbering, int(part.kind[-1]), runs, f"muc-{count + 1}")
        elif part.kind in ("table", "chart"):
            sheet = shelf.get(part.name)
            if sheet is None:
                raise SectionError(part.path, part.line, f"không có bảng, biểu đồ “{part.name}”")
            block = exhibit(sheet, writer)
        else:
            block = Paragraph(runs, bullet=part.kind == "bullet")
        if block is not None:
            count += 1
            yield block


def _figures(template: Template, parts: Iterable[Part], shelf: Shelf) -> Iterator[str]:
    """Ids of the figures of the text, its exhibits and its appendices, some of them twice."""
    for part in parts:
        yield from (piece.figure for piece in part.pieces if piece.figure)
        if part.kind in ("table", "chart") and (sheet := shelf.get(part.name)):
            yield from sheet.figures()
    attached = Shelf(template.folder.parent / FILE)
    for name in numbers(template):
        if sheet := attached.get(name):
            yield from sheet.figures()


def _heading(numbering: Numbering, level: int, runs: tuple[Run, ...], anchor: str) -> Heading:
    title = "".join(one.text for one in runs)
    number, own_line = numbering.next(level)
    if own_line:
        return Heading(level, f"{number}. {title}", anchor, number=number, title=title)
    return Heading(level, f"{number} {title}".strip(), anchor)


def _document(
    writer: Writer, blocks: tuple[Block, ...], attached: tuple[Appendix, ...], *, cutoff: str
) -> Document:
    template, window, words = writer.template, writer.evaluator.window, writer.words
    values, answers, pending = template.values, writer.answers, writer.pending
    missing = [str(one.measure.label) for one in answers.values() if one.value is None]
    waiting = Counter(template.pending_name(id) for id in pending)
    missing += [
        _("%(name)s: %(count)s số liệu, sổ chưa có trên hệ thống") % {"name": name, "count": count}
        for name, count in waiting.items()
    ]
    assumptions: dict[str, None] = {}
    for one in answers.values():
        if one.measure.assumption and one.value is not None:
            assumptions.setdefault(str(one.measure.assumption))
    for found in differences(answers.values(), template.id):
        assumptions.setdefault(f"{found['label']}: {found['words']} {found['arithmetic']}.")
    return Document(
        report=template.id,
        title=values["title"].format(**words),
        kind=values["kind"],
        subject=values["subject"].format(**words),
        superior=values["superior"],
        agency=values["agency"],
        symbol=values["symbol"],
        place_and_date=f"{values['place']}, {dates.official(window.cutoff)}",
        addressee=f"Kính gửi: {values['addressee']}" if values["addressee"] else "",
        period_label=words["period"],
        as_of_label=cutoff,
        blocks=blocks,
        recipients=tuple(values["recipients"]),
        signature=tuple(values["signature"]),
        missing=tuple(missing),
        assumptions=tuple(assumptions),
        cover=bool(values.get("cover")),
        appendices=attached,
    )
