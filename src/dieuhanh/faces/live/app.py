"""The live stream: a signed-in person's unread notices, as server-sent events.

A process of its own, because a stream stays open for hours. It listens once to the database and
wakes the streams of those who were told something; each then counts anew, through the same
query as the page. What a page shows without it is the same, one click later.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dieuhanh.config.settings")
django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user  # noqa: E402
from django.db import close_old_connections, connections  # noqa: E402
from django.http.request import split_domain_port, validate_host  # noqa: E402

from dieuhanh.kernel.notifications.actions import CHANNEL  # noqa: E402
from dieuhanh.kernel.notifications.queries import MOST_COUNTED, unread_count  # noqa: E402

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

PATHS = ("/", "/live/")
#: Seconds between signs of life; at each the session is looked at again.
KEEP_ALIVE = 20.0
#: Seconds after which a lost connection to the database is tried again.
AGAIN = 2.0
#: Most streams of one process; whoever comes later reads the count with the next page.
MOST_STREAMS = 20_000
READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")

log = logging.getLogger("dieuhanh.live")


class Hub:
    """Who listens in this process, and the one connection that hears of news."""

    def __init__(self) -> None:
        self.streams: dict[int, set[asyncio.Event]] = defaultdict(set)
        self.count = 0
        self.listening: asyncio.Task[None] | None = None

    def join(self, person_id: int) -> asyncio.Event:
        if self.listening is None:
            self.listening = asyncio.get_running_loop().create_task(self._listen())
        news = asyncio.Event()
        self.streams[person_id].add(news)
        self.count += 1
        return news

    def leave(self, person_id: int, news: asyncio.Event) -> None:
        self.count -= 1
        self.streams[person_id].discard(news)
        if not self.streams[person_id]:
            del self.streams[person_id]

    def wake(self, person_id: int | None = None) -> None:
        """Somebody has news; None: nobody knows who, so all look."""
        chosen = list(self.streams) if person_id is None else [person_id]
        for one in chosen:
            for news in self.streams.get(one, ()):
                news.set()

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except psycopg.Error as error:
                log.warning("live waits for the database", extra={"error": type(error).__name__})
            await asyncio.sleep(AGAIN)

    async def _hear(self) -> None:
        parameters = connections["default"].get_connection_params()
        for name in ("cursor_factory", "context"):
            parameters.pop(name, None)
        async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as heard:
            await heard.execute(f"LISTEN {CHANNEL}")
            self.wake()  # what was said while nobody listened
            async for said in heard.notifies():
                self.wake(int(said.payload))


hub = Hub()


def _read(session_key: str) -> tuple[int, int] | None:
    """(person, unread) of a session; None when nobody is signed in with it."""
    close_old_connections()
    try:
        store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        person: Any = get_user(SimpleNamespace(session=store))  # type: ignore[arg-type]
        if not person.is_authenticated:
            return None
        return person.pk, unread_count(person)
    finally:
        close_old_connections()


async def _ask(session_key: str) -> tuple[int, int] | None:
    work = partial(_read, session_key)
    return await asyncio.get_running_loop().run_in_executor(READERS, work)


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]}  # fmt: skip


def _session_key(headers: dict[str, str]) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _origin(headers: dict[str, str]) -> str | None:
    """The page's origin, "" where it is this address itself; None when it may not listen.

    A page of the same host on another port may: the parts of the program stand side by side.
    """
    host = split_domain_port(headers.get("host", ""))[0]
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return None
    origin = headers.get("origin", "")
    if not origin:
        return ""
    asked = urlsplit(origin).hostname or ""
    return origin if asked == host.strip("[]") else None


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /live/: ``event: unread`` with the number, now and whenever it changes."""
    if scope["type"] != "http":
        return
    headers = _headers(scope)
    origin = _origin(headers)
    if scope["path"] not in PATHS or scope["method"] != "GET" or origin is None:
        return await _refuse(send, 404)
    if hub.count >= MOST_STREAMS:
        return await _refuse(send, 503)
    key = _session_key(headers)
    found = await _ask(key) if key else None
    if found is None:
        return await _refuse(send, 401)
    answer = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"),
              (b"x-accel-buffering", b"no")]  # fmt: skip
    if origin:
        answer += [(b"access-control-allow-origin", origin.encode()),
                   (b"access-control-allow-credentials", b"true"), (b"vary", b"origin")]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": answer})
    person_id, unread = found
    news = hub.join(person_id)
    closing = asyncio.ensure_future(_closed(receive))
    try:
        await _stream(send, key, person_id, unread, news, closing)
    finally:
        hub.leave(person_id, news)
        closing.cancel()
    return None


async def _closed(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _stream(
    send: Send,
    key: str,
    person_id: int,
    unread: int,
    news: asyncio.Event,
    closing: asyncio.Future[None],
) -> None:
    """Send the count, and again when it changed, until the page or the session is gone."""

    async def say(text: str) -> None:
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    def shown(count: int) -> str:
        return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)

    await say(f"retry: 5000\nevent: unread\ndata: {shown(unread)}\n\n")
    while not closing.done():
        waiting = asyncio.ensure_future(news.wait())
        either: set[asyncio.Future[Any]] = {waiting, closing}
        await asyncio.wait(either, timeout=KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if closing.done():
            return
        news.clear()
        found = None
        with suppress(Exception):  # the database is away: keep the page, look again later
            found = await _ask(key)
            if found is None or found[0] != person_id:
                await say("event: gone\ndata:\n\n")
                break
        if found is not None and found[1] != unread:
            unread = found[1]
            await say(f"event: unread\ndata: {shown(unread)}\n\n")
        else:
            await say(": here\n\n")
    await send({"type": "http.response.body", "body": b""})
