"""Decisions on procedures and the procedures in them; lists and effects overlap (B9)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.registers.procedures.models import ProcedureChange, ProcedureDecision
from tests.truth.made import Made

REGISTERS = ("procedures.decisions", "procedures.changes")


def _decision(type: str, day: dt.date) -> ProcedureDecision:
    return ProcedureDecision(
        type=type, symbol="1/QĐ-UBND", field_of_work="Đất đai", issued_on=day
    )  # fmt: skip


def _parent(day: dt.date) -> ProcedureDecision:
    """A decision for a procedure to stand in; it lies before the window and counts nowhere."""
    agency = Unit.objects.get(code="UBND")
    day = min(day, dt.date(2021, 12, 1))
    book = "truth.procedures.parents"
    number = Entry.objects.filter(book=book).count() + 1
    entry = Entry.objects.create(
        register="procedures.decisions", agency=agency, book=book, year=day.year, number=number,
        kind="publication", title="Quyết định thử", unit=agency, opened_on=day,
    )  # fmt: skip
    decision = _decision("publication", day)
    decision.entry = entry
    decision.save(force_insert=True)
    return decision


def make(rng: random.Random, one: Made) -> tuple[str, Any]:
    if one.register == "procedures.decisions":
        one.facts = {"type": rng.choice(["publication", "internal_process"])}
        return one.facts["type"], _decision(one.facts["type"], one.opened)
    effect = rng.choice(["new", "amended", "abolished", "listed"])
    in_list = {"abolished": False, "listed": True}.get(effect, rng.random() < 0.7)
    one.facts = {"effect": effect, "in_list": in_list}
    return effect, ProcedureChange(
        decision=_parent(one.opened), code=f"1.{rng.randint(0, 999_999):06d}", effect=effect,
        in_list=in_list,
    )  # fmt: skip


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if not one.opened_by(as_of):
        return
    f = one.facts
    if one.register == "procedures.decisions":
        yield f"procedures.{f['type']}_decisions"
        return
    if f["in_list"]:
        yield "procedures.list_published"
    if f["effect"] != "listed":
        yield f"procedures.{f['effect']}"
