"""Sessions with their items, and meetings attended."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.registers.meetings.models import AgendaItem, Attendance, Session
from tests.truth.made import END, START, Made

REGISTERS = ("meetings.sessions", "meetings.items", "meetings.attendance")
BOOK = "truth.meetings.sessions.of_items"


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    match one.register:
        case "meetings.sessions":
            one.facts = {"type": rng.choice(["collective", "chaired"])}
            return one.facts["type"], _session(one.facts["type"])
        case "meetings.items":
            one.facts = {
                "type": rng.choice(["collective", "chaired"]),
                "held": one.opened + dt.timedelta(rng.randint(0, 20)),
                "result": rng.choice(["adopted", "adopted_with_changes", "returned", "postponed"]),
            }
            if not one.closings:
                one.facts["result"] = ""
            session = _session(one.facts["type"])
            session.entry = _entry(one.facts["type"], one.facts["held"])
            session.save(force_insert=True)
            kind = one.facts["result"] or "pending"
            return kind, AgendaItem(session=session, result=one.facts["result"])
        case _:
            one.facts = {"organiser": rng.choice(["government", "city_party", "people_council"])}
            return one.facts["organiser"], Attendance(organiser=one.facts["organiser"])


def _session(type: str) -> Session:
    collective = type == "collective"
    return Session(
        type=type,
        mode="hybrid",
        chair="chairman",
        members_total=30 if collective else None,
        members_present=28 if collective else None,
    )


def _entry(kind: str, held: dt.date) -> Entry:
    """The entry of the session of an item, with a number of its own."""
    agency = Unit.objects.get(code="UBND")
    number = Entry.objects.filter(book=BOOK, year=held.year).count() + 1
    return Entry.objects.create(
        register="meetings.sessions", agency=agency, book=BOOK, year=held.year, number=number,
        kind=kind, title="Phiên họp thử", unit=agency, opened_on=held,
    )  # fmt: skip


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    f = one.facts
    match one.register:
        case "meetings.sessions":
            if one.opened_by(as_of):
                yield from _held(f["type"])
        case "meetings.items":
            if not START <= f["held"] <= min(END, as_of):
                return
            yield from _held(f["type"])
            adopted = f["result"].startswith("adopted") and one.closed(min(END, as_of))
            if f["type"] == "collective" and adopted:
                yield "meetings.collective_sessions.items_adopted"
        case _:
            if one.opened_by(as_of):
                yield f"meetings.attended.{f['organiser']}"


def _held(type: str) -> Iterator[str]:
    yield "meetings.total"
    yield {
        "collective": "meetings.collective_sessions", "chaired": "meetings.chaired_by_leaders",
    }[type]  # fmt: skip
