"""A clock that tests move, a mail server on this machine, and jobs run as a worker would."""

from __future__ import annotations

import datetime as dt
import email
import json
import socket
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications import jobs, queue
from dieuhanh.kernel.obligations.models import Obligation


class Clock:
    """What `clock.now()` says: a working Monday morning, until it is moved."""

    def __init__(self, settings) -> None:
        self.settings = settings
        self.now = dt.datetime(2024, 6, 17, 8, 40, tzinfo=clock.ZONE)
        self.set(self.now)

    def set(self, moment: dt.datetime) -> None:
        self.now = moment
        self.settings.FIXED_NOW = moment.replace(tzinfo=None).isoformat()

    def forward(self, **delta: int) -> None:
        self.set(self.now + dt.timedelta(**delta))


@pytest.fixture
def moved(settings) -> Clock:
    return Clock(settings)


class Server:
    """A mail server on loopback. ``refuse`` maps an address to the answer it gets."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.recipients: list[str] = []
        self.refuse: dict[str, str] = {}
        self.controller: Controller | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(email.message_from_bytes(envelope.content))
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def ids(self) -> list[str]:
        return [one["Message-ID"] for one in self.received]

    @property
    def text(self) -> str:
        """All that went out, headers and decoded bodies."""
        bodies = [one.get_payload(decode=True).decode() for one in self.received]
        heads = [
            str(email.header.make_header(email.header.decode_header(value)))
            for one in self.received
            for value in one.values()
        ]
        return "\n".join(heads + bodies)


@pytest.fixture
def post(settings):
    """The site sends mail to a server of its own, which is not started yet."""
    server = Server()
    settings.MAIL_ENABLED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    settings.MAIL_DOMAIN = "dieuhanh.test"
    settings.DEFAULT_FROM_EMAIL = "dieuhanh@dieuhanh.test"
    yield server
    server.stop()


@pytest.fixture
def mail_server(post):
    post.start()
    return post


def jobs_waiting(task: str = queue.DELIVER) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s",
            [task],
        )
        return cursor.fetchone()[0]


def run_jobs(task: str = queue.DELIVER) -> int:
    """Run the jobs that wait, each once, in this transaction; those they put wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded'"
            " WHERE status = 'todo' AND task_name = %s RETURNING args",
            [task],
        )
        found = [json.loads(row[0]) for row in cursor.fetchall()]
    for arguments in found:
        jobs.app.tasks[task].func(**arguments)
    return len(found)


@pytest.fixture
def owed(db, unit, giam_doc_so) -> Obligation:
    """What the department owes on one of its own entries, due on Thursday, 20/6/2024, 23:59:59."""
    row = (
        Obligation.objects.filter(unit=unit, entry__confidentiality="ordinary", limit=None)
        .exclude(entry__title="")
        .select_related("entry")
        .order_by("pk")[0]
    )
    row.started_at = dt.datetime(2024, 6, 3, 8, tzinfo=clock.ZONE)
    row.due_at = row.first_due_at = clock.end_of(dt.date(2024, 6, 20))
    row.done_at = row.reopened_at = None
    row.entry.unit = unit
    row.entry.save()
    row.save()
    Obligation.objects.exclude(pk=row.pk).filter(done_at=None).update(
        done_at=dt.datetime(2024, 6, 16, tzinfo=clock.ZONE)
    )
    return row
