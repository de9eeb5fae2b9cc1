"""A calendar notice that arrives late: what runs over the day is reckoned again, in a job (TG-05…08)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.notifications.models import Notice
from dieuhanh.kernel.notifications.tests.conftest import jobs_waiting, run_jobs
from dieuhanh.kernel.obligations.models import Cause, Obligation
from dieuhanh.kernel.tracking import jobs  # noqa: F401 - the tasks are known from here on
from dieuhanh.kernel.tracking.actions import (
    ask_extension,
    complete_obligation,
    confirm_obligation,
    decide_extension,
    pause_obligation,
    resume_obligation,
    return_obligation,
)
from dieuhanh.kernel.tracking.reference import actions
from dieuhanh.kernel.tracking.reference.actions import (
    RECALCULATE,
    announce_day,
    recalculate_for_notice,
)
from dieuhanh.kernel.tracking.tests.conftest import last_line, moment, refused, told
from dieuhanh.kernel.workdays.queries import latest_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
WEDNESDAY, SATURDAY = dt.date(2024, 6, 19), dt.date(2024, 6, 15)
MONDAY, FRIDAY = dt.date(2024, 6, 17), dt.date(2024, 6, 14)


def announce(actor, day=WEDNESDAY, announced="off", **changes):
    values = {"reason": "nghỉ hoán đổi", "source": "Thông báo 12/TB-UBND", "confirmed": True}
    return announce_day(actor=actor, day=day, announced=announced, **values | changes)


def due(owed: Obligation) -> dt.datetime | None:
    owed.refresh_from_db()
    return owed.due_at


def test_the_job_is_put_with_the_notice_or_not_at_all(quan_tri):
    with pytest.raises(RuntimeError), transaction.atomic():
        announce(quan_tri)
        assert jobs_waiting(RECALCULATE) == 1
        raise RuntimeError
    assert jobs_waiting(RECALCULATE) == 0
    notice = announce(quan_tri)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [RECALCULATE])
        assert str(notice.pk) in str(cursor.fetchall())
    line = last_line("calendar.announced")
    assert (line.actor_id, line.subject, line.reason, line.details["announced"]) == (
        quan_tri.pk, "19/6/2024", "nghỉ hoán đổi", "off",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "announced", "moves_to"), [(WEDNESDAY, "off", 21), (SATURDAY, "working", 19)]
)
def test_a_day_becomes_off_or_worked(lawful, quan_tri, day, announced, moves_to):
    notice = announce(quan_tri, day, announced)
    assert due(lawful) == moment(20), "The job moves it, not the request."
    assert run_jobs(RECALCULATE) == 1
    assert (due(lawful), lawful.first_due_at) == (moment(moves_to), moment(20))
    assert lawful.calendar_version == notice.pk
    change = lawful.due_changes.get()
    reason = f"{day.day}/6/2024: nghỉ hoán đổi (Thông báo 12/TB-UBND)"
    assert (change.cause, change.due_before, change.due_after, change.reason) == (
        Cause.CALENDAR, moment(20), moment(moves_to), reason,
    )  # fmt: skip
    line = last_line("obligation.recalculated")
    assert (line.entry_id, line.details["obligation"], line.actor_id, line.reason) == (
        lawful.entry_id, lawful.pk, None, reason,
    )  # fmt: skip
    assert told(lawful, "deadline_moved") == {"giam-doc-so", "chuyen-vien"}


def test_an_end_that_rested_moves_too(new, limit, quan_tri):
    """TG-02: nine days after 13/6 is Saturday, 22/6, and so Monday; a made-up Saturday ends it."""
    limit("test.days", unit="calendar_day", length=9)
    owed = new(limit_key="test.days")
    assert owed.due_at == moment(24)
    announce(quan_tri, dt.date(2024, 6, 22), "working")
    run_jobs(RECALCULATE)
    assert due(owed) == moment(22)
    announce(quan_tri, dt.date(2024, 6, 22), "withdrawn")
    run_jobs(RECALCULATE)
    assert due(owed) == moment(24), "A notice that is taken back counts no more."


def test_backwards_too(new, limit, quan_tri):
    limit("test.before", direction="backward", length=3)
    owed = new(limit_key="test.before", event_at=moment(28, 8, 0, 0))  # Friday
    assert owed.due_at == moment(25)
    announce(quan_tri, dt.date(2024, 6, 26))
    run_jobs(RECALCULATE)
    assert due(owed) == moment(24)


def test_run_twice_it_changes_nothing_more(lawful, quan_tri):
    notice = announce(quan_tri)
    assert recalculate_for_notice(notice.pk) == 1
    before = Obligation.objects.filter(pk=lawful.pk).values().get()
    lines, notices = Line.objects.count(), Notice.objects.count()
    assert recalculate_for_notice(notice.pk) == 0
    assert Obligation.objects.filter(pk=lawful.pk).values().get() == before
    assert (lawful.due_changes.count(), Line.objects.count(), Notice.objects.count()) == (
        1, lines, notices,
    )  # fmt: skip


def test_what_is_closed_never_changes(lawful, new, officer, chuyen_vien, quan_tri):
    """Done, done and confirmed: not a column of it; what was returned is owed, and moves."""
    done, confirmed, returned = lawful, *(new(limit_key="test.limit") for _two in range(2))
    for one in (done, confirmed, returned):
        complete_obligation(one.pk, actor=officer, on=FRIDAY, product="1/BC")
    confirm_obligation(confirmed.pk, actor=chuyen_vien)
    return_obligation(returned.pk, actor=chuyen_vien, reason="Thiếu")
    closed = Obligation.objects.filter(started_at__gte=moment(1)).exclude(pk=returned.pk)
    closed = closed.order_by("pk")
    assert closed.count() > 100
    before = list(closed.values())
    announce(quan_tri)
    announce(quan_tri, SATURDAY, "working")
    announce(quan_tri, dt.date(2024, 6, 18))
    run_jobs(RECALCULATE)
    assert list(closed.values()) == before, "Recalculation touched what is closed."
    assert due(returned) == moment(21)
    assert not done.due_changes.exists() and not told(done, "deadline_moved")


def test_what_does_not_run_over_the_day_is_left_alone(lawful, quan_tri):
    version = lawful.calendar_version
    announce(quan_tri, dt.date(2024, 6, 21))
    announce(quan_tri, dt.date(2024, 6, 12))
    run_jobs(RECALCULATE)
    assert (due(lawful), lawful.calendar_version) == (moment(20), version)


def test_a_day_that_was_named_stands(owed, quan_tri):
    announce(quan_tri)
    run_jobs(RECALCULATE)
    assert due(owed) == moment(20) and not owed.due_changes.exists()


def test_a_clock_that_grows_over_the_day_later_knows_it(
    lawful, new, chuyen_vien, giam_doc_so, quan_tri, moved
):
    """The notice of the 24th concerned nobody when it came: both were due on the 20th."""
    paused = new(limit_key="test.limit")
    pause_obligation(paused.pk, actor=chuyen_vien, on=MONDAY, reason="Chờ bổ sung")
    announce(quan_tri, dt.date(2024, 6, 24))
    run_jobs(RECALCULATE)
    ask_extension(lawful.pk, actor=giam_doc_so, reason="Phức tạp")
    decide_extension(lawful.pk, actor=chuyen_vien, granted=True)
    assert due(lawful) == moment(26), "Three working days more, the 24th left out."
    moved.set(dt.datetime(2024, 6, 20, 9, tzinfo=clock.ZONE))
    resume_obligation(paused.pk, actor=chuyen_vien, on=clock.today())
    assert due(paused) == moment(26)
    assert {lawful.calendar_version, paused.calendar_version} == {latest_version()}


def test_a_notice_whose_job_has_not_run_yet_breaks_no_extension(
    lawful, chuyen_vien, giam_doc_so, quan_tri
):
    """Four days of rest become worked: the end comes nearer before it is extended."""
    for day in (15, 16, 22, 23):
        announce(quan_tri, dt.date(2024, 6, day), "working")
    ask_extension(lawful.pk, actor=giam_doc_so, reason="Phức tạp", length=1)
    decide_extension(lawful.pk, actor=chuyen_vien, granted=True)
    assert due(lawful) == moment(19)
    causes = list(lawful.due_changes.order_by("pk").values_list("cause", flat=True))
    assert causes == ["calendar", "extended"]
    run_jobs(RECALCULATE)
    assert due(lawful) == moment(19)


def test_while_it_stands_its_end_moves_and_then_runs_on(lawful, chuyen_vien, quan_tri, moved):
    pause_obligation(lawful.pk, actor=chuyen_vien, on=MONDAY, reason="Chờ bổ sung")
    announce(quan_tri)
    run_jobs(RECALCULATE)
    assert due(lawful) == moment(21)
    assert lawful.pauses.get().due_at == moment(21)
    moved.set(dt.datetime(2024, 6, 20, 9, tzinfo=clock.ZONE))
    resume_obligation(lawful.pk, actor=chuyen_vien, on=clock.today())
    assert due(lawful) == moment(25), "Two working days of pause: the 18th and the 20th."


def test_killed_in_the_middle_it_goes_on_where_it_was(lawful, new, quan_tri, monkeypatch):
    many = [lawful, *(new(limit_key="test.limit") for _one in range(4))]
    monkeypatch.setattr(actions, "BATCH", 2)
    whole = actions._recalculate
    runs = []

    def dies(ids, **how):
        runs.append(ids)
        if len(runs) == 2:
            raise SystemExit
        return whole(ids, **how)

    monkeypatch.setattr(actions, "_recalculate", dies)
    notice = announce(quan_tri)
    with pytest.raises(SystemExit):
        recalculate_for_notice(notice.pk)
    assert [due(one) for one in many] == [moment(21)] * 2 + [moment(20)] * 3
    assert recalculate_for_notice(notice.pk) == 3
    for one in many:
        assert due(one) == moment(21)
        assert one.due_changes.count() == 1
        assert Notice.objects.filter(obligation=one, kind="deadline_moved").count() == 2
    assert Line.objects.filter(verb="obligation.recalculated").count() == 5


def test_refusals(quan_tri, lanh_dao, chuyen_vien):
    for person in (lanh_dao, chuyen_vien):
        with refused(Forbidden):
            announce(person)
    with refused(Refusal, "Xin ghi lý do", "reason"):
        announce(quan_tri, reason="")
    with refused(Refusal, "căn cứ", "source"):
        announce(quan_tri, source=" ")
