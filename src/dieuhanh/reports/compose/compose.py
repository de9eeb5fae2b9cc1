"""Composing a report: its text, with every figure answered by its measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Answer, Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.text import dates, numbers
from dieuhanh.reports.compose.document import (
    Block,
    Document,
    FigureRun,
    Heading,
    Paragraph,
    Run,
    TextRun,
)
from dieuhanh.reports.compose.exhibits import EXHIBITS
from dieuhanh.reports.compose.figures import as_json, differences, figure_url
from dieuhanh.reports.compose.sections import Part, Piece, SectionError, read_sections
from dieuhanh.reports.compose.template import Template, read_template

UNKNOWN = numbers.number(None)


@dataclass(frozen=True)
class Composed:
    """A report and its figures. ``pending`` are ids whose register does not exist yet."""

    template: Template
    window: Window
    document: Document
    answers: dict[str, Answer]
    pending: tuple[str, ...]

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


def compose(report: str, period: str, as_of: date | None = None) -> Composed:
    """Compose a report for a period, as known at the end of ``as_of``.

    Raises:
        UnknownReport, UnknownPeriod: there is none.
        SectionError: the text has a mistake, such as a figure that no measure answers.
    """
    with translation.override("vi"):  # an issued paper has one language, whoever reads the site
        return _compose(report, period, as_of)


def _compose(report: str, period: str, as_of: date | None) -> Composed:
    template = read_template(report)
    window = template.window(period, as_of)
    words = template.words(window)
    parts = read_sections(template.folder, words)
    evaluator = Evaluator(window)
    answers: dict[str, Answer] = {}
    pending: dict[str, None] = {}

    def run(part: Part, piece: Piece) -> Run:
        if not piece.figure:
            return TextRun(piece.text, strong=piece.strong)
        if template.pending_name(piece.figure):
            pending.setdefault(piece.figure)
            return FigureRun(piece.figure, UNKNOWN, "", True, "")
        try:
            answer = evaluator.answer(piece.figure)
        except model.UnknownMeasure:
            raise SectionError(
                part.path, piece.line, f"không có chỉ tiêu báo cáo “{piece.figure}”"
            ) from None
        answers[piece.figure] = answer
        if piece.form and piece.form not in FORMS:
            raise SectionError(part.path, piece.line, f"không có cách viết số “{piece.form}”")
        shown = UNKNOWN if answer.value is None else FORMS[piece.form](answer, answer.value)
        return FigureRun(
            piece.figure,
            shown,
            answer.origin,
            answer.value is None,
            figure_url(piece.figure, window),
        )

    blocks: list[Block] = []
    for part in parts:
        runs = tuple(run(part, piece) for piece in part.pieces)
        if part.kind.startswith("heading"):
            text = "".join(one.text for one in runs)
            blocks.append(Heading(int(part.kind[-1]), text, f"muc-{len(blocks) + 1}"))
        elif part.kind in ("table", "chart"):
            if part.name not in EXHIBITS:
                raise SectionError(part.path, part.line, f"không có bảng, biểu đồ “{part.name}”")
            exhibit = EXHIBITS[part.name](evaluator)
            if exhibit is not None:
                blocks.append(exhibit)
        else:
            blocks.append(Paragraph(runs, bullet=part.kind == "bullet"))
    document = _document(template, window, words, tuple(blocks), answers, pending)
    return Composed(template, window, document, answers, tuple(pending))


def _document(
    template: Template,
    window: Window,
    words: dict[str, str],
    blocks: tuple[Block, ...],
    answers: dict[str, Answer],
    pending: dict[str, None],
) -> Document:
    values = template.values
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
        as_of_label=_("Số liệu tính đến hết ngày %(day)s") % {"day": dates.day(window.as_of)},
        blocks=blocks,
        recipients=tuple(values["recipients"]),
        signature=tuple(values["signature"]),
        missing=tuple(missing),
        assumptions=tuple(assumptions),
    )


def _number(answer: Answer, value: Decimal) -> str:
    return numbers.number(value, answer.decimals)


def _ordinal(answer: Answer, value: Decimal) -> str:
    return _("đầu tiên") if value == 1 else _("thứ %(n)s") % {"n": int(value)}


#: How a figure may be written in a sentence; the words come from here, never from the text.
FORMS: dict[str, Callable[[Answer, Decimal], str]] = {
    "": lambda answer, value: answer.shown,
    "number": _number,
    "pad": lambda answer, value: numbers.pad(int(value)),
    "change": lambda answer, value: numbers.change(value, answer.decimals),
    "places": lambda answer, value: numbers.places(int(value)),
    "points": lambda answer, value: numbers.change(value, answer.decimals, unit=_("điểm")),
    "millions": lambda answer, value: numbers.number(value / 1_000_000, 1),
    "ordinal": _ordinal,
    "words": lambda answer, value: _("bằng không") if not value else answer.shown,
}
