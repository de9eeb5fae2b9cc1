"""The task of the queue."""

from procrastinate.contrib.django import app

from dieuhanh.kernel.errands import actions
from dieuhanh.kernel.notifications import queue


@app.task(name=queue.ERRAND)
def perform(errand_id: int) -> None:
    actions.perform_errand(errand_id)
    actions.drop_old()
