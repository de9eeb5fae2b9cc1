"""The whole program as processes: `dieuhanh serve`, and a worker that is killed in the middle.

They run on the copy of the database that browser tests use, and put it back as it was.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from dieuhanh.config import database
from dieuhanh.faces import serving
from dieuhanh.kernel.notifications.tests.conftest import Server

BIN = Path(sys.executable).with_name("dieuhanh")
PASSWORD = "dieu-hanh-2024"
TELL = """
import django; django.setup()
from django.db import transaction
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.notifications.actions import notify
from dieuhanh.kernel.obligations.models import Obligation
person = Person.objects.get(username="giam-doc-so")
owed = Obligation.objects.filter(unit__code="STNMT", entry__unit__code="STNMT",
                                 entry__confidentiality="ordinary").first()
with transaction.atomic():
    for n in range({n}):
        assert notify(person, "urged", obligation=owed, again=f"{again}-{{n}}") == 1
"""
RECOVER = """
import django; django.setup()
from dieuhanh.kernel.notifications.queue import recover_stalled
print(recover_stalled(after=0))
"""


def wait_until(true: Callable[[], object], seconds: float, what: str) -> None:
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last, f"{what}: not within {seconds} seconds"
        time.sleep(0.05)


@pytest.fixture
def rows(journeys_database) -> Iterator[psycopg.Connection]:
    """The superuser's connection, which also cleans up what the program may not delete."""
    if not database.is_embedded():
        pytest.skip("needs the copy of the database in the embedded server")
    with database._superuser_connection(settings.VAR_DIR, journeys_database) as connection:
        connection.execute("UPDATE identity_person SET email = username || '@dieuhanh.test'")
        yield connection
        for table in ("notifications_delivery", "notifications_notice", "notifications_reminder",
                      "procrastinate_periodic_defers", "procrastinate_jobs",
                      "procrastinate_workers"):  # fmt: skip
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE identity_person SET email = ''")


@pytest.fixture
def environment(journeys_database) -> dict[str, str]:
    return os.environ | {
        "DIEUHANH_DATABASE": journeys_database,
        "DIEUHANH_VAR": str(settings.VAR_DIR),
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.testing",
        "NO_COLOR": "1",
    }


