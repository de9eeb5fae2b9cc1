"""Papers to look at, what was found in them, and the copies that are made of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePath

from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.proof import check_all, understand
from dieuhanh.proof.aside import Aside, Places, Settled
from dieuhanh.proof.findings import Finding
from dieuhanh.proof.model import Report
from dieuhanh.proof.output.corrected import corrected, corrected_docx
from dieuhanh.proof.output.docx.commented import commented
from dieuhanh.proof.output.outcome import Outcome
from dieuhanh.proof.output.words import Language
from dieuhanh.proof.reading import read_bytes
from dieuhanh.proof.reading.source import Source, Unreadable
from dieuhanh.reports.proofing.against import against_registers
from dieuhanh.reports.proofing.queries import mark_of

#: Letters of all papers of one look: some 250 pages, which take about four seconds.
MOST_LETTERS = 750_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain; charset=utf-8"
#: Kinds of attachments that are texts; pictures and tables are not.
READABLE = (WORD, "application/pdf", "text/plain")
_DOCX = b"PK\x03\x04"


@dataclass(frozen=True)
class Paper:
    """What was read of a paper.

    Attributes:
        data: its bytes as they were given; empty where there is a text alone.
    """

    source: Source
    data: bytes = field(default=b"", repr=False)

    @property
    def is_word(self) -> bool:
        return self.data.startswith(_DOCX)


@dataclass(frozen=True)
class File:
    """A copy to be taken away."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


def _looked_at(sources: tuple[Source, ...]) -> tuple[list[Report], list[Finding]]:
    reports = [understand(one) for one in sources]
    return reports, check_all(reports)


#: Our own reports are opened again and again, and say the same until the registers change.
#: Of what people drop here nothing is kept.
_looked_at_ours = lru_cache(maxsize=4)(_looked_at)


@dataclass
class Look:
    """Papers that were looked at together.

    Attributes:
        refused: name → why it was not read.
        registers: whether they are compared with the registers.
        ours: they are reports of the program, whose figures are those of the registers.
        reasons: mark of a place → why it is set aside.
    """

    papers: Sequence[Paper]
    refused: Sequence[tuple[str, Unreadable]] = ()
    registers: bool = False
    ours: bool = False
    reasons: Mapping[str, Aside] = field(default_factory=dict)

    @cached_property
    def outcome(self) -> Outcome:
        """Raises Refusal where the papers are too long for a page."""
        if sum(len(one.source.text) for one in self.papers) > MOST_LETTERS:
            raise Refusal(
                _(
                    "Văn bản dài quá 250 trang. Xin chia nhỏ, hoặc soát bằng lệnh dieuhanh proof"
                    " trên máy."
                ),
                field="papers",
            )
        look = _looked_at_ours if self.ours else _looked_at
        reports, told = look(tuple(one.source for one in self.papers))
        found = list(told)
        if self.registers:
            found += against_registers(reports)
        still_open: list[Finding] = []
        settled: list[Settled] = []
        for one in found:
            aside = self.reasons.get(self.mark(one))
            if aside is None:
                still_open.append(one)
            else:
                settled.append((one, aside))
        return Outcome(reports, still_open, self.refused, settled)

    @cached_property
    def _places(self) -> Places:
        return Places(one.source for one in self.papers)

    def mark(self, finding: Finding) -> str:
        """By what the page names a finding."""
        return mark_of(finding, self._places)

    def asides(self) -> list[Aside]:
        """What is set aside here, as the command's own file keeps it."""
        return [
            self._places.aside(finding, aside.reason, on=aside.on, by=aside.by)
            for finding, aside in self.outcome.settled
        ]

    def corrected(self, marks: Collection[str]) -> File:
        """Copies with the corrections that were accepted.

        Raises:
            Refusal: none was accepted, or two of them stand at the same words.
        """
        accepted = [one for one in self.outcome.found if self.mark(one) in marks]
        if not accepted:
            raise Refusal(_("Chưa chọn chỗ nào để nhận sửa."))
        made = []
        for paper in self.papers:
            mine = [one for one in accepted if one.place.file == paper.source.name]
            if not mine:
                continue
            if paper.is_word:
                data, suffix, kind = corrected_docx(paper.data, paper.source, mine), ".docx", WORD
            else:
                data, suffix, kind = corrected(paper.source, mine).encode(), ".txt", TEXT
            made.append(File(_named(paper, _("da-sua"), suffix), kind, data))
        return _together(made, _("da-sua"))

    def commented(self, language: Language) -> File:
        """Word files with what was found as comments.

        Raises:
            Refused: one cannot carry them.
        """
        made = [
            File(
                _named(one, _("ghi-chu"), ".docx"),
                WORD,
                commented(one.source, one.data, self.outcome, language),
            )
            for one in self.papers
        ]
        return _together(made, _("ghi-chu"))


def read_papers(
    given: Iterable[tuple[str, bytes]],
) -> tuple[list[Paper], list[tuple[str, Unreadable]]]:
    """Papers of (name, bytes), and those that cannot be read; two of one name are told apart."""
    papers, refused, seen = list[Paper](), list[tuple[str, Unreadable]](), set[str]()
    for name, data in given:
        called, count = name, 1
        while called in seen:
            count += 1
            called = f"{name} ({count})"
        seen.add(called)
        try:
            papers.append(Paper(read_bytes(data, called), data))
        except Unreadable as why:
            refused.append((called, why))
    return papers, refused


def _named(paper: Paper, what: str, suffix: str) -> str:
    return f"{PurePath(paper.source.name).stem or 'van-ban'}.{what}{suffix}"


def _together(made: Sequence[File], what: str) -> File:
    """One file as it is, several in one archive."""
    if len(made) == 1:
        return made[0]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for number, one in enumerate(made, 1):
            out.writestr(f"{number:02d}-{one.name}", one.data)
    return File(f"{what}.zip", "application/zip", archive.getvalue())
