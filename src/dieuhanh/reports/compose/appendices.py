"""The appendices of a report: sheets of `appendices.toml`, in the order its template names them.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục III (phụ lục văn bản).
"""

from __future__ import annotations

from dieuhanh.reports.compose.document import Appendix
from dieuhanh.reports.compose.numbering import roman
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.compose.tables import Shelf, rows, table
from dieuhanh.reports.compose.template import Template
from dieuhanh.reports.compose.writing import Writer

FILE = "appendices.toml"


def numbers(template: Template) -> dict[str, str]:
    """Name of each appendix → "Phụ lục I"; one alone has no numeral."""
    names = list(template.values.get("appendices", ()))
    if len(names) == 1:
        return {names[0]: "Phụ lục"}
    return {name: f"Phụ lục {roman(place)}" for place, name in enumerate(names, 1)}


def appendices(template: Template, writer: Writer, *, cutoff: str) -> tuple[Appendix, ...]:
    """The appendices that the template names.

    Args:
        cutoff: the line that says by when the figures are known.

    Raises:
        SectionError: the template names one that there is not, or one has a mistake.
    """
    shelf = Shelf(template.folder.parent / FILE)
    found: list[Appendix] = []
    for name, number in numbers(template).items():
        sheet = shelf.get(name)
        if sheet is None:
            raise SectionError(template.folder / "report.toml", 1, f"không có phụ lục “{name}”")
        sheet.required("title")
        notes = (sheet.words("note", writer), sheet.words("source", writer), f"{cutoff}.")
        reference = str(template.values.get("attached", "")).format(**writer.words)
        found.append(
            Appendix(
                number=number,
                title=sheet.words("title", writer),
                reference=f"({reference})" if reference else "",
                unit=sheet.words("unit", writer),
                table=table(sheet, writer, rows(sheet, writer), title="", note=""),
                notes=tuple(note for note in notes if note),
                anchor=f"phu-luc-{len(found) + 1}",
                wide=bool(sheet.values.get("wide")),
            )
        )
    return tuple(found)
