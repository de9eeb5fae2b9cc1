"""The tasks of the queue: thin shells around actions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dieuhanh.kernel.tracking.recurring.actions import write_all_occurrences
from dieuhanh.kernel.tracking.reference.actions import (
    RECALCULATE,
    recalculate_for_limit,
    recalculate_for_notice,
)


@app.task(name=RECALCULATE)
def recalculate(notice_id: int | None = None, limit_id: int | None = None) -> None:
    if notice_id is not None:
        recalculate_for_notice(notice_id)
    if limit_id is not None:
        recalculate_for_limit(limit_id)


@app.task(name="tracking.recur")
def recur(timestamp: int) -> None:
    write_all_occurrences()
