"""A report's template: its heading, its recipients, and which days a period covers."""

from __future__ import annotations

import calendar
import fnmatch
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dieuhanh.kernel.measures.model import Window
from dieuhanh.text import dates

PERIOD = re.compile(r"(\d{4})(?:-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$")


class UnknownPeriod(ValueError):
    """The period is none that a report can be written for."""


class UnknownReport(ValueError):
    """There is no report of this name in the data set."""


@dataclass(frozen=True)
class Template:
    id: str
    folder: Path
    values: dict[str, Any]

    def pending_name(self, figure: str) -> str:
        """What the register of this figure is called that does not exist yet; else empty."""
        for pattern, name in self.values.get("pending", {}).items():
            if fnmatch.fnmatchcase(figure, pattern):
                return str(name)
        return ""

    def window(self, period: str, as_of: date | None = None) -> Window:
        """The days that a period covers in this report (BC-04, BC-11): the template's own rule.

        Args:
            period: "2024", "2024-H1", "2024-Q2" or "2024-05".
            as_of: what is known by the end of this day; the last day of the window unless given.

        Raises:
            UnknownPeriod: it is none of these.
        """
        match = PERIOD.match(period)
        if match is None:
            raise UnknownPeriod(
                _("Không có kỳ báo cáo “%(period)s”; ghi như 2024-H1, 2024-Q2, 2024-05 hoặc 2024.")
                % {"period": period}
            )
        year, part = int(match[1]), match[2] or "Y"
        month = int(part) if part.isdigit() else 0
        rule = self.values["windows"]["M" if month else part]
        start, end = (_day(text, year, month) for text in rule)
        return Window(start, end, as_of or end, period)

    def words(self, window: Window) -> dict[str, str]:
        """Values of the placeholders in the report's text."""
        year, part = window.end.year, window.period.partition("-")[2]
        months = {"H1": 5, "H2": 11, "": 11}.get(part) or (
            int(part) if part.isdigit() else int(part[1:]) * 3 - 1
        )
        return {
            "period": period_label(window.period),
            "next_period": {
                "H1": _("6 tháng cuối năm %(year)s") % {"year": year},
                "H2": _("6 tháng đầu năm %(year)s") % {"year": year + 1},
            }.get(part, _("thời gian tới")),
            "year": str(year),
            "last_year": str(year - 1),
            "cutoff": dates.day(window.cutoff),
            "months": ngettext("%(n)s tháng", "%(n)s tháng", months) % {"n": months},
        }


def period_label(period: str) -> str:
    year, _dash, part = period.partition("-")
    if part in ("H1", "H2"):
        half = _("6 tháng đầu năm %(year)s") if part == "H1" else _("6 tháng cuối năm %(year)s")
        return half % {"year": year}
    if part.startswith("Q"):
        return _("quý %(quarter)s năm %(year)s") % {"quarter": part[1:], "year": year}
    if part:
        return _("tháng %(month)s năm %(year)s") % {"month": int(part), "year": year}
    return _("năm %(year)s") % {"year": year}


def _day(text: str, year: int, month: int) -> date:
    """A day of a window rule; 31 means the last day of the month."""
    filled = text.format(y=year, py=year - 1, m=f"{month:02d}", pm=f"{(month - 2) % 12 + 1:02d}")
    y, m, d = (int(piece) for piece in filled.split("-"))
    return date(y, m, min(d, calendar.monthrange(y, m)[1]))


def folder() -> Path:
    return Path(settings.DATA_DIR) / settings.DATASET / "sections"


def read_template(report: str) -> Template:
    """Raises UnknownReport."""
    path = folder() / report / "report.toml"
    if not re.fullmatch(r"[a-z_]+", report) or not path.exists():
        raise UnknownReport(
            _("Không có báo cáo “%(report)s”; có: %(known)s.")
            % {"report": report, "known": ", ".join(one.id for one in templates())}
        )
    return Template(report, path.parent, tomllib.loads(path.read_text(encoding="utf-8")))


def files_stamp(template: Template) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a clerk has saved a file of the template, or a sheet all reports share."""
    files = [*template.folder.parent.glob("*.toml"), *template.folder.iterdir()]
    stats = ((path.name, path.stat()) for path in sorted(files))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def templates() -> list[Template]:
    return [read_template(path.parent.name) for path in sorted(folder().glob("*/report.toml"))]


def originals() -> dict[str, str]:
    """Report → the period that its original, from which the data set was taken, was issued for."""
    return {one.id: one.values["original"] for one in templates() if "original" in one.values}


def periods(today: date) -> list[str]:
    """The periods to offer, newest first: the half-year of ``today`` and those of the originals."""
    current = f"{today.year}-{'H1' if today.month <= 6 else 'H2'}"
    return sorted({current, *originals().values()}, reverse=True)
