"""What pages, API and measures read of tasks, programmes and submissions."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import closed_as_of, opened_between
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import State, due_as_of, entries_in_state

TASKS = "assignments.tasks"
ACTION_PROGRAMME = "assignments.action_programme"
WORK_PROGRAMME = "assignments.work_programme"
SUBMISSIONS = "assignments.submissions"


def assigned_by(window: Window, source: str) -> QuerySet[Entry]:
    """Tasks of one source that were assigned in the window (NV-06)."""
    return opened_between(TASKS, window.start, window.cutoff).filter(kind=source)


def assigned(window: Window) -> QuerySet[Entry]:
    """All tasks assigned up to the cut-off, whenever that was."""
    return Entry.objects.filter(register=TASKS, opened_on__lte=window.cutoff)


def tasks_in(window: Window, state: State) -> QuerySet[Entry]:
    """Of `assigned`, those in one state at the cut-off (NV-10…NV-13, NV-16)."""
    return assigned(window).filter(entries_in_state(state, clock.end_of(window.cutoff)))


def in_action_programme(window: Window, level: str) -> QuerySet[Entry]:
    """Entries of one level of the action programme of the window's year, known by its cut-off."""
    first = date(window.end.year, 1, 1)
    return opened_between(ACTION_PROGRAMME, first, window.cutoff).filter(kind=level)


def party_programmes(window: Window) -> QuerySet[Entry]:
    """Large programmes of the City Party that run at the cut-off: those of its term."""
    known = Entry.objects.filter(register=ACTION_PROGRAMME, opened_on__lte=window.cutoff)
    return known.filter(~closed_as_of(window.cutoff), kind="party_programme")


def in_work_programme(window: Window) -> QuerySet[Entry]:
    """Items of the work programme of the window's year, known by its cut-off.

    What was carried over within that year is the item it was before, and counts once (NV-07).
    """
    year = window.end.year
    known = Entry.objects.filter(register=WORK_PROGRAMME, opened_on__lte=window.cutoff)
    return known.filter(programmeitem__planned_year=year).exclude(
        programmeitem__carried_from__planned_year=year
    )


def due_in_work_programme(window: Window) -> QuerySet[Entry]:
    """Of these, those whose deadline in force at the cut-off lies in the window (NV-07, NV-11).

    A deadline that was moved after the cut-off was the earlier one then (NV-16).
    """
    due = Obligation.objects.annotate(due_then=due_as_of(clock.end_of(window.cutoff))).filter(
        due_then__gte=clock.start_of(window.start), due_then__lte=clock.end_of(window.cutoff)
    )
    return in_work_programme(window).filter(pk__in=due.values("entry"))


def completed_in_work_programme(window: Window) -> QuerySet[Entry]:
    """Of those due, the ones done by the cut-off; an item carried over is not done (NV-07)."""
    return due_in_work_programme(window).filter(closed_as_of(window.cutoff))


def submitted(window: Window, body: str) -> QuerySet[Entry]:
    return opened_between(SUBMISSIONS, window.start, window.cutoff).filter(kind=body)
