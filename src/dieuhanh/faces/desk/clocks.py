"""Time chips, and why something is due on the day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.actions import calendar
from dieuhanh.kernel.obligations.models import LimitUnit, Obligation, TimeLimit
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.kernel.text import dates
from dieuhanh.kernel.workdays.due import Unit as DayUnit
from dieuhanh.kernel.workdays.explain import explain

SOON_DAYS = 3


@dataclass(frozen=True)
class Chip:
    """``state`` is the ``data-due`` of the look; ``date`` is printed beneath."""

    state: str
    words: str
    date: date | None = None


def _working(obligation: Obligation) -> bool:
    limit = obligation.limit
    return limit is None or limit.unit in (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)


def _days(first: date, last: date, *, working: bool) -> int:
    if working:
        return max(0, calendar().working_days(first, last))
    return max(0, (last - first).days)


def _count(n: int, *, working: bool) -> str:
    if working:
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n) % {"n": n}
    return ngettext("%(n)s ngày", "%(n)s ngày", n) % {"n": n}


def chip(obligation: Obligation, moment: datetime) -> Chip:
    """How an obligation stands at ``moment``, in the unit of its law."""
    state = obligation.state  # type: ignore[attr-defined]
    if state == State.NO_DEADLINE or obligation.due_at is None:
        return Chip("none", _("không thời hạn"))
    today = moment.astimezone(clock.ZONE).date()
    due = obligation.due_at.astimezone(clock.ZONE).date()
    working = _working(obligation)
    if state == State.DONE_IN_TIME:
        return Chip("done", _("xong đúng hạn"), due)
    if state == State.DONE_LATE:
        done = obligation.completed_at.astimezone(clock.ZONE).date()  # type: ignore[attr-defined]
        late = _count(_days(due, done, working=working), working=working)
        return Chip("late", _("xong, chậm %(days)s") % {"days": late}, due)
    if state == State.OPEN_LATE:
        late = _count(_days(due, today, working=working), working=working)
        return Chip("overdue", _("quá hạn %(days)s") % {"days": late}, due)
    left = _days(today, due, working=working)
    if not left:
        return Chip("soon", _("hạn hôm nay"), due)
    words = _("còn %(days)s") % {"days": _count(left, working=working)}
    return Chip("soon" if left <= SOON_DAYS else "open", words, due)


def why(obligation: Obligation, moment: datetime) -> dict[str, Any]:
    """The explanation of a due day: the days as squares, then start, length, what is not counted."""
    start = obligation.started_at.astimezone(clock.ZONE)
    facts: list[tuple[str, str]] = [
        (_("Việc"), obligation.duty),
        (
            _("Bắt đầu"),
            _("%(day)s; ngày này không tính (Bộ luật Dân sự, Điều 147)")
            % {"day": dates.weekday_day(start.date())},
        ),
    ]
    limit = obligation.limit
    if limit is None or obligation.due_at is None:
        return {"title": _("Việc này không có thời hạn"), "cells": [], "facts": facts, "law": ""}
    due = obligation.due_at.astimezone(clock.ZONE).date()
    today = moment.astimezone(clock.ZONE).date()
    cells = explain(start, limit.length, DayUnit(limit.unit), calendar(), today=today)
    off = [cell for cell in cells if cell.off]
    facts.append((_("Thời hạn"), limit_words(limit)))
    if off:
        shown = ", ".join(f"{dates.short_day(cell.day)} ({cell.reason})" for cell in off[:6])
        more = "…" if len(off) > 6 else ""
        counted = limit.unit in (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)
        facts.append((_("Không tính") if counted else _("Ngày nghỉ trong kỳ"), shown + more))
    extended = obligation.first_due_at and obligation.first_due_at != obligation.due_at
    if extended and obligation.first_due_at:
        facts.append((_("Hạn ban đầu"), dates.day(obligation.first_due_at.date())))
    if limit.extension:
        facts.append((_("Gia hạn được phép"), limit.extension))
    law = limit.legal_basis
    if not limit.confirmed:
        law += _(" · thời hạn là cấu hình, chưa được xác nhận (%(rule)s)") % {"rule": limit.rule}
    return {
        "title": _("Vì sao hạn là %(day)s?") % {"day": dates.weekday_day(due)},
        "cells": [
            {
                "weekday": cell.weekday,
                "day_number": cell.day.day,
                "label": _("bắt đầu") if cell.day == start.date() else _("nghỉ") if cell.off
                and cell.number is None else cell.number,
                "off": cell.off,
                "today": cell.today,
                "last": cell.last,
            }
            for cell in cells
        ],
        "facts": facts,
        "law": law,
    }  # fmt: skip


def limit_words(limit: TimeLimit) -> str:
    """ "5 ngày làm việc, kể từ ngày tiếp nhận"."""
    return _("%(n)s %(unit)s, kể từ %(event)s") % {
        "n": limit.length,
        "unit": limit.get_unit_display(),
        "event": limit.start_event,
    }


def group_of(chip_: Chip, today: date) -> str:
    """In which group of "my work" an open obligation stands."""
    if chip_.state in ("overdue", "none"):
        return chip_.state
    if chip_.date is None or chip_.date <= today:
        return "today"
    return "soon" if chip_.date <= today + timedelta(SOON_DAYS + 2) else "later"
