"""Inspections of public duty, planned and unannounced, with and without findings."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.registers.inspections.models import Inspection
from tests.truth.made import Made

REGISTERS = ("inspections",)


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    mode = rng.choice(["planned", "unannounced"])
    inspection = Inspection(mode=mode, inspected_by="Đoàn thử", field="discipline")
    if rng.random() < 0.5:
        inspection.concluded_on, inspection.findings = one.opened, "Chậm giải quyết hồ sơ"
    return mode, inspection


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if one.opened_by(as_of):
        yield "inspections.public_duty.count"
