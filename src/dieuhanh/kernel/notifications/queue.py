"""Putting jobs into the queue, inside the transaction that needs them.

The queue is procrastinate's, in the same database: a job that is put here exists when the
caller's transaction commits, and not otherwise. A worker opens connections of its own to fetch
jobs, so everything goes through Django's connection here, also inside a worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

QUEUE = "default"
DELIVER = "notifications.deliver"
REMIND = "notifications.remind"
DIGEST = "notifications.digest"
SEAL = "journal.seal"
HOUSEKEEPING = "notifications.housekeeping"
#: Of a room above, `kernel.tracking`: the next occurrences of recurring duties.
RECUR = "tracking.recur"
#: Of another, `kernel.errands`: long work for one person.
ERRAND = "errands.perform"
#: Seconds without a sign of life after which a worker is held for dead and its jobs start again.
STALLED_AFTER = 30.0
#: Days for which failed jobs are kept to be looked at.
KEPT_DAYS = 30


def defer(task: str, arguments: Iterable[dict[str, int]], *, wait: timedelta | None = None) -> None:
    """Put one job for each dictionary of arguments; run after ``wait``, of the server's own time."""
    at = datetime.now().astimezone() + wait if wait else None
    jobs = [
        Job(queue=QUEUE, lock=None, queueing_lock=None, task_name=task, task_kwargs=dict(one),
            scheduled_at=at)
        for one in arguments
    ]  # fmt: skip
    if jobs:
        JobManager(DjangoConnector()).batch_defer_jobs(jobs)


def defer_tick(task: str, tick: int) -> int | None:
    """Put the job of one tick, unless some scheduler has put it; the job's id if it was put now.

    Args:
        tick: seconds since 1970 of the moment at which the job became due.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_defer_periodic_job_v2(%s, %s, NULL, %s, 0, '', %s, %s)",
            [QUEUE, task, task, tick, json.dumps({"timestamp": tick})],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def depths() -> dict[str, int]:
    """Jobs that wait or run, by status."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    return {status: found.get(status, 0) for status in ("todo", "doing", "failed")}


def oldest_waiting() -> float:
    """Seconds for which the oldest job that could run has been waiting; 0 when none waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))), 0)"
            " FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id"
            " AND event.type = 'deferred' WHERE job.status = 'todo'"
            " AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())"
        )
        return max(0.0, float(cursor.fetchone()[0]))


def live_workers() -> int:
    """Workers that gave a sign of life lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [STALLED_AFTER],
        )
        return int(cursor.fetchone()[0])


def recover_stalled(after: float = STALLED_AFTER) -> int:
    """Start jobs again whose worker died in the middle. Returns how many.

    Args:
        after: seconds without a sign of life.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(job.id, now(), NULL, NULL, NULL)"
            " FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker"
            " ON worker.id = job.worker_id WHERE job.status = 'doing' AND (worker.id IS NULL"
            " OR worker.last_heartbeat < now() - make_interval(secs => %s))",
            [after],
        )
        return len(cursor.fetchall())


def drop_old() -> None:
    """Drop jobs that ended and that nobody will look at any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs job USING procrastinate_events event"
            " WHERE event.job_id = job.id AND job.status NOT IN ('todo', 'doing')"
            " AND event.at < now() - make_interval(days => %s)",
            [KEPT_DAYS],
        )
