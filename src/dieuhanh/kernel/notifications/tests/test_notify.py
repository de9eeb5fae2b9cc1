"""Telling people: in the caller's transaction, once, only what they may see, without names."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.notifications import actions, queries, texts
from dieuhanh.kernel.notifications.actions import mark_read, notify
from dieuhanh.kernel.notifications.models import Delivery, Notice, NoticeKind
from dieuhanh.kernel.notifications.tests.conftest import jobs_waiting, run_jobs

NAME = "Trịnh Thị Bưởi Sáu"


@pytest.fixture(autouse=True)
def addresses(giam_doc_so, lanh_dao):
    for person in (giam_doc_so, lanh_dao):
        person.email = f"{person.username}@dieuhanh.test"
        person.save()


def test_what_is_told_stands_with_its_mail_and_its_job(owed, giam_doc_so, mail_server) -> None:
    assert notify(giam_doc_so, NoticeKind.HANDED_OVER, obligation=owed) == 1
    delivery = Delivery.objects.get(notice__person=giam_doc_so)
    assert delivery.state == "queued"
    assert run_jobs() == 1
    delivery.refresh_from_db()
    assert delivery.state == "sent" and delivery.settled_at
    assert mail_server.ids == [delivery.message_id]
    assert mail_server.recipients == [giam_doc_so.email]


def test_a_rollback_leaves_neither_notice_nor_mail_nor_job(owed, giam_doc_so, mail_server) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        notify(giam_doc_so, NoticeKind.HANDED_OVER, obligation=owed)
        assert jobs_waiting() == 1
        raise RuntimeError
    assert not Notice.objects.exists() and not Delivery.objects.exists()
    assert jobs_waiting() == 0, "The job must be put by the connection of the transaction."
    assert mail_server.received == []


def test_the_same_thing_is_told_once(owed, giam_doc_so, mail_server) -> None:
    assert notify([giam_doc_so, giam_doc_so], NoticeKind.LATE, obligation=owed) == 1
    assert notify(giam_doc_so, NoticeKind.LATE, obligation=owed) == 0
    run_jobs()
    assert Notice.objects.count() == Delivery.objects.count() == len(mail_server.ids) == 1


def test_another_deadline_is_another_thing(owed, giam_doc_so, moved) -> None:
    notify(giam_doc_so, NoticeKind.LATE, obligation=owed)
    owed.due_at = owed.due_at.replace(day=21)
    assert notify(giam_doc_so, NoticeKind.LATE, obligation=owed) == 1


def test_each_urging_is_told(owed, giam_doc_so, lanh_dao) -> None:
    for again in ("1", "2"):
        assert notify(giam_doc_so, NoticeKind.URGED, obligation=owed, by=lanh_dao, again=again,
                      message="Đề nghị xong trong tuần.") == 1  # fmt: skip
    notice = Notice.objects.latest("pk")
    assert lanh_dao.full_name in texts.sentence(notice)
    assert texts.details(notice) == ["Đề nghị xong trong tuần."]


def test_whoever_did_it_is_not_told(owed, giam_doc_so) -> None:
    assert notify(giam_doc_so, NoticeKind.URGED, obligation=owed, by=giam_doc_so) == 0


def test_without_a_mail_server_nothing_is_queued(owed, giam_doc_so) -> None:
    notify(giam_doc_so, NoticeKind.LATE, obligation=owed)
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists() and jobs_waiting() == 0


def test_without_an_address_nothing_is_queued(owed, giam_doc_so, post) -> None:
    giam_doc_so.email = ""
    giam_doc_so.save()
    notify(giam_doc_so, NoticeKind.LATE, obligation=owed)
    assert Notice.objects.count() == 1 and not Delivery.objects.exists()


def test_who_may_not_see_the_entry_is_not_told(owed, giam_doc_so, quan_tri) -> None:
    assert notify([quan_tri], NoticeKind.LATE, obligation=owed) == 0, (
        "Ask the policies of each person at the moment of telling."
    )
    Entry.objects.filter(pk=owed.entry_id).update(confidentiality="guarded")
    assert notify(giam_doc_so, NoticeKind.LATE, obligation=owed) == 0


def test_what_became_hidden_is_neither_listed_nor_counted(owed, giam_doc_so) -> None:
    notify(giam_doc_so, NoticeKind.LATE, obligation=owed)
    assert queries.unread_count(giam_doc_so) == 1
    Entry.objects.filter(pk=owed.entry_id).update(confidentiality="guarded")
    assert queries.unread_count(giam_doc_so) == 0
    assert queries.page(giam_doc_so).rows == []


def test_of_a_guarded_entry_only_register_and_number_are_said(owed, thanh_tra) -> None:
    entry = Entry.objects.filter(confidentiality="guarded").first()
    assert entry is not None
    assert notify(thanh_tra, NoticeKind.URGED, entry=entry, message=f"Đơn của {NAME}") == 1
    assert set(Notice.objects.get().parts) == {"register", "number", "year"}


@pytest.mark.parametrize("kind", [one for one in NoticeKind if one != NoticeKind.DIGEST])
def test_no_notice_and_no_mail_names_a_citizen(owed, giam_doc_so, mail_server, kind) -> None:
    Entry.objects.filter(pk=owed.entry_id).update(title=f"Đơn của bà {NAME}", outcome=NAME)
    owed.entry.refresh_from_db()
    notify(giam_doc_so, kind, obligation=owed)
    run_jobs()
    notice = Notice.objects.get()
    told = json.dumps(notice.parts, ensure_ascii=False) + notice.key
    told += texts.subject(notice) + texts.sentence(notice) + "".join(texts.details(notice))
    told += mail_server.text
    assert str(owed.entry.year) in told, "The notice must say which entry it is about."
    for word in (NAME, "Bưởi", "bà "):
        assert word not in told, f"A {kind} notice holds the title of the entry: {told}"


def test_a_leak_that_is_planted_is_found(owed, giam_doc_so, mail_server, monkeypatch) -> None:
    """The fault: somebody puts the title of the entry into the notice."""
    Entry.objects.filter(pk=owed.entry_id).update(title=f"Đơn của bà {NAME}")
    owed.entry.refresh_from_db()
    honest = actions.parts_of
    monkeypatch.setattr(
        actions, "parts_of", lambda entry, obligation: honest(entry) | {"duty": entry.title}
    )
    notify(giam_doc_so, NoticeKind.LATE, obligation=owed)
    run_jobs()
    notice = Notice.objects.get()
    assert NAME in texts.sentence(notice) and NAME in mail_server.text, (
        "The search for names must look where a name would stand."
    )


def test_reading_marks_only_ones_own(owed, giam_doc_so, lanh_dao) -> None:
    notify([giam_doc_so, lanh_dao], NoticeKind.LATE, obligation=owed)
    theirs = Notice.objects.get(person=lanh_dao)
    assert mark_read(giam_doc_so, notice_id=theirs.pk) == 0
    assert mark_read(giam_doc_so) == 1
    assert queries.unread_count(giam_doc_so) == 0
    assert queries.unread_count(lanh_dao) == 1
