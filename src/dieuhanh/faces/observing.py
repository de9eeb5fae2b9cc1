"""What is seen of the program from outside: request ids, log lines, counters.

A log line holds the route's name, never the path or query of an address, nor names or bodies:
fields are chosen here, and of a fault only its kind and where it arose, because messages of
faults quote values of rows.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram
from pythonjsonlogger.json import JsonFormatter

Handler = Callable[[HttpRequest], HttpResponse]
Fault = tuple[type[BaseException], BaseException, TracebackType | None]

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Beside level, logger, message: what a line of the log may hold.
FIELDS = ("route", "method", "status", "ms", "user", "job", "task", "child", "error")
#: Loggers whose own words are kept; of others only the level and where it was said.
OWN = ("dieuhanh",)
#: Where time is spent: from a cached page to a long report, in seconds.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("dieuhanh.access")

REQUESTS = Counter(
    "dieuhanh_requests", "Requests answered, by name of the route.", ("route", "method", "status")
)
LATENCY = Histogram(
    "dieuhanh_request_seconds", "Time to an answer, by name of the route.", ("route",),
    buckets=BUCKETS,
)  # fmt: skip


class JsonLines(JsonFormatter):
    """One JSON object a line, of known fields only."""

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.partition(".")[0] in OWN
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if own else f"{record.module}.{record.funcName}",
        }
        if found := request_id.get():
            line["request_id"] = found
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = fault(record.exc_info)  # type: ignore[arg-type]
        return json.dumps(line, ensure_ascii=False)


def fault(info: Fault) -> dict[str, Any]:
    """The kind of a fault and where it arose, without its message."""
    kind, _error, where = info
    frames = traceback.extract_tb(where)
    return {
        "kind": kind.__name__,
        "at": [f"{one.filename.rpartition('site-packages/')[2]}:{one.lineno}" for one in frames],
    }


def route_of(request: HttpRequest) -> str:
    """The name of the route that answered, such as ``desk:entry``; ``none`` where none did."""
    match = request.resolver_match
    return (match.view_name or "none") if match else "none"


class ObservingMiddleware:
    """Give each request an id, count it, and write its line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("X-Request-ID", "")
        known = asked if REQUEST_ID.fullmatch(asked) else uuid.uuid4().hex
        token, began = request_id.set(known), time.perf_counter()
        try:
            response = self.get_response(request)
            self._tell(request, response.status_code, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = known
        return response

    def _tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        route = route_of(request)
        method = request.method if request.method in ("GET", "POST", "HEAD") else "OTHER"
        REQUESTS.labels(route, method, status).inc()
        LATENCY.labels(route).observe(seconds)
        # The person is known only where the page asked: reading it here would cost a query.
        person = getattr(request, "_cached_user", None)
        log.info(
            "answered",
            extra={
                "route": route,
                "method": method,
                "status": status,
                "ms": round(seconds * 1000, 1),
                "user": person.pk if person is not None else None,
            },
        )
