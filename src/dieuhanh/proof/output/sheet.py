"""A text as read, with coloured marks, and what was found beside each paragraph, in HTML.

The same pieces make the page of ``--html`` and that of the program; page.css dresses both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from dieuhanh.proof.findings import Finding, Place, Severity
from dieuhanh.proof.output.marks import stretches
from dieuhanh.proof.output.words import SEVERITIES, Language, message
from dieuhanh.proof.reading.source import Block, Kind, Range, Source
from dieuhanh.proof.standing import Standing

#: HTML of one's own beneath a finding: buttons to accept it or to set it aside.
Tools = Callable[[Finding], str]

_GRAVEST = {severity: order for order, severity in enumerate(Severity)}
#: What a page cannot hold.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


def safe(words: str) -> str:
    """Words as they stand, whatever signs of HTML are in them."""
    return escape(words.translate(_CONTROLS))


class Sheet:
    """One text and its findings.

    Args:
        findings: those of this text, in its order; they are numbered from 1.
        number: of this text among those of the page; part of every address in it.
        tools: what stands beneath each finding.
    """

    def __init__(
        self,
        source: Source,
        findings: Sequence[Finding],
        language: Language = "vi",
        *,
        number: int = 1,
        tools: Tools | None = None,
    ) -> None:
        self.source, self.findings, self.number = source, findings, number
        self._language, self._tools = language, tools
        self._standing = Standing(source)
        self._raised = sorted(source.note_marks)
        self._said: defaultdict[int, list[int]] = defaultdict(list)  # block: its findings
        self._marked: defaultdict[int, dict[int, Range]] = defaultdict(dict)
        for at, one in enumerate(findings, start=1):
            self._places(at, one)

    def _places(self, at: int, one: Finding) -> None:
        start, end = one.place.start, one.place.end
        first = self._standing.number(start) or 0
        last = self._standing.number(max(start, end - 1)) or 0
        self._said[first].append(at)
        for block in range(min(first, last), max(first, last) + 1):
            self._marked[block][at] = (start, end)

    def address(self, place: Place) -> str:
        """Of the paragraph in which a place of this text stands."""
        return f"b{self.number}-{self._standing.number(place.start) or 0}"

    def rows(self, others: dict[str, Sheet] | None = None) -> Iterator[str]:
        """The text: each paragraph of which something is to be said, that beside it, and what
        follows up to the next such paragraph.

        Args:
            others: the sheets of the page, by name of file, for what findings rest on.
        """
        sheets = others or {self.source.name: self}
        first, said, rest = "", "", list[str]()
        for part in self._parts():
            beside = [at for block in part.blocks for at in self._said.get(block, ())]
            if beside:
                yield _row(first, said, rest)
                first, rest = part.html, []
                said = "".join(self._finding(at, sheets) for at in beside)
            else:
                rest.append(part.html)
        yield _row(first, said, rest)

    def _parts(self) -> Iterator[_Part]:
        """Paragraphs, and tables whole."""

        def table(at: int) -> tuple[int, int]:
            cell = self.source.blocks[at].cell
            return (cell.table, -1) if cell else (-1, at)

        for (_, alone), group in groupby(range(len(self.source.blocks)), table):
            blocks = list(group)
            html = self._paragraph(alone) if alone >= 0 else self._table(blocks)
            yield _Part(blocks, html)

    def _paragraph(self, at: int) -> str:
        block = self.source.blocks[at]
        id = f'id="b{self.number}-{at}"'
        words = self._words(at)
        if block.kind is Kind.HEADING:
            tag = f"h{min(block.level + 2, 6)}"
            return f"<{tag} {id}>{words}</{tag}>"
        kind = f' class="{block.kind}"' if block.kind is not Kind.PARAGRAPH else ""
        return f"<p {id}{kind}>{words}</p>"

    def _table(self, blocks: list[int]) -> str:
        cells: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        for at in blocks:
            cell = self.source.blocks[at].cell
            assert cell
            cells[cell.row].setdefault(cell.column, []).append(at)
        rows = [self._cells(cells[row]) for row in sorted(cells)]
        return f'<div class="table" tabindex="0"><table>{"".join(rows)}</table></div>'

    def _cells(self, columns: dict[int, list[int]]) -> str:
        made, done = [], 0
        for column, blocks in sorted(columns.items()):
            made += ["<td></td>"] * min(column - done, 60)
            said = "<br>".join(
                f'<span id="b{self.number}-{at}">{self._words(at)}</span>' for at in blocks
            )
            made.append(f"<td>{said}</td>")
            done = column + 1
        return f"<tr>{''.join(made)}</tr>"

    def _words(self, at: int) -> str:
        block = self.source.blocks[at]
        made = []
        for one in stretches(self.source.text, block, self._marked.get(at, {}), self._notes(block)):
            words = safe(one.words)
            if one.raised:
                words = f"<sup>{words}</sup>"
            if one.marks:
                kind = min(
                    (self.findings[n - 1].severity for n in one.marks), key=_GRAVEST.__getitem__
                )
                words = f'<mark class="{kind}">{words}</mark>'
            made.append(words + "".join(self._number(n) for n in one.ends))
        return "".join(made)

    def _number(self, at: int) -> str:
        """The number behind a mark; it leads to what is said of it."""
        one = self.findings[at - 1]
        kind = SEVERITIES[self._language][one.severity]
        return (
            f'<a class="number {one.severity}" id="m{self.number}-{at}" '
            f'href="#f{self.number}-{at}" title="{kind}">{at}</a>'
        )

    def _notes(self, block: Block) -> list[Range]:
        start, end = block.pieces[0][0], block.pieces[-1][1]
        first = bisect_left(self._raised, (start, 0))
        return self._raised[first : bisect_left(self._raised, (end, 0))]

    def _finding(self, at: int, sheets: dict[str, Sheet]) -> str:
        one, vi = self.findings[at - 1], self._language == "vi"
        back = "Về chỗ đánh dấu" if vi else "Back to the mark"
        rows = [
            f'<p class="head"><a class="number {one.severity}" href="#m{self.number}-{at}" '
            f'title="{back}">{at}</a> <strong>{SEVERITIES[self._language][one.severity]}</strong> '
            f'<span class="where">{self._where(one.place)}</span></p>',
            f"<p>{safe(message(one, self._language))}</p>",
        ]
        if one.arithmetic:
            rows.append(f'<p class="reckoned">{safe(one.arithmetic)}</p>')
        if one.suggestion:
            label = "Đề nghị" if vi else "Suggestion"
            rows.append(f'<p>{label}: <ins lang="vi">{safe(one.suggestion)}</ins></p>')
        if one.related:
            links = "; ".join(self._related(place, sheets) for place in one.related)
            rows.append(f'<p class="related">{"Dựa vào" if vi else "Rests on"}: {links}</p>')
        rows.append(f'<p class="check">{safe(one.check)}</p>')
        if self._tools:
            rows.append(self._tools(one))
        return f'<li class="finding {one.severity}" id="f{self.number}-{at}">{"".join(rows)}</li>'

    def _where(self, place: Place) -> str:
        vi = self._language == "vi"
        line = f"{'dòng' if vi else 'line'} {place.line}"
        return f"{'trang' if vi else 'page'} {place.page}, {line}" if place.page else line

    def _related(self, place: Place, sheets: dict[str, Sheet]) -> str:
        there = sheets.get(place.file)
        words = f"“{safe(place.quote)}” ({self._where(place)})"
        if there is None:
            return f"{safe(place.file)}: {words}"
        elsewhere = f"{safe(place.file)}: " if there is not self else ""
        return f'{elsewhere}<a href="#{there.address(place)}">{words}</a>'


@dataclass(frozen=True)
class _Part:
    blocks: list[int]
    html: str


def _row(first: str, said: str, rest: list[str]) -> str:
    if not first and not rest:
        return ""
    head = f'<div class="text" lang="vi">{first}</div>' if first else ""
    beside = f'<ol class="beside">{said}</ol>' if said else ""
    tail = f'<div class="text" lang="vi">{"".join(rest)}</div>' if rest else ""
    return f'<div class="row">{head}{beside}{tail}</div>\n'