def python(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=environment, capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


class SlowServer(Server):
    """Takes its time for each mail, so that a worker can be killed in the middle of one."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        import asyncio

        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.15)
        return answer


def test_a_worker_that_is_killed_loses_no_mail(rows, environment) -> None:
    post, n = SlowServer(), 16
    post.start()
    environment |= {"DIEUHANH_SMTP_URL": f"smtp://127.0.0.1:{post.port}"}
    worker = [sys.executable, "-m", "dieuhanh.faces.serving", "worker"]
    python(TELL.format(n=n, again="kill"), environment)
    wanted = [row[0] for row in rows.execute("SELECT message_id FROM notifications_delivery")]
    assert len(wanted) == n
    first = subprocess.Popen(worker, env=environment)
    try:
        wait_until(lambda: len(post.ids) >= 4, 20, "the worker sends")
    finally:
        first.kill()
        first.wait()
    cut = len(set(post.ids))
    assert cut < n, "The worker was to be killed in the middle."
    doing = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    wait_until(lambda: rows.execute(doing).fetchone()[0] > 0, 5, "jobs were cut off")
    assert int(python(RECOVER, environment)) > 0, "What the dead worker did must start again."
    second = subprocess.Popen(worker, env=environment)
    waiting = "SELECT count(*) FROM notifications_delivery WHERE state <> 'sent'"
    try:
        wait_until(lambda: rows.execute(waiting).fetchone()[0] == 0, 20, "every mail is sent")
        jobs = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notifications.deliver'"
        wait_until(lambda: rows.execute(jobs).fetchone()[0] == 0, 10, "no job is left")
    finally:
        second.terminate()
        assert second.wait(15) == 0, "A worker that is told to stop ends cleanly."
        post.stop()
    assert set(post.ids) == set(wanted), "Every mail arrives."
    assert len(post.ids) <= n + serving.JOBS_AT_ONCE, (
        "Only what was under way may come again, with the Message-ID it had."
    )


# `dieuhanh serve` -----------------------------------------------------------------------------------


def _children(pid: int) -> dict[int, str]:
    """Processes below ``pid``, at any depth, with their command lines."""
    found: dict[int, str] = {}
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return {}
    for child in map(int, below):
        try:
            words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            continue
        found[child] = words.decode()
        found |= _children(child)
    return found


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _of(part: str, pid: int) -> set[int]:
    return {child for child, words in _children(pid).items() if words.rstrip().endswith(part)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Visitor:
    """Somebody signed in, without a browser."""

    def __init__(self, port: int, username: str) -> None:
        self.address, jar = f"http://127.0.0.1:{port}", http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
        page = self.open(f"{self.address}/dang-nhap/", timeout=20).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        form = {"csrfmiddlewaretoken": token, "username": username, "password": PASSWORD}
        self.open(f"{self.address}/dang-nhap/", urllib.parse.urlencode(form).encode(), timeout=20)
        self.cookies = "; ".join(f"{one.name}={one.value}" for one in jar)

    def read(self, path: str) -> str:
        return self.open(f"{self.address}{path}", timeout=20).read().decode()


def _listen(port: int, cookies: str, heard: list[str]) -> None:
    """Collect the lines of the live stream until it ends."""
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    stream.request("GET", "/live/", headers={"Cookie": cookies, "Origin": "http://127.0.0.1:1"})
    answer = stream.getresponse()
    heard.append(f"status {answer.status}")
    try:
        while line := answer.readline():
            heard.append(line.decode().strip())
    except OSError:
        return


def test_the_whole_program_starts_heals_and_stops(rows, environment) -> None:
    port = _free_port()
    parent = subprocess.Popen([str(BIN), "serve", "--port", str(port)], env=environment,
                              stderr=subprocess.PIPE, text=True)  # fmt: skip
    seen: dict[int, str] = {}
    try:
        ours = ("serving worker", "serving scheduler", "wsgi:application", "live.app:application")
        wait_until(lambda: all(_of(one, parent.pid) for one in ours), 20, "four parts run")
        seen |= _children(parent.pid)
        workers = "SELECT count(*) FROM procrastinate_workers"
        wait_until(lambda: rows.execute(workers).fetchone()[0] > 0, 15, "the worker is ready")

        visitor = Visitor(port, "giam-doc-so")
        live_port = int(re.search(r'data-live=":(\d+)"', visitor.read("/chi-tieu/"))[1])
        heard: list[str] = []
        wait_until(lambda: serving.is_free(live_port) is False, 15, "the live part listens")
        threading.Thread(
            target=_listen, args=(live_port, visitor.cookies, heard), daemon=True
        ).start()
        wait_until(lambda: "event: unread" in heard, 10, "the stream begins")
        before = len([one for one in heard if one.startswith("data:")])
        python(TELL.format(n=1, again="live"), environment)
        wait_until(
            lambda: len([one for one in heard if one.startswith("data:")]) > before, 10,
            "the stream tells of the new notice",
        )  # fmt: skip

        (worker,) = _of("serving worker", parent.pid)
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: _of("serving worker", parent.pid) - {worker}, 10, "another worker runs")
        assert "ok" in visitor.read("/healthz"), "The other parts go on meanwhile."
        seen |= _children(parent.pid)
    finally:
        parent.send_signal(signal.SIGTERM)
        try:
            assert parent.wait(20) == 0, parent.stderr.read()[-2000:]
        finally:
            parent.kill()
    wait_until(lambda: not [pid for pid in seen if _alive(pid)], 3, "nothing is left behind")
    assert serving.is_free(port)


def test_without_a_session_there_is_no_stream() -> None:
    import asyncio

    from dieuhanh.faces.live.app import application

    def ask(**headers: str) -> int:
        sent: list[dict] = []

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/live/",
                 "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}  # fmt: skip
        with ThreadPoolExecutor(1) as apart:  # the browser driver keeps a loop in this thread
            apart.submit(asyncio.run, application(scope, None, send)).result()
        return sent[0]["status"]

    assert ask(host="localhost:8001") == 401
    assert ask(host="localhost:8001", origin="http://localhost:8000") == 401
    assert ask(host="localhost:8001", origin="https://elsewhere.example") == 404
    assert ask(host="elsewhere.example") == 404


# The parent, with parts that are only shells --------------------------------------------------------


def _part(name: str, *command: str) -> serving.Part:
    return serving.Part(name, list(command), dict(os.environ))


def test_a_part_that_never_starts_ends_the_whole(monkeypatch) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(serving, "LONGEST_WAIT", 0.01)
    stays = _part("web", "sleep", "60")
    with pytest.raises(serving.PartFailed, match="worker"):
        serving.supervise([stays, _part("worker", "false")])
    assert stays.ended(), "The others are stopped too."


def test_a_part_that_has_run_is_started_for_ever(monkeypatch, tmp_path) -> None:
    """The database is away for an hour: the worker cannot start, and the pages go on."""
    for name, value in (("STARTED_AFTER", 0.2), ("LOOK_EVERY", 0.01), ("LONGEST_WAIT", 0.01)):
        monkeypatch.setattr(serving, name, value)
    starts = tmp_path / "starts"
    script = f"echo >> {starts}; test $(wc -l < {starts}) -gt 1 || sleep 0.4"

    def stop_after_many() -> None:
        wait_until(lambda: starts.exists() and starts.read_text().count("\n") > 6, 10, "starts")
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_after_many, daemon=True).start()
    serving.supervise([_part("worker", "sh", "-c", script)])


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells parts on Linux only")
def test_the_parts_end_with_a_parent_that_is_killed(environment) -> None:
    code = (
        "import os; from dieuhanh.faces import serving; "
        "serving.supervise([serving.Part('web', ['sleep', '60'], dict(os.environ))])"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], env=environment)
    wait_until(lambda: _of("sleep 60", parent.pid), 10, "the part runs")
    (part,) = _of("sleep 60", parent.pid)
    parent.kill()
    parent.wait()
    wait_until(lambda: not _alive(part), 5, "the part ends too")


def test_a_part_that_does_not_listen_is_killed_with_what_it_started(monkeypatch) -> None:
    monkeypatch.setattr(serving, "GRACE", 0.3)
    monkeypatch.setattr(serving, "LOOK_EVERY", 0.01)
    deaf = _part("web", "sh", "-c", "trap '' TERM; sleep 60 & wait; wait; sleep 60")
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    serving.supervise([deaf])
    assert deaf.process.returncode == -signal.SIGKILL
    assert not _group(deaf.process.pid), "What the part had started must go with it."


def _group(leader: int) -> list[int]:
    """Living processes of a process group."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found
