"""Stopping a clock and letting it run on (MC-04)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Cause
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.kernel.tracking.actions import (
    complete_obligation,
    decide_extension,
    pause_obligation,
    resume_obligation,
    return_obligation,
)
from dieuhanh.kernel.tracking.tests.conftest import START, last_line, moment, refused, told

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = dt.date(2024, 6, 14), dt.date(2024, 6, 17)
REASON = "Chờ người nộp bổ sung"


def pause(owed, actor, on=MONDAY, reason=REASON):
    pause_obligation(owed.pk, actor=actor, on=on, reason=reason)
    return owed.pauses.latest("pk")


def test_the_clock_stands_for_a_reason_that_is_told(lawful, chuyen_vien, moved):
    made = pause(lawful, chuyen_vien)
    assert (made.started_at, made.ended_at, made.due_at) == (clock.now(), None, moment(20))
    line = last_line("obligation.paused")
    assert (line.reason, line.details["on"]) == (REASON, "2024-06-17")
    assert told(lawful, "paused") == {"giam-doc-so"}
    row = with_state(moment(25)).get(pk=lawful.pk)
    assert (row.state, row.paused) == ("open_in_time", True), "What is paused becomes not late."


@pytest.mark.parametrize("day", ["owed", "lawful"])
def test_n_working_days_later_it_is_due_n_working_days_later(day, request, chuyen_vien, moved):
    owed = request.getfixturevalue(day)
    pause(owed, chuyen_vien)
    moved.set(dt.datetime(2024, 6, 25, 10, tzinfo=clock.ZONE))  # Tuesday, six working days
    resume_obligation(owed.pk, actor=chuyen_vien, on=clock.today())
    owed.refresh_from_db()
    assert (owed.due_at, owed.first_due_at) == (moment(28), moment(20))
    change = owed.due_changes.get()
    assert (change.cause, change.due_before, change.due_after, change.reason) == (
        Cause.RESUMED, moment(20), moment(28), REASON,
    )  # fmt: skip
    assert last_line("obligation.resumed").details["on"] == "2024-06-25"
    assert told(owed, "deadline_moved") == {"giam-doc-so"}


def test_written_down_late_it_ran_on_from_that_day(lawful, chuyen_vien, moved):
    """NV-16: between the day it ran on and the day this was written, it was not late either."""
    pause(lawful, chuyen_vien)
    moved.set(dt.datetime(2024, 6, 27, 10, tzinfo=clock.ZONE))
    resume_obligation(lawful.pk, actor=chuyen_vien, on=dt.date(2024, 6, 25))
    assert lawful.due_changes.get().at == moment(25, 8, 0, 0)
    assert with_state(moment(26)).get(pk=lawful.pk).state == "open_in_time"


def test_done_while_it_stood_it_is_done_in_time(lawful, chuyen_vien, giam_doc_so, moved):
    pause(lawful, chuyen_vien)
    moved.set(dt.datetime(2024, 6, 25, 10, tzinfo=clock.ZONE))
    complete_obligation(lawful.pk, actor=giam_doc_so, on=clock.today(), product="1/BC")
    for at in (moment(25, 0, 0, 0), moment(25, 9, 0, 0), moment(30)):
        assert with_state(at).get(pk=lawful.pk).state == "done_in_time"


def test_on_its_last_day_until_a_day_of_rest_it_is_due_on_the_next_working_day(
    new, chuyen_vien, moved
):
    """Otherwise it would be late the moment its clock runs again."""
    owed = new(due_on=dt.date(2024, 6, 21))
    moved.set(dt.datetime(2024, 6, 21, 9, tzinfo=clock.ZONE))
    pause(owed, chuyen_vien, on=clock.today())
    moved.set(dt.datetime(2024, 6, 22, 10, tzinfo=clock.ZONE))
    resume_obligation(owed.pk, actor=chuyen_vien, on=clock.today())
    owed.refresh_from_db()
    assert owed.due_at == moment(24)


def test_a_day_named_while_it_stands_moves_by_what_it_stood_since(new, chuyen_vien, moved):
    from dieuhanh.kernel.obligations.actions import name_day

    owed = new(due_on=dt.date(2024, 6, 20))
    pause(owed, chuyen_vien)
    moved.set(dt.datetime(2024, 6, 19, 10, tzinfo=clock.ZONE))
    owed.refresh_from_db()
    name_day(owed, dt.date(2024, 6, 27), at=clock.now(), reason="Hẹn lại")
    moved.set(dt.datetime(2024, 6, 21, 10, tzinfo=clock.ZONE))
    resume_obligation(owed.pk, actor=chuyen_vien, on=clock.today())
    owed.refresh_from_db()
    assert owed.due_at == dt.datetime(2024, 7, 1, 23, 59, 59, tzinfo=clock.ZONE)


def test_a_reason_is_needed(owed, chuyen_vien):
    with refused(Refusal, "Xin ghi lý do", "reason"):
        pause(owed, chuyen_vien, reason="")
    with pytest.raises(IntegrityError, match="pause_says_why"), transaction.atomic():
        owed.pauses.create(started_at=clock.now(), due_at=owed.due_at, reason="")


def test_one_pause_at_a_time(owed, chuyen_vien):
    pause(owed, chuyen_vien)
    with refused(WrongState, "đang tạm dừng"):
        pause(owed, chuyen_vien)
    with pytest.raises(IntegrityError, match="pause_one_at_a_time"), transaction.atomic():
        owed.pauses.create(started_at=clock.now(), due_at=owed.due_at, reason="x")


def test_not_what_is_done_or_has_no_deadline(new, owed, giam_doc_so, chuyen_vien):
    endless = new()
    with refused(WrongState, "không có thời hạn đang chạy"):
        pause(endless, chuyen_vien)
    complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY, product="1/BC")
    with refused(WrongState, "đã hoàn thành"):
        pause(owed, chuyen_vien)


def test_only_where_the_law_knows_it_and_the_clock_runs_from_an_event(new, limit, chuyen_vien):
    limit("test.never", pause="")
    never = new(limit_key="test.never")
    with refused(WrongState, "Nghị định 61/2018/NĐ-CP, Điều 17 không có quy định tạm dừng"):
        pause(never, chuyen_vien)
    limit("test.before", direction="backward")
    before = new(limit_key="test.before", event_at=moment(28, 8, 0, 0))
    with refused(WrongState, "không tạm dừng được"):
        pause(before, chuyen_vien)


@pytest.mark.parametrize(
    ("on", "words"),
    [(START - dt.timedelta(1), "trước ngày 13/6/2024"), (dt.date(2024, 6, 18), "chưa đến")],
)
def test_not_before_it_began_nor_in_the_future(owed, chuyen_vien, on, words):
    with refused(WrongDate, words, "on"):
        pause(owed, chuyen_vien, on=on)


def test_not_when_it_is_late(owed, chuyen_vien, moved):
    moved.set(dt.datetime(2024, 6, 21, 9, tzinfo=clock.ZONE))
    with refused(WrongDate, "đã quá hạn từ ngày 20/6/2024", "on"):
        pause(owed, chuyen_vien, on=clock.today())
    with pytest.raises(IntegrityError, match="pause_begins_in_time"), transaction.atomic():
        owed.pauses.create(started_at=clock.now(), due_at=owed.due_at, reason="x")


def test_not_before_it_was_owed_again(owed, giam_doc_so, chuyen_vien, moved):
    complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY, product="1/BC")
    return_obligation(owed.pk, actor=chuyen_vien, reason="Thiếu")
    with refused(WrongDate, "trước ngày 17/6/2024", "on"):
        pause(owed, chuyen_vien, on=FRIDAY)


def test_not_by_the_side_that_owes(owed, giam_doc_so, chuyen_vien):
    with refused(Forbidden):
        pause(owed, giam_doc_so)
    pause(owed, chuyen_vien)
    with refused(Forbidden):
        resume_obligation(owed.pk, actor=giam_doc_so, on=MONDAY)


def test_what_does_not_stand_does_not_run_on(owed, chuyen_vien):
    with refused(WrongState, "không tạm dừng"):
        resume_obligation(owed.pk, actor=chuyen_vien, on=MONDAY)


def test_not_before_the_pause(owed, chuyen_vien):
    pause(owed, chuyen_vien)
    with refused(WrongDate, "trước ngày 17/6/2024", "on"):
        resume_obligation(owed.pk, actor=chuyen_vien, on=FRIDAY)
    with refused(WrongDate, "chưa đến", "on"):
        resume_obligation(owed.pk, actor=chuyen_vien, on=dt.date(2024, 6, 18))


def test_nothing_waits_to_be_decided_of_it(owed, chuyen_vien):
    with refused(WrongState, "Không có đề nghị gia hạn"):
        decide_extension(owed.pk, actor=chuyen_vien, granted=True)
