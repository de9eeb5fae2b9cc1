"""Health, metrics and logs: what machines see; nothing of people in it."""

from __future__ import annotations

import json
import logging

import pytest
from django.db import connection

from dieuhanh.faces import health
from dieuhanh.faces.observing import JsonLines
from dieuhanh.kernel.notifications import queue

pytestmark = pytest.mark.django_db


def test_the_process_lives_without_the_database(client, monkeypatch) -> None:
    def no_query(*arguments):
        raise AssertionError("Health must not ask the database.")

    with connection.execute_wrapper(no_query):
        assert client.get("/healthz").status_code == 200


def test_ready_says_each_part(client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["parts"] == {"database": "ok", "migrations": "ok", "queue": "ok"}


@pytest.mark.parametrize("part", ["database", "migrations", "queue"])
def test_not_ready_names_the_part_that_fails(client, monkeypatch, part: str) -> None:
    def fail() -> str:
        raise RuntimeError("mật khẩu của kho dữ liệu")

    checks = tuple((name, fail if name == part else check) for name, check in health.CHECKS)
    monkeypatch.setattr(health, "CHECKS", checks)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"][part] == "failed"
    assert "mật khẩu" not in answer.content.decode()


def test_a_migration_that_waits_is_not_ready(client, monkeypatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [1])
    health._migrated.cache_clear()
    assert client.get("/readyz").json()["parts"]["migrations"] == "failed"


def test_metrics_count_by_route_and_tell_of_the_queue(client, sign_in, van_thu) -> None:
    queue.defer(queue.DELIVER, [{"delivery_id": 0}])
    sign_in(van_thu).get("/van-ban-den/?q=Nguyen+Van+Bi+Mat")
    told = client.get("/metrics").content.decode()
    assert 'dieuhanh_requests_total{method="GET",route="desk:list",status="200"}' in told
    assert 'dieuhanh_request_seconds_bucket{le="0.5",route="desk:list"}' in told
    assert 'dieuhanh_jobs{status="todo"} 1.0' in told
    assert 'dieuhanh_deliveries{state="queued"} 0.0' in told
    assert "dieuhanh_oldest_waiting_job_seconds" in told and "dieuhanh_workers" in told
    assert "van-ban-den" not in told and "Bi+Mat" not in told, "Count by the name of the route."


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "203.0.113.9", 404),
        ({"X-Forwarded-For": "203.0.113.9"}, "127.0.0.1", 404),
        ({"Authorization": "Bearer right-token"}, "203.0.113.9", 200),
        ({"Authorization": "Bearer wrong-token"}, "203.0.113.9", 404),
        ({"Authorization": "Bearer wrong-token"}, "127.0.0.1", 404),
        ({"Authorization": "Bearer "}, "203.0.113.9", 404),
    ],
)
def test_metrics_are_for_this_machine_or_with_the_token(
    client, settings, headers, address, status
) -> None:
    settings.METRICS_TOKEN = "right-token"
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_without_a_token_set_none_opens(client, settings) -> None:
    settings.METRICS_TOKEN = ""
    asked = client.get("/metrics", headers={"Authorization": "Bearer "}, REMOTE_ADDR="203.0.113.9")
    assert asked.status_code == 404


def _lines(caplog) -> list[dict]:
    return [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_a_request_is_one_line_without_people(client, sign_in, van_thu, caplog) -> None:
    client = sign_in(van_thu)
    with caplog.at_level(logging.INFO, logger="dieuhanh"):
        client.get("/tim/?q=Trịnh+Thị+Bưởi", headers={"X-Request-ID": "abcdef-123456"})
    (line,) = [one for one in _lines(caplog) if one["logger"] == "dieuhanh.access"]
    assert line["route"] == "desk:search" and line["status"] == 200
    assert line["user"] == van_thu.pk and line["ms"] >= 0
    told = "".join(JsonLines().format(record) for record in caplog.records)
    for secret in ("Bưởi", "B%C6%B0", "/tim/", van_thu.full_name, van_thu.username):
        assert secret not in told, f"The log tells {secret}"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("abcdef-123456", True), ("kurz", False), ("a b c d e f g h", False), ("x" * 65, False)],
)
def test_a_request_id_is_kept_when_it_is_one(client, asked: str, kept: bool) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": asked})
    said = answer.headers["X-Request-ID"]
    assert (said == asked) is kept and len(said) >= 8


def test_a_fault_is_told_without_its_words(caplog) -> None:
    try:
        raise ValueError("Key (name)=(Trịnh Thị Bưởi) exists")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: /tim/Bưởi/")
    line = _lines(caplog)[-1]
    assert line["fault"]["kind"] == "ValueError"
    assert "test_observing.py" in line["fault"]["at"][-1]
    assert "Bưởi" not in json.dumps(line, ensure_ascii=False)


def test_the_doctor_says_that_the_clock_was_set_back(settings) -> None:
    from dieuhanh.faces import doctor
    from dieuhanh.kernel.journal.actions import SYSTEM, record

    record("entry.corrected", actor=SYSTEM, subject="thử")
    assert {name: problem for name, problem, _note in doctor.run()}["Đồng hồ"] == ""
    settings.FIXED_NOW = "2024-06-16T08:40"
    said = {name: problem for name, problem, _note in doctor.run()}["Đồng hồ"]
    assert "đồng hồ chậm hơn dòng cuối của nhật ký (17/6/2024 08:40)" in said


def test_the_doctor_says_that_jobs_failed(db) -> None:
    from dieuhanh.faces import doctor

    queue.defer(queue.DELIVER, [{"delivery_id": 0}])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    said = {name: problem for name, problem, _note in doctor.run()}["Việc nền"]
    assert "1 việc nền bị lỗi" in said
