"""The asking side confirms or returns what was done; nobody judges his own work (NV-14)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.tracking.actions import (
    complete_obligation,
    confirm_obligation,
    return_obligation,
)
from dieuhanh.kernel.tracking.tests.conftest import last_line, moment, refused, told

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2024, 6, 14)


@pytest.fixture
def done(owed, officer):
    complete_obligation(owed.pk, actor=officer, on=FRIDAY, product="12/BC")
    return owed


def test_it_is_confirmed(done, chuyen_vien):
    confirm_obligation(done.pk, actor=chuyen_vien)
    done.refresh_from_db()
    assert (done.confirmed_at, done.confirmed_by) == (clock.now(), chuyen_vien)
    assert last_line("obligation.confirmed").entry_id == done.entry_id
    with refused(WrongState, "đã được xác nhận ngày 17/6/2024"):
        confirm_obligation(done.pk, actor=chuyen_vien)
    with refused(WrongState, "đã được xác nhận ngày 17/6/2024"):
        return_obligation(done.pk, actor=chuyen_vien, reason="Thiếu")


def test_it_is_returned_and_owed_again_by_the_same_day(done, chuyen_vien):
    return_obligation(done.pk, actor=chuyen_vien, reason="Thiếu số liệu")
    done.refresh_from_db()
    assert (done.reopened_at, done.returned_for) == (clock.now(), "Thiếu số liệu")
    assert done.due_at == moment(20)
    assert last_line("obligation.returned").reason == "Thiếu số liệu"
    assert told(done, "returned") == {"giam-doc-so", "van-binh"}
    with refused(WrongState, "chưa được báo hoàn thành"):
        return_obligation(done.pk, actor=chuyen_vien, reason="Thiếu")


def test_not_before_it_is_done(owed, chuyen_vien):
    with refused(WrongState, "chưa được báo hoàn thành"):
        confirm_obligation(owed.pk, actor=chuyen_vien)


def test_not_by_the_one_who_did_it(owed, chuyen_vien):
    complete_obligation(owed.pk, actor=chuyen_vien, on=FRIDAY, product="12/BC")
    with refused(Refusal, "không tự xác nhận"):
        confirm_obligation(owed.pk, actor=chuyen_vien)
    with refused(Refusal, "không tự xác nhận"):
        return_obligation(owed.pk, actor=chuyen_vien, reason="Thiếu")
    owed.refresh_from_db()
    with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
        Obligation.objects.filter(pk=owed.pk).update(
            confirmed_at=clock.now(), confirmed_by=chuyen_vien
        )


def test_not_by_the_side_that_owes(done, giam_doc_so):
    with refused(Forbidden):
        confirm_obligation(done.pk, actor=giam_doc_so)


def test_returned_only_with_a_reason(done, chuyen_vien):
    with refused(Refusal, "lý do", "reason"):
        return_obligation(done.pk, actor=chuyen_vien, reason=" ")


def test_a_clock_that_was_set_back_confirms_no_earlier_than_it_was_done(done, chuyen_vien, moved):
    moved.set(dt.datetime(2024, 6, 13, 9, tzinfo=clock.ZONE))
    confirm_obligation(done.pk, actor=chuyen_vien)
    done.refresh_from_db()
    assert done.confirmed_at == done.done_at
