"""Random histories of obligations, and what SQL says of each of their moments (NV-10…NV-16).

A history is told twice: to the program by its actions, and to a plain list of dated facts. Any
later day, the two must say the same of any earlier moment.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.actions import complete, name_day, owe, undo_completion
from dieuhanh.kernel.obligations.models import Cause, Obligation, TimeLimit
from dieuhanh.kernel.obligations.queries import (
    State,
    in_state,
    outside_one_state,
    owed_by,
    with_state,
)
from dieuhanh.kernel.obligations.reckoning import reckon
from dieuhanh.kernel.tracking.actions import (
    ask_extension,
    decide_extension,
    hand_over_obligations,
    pause_obligation,
    resume_obligation,
    set_obligation_length,
)
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.kernel.workdays.tests import walking

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
BEGIN = dt.datetime(2024, 6, 3, 8, tzinfo=clock.ZONE)
#: Holidays are known; the data set adds Saturday 04/5/2024, which lies before the histories.
DAYS = walking.Days(walking.HOLIDAYS)
UNITS = ("STNMT", "STC", "UBND")
LIMITS = {"test.work": ("working_day", 9), "test.days": ("calendar_day", 14), "test.case": (
    "working_day", None), "test.morning": ("working_morning", 6)}  # fmt: skip
EXTENSION = 5


@dataclass
class History:
    """What happened to one obligation; the reference knows nothing else."""

    start: dt.datetime
    unit: str
    kind: str
    length: int | None
    named: list[tuple[dt.datetime, dt.date]] = field(default_factory=list)
    added: int = 0
    asked: int = 0
    pauses: list[list[dt.datetime | None]] = field(default_factory=list)
    done: list[list[dt.datetime | None]] = field(default_factory=list)
    dues: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)
    units: list[tuple[dt.datetime, str]] = field(default_factory=list)

    @property
    def due(self) -> dt.datetime | None:
        return self.dues[-1][1]

    @property
    def is_open(self) -> bool:
        return not self.done or self.done[-1][1] is not None

    @property
    def stands(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    def since(self) -> dt.datetime:
        """Nothing new is dated before this."""
        return max([self.start, *(one[1] for one in (*self.done, *self.pauses) if one[1])])

    def reckoned(self) -> dt.datetime | None:
        stops = [(one[0], one[1]) for one in self.pauses if one[1]]
        if self.named:
            since, day = self.named[-1]
            due = clock.end_of(day)
            for begin, end in stops:
                if end > since:
                    for _step in range(DAYS.counted(max(begin, since).date(), end.date())):
                        due += dt.timedelta(days=1)
                        while not DAYS.works(due.date()):
                            due += dt.timedelta(days=1)
                while end > due or (end.date() == due.date() and not DAYS.works(due.date())
                                    and due.date() != day):  # fmt: skip
                    due += dt.timedelta(days=1)
            return due
        if self.length is None or self.kind not in LIMITS:
            return None
        unit = LIMITS[self.kind][0]
        return walking.due(self.start, self.length + self.added, unit, DAYS, stops=tuple(stops))

    def moved(self, at: dt.datetime) -> None:
        due = self.reckoned()
        if due != self.due:
            self.dues.append((max(at, self.dues[-1][0]), due))

    def at(self, moment: dt.datetime) -> tuple[str, dt.datetime | None, bool, str]:
        """State, deadline, whether it stands, and who leads, at one moment."""
        due = [due for at, due in self.dues if at <= moment][-1]
        stands = any(a <= moment and (b is None or b > moment) for a, b in self.pauses)
        done = [a for a, b in self.done if a <= moment and (b is None or b > moment)]
        unit = [unit for at, unit in self.units if at <= moment][-1]
        if due is None:
            state = State.NO_DEADLINE
        elif done:
            state = State.DONE_IN_TIME if done[-1] <= due else State.DONE_LATE
        else:
            state = State.OPEN_IN_TIME if stands or moment <= due else State.OPEN_LATE
        return state, due, stands, unit


@pytest.fixture
def units():
    return {code: Unit.objects.get(code=code, valid_to=None) for code in UNITS}


@pytest.fixture
def limits(db):
    for key, (unit, length) in LIMITS.items():
        TimeLimit.objects.create(
            key=key, label=key, start_event="ngày nhận", unit=unit, length=length,
            certainty="by_case" if length is None else "fixed", pause="chờ bổ sung",
            extension_times=0 if length is None else 3,
            extension_length=None if length is None else EXTENSION,
            legal_basis="Nghị định 61/2018/NĐ-CP", rule="MC-04", confirmed=True,
            effective_from=dt.date(2020, 1, 1),
        )  # fmt: skip


class Teller:
    """Tells each step to the program and to the history."""

    def __init__(self, seed: int, units, actor, settings) -> None:
        self.random = random.Random(seed)
        self.units, self.actor, self.settings = units, actor, settings
        self.now = BEGIN
        self.told: dict[int, History] = {}

    def set_clock(self, moment: dt.datetime) -> None:
        self.now = moment
        self.settings.FIXED_NOW = moment.replace(tzinfo=None).isoformat()

    def owe(self, number: int) -> None:
        kind = self.random.choice([*LIMITS, *LIMITS, "set", "none"])
        unit = self.units["STNMT"]
        entry = Entry.objects.create(
            register="feedback", agency=self.units["UBND"], book="test.as_of", year=2024,
            number=number, kind="conduct", title=kind, unit=unit, opened_on=self.now.date(),
        )  # fmt: skip
        due_on = self.now.date() + dt.timedelta(self.random.randint(5, 20))
        owed = owe(
            entry, duty=kind, start=self.now, limit_key=kind if kind in LIMITS else None,
            due_on=due_on if kind == "set" else None, asked_by=self.actor,
        )  # fmt: skip
        length = LIMITS[kind][1] if kind in LIMITS else None
        history = History(self.now, unit.code, kind, length)
        if kind == "set":
            history.named.append((self.now, due_on))
        history.dues.append((self.now, None))
        history.dues = [(self.now, history.reckoned())]
        history.units.append((self.now, unit.code))
        self.told[owed.pk] = history

    def day_back(self, earliest: dt.datetime) -> tuple[dt.date, dt.datetime]:
        """Today and now; or a day that is written down late, and when its office opened."""
        days = min((self.now.date() - earliest.date()).days, self.random.choice([0, 0, 1, 3]))
        if days <= 0:
            return self.now.date(), self.now
        on = self.now.date() - dt.timedelta(days)
        return on, dt.datetime.combine(on, dt.time(8), clock.ZONE)

    def step(self) -> None:
        hours = self.random.choice([1, 2, 3, 5, 8, 14])
        self.set_clock(self.now + dt.timedelta(hours=hours, minutes=self.random.choice([0, 30])))
        pk = self.random.choice(list(self.told))
        history = self.told[pk]
        may = ["complete", "complete", "give"]
        if not history.is_open:
            may = ["undo"]
        elif history.stands:
            may += ["resume", "resume"]
        elif history.kind == "test.case" and history.length is None:
            may.append("set_length")
        elif history.due and self.now <= history.due:
            may += ["pause", "pause", "extend"]
        if history.is_open and not history.stands and history.kind == "set":
            may.append("name")
        getattr(self, self.random.choice(may))(pk, history)

    def pause(self, pk: int, history: History) -> None:
        on, at = self.day_back(history.since())
        pause_obligation(pk, actor=self.actor, on=on, reason="Chờ bổ sung")
        history.pauses.append([max(at, history.since()), None])

    def resume(self, pk: int, history: History) -> None:
        begun = history.pauses[-1][0]
        on, at = self.day_back(begun)
        resume_obligation(pk, actor=self.actor, on=on)
        history.pauses[-1][1] = max(at, begun)
        history.moved(history.pauses[-1][1])

    def extend(self, pk: int, history: History) -> None:
        if history.asked == 3 or history.kind == "test.case":
            return
        history.asked += 1
        until = history.due.date() + dt.timedelta(self.random.randint(1, 9))
        named = history.kind == "set"
        asking = {"until": until} if named else {}
        extension = ask_extension(pk, actor=self.actor, reason="Việc phức tạp", **asking)
        extension.asked_by = None  # so that the same person may decide
        extension.save()
        granted = self.random.random() < 0.8
        decide_extension(pk, actor=self.actor, granted=granted, answer="Đã xét")
        if granted and named:
            history.named.append((self.now, until))
        elif granted:
            history.added += EXTENSION
        history.asked -= not granted
        history.moved(self.now)

    def set_length(self, pk: int, history: History) -> None:
        history.length = self.random.randint(3, 15)
        set_obligation_length(pk, actor=self.actor, length=history.length, reason="Công bố")
        history.moved(self.now)

    def name(self, pk: int, history: History) -> None:
        day = self.now.date() + dt.timedelta(self.random.randint(0, 20))
        if history.due == clock.end_of(day):
            return
        name_day(Obligation.objects.get(pk=pk), day, at=self.now, reason="Hẹn lại")
        history.named.append((self.now, day))
        history.moved(self.now)

    def complete(self, pk: int, history: History) -> None:
        begun = history.done[-1][1] if history.done else history.start
        on, _at = self.day_back(begun)
        owed = Obligation.objects.select_related("limit").get(pk=pk)
        complete(owed, on=on, product="1/BC")
        by_the_hour = owed.limit is not None and owed.limit.unit.endswith(("hour", "morning"))
        done = self.now if by_the_hour and on == self.now.date() else clock.start_of(on)
        done = max(done, begun)
        if history.stands:
            history.pauses[-1][1] = max(done, history.pauses[-1][0])
            history.moved(history.pauses[-1][1])
        history.done.append([done, None])

    def undo(self, pk: int, history: History) -> None:
        undo_completion(Obligation.objects.get(pk=pk), at=self.now, reason="Chưa đạt")
        history.done[-1][1] = max(self.now, history.done[-1][0])

    def give(self, pk: int, history: History) -> None:
        to = self.random.choice([code for code in UNITS if code != history.unit])
        hand_over_obligations([pk], actor=self.actor, unit=self.units[to], reason="Bàn giao")
        history.unit = to
        history.units.append((self.now, to))

    def moments(self, how_many: int) -> list[dt.datetime]:
        """Those at which something changes, the second before and after, and some between."""
        edges = {
            moment
            for one in self.told.values()
            for pair in (*one.dues, *one.pauses, *one.done, *one.units)
            for moment in pair
            if isinstance(moment, dt.datetime)
        }
        found = [one + shift for one in sorted(edges) for shift in (-SECOND, 0 * SECOND, SECOND)]
        between = self.now - BEGIN
        found += [BEGIN + between * (n / 20) for n in range(21)]
        return sorted(self.random.sample(found, min(how_many, len(found))))


@pytest.fixture(params=[1, 2])
def teller(request, units, limits, chuyen_vien, settings) -> Teller:
    teller = Teller(request.param, units, chuyen_vien, settings)
    teller.set_clock(BEGIN)
    for number in range(1, 25):
        teller.owe(number)
    for _step in range(160):
        teller.step()
    return teller


def test_each_moment_is_as_it_was(teller, units):
    seen = set()
    for moment in teller.moments(45):
        expected = {
            pk: one.at(moment) for pk, one in teller.told.items() if one.start <= moment
        }  # fmt: skip
        rows = with_state(moment).filter(pk__in=teller.told)
        found = {row.pk: (row.state, row.due_then, row.paused) for row in rows}
        assert found == {pk: facts[:3] for pk, facts in expected.items()}, moment
        seen |= {(facts[0], facts[2]) for facts in expected.values()}
        mine = Obligation.objects.filter(pk__in=expected)
        for state in State:
            in_it = {pk for pk, facts in expected.items() if facts[0] == state}
            assert set(mine.filter(in_state(state, moment)).values_list("pk", flat=True)) == in_it
        for code, unit in units.items():
            led = {pk for pk, facts in expected.items() if facts[3] == code}
            assert set(mine.filter(owed_by([unit.pk], moment)).values_list("pk", flat=True)) == led
        assert not outside_one_state(moment).filter(pk__in=teller.told).exists()
    assert {state for state, _stands in seen} == set(State), "The histories reach every state."
    assert (State.OPEN_IN_TIME, True) in seen, "The histories hold pauses."


def test_reckoning_again_changes_nothing(teller):
    known = calendar()
    told = Obligation.objects.filter(pk__in=teller.told).select_related("limit")
    for owed in told.prefetch_related("pauses", "extensions", "due_changes"):
        history = teller.told[owed.pk]
        assert owed.due_at == history.due == reckon(owed, known), owed.pk
        assert owed.calendar_version > 0
        changes = sorted(owed.due_changes.all(), key=lambda one: (one.at, one.pk))
        ends = [one.due_before for one in changes] + [owed.due_at]
        assert ends[1:] == [one.due_after for one in changes], "Each change begins where one ended."
    assert owed.due_changes.model.objects.filter(
        obligation__in=teller.told, cause=Cause.RESUMED
    ).exists()


@pytest.mark.parametrize("day", [dt.date(2024, 2, 29), dt.date(2024, 4, 15), dt.date(2024, 6, 15)])
def test_the_states_part_all_that_is_owed(day):
    """Exactly one for each obligation of the whole data set, in one statement."""
    moment = clock.end_of(day)
    assert with_state(moment).count() > 10_000
    assert not outside_one_state(moment).exists(), (
        "An obligation is in no state, or in two: in_state() must part every set (NV-10)."
    )
