"""The tasks of the queue: thin shells around actions. ``timestamp`` is the tick of a periodic one."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from dieuhanh.kernel.journal.actions import seal
from dieuhanh.kernel.notifications import actions, queue
from dieuhanh.kernel.personal.actions import drop_old as drop_old_forms


@app.task(name=queue.DELIVER)
def deliver(delivery_id: int) -> None:
    actions.send_delivery(delivery_id)


@app.task(name=queue.REMIND)
def remind(timestamp: int) -> None:
    actions.remind()


@app.task(name=queue.DIGEST)
def digest(timestamp: int, after: int = 0) -> None:
    actions.send_digests(after=after)


@app.task(name=queue.SEAL)
def seal_journal(timestamp: int) -> None:
    seal()


@app.task(name=queue.HOUSEKEEPING)
def housekeeping(timestamp: int) -> None:
    """Jobs of dead workers start again, mails without a job get one, what is over goes."""
    queue.recover_stalled()
    actions.requeue_lost()
    queue.drop_old()
    SessionStore.clear_expired()
    drop_old_forms()
