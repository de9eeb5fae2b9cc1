"""International delegations and the meetings with them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.registers.foreign_reception.models import Delegation, DelegationMeeting
from tests.truth.made import END, START, Made

REGISTERS = ("foreign_reception.delegations", "foreign_reception.meetings")
BOOK = "truth.foreign_reception.delegations.met"


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    if one.register == "foreign_reception.delegations":
        level = rng.choice(["state", "local", "business"])
        return level, Delegation(country="Lào", level=level)
    one.facts = {
        "host": rng.choice(["chairman", "vice_chairman", "delegated"]),
        "purpose": rng.choice(["courtesy", "working"]),
        "arrived": one.opened,
    }
    if one.opened <= END:  # who came in the window may be met after it, but not here
        one.facts["arrived"] -= dt.timedelta(rng.randint(0, 5))
    met = Delegation(entry=_entry(one.facts["arrived"]), country="Lào", level="local")
    met.save(force_insert=True)
    return one.facts["purpose"], DelegationMeeting(
        delegation=met, host=one.facts["host"], purpose=one.facts["purpose"]
    )


def _entry(arrived: dt.date) -> Entry:
    """The entry of the delegation that was met, with a number of its own."""
    agency = Unit.objects.get(code="UBND")
    number = Entry.objects.filter(book=BOOK, year=arrived.year).count() + 1
    return Entry.objects.create(
        register="foreign_reception.delegations", agency=agency, book=BOOK, year=arrived.year,
        number=number, kind="local", title="Đoàn thử", unit=agency, opened_on=arrived,
    )  # fmt: skip


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if one.register == "foreign_reception.delegations":
        if one.opened_by(as_of):
            yield "foreign_reception.delegations"
        return
    if START <= one.facts["arrived"] <= min(END, as_of):
        yield "foreign_reception.delegations"
    if one.opened_by(as_of) and one.facts["host"] != "delegated":
        yield "foreign_reception.leader_meetings"
