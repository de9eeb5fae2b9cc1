"""Press conferences, and press matters with or without a directing document."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import count
from typing import Any

from dieuhanh.registers.press.models import PressConference, PressMatter
from tests.truth.made import END, START, Made

REGISTERS = ("press.conferences", "press.matters")
_numbers = count(1)


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    if one.register == "press.conferences":
        one.facts = {"mode": rng.choice(["periodic", "ad_hoc"])}
        return one.facts["mode"], PressConference(
            mode=one.facts["mode"], presided_by="Phó Chủ tịch", with_party_board=True
        )
    matter = PressMatter(outlet="Báo thử", published_on=one.opened, field="transport")
    directed = one.opened + dt.timedelta(rng.randint(0, 40)) if rng.random() < 0.7 else None
    if directed:
        matter.directed_on, matter.response_symbol = directed, f"{next(_numbers)}/VP-THỬ"
    one.facts = {"directed": directed}
    return "transport", matter


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if one.register == "press.conferences":
        if one.opened_by(as_of) and one.facts["mode"] == "periodic":
            yield "press.periodic_conferences"
        return
    directed = one.facts["directed"]
    if directed and START <= directed <= min(END, as_of):
        yield "press.response_documents"
