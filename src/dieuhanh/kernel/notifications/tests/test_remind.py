"""Reminders: soon, today, late, upwards; in working hours; each once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications import actions, queries, rules, schedule, texts
from dieuhanh.kernel.notifications.actions import remind, send_digests
from dieuhanh.kernel.notifications.models import Notice, Reminder
from dieuhanh.kernel.obligations.models import Obligation, Pause


def at(day: int, hour: int = 9, month: int = 6) -> dt.datetime:
    return dt.datetime(2024, month, day, hour, 15, tzinfo=clock.ZONE)


def kinds(person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_deadline_is_told_at_each_stage_once(owed, moved, giam_doc_so, lanh_dao) -> None:
    """Due on Thursday, 20/6: soon on Monday, today, late on Friday, upwards after 3 and 10 days."""
    told = {}
    moment = at(14)
    while moment < at(10, month=7):
        moved.set(moment)
        before = Notice.objects.count()
        for _run in range(2):  # a second run tells nothing new
            remind()
        if Notice.objects.count() > before:
            told[f"{moment.day}/{moment.month}"] = list(
                Notice.objects.order_by("pk")[before:].values_list("person__username", "kind")
            )
        moment += dt.timedelta(days=1)
    assert told == {
        "17/6": [("giam-doc-so", "soon")],
        "20/6": [("giam-doc-so", "today")],
        "21/6": [("giam-doc-so", "late")],
        "25/6": [("giam-doc-so", "escalated")],
        "4/7": [("giam-doc-so", "escalated"), ("lanh-dao", "escalated")],
    }
    last = Notice.objects.filter(person=lanh_dao).get()
    assert "đã quá hạn 10 ngày làm việc" in texts.sentence(last)


@pytest.mark.parametrize(
    "moment", [at(15), at(16), at(17, 7), at(17, 12), at(17, 17), at(17, 22)],
    ids=["Saturday", "Sunday", "before", "noon", "after", "night"],
)  # fmt: skip
def test_nobody_is_reminded_outside_working_hours(owed, moved, moment) -> None:
    moved.set(moment)
    assert remind() == 0 and not Reminder.objects.exists()


def test_a_reminder_planted_twice_is_told_once(owed, moved, giam_doc_so, monkeypatch) -> None:
    """The fault: the job forgets what it was reminded of already."""
    moved.set(at(17))
    remind()
    monkeypatch.setattr(actions, "to_remind", lambda stage, moment: Obligation.objects.filter(
        pk=owed.pk if stage == "soon" else None).select_related("entry", "unit"))  # fmt: skip
    monkeypatch.setattr(actions.Reminder.objects, "bulk_create", lambda rows: list(rows))
    assert remind() == 0
    assert kinds(giam_doc_so) == ["soon"], "One thing is told to a person once, whoever tells it."


def test_the_database_refuses_a_second_reminder(owed, moved, monkeypatch) -> None:
    from django.db import IntegrityError, transaction

    moved.set(at(17))
    remind()
    first = Reminder.objects.get()
    with pytest.raises(IntegrityError, match="reminder_once_a_stage"), transaction.atomic():
        Reminder.objects.create(
            obligation=first.obligation, stage=first.stage, due_at=first.due_at, at=moved.now
        )


def test_a_clock_that_is_set_back_reminds_nobody_again(owed, moved, giam_doc_so) -> None:
    for day in (17, 20, 21, 17, 20, 21):
        moved.set(at(day))
        remind()
    assert kinds(giam_doc_so) == ["soon", "today", "late"]


def test_a_moved_deadline_is_told_again(owed, moved, giam_doc_so) -> None:
    moved.set(at(17))
    remind()
    Obligation.objects.filter(pk=owed.pk).update(due_at=clock.end_of(dt.date(2024, 6, 19)))
    remind()
    assert kinds(giam_doc_so) == ["soon", "soon"]


def test_the_person_in_charge_is_told_instead_of_the_head(owed, moved, giam_doc_so, thanh_tra):
    Obligation.objects.filter(pk=owed.pk).update(person=thanh_tra)
    moved.set(at(17))
    remind()
    assert kinds(thanh_tra) == ["soon"] and kinds(giam_doc_so) == []


def test_while_the_clock_stands_nobody_is_reminded(owed, moved, giam_doc_so) -> None:
    Pause.objects.create(obligation=owed, started_at=at(14), due_at=owed.due_at, reason="Chờ")
    for day in (17, 20, 21, 25):
        moved.set(at(day))
        remind()
    assert kinds(giam_doc_so) == []


def test_what_is_done_is_not_reminded_of(owed, moved) -> None:
    Obligation.objects.filter(pk=owed.pk).update(done_at=at(14))
    moved.set(at(21))
    assert remind() == 0


def test_what_was_late_long_before_is_no_news(owed, moved) -> None:
    moved.set(at(20, month=9))
    assert remind() == 0


def test_late_for_long_is_told_once_not_at_every_stage(owed, moved, giam_doc_so) -> None:
    """The program was away for two weeks."""
    moved.set(at(5, month=7))
    remind()
    remind()
    assert kinds(giam_doc_so) == ["escalated"]


def _grow(owed: Obligation, n: int) -> None:
    Obligation.objects.bulk_create(
        Obligation(entry=owed.entry, duty=f"Việc {one}", unit=owed.unit,
                   started_at=owed.started_at, due_at=owed.due_at, first_due_at=owed.due_at)
        for one in range(n)
    )  # fmt: skip


def test_a_run_costs_the_same_for_many_and_is_bounded(owed, moved, monkeypatch) -> None:
    def cost(day: int) -> int:
        moved.set(at(day))
        with CaptureQueriesContext(connection) as captured:
            remind()
        return len(captured)

    _grow(owed, 1)
    few = cost(17)
    _grow(owed, 60)
    Reminder.objects.update(stage="agency")
    assert cost(17) <= few, "Tell all of a run in set-wise statements."
    monkeypatch.setattr(rules, "PER_RUN", 40)
    moved.set(at(21))
    assert remind() <= 40
    assert remind() > 0, "The next run takes the rest."


def test_the_digest_comes_once_a_morning(owed, moved, giam_doc_so) -> None:
    _grow(owed, 25)
    for moment in (at(15), at(17, 7)):
        moved.set(moment)
        assert send_digests() == 0
    moved.set(at(18, 8))
    assert send_digests() >= 1
    assert send_digests() == 0
    digest = Notice.objects.get(person=giam_doc_so, kind="digest")
    assert digest.parts["soon"] == 26 and len(digest.parts["rows"]) == rules.DIGEST_ROWS
    body = texts.body(digest, "https://dieuhanh.test")
    assert "sắp đến hạn 26" in body and "… và 6 việc khác." in body
    assert f"/{owed.entry_id}/" in body
    assert owed.entry.title not in body
    moved.set(at(19, 8))
    send_digests()
    assert kinds(giam_doc_so).count("digest") == 2


def test_a_digest_is_handed_on_in_parts(owed, moved, giam_doc_so, lanh_dao, monkeypatch) -> None:
    from dieuhanh.kernel.notifications import queue
    from dieuhanh.kernel.notifications.tests.conftest import run_jobs

    monkeypatch.setattr(rules, "PEOPLE_PER_RUN", 1)
    moved.set(at(18, 8))
    send_digests()
    runs = 1
    while run_jobs(queue.DIGEST):
        runs += 1
    assert runs > 1
    assert kinds(giam_doc_so) == ["digest"]


def test_ticks_are_put_once_whoever_puts_them(owed, moved) -> None:
    moved.set(at(17))
    first = schedule.put_due({})
    assert set(first) == {one.task for one in schedule.PERIODIC}
    assert schedule.put_due({}) == [], "A second scheduler puts nothing."


def test_outside_working_hours_only_technical_jobs_are_put(owed, moved) -> None:
    moved.set(at(16))
    assert set(schedule.put_due({})) == {"journal.seal", "notifications.housekeeping"}


def test_the_bell_is_one_query(owed, moved, giam_doc_so) -> None:
    moved.set(at(17))
    remind()
    assert giam_doc_so.current_appointments
    with CaptureQueriesContext(connection) as captured:
        assert queries.unread_count(giam_doc_so) == 1
    assert len(captured) == 1
