"""Tasks by source and state, both programmes, and submissions."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.registers.assignments.models import ActionItem, ProgrammeItem, Submission, Task
from tests.truth.made import END, START, Made

REGISTERS = (
    "assignments.tasks", "assignments.action_programme", "assignments.work_programme",
    "assignments.submissions",
)  # fmt: skip
YEAR = START.year
BOOK = "truth.assignments.carried"


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    match one.register:
        case "assignments.tasks":
            one.facts = {"source": rng.choice(["government", "city_party", "conclusion", "press"])}
            if rng.random() < 0.8:
                one.due = one.opened + dt.timedelta(rng.randint(0, 60))
            return one.facts["source"], Task(
                source=one.facts["source"], head="Người đứng đầu", due_on=one.due
            )
        case "assignments.action_programme":
            one.facts = {
                "level": rng.choice(
                    ["focus_area", "task_group", "specific_task", "major_task", "party_programme"]
                )
            }
            if one.facts["level"] == "specific_task":
                one.due = one.opened + dt.timedelta(rng.randint(0, 200))
            return one.facts["level"], ActionItem(level=one.facts["level"], due_on=one.due)
        case "assignments.work_programme":
            return "scheme", _item(rng, one)
        case _:
            one.facts = {
                "body": rng.choice(["party_executive_committee", "city_party", "people_council"])
            }
            return one.facts["body"], Submission(body=one.facts["body"])


def _item(rng: random.Random, one: Made) -> ProgrammeItem:
    """An item due some day, of some year's programme; one in three was carried from an earlier."""
    one.due = one.opened + dt.timedelta(rng.randint(0, 90))
    one.facts = {
        "year": rng.choice([YEAR - 1, YEAR, YEAR, YEAR, YEAR + 1]),
        "carried_in": rng.choice([None, None, YEAR - 1, YEAR]),
    }
    before = None
    if one.facts["carried_in"]:
        before = _planned(one.facts["carried_in"], entry=_entry(one.opened))
        before.carried_on = one.opened
        before.save(force_insert=True)
    return _planned(one.facts["year"], carried_from=before)


def _planned(year: int, **more: Any) -> ProgrammeItem:
    return ProgrammeItem(
        product_type="scheme", planned_year=year, planned_quarter=2, planned_month=5, **more
    )


def _entry(opened: dt.date) -> Entry:
    """The entry of the item from which another was carried; nothing is owed on it any more."""
    agency = Unit.objects.get(code="UBND")
    number = Entry.objects.filter(book=BOOK, year=opened.year).count() + 1
    return Entry.objects.create(
        register="assignments.work_programme", agency=agency, book=BOOK, year=opened.year,
        number=number, kind="scheme", title="Nội dung thử", unit=agency, opened_on=opened,
    )  # fmt: skip


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    until, f = min(END, as_of), one.facts
    match one.register:
        case "assignments.tasks":
            if one.opened > until:
                return
            yield "tasks.total"
            yield f"tasks.state.{_state(one, until)}"
            if one.opened >= START and f["source"] == "city_party":
                yield "tasks.assigned_by_city_party"
        case "assignments.action_programme":
            if f["level"] == "party_programme":
                if one.opened <= until and not one.closed(until):
                    yield "city_party.term17.major_work_programmes"
            elif one.opened_by(as_of):
                names = {
                    "focus_area": "action_programme.2024.focus_areas",
                    "task_group": "action_programme.2024.task_groups",
                    "specific_task": "action_programme.2024.specific_tasks",
                    "major_task": "major_tasks.2024.count",
                }
                yield names[f["level"]]
        case "assignments.work_programme":
            if one.opened > until:
                return
            if f["carried_in"] == YEAR:
                yield "work_programme.2024.items_total"  # the earlier item itself
            if f["year"] != YEAR or f["carried_in"] == YEAR:
                return
            yield "work_programme.2024.items_total"
            if START <= one.due <= until:
                yield "work_programme.2024.due"
                if one.closed(until):
                    yield "work_programme.2024.completed"
        case _:
            if one.opened_by(as_of):
                names = {
                    "party_executive_committee": "party_executive_committee.major_contents",
                    "city_party": "city_party.items",
                    "people_council": "people_council.session_items",
                }
                yield f"submissions.{names[f['body']]}"


def _state(one: Made, day: dt.date) -> str:
    """NV-10…NV-13: none without a deadline; late for ever where done after it."""
    if one.due is None:
        return "no_deadline"
    if closed := one.closed(day):
        return "done_in_time" if closed <= one.due else "done_late"
    return "open_in_time" if one.due >= day else "open_late"
