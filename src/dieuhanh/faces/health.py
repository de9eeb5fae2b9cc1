"""Whether the process lives, whether it can serve, and its counters: for machines that watch it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from ipaddress import ip_address
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dieuhanh.kernel.notifications import queries, queue

#: A request that came through a proxy says so in one of these.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """GET /healthz: the process lives. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """GET /readyz: 200 when a request can be served; else 503 and the part that fails."""
    parts: dict[str, str] = {}
    for name, check in CHECKS:
        try:
            parts[name] = check()
        except Exception:
            parts[name] = "failed"
            break  # what comes after stands on it
    ready = all(said == "ok" for said in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


@cache
def _migrated() -> bool:
    """Kept once it is true: other code is another process."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise ValueError("migrations wait")
    return True


def _migrations() -> str:
    return "ok" if _migrated() else "failed"


def _queue() -> str:
    queue.depths()
    return "ok"


CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("database", _database),
    ("migrations", _migrations),
    ("queue", _queue),
)


class FromDatabase(Collector):
    """What all processes share, read when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("dieuhanh_jobs", "Jobs by status.", labels=["status"])
        for status, count in queue.depths().items():
            jobs.add_metric([status], count)
        yield jobs
        mails = GaugeMetricFamily("dieuhanh_deliveries", "Mails by state.", labels=["state"])
        for state, count in queries.deliveries_by_state().items():
            mails.add_metric([state], count)
        yield mails
        yield GaugeMetricFamily(
            "dieuhanh_oldest_waiting_job_seconds",
            "For how long the oldest job that could run has waited.",
            value=queue.oldest_waiting(),
        )
        yield GaugeMetricFamily(
            "dieuhanh_workers", "Workers that gave a sign of life.", value=queue.live_workers()
        )


def _may_read(request: HttpRequest) -> bool:
    """From this machine itself, not through its proxy; or with the token."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """GET /metrics: for Prometheus. Whoever may not read it finds nothing.

    Raises:
        Http404: asked from elsewhere without the token.
    """
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(FromDatabase())
    body = generate_latest(registry)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # several processes answer for this address
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        body += generate_latest(shared)
    else:
        body += generate_latest(REGISTRY)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
