"""The registers count right: a random set whose truth is tallied in plain Python, apart.

The set lies in 2022, where the data set has nothing. Every counted measure must agree with the
tally on three as-of days. What is made and how it is tallied stands in `tests/truth`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from django.db import transaction

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Distinct, Entries, Window, all_measures
from dieuhanh.kernel.obligations.models import Obligation
from tests import truth
from tests.truth.made import END, START, Made

AS_OF = [dt.date(2022, 2, 28), dt.date(2022, 4, 30), END]
DAYS = [dt.date(2021, 12, 20) + dt.timedelta(n) for n in range(200)]
MODULE_OF = {register: module for module in truth.MODULES for register in module.REGISTERS}
PER_REGISTER = 90


def imagine(rng: random.Random, register: str, day: dt.date) -> tuple[Made, str, Any]:
    """What an entry of ``register`` opened on ``day`` would be: its facts, class and row."""
    made = Made(register, day, _closings(rng, day))
    return made, *MODULE_OF[register].make(rng, made)


def make_one(rng: random.Random, agency: Unit, register: str, number: int, day: dt.date) -> Made:
    """One entry of ``register`` opened on ``day``; the number is its own in a book of the test."""
    return store(*imagine(rng, register, day), agency=agency, number=number)


def store(made: Made, kind: str, row: Any, *, agency: Unit, number: int) -> Made:
    register = made.register
    *earlier, (closed, reopened) = made.closings or ((None, None),)
    entry = Entry.objects.create(
        register=register, agency=agency, book=f"truth.{register}", year=made.opened.year,
        number=number, kind=kind, title="" if made.secret else "Mục thử",
        confidentiality="secret" if made.secret else "ordinary", unit=agency,
        opened_on=made.opened, closed_on=closed, reopened_on=reopened,
    )  # fmt: skip
    for was_closed, was_reopened in earlier:
        entry.past_closings.create(closed_on=was_closed, reopened_on=was_reopened)
    row.entry = entry
    row.save(force_insert=True)
    if made.after:
        made.after(row)
    if made.due:
        owed = Obligation.objects.create(
            entry=entry, duty="Việc thử", unit=agency, started_at=clock.start_of(made.opened),
            due_at=clock.end_of(made.due), first_due_at=clock.end_of(made.due),
            done_at=clock.start_of(closed) if closed else None,
            reopened_at=clock.start_of(reopened) if reopened else None,
        )  # fmt: skip
        for was_closed, was_reopened in earlier:
            owed.past_completions.create(
                done_at=clock.start_of(was_closed), reopened_at=clock.start_of(was_reopened)
            )
    return made


def _closings(rng: random.Random, opened: dt.date) -> tuple[tuple[dt.date, dt.date | None], ...]:
    """Never closed, closed, reopened, or closed and reopened several times."""
    closings, day = [], opened
    while rng.random() < 0.7:
        closed = day + dt.timedelta(rng.randint(0, 60))
        reopened = closed + dt.timedelta(rng.randint(0, 30)) if rng.random() < 0.4 else None
        closings.append((closed, reopened))
        if reopened is None:
            break
        day = reopened
    return tuple(closings)


def tally(made: Iterable[Made], as_of: dt.date) -> Counter:
    """The truth, by id of measure."""
    return Counter(id for one in made for id in MODULE_OF[one.register].tally(one, as_of))


@cache
def counted_ids() -> list[str]:
    window = Window(START, END, END, "2022-H1")
    return [
        one.id
        for one in all_measures()
        if one.register and isinstance(one.count(window), Entries | Distinct)
    ]


def answers(as_of: dt.date = END) -> dict[str, int]:
    evaluator, ids = Evaluator(Window(START, END, as_of, "2022-H1")), counted_ids()
    evaluator.count_ahead(ids)
    return {id: int(evaluator.answer(id).value) for id in ids}


@pytest.fixture
def agency(db) -> Unit:
    return Unit.objects.get(code="UBND")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_counted_measure_agrees_with_the_tally_at_three_days(agency, seed):
    rng = random.Random(seed)
    before = {as_of: answers(as_of) for as_of in AS_OF}
    made = [
        make_one(rng, agency, register, number, rng.choice(DAYS))
        for number in range(PER_REGISTER)
        for register in MODULE_OF
    ]
    for as_of in AS_OF:
        expected = tally(made, as_of)
        counted = {id: value - before[as_of][id] for id, value in answers(as_of).items()}
        assert counted == {id: expected[id] for id in counted}, f"as of {as_of}"
        assert set(expected) <= set(counted), "the tally knows a figure that no measure counts"


def test_one_in_and_one_out_move_only_the_predicted_figures(agency):
    """For each counted measure: an entry that matches moves just what the tally says, and an
    entry outside the window moves nothing."""
    touched: set[str] = set()
    rng = random.Random(7)
    before = answers()
    for number in range(3000):
        mark = transaction.savepoint()
        register = rng.choice(list(MODULE_OF))
        imagined = imagine(rng, register, START + dt.timedelta(rng.randint(0, 150)))
        predicted = tally([imagined[0]], END)
        if set(predicted) <= touched:
            transaction.savepoint_rollback(mark)  # nothing new would be shown by this one
            continue
        store(*imagined, agency=agency, number=1000 + number)
        after = answers()
        moved = {id: value - before[id] for id, value in after.items() if value != before[id]}
        assert moved == dict(predicted)
        touched |= set(moved)
        late = make_one(rng, agency, register, 20_000 + number, END + dt.timedelta(1 + number % 10))
        assert not tally([late], END)
        before = after  # had the late one moved a figure, the next comparison would show it
        if touched == set(counted_ids()):
            assert answers() == before, "an entry opened after the window moved a figure"
            return
    missing = set(counted_ids()) - touched
    assert not missing, f"no entry was made that moves {sorted(missing)}: add one to tests/truth"
