"""Visits, letters, cases and reviews."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.registers.complaints.models import Case, Letter, Review, Visit
from tests.truth.made import Made

REGISTERS = (
    "complaints.visits", "complaints.letters", "complaints.cases", "complaints.reviews",
)  # fmt: skip


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    match one.register:
        case "complaints.visits":
            leader = rng.random() < 0.2
            one.facts = {"leader": leader}
            return "leader" if leader else "regular", Visit(by_leader=leader, field="land")
        case "complaints.letters":
            one.facts = {"class": rng.choice(["complaint", "denunciation", "petition"])}
            return one.facts["class"], Letter(letter_class=one.facts["class"], field="land")
        case "complaints.cases":
            one.facts = {"class": rng.choice(["complaint", "denunciation"])}
            basis = "complaint.1" if one.facts["class"] == "complaint" else "denounce.settle"
            return one.facts["class"], Case(
                case_class=one.facts["class"], basis=basis, field="land"
            )
        case _:
            collective = rng.random() < 0.5
            one.facts = {"collective": collective}
            return "collective" if collective else "individual", Review(collective=collective)


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if not one.opened_by(as_of):
        return
    f = one.facts
    match one.register:
        case "complaints.visits":
            yield (
                "reception.leadership.citizen_visits"
                if f["leader"]
                else "reception.citizen_visits.total"
            )
        case "complaints.letters":
            yield "complaints.letters.total"
            name = {"petition": "petition_feedback"}.get(f["class"], f["class"])
            yield f"complaints.letters.{name}"
        case "complaints.cases":
            yield "complaints.cases.accepted"
            yield f"complaints.cases.accepted.{f['class']}"
            if one.closed(as_of):
                yield "complaints.cases.resolved"
                yield f"complaints.cases.resolved.{f['class']}"
        case _:
            name = "collectives" if f["collective"] else "individuals"
            yield f"complaints.accountability.{name}"
