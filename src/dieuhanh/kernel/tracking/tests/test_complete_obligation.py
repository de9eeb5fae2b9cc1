"""Doing one thing that is owed (NV-14)."""

from __future__ import annotations

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.tracking.actions import (
    complete_obligation,
    confirm_obligation,
    pause_obligation,
    return_obligation,
)
from dieuhanh.kernel.tracking.tests.conftest import START, last_line, refused, told

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = dt.date(2024, 6, 14), dt.date(2024, 6, 17)


def test_it_is_done_with_its_product(owed, new, giam_doc_so):
    other = new(due_on=MONDAY)
    complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY, product="12/BC-STNMT")
    owed.refresh_from_db()
    assert (owed.done_at, owed.product, owed.done_by) == (
        clock.start_of(FRIDAY), "12/BC-STNMT", giam_doc_so,
    )  # fmt: skip
    line = last_line("obligation.done")
    assert (line.actor_id, line.entry_id) == (giam_doc_so.pk, owed.entry_id)
    assert line.details["outcome"] == "12/BC-STNMT"
    other.refresh_from_db()
    assert other.done_at is None, "What else is owed on the entry stays open."
    assert Entry.objects.get(pk=owed.entry_id).closed_on is None
    assert told(owed) == set()


def test_done_again_after_it_was_returned(owed, giam_doc_so, chuyen_vien):
    complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY, product="12/BC")
    return_obligation(owed.pk, actor=chuyen_vien, reason="Thiếu số liệu")
    complete_obligation(owed.pk, actor=giam_doc_so, on=MONDAY, product="13/BC")
    owed.refresh_from_db()
    before = owed.past_completions.get()
    assert (before.product, before.returned_for) == ("12/BC", "Thiếu số liệu")
    assert (owed.product, owed.returned_for, owed.reopened_at) == ("13/BC", "", None)
    assert before.reopened_at == clock.now() <= owed.done_at


def test_a_pause_ends_with_it(owed, giam_doc_so, chuyen_vien):
    pause_obligation(owed.pk, actor=chuyen_vien, on=FRIDAY, reason="Chờ bổ sung")
    complete_obligation(owed.pk, actor=giam_doc_so, on=MONDAY, product="12/BC")
    assert owed.pauses.get().ended_at == clock.start_of(MONDAY)


def test_not_twice(owed, giam_doc_so):
    complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY, product="12/BC")
    with refused(WrongState, "Việc này đã hoàn thành ngày 14/6/2024."):
        complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY, product="12/BC")


@pytest.mark.parametrize(
    ("on", "words"),
    [(START - dt.timedelta(1), "trước ngày 13/6/2024"), (dt.date(2024, 6, 18), "chưa đến")],
)
def test_not_before_it_began_nor_in_the_future(owed, giam_doc_so, on, words):
    with refused(WrongDate, words, "on"):
        complete_obligation(owed.pk, actor=giam_doc_so, on=on, product="12/BC")


def test_whoever_asked_wants_a_product(owed, new, giam_doc_so):
    with refused(Refusal, "sản phẩm", "product"):
        complete_obligation(owed.pk, actor=giam_doc_so, on=FRIDAY)
    unasked = new(asked_by=None)
    complete_obligation(unasked.pk, actor=giam_doc_so, on=FRIDAY)
    unasked.refresh_from_db()
    assert unasked.done_at


def test_of_a_secret_document_no_content_is_written(van_thu_mat):
    from dieuhanh.kernel.obligations.models import Obligation

    owed = Obligation.objects.filter(entry__confidentiality="secret", done_at=None).first()
    if owed is None:
        owed = Obligation.objects.filter(entry__confidentiality="secret").first()
        Obligation.objects.filter(pk=owed.pk).update(done_at=None)
    with refused(Refusal, "Văn bản mật", "product"):
        complete_obligation(owed.pk, actor=van_thu_mat, on=MONDAY, product="Nội dung")


def test_done_in_the_morning_it_is_confirmed_the_same_day(owed, giam_doc_so, chuyen_vien):
    complete_obligation(owed.pk, actor=giam_doc_so, on=MONDAY, product="12/BC")
    confirm_obligation(owed.pk, actor=chuyen_vien)
    owed.refresh_from_db()
    assert owed.confirmed_at == clock.now()
