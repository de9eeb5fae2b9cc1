"""One page with all that was found: no script, nothing from elsewhere, light and dark, for print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from dieuhanh.proof.aside import Settled
from dieuhanh.proof.findings import Finding
from dieuhanh.proof.model import Report
from dieuhanh.proof.output.outcome import Outcome
from dieuhanh.proof.output.sheet import Sheet, safe
from dieuhanh.proof.output.words import SEVERITIES, Language, counts, left_out, message, said


@cache
def style() -> str:
    """The look of the page; that of the program takes the same file for its sheets."""
    sheet = files("dieuhanh.proof.output") / "static" / "proof" / "page.css"
    return sheet.read_text(encoding="utf-8")


def page(outcome: Outcome, language: Language = "vi") -> str:
    """Each text with its marks, one section a file."""
    sheets = {
        one.source.name: Sheet(one.source, outcome.of(one.source.name), language, number=number)
        for number, one in enumerate(outcome.reports, start=1)
    }
    name = "Soát số liệu" if language == "vi" else "Proofreading"
    first = outcome.reports[0].source.name if outcome.reports else ""
    sections = "".join(_section(one, sheets, language) for one in outcome.reports)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{name}: {safe(_short(first))}</title>\n<style>\n{style()}</style>\n</head>\n"
        f'<body class="proof">\n<header>\n<h1>{name}</h1>\n{_summary(outcome, language)}'
        f"</header>\n<main>\n{sections}{_set_aside(outcome.settled, language)}</main>\n"
        "</body>\n</html>\n"
    )


def _short(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _summary(outcome: Outcome, language: Language) -> str:
    of = "văn bản" if language == "vi" else "texts"
    lines = [f"{len(outcome.reports)} {of}: {counts(outcome.found, language)}."]
    lines += [f"{name}: {said(why, language)}" for name, why in outcome.refused]
    lines += left_out(outcome, language)
    return "".join(f"<p>{safe(line)}</p>\n" for line in lines)


def _section(report: Report, sheets: dict[str, Sheet], language: Language) -> str:
    source = report.source
    sheet = sheets[source.name]
    unread = "".join(
        f'<p class="unread">{safe(said(one, language))}</p>\n' for one in source.unread
    )
    return (
        f'<section id="s{sheet.number}">\n<h2 title="{safe(source.name)}">'
        f"{safe(_short(source.name))}</h2>\n{_counted(sheet, language)}{unread}"
        f"{''.join(sheet.rows(sheets))}</section>\n"
    )


def _counted(sheet: Sheet, language: Language) -> str:
    """How many there are of each severity, and the way to the first of them."""
    links = []
    for severity, words in SEVERITIES[language].items():
        of_it = [at for at, one in enumerate(sheet.findings, 1) if one.severity is severity]
        if of_it:
            links.append(
                f'<li><a class="count {severity}" href="#m{sheet.number}-{of_it[0]}">'
                f"{len(of_it)} {words}</a></li>"
            )
    if not links:
        return f'<p class="clean">{counts((), language).capitalize()}.</p>\n'
    return f'<ul class="counts">{"".join(links)}</ul>\n'


def _set_aside(settled: Sequence[Settled], language: Language) -> str:
    if not settled:
        return ""
    rows = "".join(
        f"<li>{_settled(finding, language)} <strong>{safe(aside.reason)}</strong></li>\n"
        for finding, aside in settled
    )
    title = "Đã bỏ qua, có lý do" if language == "vi" else "Set aside, with reasons"
    return f'<section class="aside">\n<h2>{title}</h2>\n<ol>\n{rows}</ol>\n</section>\n'


def _settled(one: Finding, language: Language) -> str:
    line = "dòng" if language == "vi" else "line"
    return (
        f"{safe(_short(one.place.file))}, {line} {one.place.line}: “{safe(one.place.quote)}” "
        f'<span class="check">{safe(one.check)}</span> {safe(message(one, language))}'
    )
