"""How each kind of errand is performed; handed to the kernel when the program starts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dieuhanh.faces.desk import imports
from dieuhanh.faces.desk.ledger import export
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.errands import actions, performers
from dieuhanh.kernel.errands.models import Errand, ErrandKind
from dieuhanh.kernel.errands.performers import Outcome, Performer, Progress
from dieuhanh.kernel.identity.models import Person
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.render import docx, pdf
from dieuhanh.text import numbers

#: Faults that the page of an errand shows; the sentence says how many there are.
MOST_FAULTS = 500


def _in_their_language(perform: Performer) -> Performer:
    def performed(errand: Errand, person: Person, tell: Progress) -> Outcome:
        with translation.override(errand.arguments.get("language")):
            return perform(errand, person, tell)

    return performed


def take_over(errand: Errand, person: Person, tell: Progress) -> Outcome:
    """An import: every row is checked first, then all or none are written."""
    register = registry.get(errand.arguments["register"])
    if not policies.may_enter(person, register):
        raise Refusal(_("Sổ này ông/bà chỉ có quyền xem."))
    content = (actions.folder() / errand.file).read_bytes()
    try:
        rows, faults = imports.check(
            register, errand.arguments["name"], content, person=person, tell=tell
        )
    except imports.UnreadableTable as error:
        raise Refusal(str(error)) from error
    if faults:
        return Outcome(imports.refused_words(faults), faults=faults[:MOST_FAULTS])
    try:
        count = imports.import_rows(register, rows, actor=person, content=content, tell=tell)
    except Refusal as refusal:
        raise Refusal(
            _("Dòng %(line)s: %(why)s Chưa dòng nào được ghi vào sổ.")
            % {"line": refusal.field, "why": refusal.message}
        ) from refusal
    return Outcome(imports.imported(count))


def export_list(errand: Errand, person: Person, tell: Progress) -> Outcome:
    """A list as a file: what its address shows to this person."""
    register = registry.get(errand.arguments["register"])
    if not policies.may_read(person, register):
        raise Refusal(_("Sổ này không thuộc quyền xem."))
    kind, count = errand.arguments["file_kind"], -1
    asked = HttpRequest()
    asked.GET = QueryDict(errand.arguments["query"])
    asked.user = person

    def lines() -> Iterator[list[object]]:
        nonlocal count
        for line in export.lines_of(asked, register):
            count += 1
            tell(max(count, 0), None)
            yield line

    with tempfile.NamedTemporaryFile(delete=False) as out:
        export.write(lines(), kind, out, name=str(register.label))
    said = ngettext("Đã xuất %(n)s dòng.", "Đã xuất %(n)s dòng.", count) % {
        "n": numbers.number(count)
    }
    return Outcome(said, made=Path(out.name), name=f"{register.slug}.{kind}")


RENDERED: dict[str, Callable[..., bytes]] = {"docx": docx.render, "pdf": pdf.render}


def build_report(errand: Errand, person: Person, tell: Progress) -> Outcome:
    """A report as a file."""
    report, period, kind = (errand.arguments[name] for name in ("report", "period", "kind"))
    as_of = errand.arguments.get("as_of")
    composed = compose(report, period, date.fromisoformat(as_of) if as_of else None)
    tell(1, 2)
    made = _kept(RENDERED[kind](composed.document))
    return Outcome(_("Đã dựng tệp."), made=made, name=f"{report}-{period}.{kind}")


def _kept(content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(delete=False) as out:
        out.write(content)
    return Path(out.name)


def hand_over() -> None:
    performers.add(ErrandKind.IMPORT, _in_their_language(take_over))
    performers.add(ErrandKind.EXPORT, _in_their_language(export_list))
    performers.add(ErrandKind.REPORT, _in_their_language(build_report))
