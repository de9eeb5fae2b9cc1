"""Petitions of voters and meetings with voters."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.registers.petitions.models import (
    Constituency,
    Petition,
    PetitionSource,
    VoterContact,
)
from tests.truth.made import Made

REGISTERS = ("petitions.council", "petitions.national_assembly", "petitions.contacts")
RESOLUTIONS = ("nq34_2021", "nq31_2022", "nq19_2023", "nq44_2023")
SESSION, ROUND = "people_council_session14", "national_assembly_session6"


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    if one.register == "petitions.contacts":
        return _contact(rng, one)
    council = one.register == "petitions.council"
    key = rng.choice((*RESOLUTIONS, SESSION)) if council else ROUND
    some_day = lambda: one.opened + dt.timedelta(rng.randint(0, 120))  # noqa: E731
    results = []
    if one.closings and rng.random() < 0.7:
        results.append((one.opened, "resolved", None))
    for result in rng.choices(
        ("resolved", "in_progress", "will_be_resolved", "explained"), k=rng.choice((0, 0, 1, 2))
    ):
        on = some_day()
        closes = result in ("resolved", "explained")
        results.append((on, result, None if closes else on + dt.timedelta(30)))
    answered = some_day() if rng.random() < 0.7 else None
    merged = some_day() if rng.random() < 0.1 else None
    one.facts = {"key": key, "results": results, "answered": answered, "merged": merged}

    def hang_on(row: Petition) -> None:
        for on, result, next_on in results:
            row.results.create(decided_on=on, result=result, next_on=next_on)

    one.after = hang_on
    row = Petition(
        source=PetitionSource.objects.get(key=key), sphere="land", authority="city",
        basis="voter.city.default" if council else "voter.na.b", answered_on=answered,
        merged_on=merged, merged_into=Petition.objects.first() if merged else None,
    )  # fmt: skip
    return row.source.kind, row


def _contact(rng: random.Random, one: Made) -> tuple[str, VoterContact]:
    deputies = rng.choice(("national_assembly", "people_council"))
    one.facts = {"deputies": deputies, "places": rng.randint(1, 3)}

    def hold_in(row: VoterContact) -> None:
        names = (f"Đơn vị thử {row.pk}.{n}" for n in range(one.facts["places"]))
        row.constituencies.set(
            [Constituency.objects.create(code=name, name=name) for name in names]
        )

    one.after = hold_in
    return deputies, VoterContact(deputies=deputies, session="Kỳ họp thử", mode="hybrid")


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    f = one.facts
    if one.register == "petitions.contacts":
        if one.opened_by(as_of) and f["deputies"] == "national_assembly":
            yield "petitions.national_assembly.voter_meetings"
            for _place in range(f["places"]):
                yield "petitions.national_assembly.voter_meeting_units"
        return
    # However old: no first day of a window (CT-08). Merged ones count no more (CT-10).
    if one.opened > as_of or (f["merged"] and f["merged"] <= as_of):
        return
    known = [(on, n, result) for n, (on, result, _next) in enumerate(f["results"]) if on <= as_of]
    latest = max(known, default=(None, None, None))[2]
    resolved = one.closed(as_of) and latest == "resolved"
    if f["key"] in RESOLUTIONS:
        yield f"petitions.total.{f['key']}"
        if resolved:
            yield f"petitions.resolved.{f['key']}"
    elif f["key"] == SESSION:
        if f["answered"] and f["answered"] <= as_of:
            yield f"petitions.{SESSION}.answered"
    else:
        if resolved:
            yield f"petitions.{ROUND}.resolved"
        if not one.closed(as_of):
            yield f"petitions.{ROUND}.in_progress"
