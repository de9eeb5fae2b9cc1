"""What pages, actions and measures read of sessions, their items and meetings attended."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of, opened_between
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.actions import start_of_business
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.kernel.obligations.reckoning import due_of
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.registers.meetings.models import AgendaItem
from dieuhanh.registers.meetings.rules import ADOPTED
from dieuhanh.text.dates import local_day

SESSIONS = "meetings.sessions"
ITEMS = "meetings.items"
ATTENDANCE = "meetings.attendance"


def papers_due(held_on: date | datetime, *, urgent: bool) -> date | None:
    """The last day for sending papers of a collective session to its members (HO-03).

    Counted back from the session: working days for a regular one, calendar days for a thematic
    or urgent one, as the limit in force that day says. None where none was in force.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 114.
    """
    day = held_on.date() if isinstance(held_on, datetime) else held_on
    try:
        limit = limit_in_force("meeting.papers.urgent" if urgent else "meeting.papers", day)
    except TimeLimit.DoesNotExist:
        return None
    due = due_of(limit, start_of_business(day), calendar())
    return local_day(due) if due else None


def items_at_odds(session_id: int, held_on: date) -> QuerySet[AgendaItem]:
    """Items of a session submitted after ``held_on`` or decided before it."""
    wrong = Q(entry__opened_on__gt=held_on) | Q(entry__closed_on__lt=held_on)
    return AgendaItem.objects.filter(wrong, session_id=session_id)


def has_items(session_id: int) -> bool:
    return AgendaItem.objects.filter(session_id=session_id).exists()


def held(window: Window, kind: str = "") -> QuerySet[Entry]:
    """Sessions and meetings held in the window."""
    found = opened_between(SESSIONS, window.start, window.cutoff)
    return found.filter(kind=kind) if kind else found


def adopted_in_collective_sessions(window: Window) -> QuerySet[Entry]:
    """Items adopted by the cut-off, of collective sessions held in the window."""
    return Entry.objects.filter(
        closed_as_of(window.cutoff),
        register=ITEMS,
        agendaitem__result__in=ADOPTED,
        agendaitem__session__entry__in=held(window, "collective"),
    )


def attended(window: Window, organiser: str) -> QuerySet[Entry]:
    return opened_between(ATTENDANCE, window.start, window.cutoff).filter(kind=organiser)
