"""Confirming a limit, and putting another version of it in force (X-01)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.notifications.models import Notice
from dieuhanh.kernel.notifications.tests.conftest import jobs_waiting, run_jobs
from dieuhanh.kernel.obligations.models import Cause, Obligation, TimeLimit
from dieuhanh.kernel.obligations.queries import limit_in_force, with_state
from dieuhanh.kernel.tracking import jobs  # noqa: F401 - the tasks are known from here on
from dieuhanh.kernel.tracking.actions import complete_obligation
from dieuhanh.kernel.tracking.reference.actions import (
    RECALCULATE,
    change_limit,
    confirm_limit,
    recalculate_for_limit,
)
from dieuhanh.kernel.tracking.tests.conftest import last_line, moment, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
FRIDAY, MONDAY = dt.date(2024, 6, 14), dt.date(2024, 6, 17)
JULY = dt.date(2024, 7, 1)


def change(limit, actor, effective_from=FRIDAY, reason="Nghị định mới", **how):
    how = {"confirmed": True, "length": 8} | how
    return change_limit(limit.pk, actor=actor, effective_from=effective_from, reason=reason, **how)


def test_a_limit_is_confirmed_with_a_reason(limit, quan_tri):
    made = limit(confirmed=False, owner="Sở Tư pháp")
    with refused(Refusal, "Xin ghi lý do", "reason"):
        confirm_limit(made.pk, actor=quan_tri, reason="")
    confirm_limit(made.pk, actor=quan_tri, reason="Đã đối chiếu bản chính")
    made.refresh_from_db()
    assert made.confirmed
    line = last_line("limit.confirmed")
    assert (line.subject, line.reason, line.details["version"]) == (
        "test.limit", "Đã đối chiếu bản chính", made.pk,
    )  # fmt: skip
    with refused(WrongState, "đã được xác nhận"):
        confirm_limit(made.pk, actor=quan_tri, reason="x")


def test_an_unknown_one_is_not_confirmed(limit, quan_tri):
    made = limit(confirmed=False, owner="Sở Tư pháp", certainty="unknown", length=None)
    with refused(Refusal, "chưa có độ dài"):
        confirm_limit(made.pk, actor=quan_tri, reason="x")


def test_what_runs_keeps_its_rule(lawful, new, quan_tri):
    after = change(lawful.limit, quan_tri)
    assert jobs_waiting(RECALCULATE) == 0
    before = TimeLimit.objects.get(pk=lawful.limit_id)
    assert (before.effective_to, after.effective_from, after.effective_to) == (
        dt.date(2024, 6, 13), FRIDAY, None,
    )  # fmt: skip
    assert limit_in_force("test.limit", FRIDAY) == after
    assert limit_in_force("test.limit", before.effective_to) == before
    lawful.refresh_from_db()
    assert (lawful.limit, lawful.due_at) == (before, moment(20))
    later = new(limit_key="test.limit", start=moment(14, 8, 0, 0))
    assert (later.limit, later.due_at) == (after, moment(26))
    line = last_line("limit.changed")
    assert (line.reason, line.details["changes"]) == ("Nghị định mới", {"length": ["5", "8"]})


def test_unless_the_new_row_says_otherwise(lawful, new, officer, quan_tri):
    done = new(limit_key="test.limit")
    complete_obligation(done.pk, actor=officer, on=MONDAY, product="1/BC")
    after = change(lawful.limit, quan_tri, applies_to_running=True, legal_basis="Luật mới")
    assert run_jobs(RECALCULATE) == 1
    lawful.refresh_from_db()
    assert (lawful.limit, lawful.due_at, lawful.first_due_at) == (after, moment(25), moment(20))
    moved = lawful.due_changes.get()
    assert (moved.cause, moved.reason) == (Cause.LIMIT, "Luật mới")
    assert told(lawful, "deadline_moved") == {"giam-doc-so", "chuyen-vien"}
    done.refresh_from_db()
    assert (done.limit_id, done.due_at) != (after.pk, moment(25)) and not done.due_changes.exists()
    lines, notices = Line.objects.count(), Notice.objects.count()
    assert recalculate_for_limit(after.pk) == 0, "Run again, it changes nothing more."
    assert (Line.objects.count(), Notice.objects.count()) == (lines, notices)


def test_one_that_is_in_force_later_moves_what_runs_then(lawful, quan_tri):
    change(lawful.limit, quan_tri, JULY, applies_to_running=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at > now() + interval '13 days' FROM procrastinate_jobs"
            " WHERE task_name = %s",
            [RECALCULATE],
        )
        assert cursor.fetchall() == [(True,)]


def test_that_it_is_no_longer_known_takes_the_date_away(lawful, quan_tri):
    change(lawful.limit, quan_tri, applies_to_running=True, certainty="unknown", length=None,
           confirmed=False, owner="Sở Tư pháp")  # fmt: skip
    run_jobs(RECALCULATE)
    lawful.refresh_from_db()
    assert lawful.due_at is None
    assert with_state(moment(30)).get(pk=lawful.pk).state == "no_deadline"
    assert with_state(moment(16)).get(pk=lawful.pk).state == "open_in_time"


def test_two_versions_never_hold_on_one_day(limit, quan_tri):
    made = limit(effective_from=dt.date(2024, 1, 1))
    for day in (dt.date(2024, 1, 1), dt.date(2023, 7, 1)):
        with refused(WrongDate, "bắt đầu ngày 01/01/2024", "effective_from"):
            change(made, quan_tri, day)
    for dates in ({"effective_from": JULY}, {"effective_from": dt.date(2023, 1, 1), "effective_to":
                  dt.date(2024, 1, 1)}):  # fmt: skip
        with pytest.raises(IntegrityError, match="time_limit_versions_apart"), transaction.atomic():
            limit(**dates)
    limit(effective_from=dt.date(2023, 1, 1), effective_to=dt.date(2023, 12, 31))
    limit("test.other", effective_from=dt.date(2024, 1, 1))


def test_an_ended_version_is_not_changed(limit, quan_tri):
    made = limit()
    change(made, quan_tri)
    with refused(WrongState, "hết hiệu lực ngày 13/6/2024"):
        change(made, quan_tri, JULY)


def test_refusals(limit, quan_tri, lanh_dao):
    made = limit()
    with refused(Forbidden):
        change(made, lanh_dao)
    with refused(Forbidden):
        confirm_limit(made.pk, actor=lanh_dao, reason="x")
    with refused(Refusal, "Xin ghi lý do", "reason"):
        change(made, quan_tri, reason="")
    with refused(Refusal, "cơ quan sẽ xác nhận", "owner"):
        change(made, quan_tri, confirmed=False)
    for how in ({"length": None}, {"certainty": "unknown"}):
        with refused(Refusal, "độ dài", "length"):
            change(made, quan_tri, **how)
    assert not Obligation.objects.filter(limit=made).exists()
