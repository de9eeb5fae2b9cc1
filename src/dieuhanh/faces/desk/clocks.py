"""Time chips, and why something is due on the day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import (
    Cause,
    Certainty,
    Direction,
    Extension,
    LimitUnit,
    Obligation,
    TimeLimit,
)
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.kernel.obligations.reckoning import granted_of, stops_of
from dieuhanh.kernel.workdays.due import Stop
from dieuhanh.kernel.workdays.due import Unit as DayUnit
from dieuhanh.kernel.workdays.explain import DayCell, explain
from dieuhanh.kernel.workdays.queries import calendar_of
from dieuhanh.text import dates

SOON_DAYS = 3


@dataclass(frozen=True)
class Chip:
    """``state`` is the ``data-due`` of the look; ``date`` is printed beneath."""

    state: str
    words: str
    date: date | None = None


def _working(obligation: Obligation) -> bool:
    limit = obligation.limit
    return limit is None or limit.unit in (
        LimitUnit.WORKING_DAY,
        LimitUnit.WORKING_MORNING,
        LimitUnit.WORKING_HOUR,
    )


def _count(obligation: Obligation, first: date, last: date) -> str:
    """Days from one to the other, in the unit of the obligation's law; "" for none."""
    if _working(obligation):
        n = calendar_of(obligation.calendar_version).working_days(first, last)
        words = ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n)
    else:
        n = (last - first).days
        words = ngettext("%(n)s ngày", "%(n)s ngày", n)
    return words % {"n": n} if n > 0 else ""


def chip(obligation: Any, moment: datetime) -> Chip:
    """How an obligation of `with_state` stands at ``moment``, in the unit of its law."""
    state, due_at = obligation.state, obligation.due_then
    if state == State.NO_DEADLINE or due_at is None:
        return Chip(
            "none", _("chưa xác định thời hạn") if obligation.limit else _("không thời hạn")
        )
    today, due = dates.local_day(moment), dates.local_day(due_at)
    if state == State.DONE_IN_TIME:
        return Chip("done", _("xong đúng hạn"), due)
    if state == State.DONE_LATE:
        late = _count(obligation, due, dates.local_day(obligation.completed_at))
        return Chip("late", _("xong, chậm %(days)s") % {"days": late or _("trong ngày")}, due)
    if obligation.paused:
        return Chip("paused", _("tạm dừng, thời hạn không tính"))
    if state == State.OPEN_LATE:
        late = _count(obligation, due, today)
        return Chip("overdue", _("quá hạn %(days)s") % {"days": late or _("trong ngày")}, due)
    left = _count(obligation, today, due)
    if not left:
        return Chip("soon", _("hạn hôm nay"), due)
    words = _("còn %(days)s") % {"days": left}
    soon = left_days(obligation, today, due) <= SOON_DAYS
    return Chip("soon" if soon else "open", words, due)


def left_days(obligation: Obligation, today: date, due: date) -> int:
    """Days left in the unit of the obligation's law."""
    if _working(obligation):
        return calendar_of(obligation.calendar_version).working_days(today, due)
    return (due - today).days


def why(obligation: Any, moment: datetime) -> dict[str, Any]:
    """The explanation of a due day: the days as squares, then start, length, what is not counted,
    what moved it. ``obligation`` is one of `with_state`.
    """
    limit, due_at = obligation.limit, obligation.due_then
    facts = [(_("Việc"), obligation.duty), *_start_facts(obligation)]
    granted = [one for one in granted_of(obligation) if one.decided_at and one.decided_at <= moment]
    stops = [stop for stop in stops_of(obligation) if stop[1] <= moment]
    if limit is not None:
        facts.append((_("Thời hạn"), limit_words(limit, obligation.length)))
    if due_at is None:
        return {
            "title": _("Chưa xác định thời hạn") if limit else _("Việc này không có thời hạn"),
            "cells": [],
            "facts": facts + _unknown_facts(limit),
            "law": _law(limit),
        }
    cells = _cells(obligation, due_at, moment, granted, stops)
    counted = _working(obligation)
    off = [cell for cell in cells if cell.reason and cell.off]
    if off:
        shown = ", ".join(f"{dates.short_day(cell.day)} ({cell.reason})" for cell in off[:6])
        more = "…" if len(off) > 6 else ""
        facts.append((_("Không tính") if counted else _("Ngày nghỉ trong kỳ"), shown + more))
    facts += _moved_facts(obligation, moment, granted)
    if limit and limit.extension:
        facts.append((_("Gia hạn được phép"), limit.extension))
    start, today = dates.local_day(obligation.started_at), dates.local_day(moment)
    return {
        "title": _("Vì sao hạn là %(day)s?") % {"day": dates.weekday_day(due_at)},
        "cells": [
            {
                "weekday": cell.weekday,
                "day_number": cell.day.day,
                "label": _("bắt đầu") if cell.day == start
                else _("tạm dừng") if cell.paused
                else _("nghỉ") if cell.off and cell.number is None
                else cell.number,
                "off": cell.off or cell.paused,
                "today": cell.day == today,
                "last": cell.last,
            }
            for cell in cells
        ],
        "facts": facts,
        "law": _law(limit),
    }  # fmt: skip


