"""What runs by itself, and when; and the scheduler, which only puts jobs into the queue.

Any number of schedulers may run: a tick is put once, whoever comes first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, close_old_connections

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications import queue, rules
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text.dates import local

log = logging.getLogger("dieuhanh.jobs")
LOOK_EVERY = 15.0  # seconds


def every(step: timedelta) -> Callable[[datetime], datetime | None]:
    """The last full step before a moment, day and night."""

    def tick(moment: datetime) -> datetime:
        seconds = int(step.total_seconds())
        return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, clock.ZONE)

    return tick


def in_office(step: timedelta) -> Callable[[datetime], datetime | None]:
    """The last full step before a moment in working hours; None outside them."""
    plain = every(step)

    def tick(moment: datetime) -> datetime | None:
        return plain(moment) if rules.in_working_hours(moment, calendar()) else None

    return tick


def at_opening(moment: datetime) -> datetime | None:
    """When offices opened today, once they have; a scheduler that starts late catches up."""
    here = local(moment)
    opens = rules.opening(here.date(), calendar())
    if opens is None or here.time() < opens:
        return None
    return datetime.combine(here.date(), opens, clock.ZONE)


@dataclass(frozen=True)
class Periodic:
    """A task and when it is due. ``office``: by the office's clock, which a demonstration fixes;
    the rest goes by the machine's."""

    task: str
    tick: Callable[[datetime], datetime | None]
    office: bool


PERIODIC = (
    Periodic(queue.RECUR, at_opening, office=True),
    Periodic(queue.REMIND, in_office(timedelta(minutes=15)), office=True),
    Periodic(queue.DIGEST, at_opening, office=True),
    Periodic(queue.SEAL, every(timedelta(hours=1)), office=False),
    Periodic(queue.HOUSEKEEPING, every(timedelta(minutes=1)), office=False),
)


def put_due(known: dict[str, datetime]) -> list[str]:
    """Put the jobs that became due; returns their tasks. ``known`` keeps the last tick of each."""
    put = []
    for one in PERIODIC:
        moment = one.tick(clock.now() if one.office else datetime.now(clock.ZONE))
        if moment is None or known.get(one.task) == moment:
            continue
        try:
            if queue.defer_tick(one.task, int(moment.timestamp())) is not None:
                put.append(one.task)
        except IntegrityError:  # the job before it still waits: one is enough
            continue
        known[one.task] = moment
    return put


def run_scheduler(stop: threading.Event) -> None:
    """Put jobs until ``stop`` is set; a database that is away is asked again."""
    known: dict[str, datetime] = {}
    while not stop.is_set():
        try:
            close_old_connections()
            put_due(known)
        except DatabaseError as error:
            log.warning("scheduler waits for the database", extra={"error": type(error).__name__})
        stop.wait(LOOK_EVERY)
