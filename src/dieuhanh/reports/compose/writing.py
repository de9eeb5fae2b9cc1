"""Turning references into figures: what text, tables, charts and appendices have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Answer, Evaluator
from dieuhanh.reports.compose.document import Cell, FigureRun, Run, TextRun
from dieuhanh.reports.compose.figures import figure_url
from dieuhanh.reports.compose.sections import Piece, SectionError, pieces
from dieuhanh.reports.compose.template import Template
from dieuhanh.text import numbers

UNKNOWN = numbers.number(None)


@dataclass
class Writer:
    """Writes figures of one report, and remembers each it wrote.

    Attributes:
        words: values of the placeholders.
        answers: figures written, by id.
        pending: ids written whose register does not exist yet.
    """

    template: Template
    evaluator: Evaluator
    words: Mapping[str, str]
    answers: dict[str, Answer] = field(default_factory=dict)
    pending: dict[str, None] = field(default_factory=dict)

    def run(self, path: Path, piece: Piece, *, unknown: str = UNKNOWN) -> Run:
        """A piece of a text as it is printed; a figure is looked up by its id.

        Args:
            unknown: printed for a figure that nobody has given.

        Raises:
            SectionError: there is no such figure, or no such way of writing it.
        """
        if not piece.figure:
            return TextRun(piece.text, strong=piece.strong)
        answer = self._answer(path, piece)
        if answer is None:
            return FigureRun(piece.figure, unknown, "", True, "")
        if piece.form and piece.form not in FORMS:
            raise SectionError(path, piece.line, f"không có cách viết số “{piece.form}”")
        value = answer.value
        shown = unknown if value is None else FORMS[piece.form](answer, value)
        url = figure_url(piece.figure, self.evaluator.window)
        return FigureRun(piece.figure, shown, answer.origin, value is None, url)

    def _answer(self, path: Path, piece: Piece) -> Answer | None:
        if self.template.pending_name(piece.figure):
            self.pending.setdefault(piece.figure)
            return None
        try:
            answer = self.evaluator.answer(piece.figure)
        except model.UnknownMeasure:
            reason = f"không có chỉ tiêu báo cáo “{piece.figure}”"
            raise SectionError(path, piece.line, reason) from None
        self.answers[piece.figure] = answer
        return answer

    def cell(
        self, path: Path, line: int, text: str, *, unknown: str = UNKNOWN, strong: bool = False
    ) -> Cell:
        """One field of a table, written like a sentence: ``"[[id]]/[[id]]"``, or plain words."""
        runs = [
            self.run(path, one, unknown=unknown) for one in pieces(path, [(line, text)], self.words)
        ]
        return Cell(tuple(runs), strong=strong)

    def value(self, cell: Cell) -> Decimal | None:
        """The value of the first figure in ``cell``; None where there is none, or it is unknown."""
        for run in cell.runs:
            if isinstance(run, FigureRun):
                answer = self.answers.get(run.figure_id)
                return answer.value if answer else None
        return None


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
