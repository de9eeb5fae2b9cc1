"""Feedback, with the limit for its answer."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from dieuhanh.registers.feedback.models import Feedback
from tests.truth.made import Made

REGISTERS = ("feedback",)


def make(rng: random.Random, one: Made) -> tuple[str, Feedback]:
    about = rng.choice(["regulation", "conduct"])
    one.due = one.opened + dt.timedelta(rng.randint(3, 30))
    return about, Feedback(about=about, channel="portal")


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if not one.opened_by(as_of):
        return
    yield "feedback.regulations.received"
    closed = one.closed(as_of)
    if not closed:
        yield "feedback.regulations.in_progress"
    elif closed <= one.due:
        yield "feedback.regulations.on_time"
    else:
        yield "feedback.regulations.overdue"