def _start_facts(obligation: Obligation) -> list[tuple[str, str]]:
    start = obligation.started_at.astimezone(clock.ZONE)
    if obligation.event_at:
        event = dates.weekday_day(obligation.event_at)
        return [(_("Sự kiện"), _("%(day)s; tính ngược từ ngày này") % {"day": event})]
    said = _("%(day)s; ngày này không tính (Bộ luật Dân sự, Điều 147)")
    return [(_("Bắt đầu"), said % {"day": dates.weekday_day(start.date())})]


def _unknown_facts(limit: TimeLimit | None) -> list[tuple[str, str]]:
    if limit is None:
        return []
    if limit.certainty == Certainty.BY_CASE:
        return [(_("Cần làm"), _("Xin nhập thời hạn của việc này theo quy định được công bố."))]
    asked = _("Xin hỏi %(owner)s; khi quy định được xác nhận, thời hạn được tính lại.")
    return [(_("Cần làm"), asked % {"owner": limit.owner or _("cơ quan có thẩm quyền")})]


def _cells(
    obligation: Obligation,
    due_at: datetime,
    moment: datetime,
    granted: list[Extension],
    stops: list[Stop],
) -> list[DayCell]:
    """The strip, where counting gives the deadline in force (a day that was named needs none)."""
    limit = obligation.limit
    if limit is None:
        return []
    length = limit.length if obligation.length is None else obligation.length
    if length is None or limit.direction == Direction.AT_ONCE:
        return []
    length += sum(one.length or 0 for one in granted)
    cells = explain(
        obligation.event_at or obligation.started_at,
        length,
        DayUnit(limit.unit),
        calendar_of(obligation.calendar_version),
        today=dates.local_day(moment),
        backwards=limit.direction == Direction.BACKWARD,
        stops=stops,
    )
    reached = [cell.day for cell in cells if cell.last]
    return cells if reached == [dates.local_day(due_at)] else []


def _moved_facts(
    obligation: Any, moment: datetime, granted: list[Extension]
) -> list[tuple[str, str]]:
    """The first deadline, and each pause and extension that moved it, with its reason."""
    facts: list[tuple[str, str]] = []
    first = obligation.first_due_at
    if first and first != obligation.due_then:
        facts.append((_("Hạn ban đầu"), dates.day(first)))
    for one in granted:
        more = dates.day(one.until) if one.until else _("thêm %(n)s") % {"n": one.length}
        facts.append((_("Gia hạn"), f"{more} ({one.reason})"))
    for pause in sorted(obligation.pauses.all(), key=lambda one: one.started_at):
        if pause.started_at > moment:
            continue
        ended = pause.ended_at and pause.ended_at <= moment
        until = dates.day(pause.ended_at) if ended else _("nay")
        span = _("từ %(from)s đến %(to)s") % {
            "from": dates.day(pause.started_at),
            "to": until,
        }
        facts.append((_("Tạm dừng"), f"{span} ({pause.reason})"))
    for change in sorted(obligation.due_changes.all(), key=lambda one: (one.at, one.pk)):
        if change.at <= moment and change.cause in (Cause.CALENDAR, Cause.LIMIT, Cause.SET):
            before = dates.day(change.due_before) if change.due_before else _("chưa có")
            said = _("%(day)s: trước đó %(before)s (%(reason)s)") % {
                "day": dates.day(change.at),
                "before": before,
                "reason": change.reason,
            }
            facts.append((change.get_cause_display().capitalize(), said))
    return facts


def _law(limit: TimeLimit | None) -> str:
    if limit is None:
        return ""
    law = limit.legal_basis
    if not limit.confirmed:
        law += _(" · thời hạn là cấu hình, chưa được xác nhận (%(rule)s)") % {"rule": limit.rule}
    return law


def limit_words(limit: TimeLimit, length: int | None = None) -> str:
    """ "5 ngày làm việc, kể từ ngày tiếp nhận"."""
    known = limit.length if length is None else length
    event, direction = limit.start_event, limit.get_direction_display()
    if limit.direction == Direction.AT_ONCE:
        return f"{direction} {event}"
    if known is None:
        return _("%(certainty)s, %(direction)s %(event)s") % {
            "certainty": limit.get_certainty_display(),
            "direction": direction,
            "event": event,
        }
    if known == 0:
        return _("trong ngày, %(direction)s %(event)s") % {"direction": direction, "event": event}
    return _("%(n)s %(unit)s, %(direction)s %(event)s") % {
        "n": known,
        "unit": limit.get_unit_display(),
        "direction": direction,
        "event": event,
    }
