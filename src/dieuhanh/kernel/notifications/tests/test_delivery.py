"""Mail: an outage loses and doubles nothing, an address that bounces is told to administrators."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications import mail, queries, rules, texts
from dieuhanh.kernel.notifications.actions import (
    notify,
    requeue_lost,
    send_delivery,
    send_digests,
)
from dieuhanh.kernel.notifications.models import Delivery, Notice, NoticeKind
from dieuhanh.kernel.notifications.tests.conftest import jobs_waiting, run_jobs


@pytest.fixture
def told(owed, giam_doc_so, post):
    """Queue ``n`` mails to the head of the department; returns the deliveries."""
    giam_doc_so.email = "giam-doc@dieuhanh.test"
    giam_doc_so.save()

    def tell(n: int = 1) -> list[Delivery]:
        for number in range(n):
            notify(giam_doc_so, NoticeKind.URGED, obligation=owed, again=str(number))
        return list(Delivery.objects.order_by("pk"))

    return tell


def attempt_due() -> int:
    """What the queue would do now: every mail whose next attempt is due."""
    due = list(queries.due_deliveries(clock.now()).values_list("pk", flat=True))
    for pk in due:
        send_delivery(pk)
    return len(due)


def test_a_server_that_is_away_for_600_seconds_loses_and_doubles_nothing(told, post, moved) -> None:
    deliveries = told(7)
    away_until = moved.now + dt.timedelta(seconds=600)
    for _minute in range(60):
        attempt_due()
        moved.forward(seconds=60)
        if moved.now >= away_until and post.controller is None:
            assert post.received == [], "Nothing can have arrived while the server was away."
            post.start()
    assert sorted(post.ids) == sorted(one.message_id for one in deliveries)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert max(Delivery.objects.values_list("attempts", flat=True)) <= 6, (
        "Back off between attempts."
    )


def test_each_failed_attempt_leaves_one_job_for_the_next(told, moved) -> None:
    (delivery,) = told()
    assert run_jobs() == 1
    delivery.refresh_from_db()
    assert delivery.state == "queued" and delivery.attempts == 1
    assert delivery.last_error == "ConnectionRefusedError"
    assert delivery.next_at == moved.now + dt.timedelta(minutes=1)
    assert jobs_waiting() == 1


def test_after_a_day_it_is_given_up(told, moved) -> None:
    (delivery,) = told()
    began = moved.now
    while not Delivery.objects.exclude(state="queued").exists():
        moved.set(Delivery.objects.get().next_at.astimezone(clock.ZONE))
        assert attempt_due() == 1
    delivery.refresh_from_db()
    assert delivery.state == "given_up"
    assert delivery.attempts == len(rules.BACK_OFF) + 1
    assert dt.timedelta(hours=20) < moved.now - began < dt.timedelta(hours=30)


def test_a_mail_that_was_sent_is_not_sent_again(told, mail_server) -> None:
    (delivery,) = told()
    assert send_delivery(delivery.pk)
    assert not send_delivery(delivery.pk)
    assert len(mail_server.ids) == 1


def test_sent_again_after_a_crash_it_is_the_same_mail(told, mail_server) -> None:
    """The server took it, the commit was lost: the addressee's program knows it for the same."""
    (delivery,) = told()
    mail.send(delivery)
    assert send_delivery(delivery.pk)
    assert mail_server.ids == [delivery.message_id] * 2
    assert len({one.as_string() for one in mail_server.received}) == 1, (
        "Message-ID, date and text must be the same each time."
    )


@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 5.1.1 no such user", "refused"), ("450 4.2.1 mailbox busy", "queued")],
)
def test_an_answer_for_good_and_one_for_now(told, mail_server, giam_doc_so, answer, state) -> None:
    mail_server.refuse[giam_doc_so.email] = answer
    (delivery,) = told()
    run_jobs()
    delivery.refresh_from_db()
    assert delivery.state == state
    assert delivery.last_error == answer
    assert jobs_waiting() == (1 if state == "queued" else 0)


def test_what_bounced_stands_in_the_digest_of_the_administrators(
    told, mail_server, giam_doc_so, quan_tri, owed, moved
) -> None:
    Entry.objects.filter(pk=owed.entry_id).update(title="Đơn của bà Trịnh Thị Bưởi")
    mail_server.refuse[giam_doc_so.email] = "550 5.1.1 no such user"
    told()
    run_jobs()
    assert queries.unread_count(giam_doc_so) == 1, "The addressee reads it in the program."
    moved.set(dt.datetime(2024, 6, 18, 8, 0, tzinfo=clock.ZONE))
    send_digests()
    digest = Notice.objects.get(person=quan_tri, kind="digest")
    lines = texts.details(digest)
    assert "1 thư không chuyển được" in lines[0]
    assert giam_doc_so.full_name in lines[1] and "550 5.1.1 no such user" in lines[1]
    assert "Bưởi" not in str(digest.parts)
    moved.set(dt.datetime(2024, 6, 19, 8, 0, tzinfo=clock.ZONE))
    send_digests()
    assert Notice.objects.filter(person=quan_tri, kind="digest").count() == 1, (
        "What was told yesterday is no news today."
    )


def test_a_mail_whose_job_was_lost_gets_another(told, mail_server, moved) -> None:
    told()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert requeue_lost() == 0, "A job may still be on its way."
    moved.forward(minutes=11)
    assert requeue_lost() == 1
    run_jobs()
    assert len(mail_server.ids) == 1


@pytest.mark.parametrize("wrong", [{"state": "sent"}, {"settled_at": "2024-06-17T08:00+07:00"}])
def test_what_is_settled_says_when(told, wrong) -> None:
    (delivery,) = told()
    with pytest.raises(IntegrityError, match="delivery_settled_has_moment"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**wrong)


def test_the_waits_grow_and_end() -> None:
    waits = [rules.wait_after(n) for n in range(1, len(rules.BACK_OFF) + 1)]
    assert waits == sorted(waits)
    assert rules.wait_after(len(rules.BACK_OFF) + 1) is None
