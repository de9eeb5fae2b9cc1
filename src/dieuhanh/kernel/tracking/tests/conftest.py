"""One thing that is owed, by the department to the officer of the Office; and what a refusal leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import F

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.actions import create_person
from dieuhanh.kernel.identity.models import Person, Succession, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.notifications.models import Notice
from dieuhanh.kernel.notifications.tests.conftest import Clock
from dieuhanh.kernel.obligations.actions import owe, start_of_business
from dieuhanh.kernel.obligations.models import (
    DueChange,
    Extension,
    Handover,
    Obligation,
    Pause,
    Recurrence,
    TimeLimit,
)
from dieuhanh.kernel.workdays.models import CalendarNotice

START = dt.date(2024, 6, 13)  # Thursday; today is Monday, 17/6/2024, 08:40
DUE = dt.date(2024, 6, 20)


@pytest.fixture
def moved(settings) -> Clock:
    return Clock(settings)


@pytest.fixture
def entry(unit) -> Entry:
    return Entry.objects.create(
        register="feedback", agency=Unit.objects.get(code="UBND"), book="test.tracking", year=2024,
        number=1, kind="conduct", title="Việc được theo dõi", unit=unit, opened_on=START,
    )  # fmt: skip


Owe = Callable[..., Obligation]


@pytest.fixture
def new(entry, chuyen_vien) -> Owe:
    """``new(limit_key=…)``: something more that is owed on the entry."""

    def make(**changes) -> Obligation:
        values = {"duty": "Báo cáo", "start": start_of_business(START), "asked_by": chuyen_vien}
        return owe(entry, **values | changes)

    return make


@pytest.fixture
def owed(new) -> Obligation:
    """Due by a day that was set: Thursday, 20/6/2024."""
    return new(due_on=DUE)


@pytest.fixture
def limit(db) -> Callable[..., TimeLimit]:
    """``limit(…)``: a limit of law, five working days unless told; it may be extended, paused."""

    def make(key: str = "test.limit", **changes) -> TimeLimit:
        values = {
            "key": key, "label": "Thời hạn thử", "start_event": "ngày nhận", "length": 5,
            "unit": "working_day", "extension_times": 1, "extension_length": 3,
            "pause": "chờ bổ sung", "legal_basis": "Nghị định 61/2018/NĐ-CP, Điều 17",
            "rule": "MC-04", "confirmed": True, "effective_from": dt.date(2020, 1, 1),
        }  # fmt: skip
        return TimeLimit.objects.create(**values | changes)

    return make


@pytest.fixture
def lawful(new, limit) -> Obligation:
    """Due by law, five working days after 13/6: Thursday, 20/6/2024."""
    limit()
    return new(limit_key="test.limit")


@pytest.fixture
def officer(db) -> Person:
    """Nguyễn Văn Bình, officer of the department that owes."""
    return create_person(username="van-binh", full_name="Nguyễn Văn Bình", unit_code="STNMT",
                         role="officer", password="mat-khau-dai-2024")  # fmt: skip


@pytest.fixture
def old_unit(db) -> Unit:
    """A department that ended on 14/6/2024; Sở Tài chính took over."""
    ended = Unit.objects.create(
        code="SCU", name="Sở Cũ", kind="department", valid_from=dt.date(2010, 1, 1),
        valid_to=dt.date(2024, 6, 14), parent=Unit.objects.get(code="UBND"),
    )  # fmt: skip
    heir = Unit.objects.get(code="STC")
    Succession.objects.create(predecessor=ended, successor=heir, since=dt.date(2024, 6, 15))
    return ended


@pytest.fixture
def alone(db) -> None:
    """All that the data set owes is done: jobs over everything look at the test's own rows."""
    Obligation.objects.filter(done_at=None).update(done_at=F("started_at"))
    Obligation.objects.exclude(reopened_at=None).update(reopened_at=None)


def told(obligation: Obligation, kind: str | None = None) -> set[str]:
    """Who was told something about it, by username."""
    found = Notice.objects.filter(obligation=obligation)
    if kind:
        found = found.filter(kind=kind)
    return set(found.values_list("person__username", flat=True))


def last_line(verb: str) -> Line:
    return Line.objects.filter(verb=verb).latest("pk")


def moment(day: int, hour: int = 23, minute: int = 59, second: int = 59) -> dt.datetime:
    return dt.datetime(2024, 6, day, hour, minute, second, tzinfo=clock.ZONE)


def _picture() -> list[object]:
    """Everything that an action of tracking may change."""
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Pause, Extension, Handover, DueChange, Recurrence, TimeLimit, CalendarNotice)
    ]
    mine = Entry.objects.filter(book="test.tracking")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        jobs = cursor.fetchone()
    return [
        *rows,
        list(Obligation.objects.filter(entry__in=mine).order_by("pk").values()),
        list(mine.values()),
        list(Unit.objects.order_by("pk").values()),
        Line.objects.count(), Notice.objects.count(), jobs,
    ]  # fmt: skip


@contextmanager
def refused(kind: type[Exception], words: str = "", field: str | None = None) -> Iterator[None]:
    """The action is refused with a sentence and a field, and nothing at all has changed."""
    before = _picture()
    with pytest.raises(kind) as refusal:
        yield
    assert words in str(refusal.value)
    assert refusal.value.field == field
    assert _picture() == before, "A refused action must leave everything as it was."
