"""Asking for more time before it is over, and deciding (NV-15)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Cause
from dieuhanh.kernel.tracking.actions import (
    ask_extension,
    complete_obligation,
    decide_extension,
    pause_obligation,
    resume_obligation,
)
from dieuhanh.kernel.tracking.tests.conftest import last_line, moment, refused, told

pytestmark = pytest.mark.django_db
MONDAY, UNTIL = dt.date(2024, 6, 17), dt.date(2024, 6, 27)


def ask(owed, actor, **how):
    return ask_extension(owed.pk, actor=actor, reason="Việc phức tạp", **how)


def grant(owed, actor, granted=True, answer=""):
    return decide_extension(owed.pk, actor=actor, granted=granted, answer=answer)


def test_asked_of_the_one_who_asked_for_the_work(lawful, giam_doc_so):
    made = ask(lawful, giam_doc_so)
    assert (made.asked_at, made.asked_by, made.length, made.until, made.granted) == (
        clock.now(), giam_doc_so, 3, None, None,
    )  # fmt: skip
    assert last_line("extension.asked").reason == "Việc phức tạp"
    assert told(lawful, "extension_asked") == {"chuyen-vien"}
    lawful.refresh_from_db()
    assert lawful.due_at == moment(20), "What is asked moves nothing yet."


def test_granted_it_is_due_later_by_the_limits_own_unit(lawful, officer, chuyen_vien):
    ask(lawful, officer)
    grant(lawful, chuyen_vien)
    lawful.refresh_from_db()
    assert (lawful.due_at, lawful.first_due_at) == (moment(25), moment(20))
    change = lawful.due_changes.get()
    assert (change.cause, change.due_after) == (Cause.EXTENDED, moment(25))
    assert last_line("extension.granted").actor_id == chuyen_vien.pk
    assert told(lawful, "decided") == {"giam-doc-so", "van-binh"}
    with refused(WrongState, "cho gia hạn 1 lần; việc này không gia hạn thêm được"):
        ask(lawful, officer)


def test_granted_until_a_day_where_no_law_says_how_long(owed, giam_doc_so, chuyen_vien):
    ask(owed, giam_doc_so, until=UNTIL)
    grant(owed, chuyen_vien)
    owed.refresh_from_db()
    assert owed.due_at == clock.end_of(UNTIL)


def test_refused_with_a_reason_nothing_moves_and_it_may_be_asked_again(
    lawful, giam_doc_so, chuyen_vien
):
    ask(lawful, giam_doc_so)
    with refused(Refusal, "lý do không đồng ý", "answer"):
        grant(lawful, chuyen_vien, granted=False)
    grant(lawful, chuyen_vien, granted=False, answer="Đủ thời gian")
    lawful.refresh_from_db()
    assert lawful.due_at == moment(20) and not lawful.due_changes.exists()
    assert last_line("extension.refused").reason == "Đủ thời gian"
    ask(lawful, giam_doc_so)


def test_not_after_expiry(lawful, giam_doc_so, moved):
    moved.set(dt.datetime(2024, 6, 21, 0, 0, 1, tzinfo=clock.ZONE))
    with refused(WrongDate, "Thời hạn đã hết ngày 20/6/2024; gia hạn phải được đề nghị trước"):
        ask(lawful, giam_doc_so)


def test_asked_in_time_it_may_be_granted_after_expiry(lawful, giam_doc_so, chuyen_vien, moved):
    ask(lawful, giam_doc_so)
    moved.set(dt.datetime(2024, 6, 21, 9, tzinfo=clock.ZONE))
    grant(lawful, chuyen_vien)
    lawful.refresh_from_db()
    assert lawful.due_at == moment(25)


def test_not_more_than_the_law_allows(lawful, new, limit, giam_doc_so):
    for length in (0, 4):
        with refused(Refusal, "không quá 3 ngày làm việc", "length"):
            ask(lawful, giam_doc_so, length=length)
    limit("test.never", extension_times=0, extension_length=None)
    never = new(limit_key="test.never")
    with refused(WrongState, "không gia hạn thêm được"):
        ask(never, giam_doc_so)


def test_not_to_an_earlier_day(owed, giam_doc_so):
    for until in (None, dt.date(2024, 6, 20)):
        with refused(WrongDate, "phải sau thời hạn đang có", "until"):
            ask(owed, giam_doc_so, until=until)


def test_not_what_is_done_stands_has_no_deadline_or_was_asked(
    new, owed, lawful, giam_doc_so, chuyen_vien
):
    endless = new()
    with refused(WrongState, "không có thời hạn để gia hạn"):
        ask(endless, giam_doc_so)
    ask(lawful, giam_doc_so)
    with refused(WrongState, "chưa được quyết định"):
        ask(lawful, giam_doc_so)
    pause_obligation(owed.pk, actor=chuyen_vien, on=MONDAY, reason="Chờ bổ sung")
    with refused(WrongState, "đang tạm dừng"):
        ask(owed, giam_doc_so, until=UNTIL)
    complete_obligation(owed.pk, actor=giam_doc_so, on=MONDAY, product="1/BC")
    with refused(WrongState, "đã hoàn thành"):
        ask(owed, giam_doc_so, until=UNTIL)


def test_a_reason_is_needed(owed, giam_doc_so):
    with refused(Refusal, "Xin ghi lý do", "reason"):
        ask_extension(owed.pk, actor=giam_doc_so, reason="", until=UNTIL)
    with pytest.raises(IntegrityError, match="extension_says_why"), transaction.atomic():
        owed.extensions.create(asked_at=clock.now(), until=UNTIL, reason="")


def test_not_decided_by_the_one_who_asked_nor_by_the_side_that_owes(
    owed, giam_doc_so, officer, chuyen_vien
):
    ask(owed, chuyen_vien, until=UNTIL)
    with refused(Refusal, "không tự quyết định"):
        grant(owed, chuyen_vien)
    with refused(Forbidden):
        grant(owed, officer)


def test_not_decided_after_it_is_done(owed, giam_doc_so, chuyen_vien):
    ask(owed, giam_doc_so, until=UNTIL)
    complete_obligation(owed.pk, actor=giam_doc_so, on=MONDAY, product="1/BC")
    with refused(WrongState, "đã hoàn thành"):
        grant(owed, chuyen_vien)


def test_a_day_that_a_pause_has_passed_by_is_not_granted(owed, giam_doc_so, chuyen_vien, moved):
    ask(owed, giam_doc_so, until=dt.date(2024, 6, 21))
    pause_obligation(owed.pk, actor=chuyen_vien, on=MONDAY, reason="Chờ bổ sung")
    moved.set(dt.datetime(2024, 6, 20, 9, tzinfo=clock.ZONE))
    resume_obligation(owed.pk, actor=chuyen_vien, on=clock.today())  # due on the 25th now
    with refused(WrongState, "đã chuyển đến ngày 25/6/2024"):
        grant(owed, chuyen_vien)
    grant(owed, chuyen_vien, granted=False, answer="Không còn cần")


def test_a_clock_that_was_set_back_loses_nothing(lawful, giam_doc_so, chuyen_vien, moved):
    made = ask(lawful, giam_doc_so)
    moved.set(dt.datetime(2024, 6, 16, 9, tzinfo=clock.ZONE))
    assert grant(lawful, chuyen_vien).decided_at == made.asked_at
    lawful.refresh_from_db()
    assert lawful.due_at == moment(25)
