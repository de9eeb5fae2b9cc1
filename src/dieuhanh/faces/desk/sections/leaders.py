"""For leaders and heads: what is late and with whom, programme, letters and cases, petitions, indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.faces.desk.sections.parts import (
    Look,
    Section,
    compared,
    entries_url,
    percent_of,
    share_of,
)
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.measures import model
from dieuhanh.kernel.tracking import overdue
from dieuhanh.kernel.tracking.overdue import Owed
from dieuhanh.registers.indicators import queries as indicators
from dieuhanh.registers.indicators import series, wording
from dieuhanh.registers.indicators.models import Indicator
from dieuhanh.registers.indicators.rules import Standing
from dieuhanh.text import dates, numbers

#: Lines of a list; a link leads to the rest.
MOST = 5
TOTAL, RESOLVED = "petitions.total.", "petitions.resolved."
PROGRAMME = ("work_programme.2024.completed", "work_programme.2024.due")
CASES = ("complaints.cases.resolved", "complaints.cases.accepted")
LETTERS = ("complaints.letters.total", "complaints.letters.complaint",
           "complaints.letters.denunciation", "complaints.letters.petition_feedback")  # fmt: skip
FEEDBACK = ("feedback.regulations.on_time", "feedback.regulations.received")
VISITS = "reception.citizen_visits.total"
COUNTED = (*PROGRAMME, *CASES, *LETTERS, *FEEDBACK, VISITS)


def _petitions() -> list[str]:
    """Keys of the sources whose petitions are measured, as the registers name them."""
    return [one.id.removeprefix(TOTAL) for one in model.all_measures() if one.id.startswith(TOTAL)]


def _share_tile(look: Look, label: str, ids: tuple[str, str], unit: str, words: str = "") -> Any:
    """A part of a whole; with both, its per cent."""
    part, whole = (look.evaluator.answer(id) for id in ids)
    percent = percent_of(part, whole)
    return {
        "label": label,
        "figure": part.shown,
        "of": f"/ {whole.shown} {unit}",
        "share": share_of(part, whole),
        "words": f"{percent}; {words}" if words else percent,
        "url": entries_url(part),
    }


def tiles(look: Look) -> list[dict[str, Any]]:
    """Each a number, what it is compared with, and its entries one click away."""
    keys = _petitions()
    look.evaluator.count_ahead(
        [*COUNTED, *(TOTAL + key for key in keys), *(RESOLVED + key for key in keys)]
    )
    letters, *kinds = (look.evaluator.answer(id) for id in LETTERS)
    visits = look.evaluator.answer(VISITS)
    names = (_("khiếu nại"), _("tố cáo"), _("kiến nghị, phản ánh"))
    return [
        _share_tile(look, _("Chương trình công tác"), PROGRAMME, _("nội dung đến hạn")),
        _share_tile(
            look, _("Khiếu nại, tố cáo đã giải quyết"), CASES, _("vụ"),
            compared(look.evaluator.answer(CASES[1])),
        ),
        {
            "label": _("Đơn đã tiếp nhận"),
            "figure": letters.shown,
            "of": _("đơn"),
            "share": None,
            "words": ", ".join(
                f"{one.shown} {name}" for one, name in zip(kinds, names, strict=True)
            ),
            "url": entries_url(letters),
        },
        {
            "label": _("Lượt tiếp công dân"),
            "figure": visits.shown,
            "of": _("lượt"),
            "share": None,
            "words": compared(visits),
            "url": entries_url(visits),
        },
        _share_tile(look, _("Phản ánh, kiến nghị đúng hạn"), FEEDBACK, _("đã tiếp nhận")),
    ]  # fmt: skip


def _summed(rows: list[Owed], key: Callable[[Owed], Any]) -> list[tuple[Any, Owed]]:
    groups: dict[Any, list[Owed]] = {}
    for one in rows:
        groups.setdefault(key(one), []).append(one)
    found = [(value, overdue.total(group)) for value, group in groups.items()]
    late = [(value, one) for value, one in found if one.late]
    return sorted(late, key=lambda one: (-one[1].late, -one[1].open))


def _late_line(look: Look, label: str, one: Owed, top: int, url: str) -> dict[str, Any]:
    since = ""
    if one.oldest and look.tally.days:
        days = look.tally.days.working_days(dates.local_day(one.oldest), look.sight.day)
        since = _("lâu nhất %(n)s ngày làm việc, hạn %(day)s") % {
            "n": numbers.number(days),
            "day": dates.day(dates.local_day(one.oldest)),
        }
    return {
        "label": label,
        "url": url,
        "figure": f"{numbers.number(one.late)} / {numbers.number(one.open)}",
        "sub": since,
        "share": one.late / top if top else None,
    }


def late_by_unit(look: Look) -> Section:
    found = _summed(look.owed, lambda one: one.unit_id)
    names = overdue.units_named(unit for unit, _one in found[:MOST])
    top = found[0][1].late if found else 0
    rest = len(found) - MOST
    more = _("Còn %(n)s đơn vị khác có việc quá hạn.") % {"n": numbers.number(rest)}
    return Section(
        title=_("Quá hạn ở đơn vị nào"),
        url=look.address("board-overdue"),
        url_label=_("Bảng quá hạn"),
        lines=[
            _late_line(
                look, str(names[unit]), one, top,
                look.address("board-overdue", don_vi=unit) + f"#don-vi-{unit}",
            )
            for unit, one in found[:MOST]
        ],
        words=(more if rest > 0 else "") if found else _("Không có việc quá hạn."),
    )  # fmt: skip


def late_by_field(look: Look) -> Section:
    found = _summed(look.owed, lambda one: one.register)
    top = found[0][1].late if found else 0
    return Section(
        title=_("Quá hạn ở lĩnh vực nào"),
        url=look.address("board-overdue"),
        url_label=_("Bảng quá hạn"),
        lines=[
            _late_line(
                look, str(registry.get(code).label), one, top,
                look.address("board-overdue", so=registry.get(code).slug, don_vi="tat-ca")
                + "#don-vi-tat-ca",
            )
            for code, one in found[:MOST]
        ],
        words="" if found else _("Không có việc quá hạn."),
    )  # fmt: skip


def late_of_own_units(look: Look) -> Section:
    """For a head: what the own units are late with, by field."""
    own = overdue.by_unit(look.sight, look.tally.days, sorted(look.person.unit_ids))
    found = _summed(own, lambda one: one.register)
    top = found[0][1].late if found else 0
    return Section(
        title=_("Đơn vị quá hạn ở việc gì"),
        url=look.address("work", han="qua-han"),
        url_label=_("Các việc quá hạn"),
        lines=[
            _late_line(
                look, str(registry.get(code).label), one, top,
                look.address("work", han="qua-han", so=registry.get(code).slug),
            )
            for code, one in found
        ],
        words="" if found else _("Đơn vị không có việc quá hạn."),
    )  # fmt: skip


def petitions(look: Look) -> Section:
    lines = []
    for key in _petitions():
        whole = look.evaluator.answer(TOTAL + key)
        part = look.evaluator.answer(RESOLVED + key)
        name = str(whole.measure.label).partition(": ")[2] or str(whole.measure.label)
        lines.append(
            {
                "label": name,
                "url": entries_url(part),
                "figure": f"{part.shown} / {whole.shown}",
                "sub": _("%(percent)s đã giải quyết xong") % {"percent": percent_of(part, whole)},
                "share": share_of(part, whole),
            }
        )
    return Section(
        title=_("Kiến nghị cử tri theo nghị quyết"),
        url=reverse("desk:list", args=[registry.get("petitions.council").slug]),
        url_label=_("Sổ kiến nghị"),
        lines=lines,
        words="" if lines else _("chưa có số liệu"),
    )


Judgement = tuple[Indicator, list[series.Row], series.Judged]
#: Indicators are open to everyone who reads this: by day, whoever looks.
_judgements: Kept[list[Judgement]] = Kept(16)


def _judged(day: date) -> list[Judgement]:
    """Each indicator that has a target, with what was known of it at the end of ``day``."""
    points, targets = indicators.newest_each(), indicators.targets_each()
    judged = []
    for pk, found in points.items():
        if pk in targets:
            rows = series.rows_of(one for one in found if one.as_of <= day)
            one = series.judge(found[0].indicator, rows, targets[pk], today=day)
            judged.append((found[0].indicator, rows, one))
    return judged


def against_targets(look: Look) -> Section:
    """Indicators that have a target, as known at the end of the day: those behind first."""
    day = look.sight.day
    judged = _judgements.get(day, lambda: _judged(day), look.evaluator.seen)
    counts = Counter(one.verdict.standing for _indicator, _rows, one in judged)
    told = wording.standings()
    order = [Standing.BEHIND, Standing.ON_TRACK, Standing.REACHED, Standing.OPEN]
    judged = sorted(
        judged, key=lambda one: (order.index(one[2].verdict.standing), str(one[0].label))
    )
    lines = []
    for indicator, rows, one in judged[:MOST]:
        value, period = wording.latest_words(rows, one)
        aim = wording.bounds(one.target) if one.target else ""
        lines.append(
            {
                "label": str(indicator.label),
                "url": reverse("desk:indicator", args=[indicator.code]),
                "figure": value,
                "sub": "; ".join(
                    filter(None, [period, _("chỉ tiêu %(aim)s") % {"aim": aim} if aim else "",
                                  wording.why(one)])
                ),
                "due": wording.chip(one),
            }
        )  # fmt: skip
    summary = ", ".join(
        f"{numbers.number(counts[one])} {told[one]}" for one in order if counts[one]
    )
    return Section(
        title=_("Chỉ tiêu so với kế hoạch"),
        url=reverse("desk:indicators"),
        url_label=_("Tất cả chỉ tiêu"),
        lines=lines,
        words=summary or _("chưa có số liệu"),
    )
