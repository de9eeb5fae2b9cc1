"""Running the program: web, worker, scheduler and live stream under one parent.

Each part is a process of its own, so that a slow job does not slow a page and one that dies takes
nobody along. The parent only watches: it starts a part again that died, and stops all of them
when it is told to. On many machines each runs what it is for: `dieuhanh serve --only web`.
"""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

HOST = "127.0.0.1"
PARTS = ("web", "worker", "scheduler", "live")
#: Seconds that parts have to end what they are at before they are killed.
GRACE = 9.0
#: A part that ended before so many seconds has not started.
STARTED_AFTER = 5.0
#: So many first starts that fail, and the whole ends: something is wrong with this machine.
MOST_FAILED_STARTS = 3
LONGEST_WAIT = 30.0
LOOK_EVERY = 0.2
JOBS_AT_ONCE = 4

log = logging.getLogger("dieuhanh.serving")

#: The system's own functions, found before the first part is started.
_SYSTEM = ctypes.CDLL(None) if sys.platform == "linux" else None
_TELL_WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of prctl(2)


def _end_with_parent() -> None:
    """In a part, before it begins: TERM when the parent is gone, were it by SIGKILL."""
    if _SYSTEM is not None:
        _SYSTEM.prctl(_TELL_WHEN_PARENT_ENDS, int(signal.SIGTERM))


class PortTaken(Exception):
    """Something else listens there; the message says what to type."""


class PartFailed(Exception):
    """A part of the program cannot be started; the message names it."""


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def require_free(port: int) -> None:
    """Raises PortTaken."""
    if not is_free(port):
        raise PortTaken(
            f"Cổng {port} đang được chương trình khác dùng; gõ `dieuhanh serve --port {port + 1}`."
        )


def _granian(interface: str, port: int, workers: int, target: str, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", interface, "--host", HOST,
        "--port", str(port), "--workers", str(workers), "--log-level", "warning",
        "--workers-kill-timeout", "1", *more, target,
    ]  # fmt: skip


@dataclass
class Part:
    """One process that is kept running."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failed: int = 0  # starts in a row that ended at once
    lived: bool = False  # it has run: what ends it now is not this machine
    next_start: float = 0.0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which stops the parts in order.
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.started = time.monotonic()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal(self, number: int) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            if number == signal.SIGKILL:  # with whatever the part itself has started
                os.killpg(self.process.pid, number)
            elif self.process.poll() is None:
                self.process.send_signal(number)


def serve_forever(port: int, workers: int = 1, only: str = "") -> None:
    """Serve until Ctrl-C or SIGTERM; this process stays, so the embedded database stays with it.

    Args:
        only: the one part of `PARTS` to run; all of them unless given.

    Raises:
        PortTaken: the port is in use.
        PartFailed: a part ended at once, several times.
    """
    if only in ("", "web", "live"):
        require_free(port)
    live_port = port if only == "live" else _next_free(port + 1)
    folder = tempfile.mkdtemp(prefix="dieuhanh-metrics-")
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": folder}
    if not only:  # behind a proxy the operator says where the stream is
        environment.setdefault("DIEUHANH_LIVE_URL", f":{live_port}")
    ours = [sys.executable, "-m", "dieuhanh.faces.serving"]
    commands = {
        "web": _granian(
            "wsgi", port, workers, "dieuhanh.config.wsgi:application", "--blocking-threads", "4"
        ),
        "worker": [*ours, "worker"],
        "scheduler": [*ours, "scheduler"],
        "live": _granian("asginl", live_port, 1, "dieuhanh.faces.live.app:application"),
    }
    parts = [Part(name, commands[name], environment) for name in PARTS if only in ("", name)]
    try:
        supervise(parts, ready=lambda: only != "" or not is_free(port))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _next_free(port: int) -> int:
    """The first free port from ``port`` on: pages are told which it is."""
    return next(one for one in range(port, port + 100) if is_free(one))


def supervise(parts: list[Part], *, ready: Callable[[], bool] = lambda: True) -> None:
    """Keep the parts running until this process is told to stop; then stop them.

    Args:
        ready: whether the first part serves; the others wait for it, at most ten seconds.

    Raises:
        PartFailed: a part ended at once, `MOST_FAILED_STARTS` times in a row.
    """
    with _until_told_to_stop() as stop:
        try:
            first, *others = parts
            first.start()
            patience = time.monotonic() + 2 * STARTED_AFTER
            while not (ready() or stop.is_set() or first.ended() or time.monotonic() > patience):
                stop.wait(LOOK_EVERY)
            if not stop.is_set():
                for part in others:
                    part.start()
            while not stop.wait(LOOK_EVERY):
                for part in parts:
                    _keep(part)
        finally:
            _stop(parts)


@contextmanager
def _until_told_to_stop() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; the handlers before are put back."""
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, told) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _keep(part: Part) -> None:
    """Start a part again that ended, later each time.

    One that has run is started for ever: the database may be away for an hour.

    Raises:
        PartFailed: it never ran.
    """
    now = time.monotonic()
    if part.process is None:
        if now >= part.next_start:
            part.start()
        return
    if not part.ended():
        if now - part.started > STARTED_AFTER:
            part.failed, part.lived = 0, True
        return
    code = part.process.returncode
    part.signal(signal.SIGKILL)  # what it may have left behind
    part.failed = part.failed + 1 if now - part.started < STARTED_AFTER else 0
    if part.failed >= MOST_FAILED_STARTS and not part.lived:
        raise PartFailed(
            f"Phần “{part.name}” không chạy được (mã {code}); xem các dòng ở trên, "
            "gõ `dieuhanh doctor` để kiểm tra."
        )
    log.warning("part ended, starts again", extra={"child": part.name, "status": code})
    part.process = None
    part.next_start = now + min(LONGEST_WAIT, 0.5 * 2**part.failed)


def _stop(parts: list[Part]) -> None:
    """TERM to all, time to end, KILL to what is left, and to what they left behind."""
    for part in parts:
        part.signal(signal.SIGTERM)
    last = time.monotonic() + GRACE
    for part in parts:
        if part.process is not None:
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.0, last - time.monotonic()))
    for part in parts:
        part.signal(signal.SIGKILL)
        if part.process is not None:
            part.process.wait()


# What the parts of our own run ----------------------------------------------------------------------


def observe(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Around each job: its number and task on every line that it writes, and one line for itself."""
    from dieuhanh.faces.observing import request_id

    token, began, status = request_id.set(f"job-{context.job.id}"), time.perf_counter(), "failed"
    try:
        result = call_next()
        status = "succeeded"
        return result
    finally:
        log.info(
            "job ended",
            extra={
                "job": context.job.id,
                "task": context.job.task_name,
                "status": status,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        request_id.reset(token)


def run_worker() -> None:
    """Do jobs until SIGTERM; what runs then is ended first."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.db_cleanup import close_db_connections
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(
            concurrency=JOBS_AT_ONCE,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE - 2,
            task_middleware=[close_db_connections, observe],
        )


def run_scheduler() -> None:
    """Put periodic jobs into the queue until SIGTERM."""
    from dieuhanh.kernel.notifications import schedule

    with _until_told_to_stop() as stop:
        schedule.run_scheduler(stop)


def main(name: str) -> None:
    """One part of our own, as a process: `python -m dieuhanh.faces.serving worker`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dieuhanh.config.settings")
    import django

    django.setup()
    {"worker": run_worker, "scheduler": run_scheduler}[name]()


if __name__ == "__main__":
    main(sys.argv[1])
