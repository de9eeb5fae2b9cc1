"""Duties that come again: each month, each quarter, before events (BC-01)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Recurrence
from dieuhanh.kernel.tracking.recurring.actions import (
    end_recurrence,
    occurrences,
    repeat_duty,
    write_all_occurrences,
)
from dieuhanh.kernel.tracking.tests.conftest import last_line, moment, refused

pytestmark = pytest.mark.django_db
BEGIN = dt.date(2024, 6, 3)


@pytest.fixture
def repeat(entry, unit, chuyen_vien):
    def make(**changes) -> Recurrence:
        values = {
            "actor": chuyen_vien, "unit": unit, "duty": "Báo cáo định kỳ", "every": "month",
            "starts_on": BEGIN, "day": 25,
        }  # fmt: skip
        return repeat_duty(entry.pk, **values | changes)

    return make


def owed_days(recurrence) -> list[str]:
    found = recurrence.obligations.order_by("occurrence")
    return [one.due_at.astimezone(clock.ZONE).date().isoformat() for one in found]


def test_each_month_what_begins_soon_is_written_once(repeat, chuyen_vien, moved):
    monthly = repeat(expected="Báo cáo")
    owed = monthly.obligations.get()
    assert (owed.occurrence, owed.started_at, owed.due_at, owed.asked_by, owed.expected) == (
        dt.date(2024, 6, 1), moment(3, 8, 0, 0), moment(25), chuyen_vien, "Báo cáo",
    )  # fmt: skip
    assert last_line("duty.repeated").details["every"] == "month"
    assert write_all_occurrences() == 0
    moved.set(dt.datetime(2024, 6, 24, 7, tzinfo=clock.ZONE))
    assert write_all_occurrences() == 1
    assert write_all_occurrences() == 0, "The job of the morning may run as often as one likes."
    assert owed_days(monthly) == ["2024-06-25", "2024-07-25"]
    assert last_line("duty.due").details["count"] == 1
    with pytest.raises(IntegrityError, match="obligation_once_a_period"), transaction.atomic():
        monthly.obligations.filter(occurrence="2024-07-01").update(occurrence="2024-06-01")


def test_a_day_that_the_month_lacks_or_on_which_nobody_works(repeat):
    monthly = repeat(day=31, starts_on=dt.date(2024, 1, 1))
    assert owed_days(monthly) == [
        "2024-01-31", "2024-02-29", "2024-04-01", "2024-05-02", "2024-05-31", "2024-07-01",
    ]  # fmt: skip


def test_each_quarter_until_it_ends(repeat):
    quarterly = repeat(
        every="quarter", day=15, starts_on=dt.date(2023, 12, 20), ends_on=dt.date(2024, 12, 31)
    )
    assert owed_days(quarterly) == ["2024-03-15", "2024-06-17"]
    days = [day.isoformat() for _first, day in occurrences(quarterly, dt.date(2030, 1, 1))]
    assert days == ["2024-03-15", "2024-06-17", "2024-09-16", "2024-12-16"]


def test_before_each_event_by_its_limit(repeat, limit):
    limit("test.before", direction="backward", length=3, pause="")
    events = [dt.date(2024, 7, 10), dt.date(2024, 6, 28), dt.date(2024, 6, 1)]
    before = repeat(every="event", day=None, limit_key="test.before", events=events)
    assert owed_days(before) == ["2024-06-25", "2024-07-05"]
    assert before.events == ["2024-06-01", "2024-06-28", "2024-07-10"]
    assert set(before.obligations.values_list("limit__key", flat=True)) == {"test.before"}


def test_it_ends_with_a_reason_and_what_was_written_stays(repeat, chuyen_vien, moved):
    monthly = repeat()
    end_recurrence(monthly.pk, actor=chuyen_vien, on=dt.date(2024, 6, 20), reason="Thay chế độ")
    assert last_line("duty.ended").reason == "Thay chế độ"
    moved.set(dt.datetime(2024, 7, 24, 7, tzinfo=clock.ZONE))
    assert write_all_occurrences() == 0
    assert owed_days(monthly) == ["2024-06-25"]
    with refused(WrongState, "đã dừng"):
        end_recurrence(monthly.pk, actor=chuyen_vien, on=clock.today(), reason="x")


def test_on_a_closed_entry_nothing_more_comes(repeat, entry, moved):
    monthly = repeat()
    Entry.objects.filter(pk=entry.pk).update(closed_on=dt.date(2024, 6, 17))
    moved.set(dt.datetime(2024, 7, 24, 7, tzinfo=clock.ZONE))
    assert write_all_occurrences() == 0
    assert owed_days(monthly) == ["2024-06-25"]


def test_refusals(repeat, entry, limit, tiep_dan, old_unit, chuyen_vien):
    limit("test.forward")
    with refused(Forbidden):
        repeat(actor=tiep_dan)
    with refused(WrongDate, "phải sau ngày bắt đầu", "ends_on"):
        repeat(ends_on=BEGIN - dt.timedelta(1))
    with refused(Refusal, "đơn vị kế thừa: Sở Tài chính", "unit"):
        repeat(unit=old_unit, starts_on=dt.date(2024, 6, 15))
    for day in (None, 0, 32):
        with refused(Refusal, "từ 1 đến 31", "day"):
            repeat(day=day)
    for key, words in (
        ("test.none", "Không có thời hạn này"),
        ("test.forward", "không tính ngược"),
    ):
        with refused(Refusal, words, "limit_key"):
            repeat(every="event", limit_key=key, events=[BEGIN])
    limit("test.before", direction="backward")
    with refused(Refusal, "ít nhất một ngày", "events"):
        repeat(every="event", limit_key="test.before")
    Entry.objects.filter(pk=entry.pk).update(closed_on=dt.date(2024, 6, 17))
    with refused(WrongState, "đã kết thúc"):
        repeat()


def test_ending_refusals(repeat, chuyen_vien, tiep_dan):
    monthly = repeat()
    with refused(Forbidden):
        end_recurrence(monthly.pk, actor=tiep_dan, on=BEGIN, reason="x")
    with refused(WrongDate, "phải sau ngày bắt đầu", "on"):
        end_recurrence(monthly.pk, actor=chuyen_vien, on=BEGIN - dt.timedelta(1), reason="x")
    with refused(Refusal, "Xin ghi lý do", "reason"):
        end_recurrence(monthly.pk, actor=chuyen_vien, on=BEGIN, reason="")
    assert Line.objects.filter(verb="duty.ended").count() == 0
