"""Telling people, once; sending mail; reminding; the digest of the morning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from psycopg.types.json import Jsonb

from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Role, in_force
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import SYSTEM, record
from dieuhanh.kernel.notifications import mail, queries, queue, rules
from dieuhanh.kernel.notifications.models import (
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    Reminder,
    ReminderStage,
)
from dieuhanh.kernel.notifications.recipients import (
    HEADS,
    Heads,
    heads,
    in_charge,
    people,
    who_may_see,
)
from dieuhanh.kernel.obligations.models import STILL_OPEN, Obligation
from dieuhanh.kernel.obligations.queries import State, in_state, is_done, is_paused
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text.dates import local_day

#: The channel on which the live process hears that a person has a new notice.
CHANNEL = "notices"
#: Entries of which a notice says register and number only.
RETICENT = (Confidentiality.GUARDED, Confidentiality.SECRET)
#: After so long a mail that is due and was not tried has lost its job.
LOST_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Telling:
    """One thing to be told to one person."""

    person_id: int
    kind: str
    key: str
    entry_id: int | None = None
    obligation_id: int | None = None
    parts: dict[str, Any] = field(default_factory=dict)


def parts_of(entry: Entry, obligation: Obligation | None = None) -> dict[str, Any]:
    """What a notice may say of an entry: never its title; of a guarded or secret one no duty."""
    parts: dict[str, Any] = {
        "register": entry.register,
        "number": entry.number,
        "year": entry.year,
    }
    if obligation is not None and entry.confidentiality not in RETICENT:
        parts["duty"] = obligation.duty
        if obligation.due_at:
            parts["due"] = obligation.due_at.isoformat()
    return parts


def key_of(kind: str, obligation: Obligation | None, entry: Entry | None, again: str = "") -> str:
    """What makes a thing the same thing: kind, obligation with its deadline, or entry.

    Args:
        again: distinguishes things that may be told again, such as each urging.
    """
    what = f"e{entry.pk}" if entry else ""
    if obligation is not None:
        due = obligation.due_at.astimezone(clock.ZONE).isoformat() if obligation.due_at else ""
        what = f"o{obligation.pk}:{due}"
    return f"{kind}:{what}:{again}"


def notify(
    told: Person | Iterable[Person],
    kind: str,
    *,
    entry: Entry | None = None,
    obligation: Obligation | None = None,
    by: Person | None = None,
    again: str = "",
    **more: Any,
) -> int:
    """Tell people something, inside the caller's transaction: roll back, and nobody was told.

    Who may not see the entry is not told. The same thing is told to a person once. With a new
    notice goes a mail, where the person has an address and the site sends mail.

    Args:
        told: a person, or several; twice the same person is once.
        kind: a `NoticeKind`.
        entry: what it is about; that of ``obligation`` unless given.
        by: who did it; not told of it.
        again: see `key_of`.
        more: further values of the text: ``message`` (typed by ``by``, at most 300 letters, no
            names of citizens), ``granted``.

    Returns:
        how many people were told now.
    """
    if obligation is not None and entry is None:
        entry = obligation.entry
    named = [told] if isinstance(told, Person) else list(told)
    ids = {one.pk for one in named} - ({by.pk} if by else set())
    parts = (parts_of(entry, obligation) if entry else {}) | more
    if message := str(parts.get("message", "")):
        parts["message"] = message[: rules.LONGEST_MESSAGE]
    if entry is not None and entry.confidentiality in RETICENT:
        parts = {name: parts[name] for name in ("register", "number", "year")}
    if by is not None:
        parts["by"] = by.full_name
    key = key_of(kind, obligation, entry, again)
    return _tell(
        [
            Telling(
                pk,
                kind,
                key,
                entry.pk if entry else None,
                obligation.pk if obligation else None,
                parts,
            )
            for pk in sorted(ids)
        ]
    )


def _tell(tellings: list[Telling]) -> int:
    """Write the notices that are new, and the mails that go with them; in set-wise statements."""
    known = people({one.person_id for one in tellings})
    wanted: dict[int, set[int]] = {}
    for one in tellings:
        if one.entry_id is not None:
            wanted.setdefault(one.person_id, set()).add(one.entry_id)
    seen = who_may_see(known, wanted)
    allowed = [
        one
        for one in tellings
        if one.person_id in known
        and (one.entry_id is None or one.entry_id in seen.get(one.person_id, ()))
    ]
    if not allowed:
        return 0
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_notice"
            " (person_id, kind, key, entry_id, obligation_id, parts, created_at)"
            " SELECT *, %s FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[],"
            " %s::bigint[], %s::jsonb[])"
            " ON CONFLICT (person_id, key) DO NOTHING RETURNING id, person_id",
            [
                now,
                [one.person_id for one in allowed],
                [str(one.kind) for one in allowed],
                [one.key for one in allowed],
                [one.entry_id for one in allowed],
                [one.obligation_id for one in allowed],
                [Jsonb(one.parts) for one in allowed],
            ],
        )
        written = cursor.fetchall()
        cursor.execute(
            "SELECT pg_notify(%s, id::text) FROM unnest(%s::bigint[]) AS id",
            [CHANNEL, sorted({person_id for _pk, person_id in written})],
        )
    _queue_mails([(pk, known[person_id].email) for pk, person_id in written], now)
    return len(written)


def _queue_mails(notices: list[tuple[int, str]], now: datetime) -> None:
    """Mails for new notices, (id, address) each, with the jobs that send them."""
    if not mail.enabled():
        return
    made = Delivery.objects.bulk_create(
        Delivery(
            notice_id=pk,
            address=address,
            message_id=f"<notice-{pk}-{int(now.timestamp())}@{settings.MAIL_DOMAIN}>",
            next_at=now,
            created_at=now,
        )
        for pk, address in notices
        if address
    )
    queue.defer(queue.DELIVER, [{"delivery_id": one.pk} for one in made])


@transaction.atomic
def send_delivery(delivery_id: int) -> bool:
    """Send one mail, unless it is settled; what fails for now is put into the queue again.

    The row stays locked while the server is spoken to: two workers never send the same mail at a
    time. A crash between the server's answer and the commit sends it again with the same
    Message-ID.

    Returns:
        whether it was sent now.
    """
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("notice")
    delivery = rows.filter(pk=delivery_id, state=DeliveryState.QUEUED).first()
    if delivery is None:
        return False
    now = clock.now()
    delivery.attempts += 1
    try:
        mail.send(delivery)
    except mail.Refused as refused:
        delivery.state, delivery.last_error = DeliveryState.REFUSED, str(refused)
    except mail.NotNow as failure:
        delivery.last_error = str(failure)
        wait = rules.wait_after(delivery.attempts)
        if wait is None:
            delivery.state = DeliveryState.GIVEN_UP
        else:
            delivery.next_at = now + wait
            queue.defer(queue.DELIVER, [{"delivery_id": delivery.pk}], wait=wait)
    else:
        delivery.state, delivery.last_error = DeliveryState.SENT, ""
    if delivery.state != DeliveryState.QUEUED:
        delivery.settled_at = now
    delivery.save(update_fields=["attempts", "state", "last_error", "next_at", "settled_at"])
    return bool(delivery.state == DeliveryState.SENT)


@transaction.atomic
def requeue_lost() -> int:
    """Give a job to mails that should have been tried and were not: their job was lost."""
    now = clock.now()
    lost = queries.due_deliveries(now - LOST_AFTER).select_for_update(skip_locked=True)
    found = list(lost[: rules.PER_RUN])
    for one in found:
        one.next_at = now
    Delivery.objects.bulk_update(found, ["next_at"])
    queue.defer(queue.DELIVER, [{"delivery_id": one.pk} for one in found])
    return len(found)


@transaction.atomic
def mark_read(person: Person, *, notice_id: int | None = None) -> int:
    """Mark one notice of a person as read, or all of them. Returns how many were unread."""
    unread = Notice.objects.filter(person=person, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=clock.now())


# Reminders ----------------------------------------------------------------------------------------

#: Most severe first: who hears that something is late by ten days hears it once, not three times.
LATE_STAGES = (ReminderStage.AGENCY, ReminderStage.HEAD, ReminderStage.LATE)


def _window(stage: str, moment: datetime) -> Q:
    """Obligations whose deadline puts them into a stage at ``moment`` (a Q on Obligation)."""
    days, today = calendar(), local_day(moment)
    news = clock.start_of(today - timedelta(rules.OLDEST_LATE))
    match ReminderStage(stage):
        case ReminderStage.SOON:
            last = clock.end_of(days.add_working(today, rules.SOON_DAYS))
            return Q(due_at__gt=clock.end_of(today), due_at__lte=last)
        case ReminderStage.TODAY:
            return Q(due_at__gte=moment, due_at__lte=clock.end_of(today))
        case ReminderStage.LATE:
            return Q(due_at__lt=moment, due_at__gte=news)
        case ReminderStage.HEAD:
            last = clock.end_of(days.add_working(today, -rules.HEAD_AFTER))
            return Q(due_at__lte=last, due_at__gte=news)
        case ReminderStage.AGENCY:
            last = clock.end_of(days.add_working(today, -rules.AGENCY_AFTER))
            return Q(due_at__lte=last, due_at__gte=news)


def to_remind(stage: str, moment: datetime) -> QuerySet[Obligation]:
    """Open obligations that reached a stage and were not reminded of it; paused ones wait."""
    late = stage in LATE_STAGES
    told = Reminder.objects.filter(obligation=OuterRef("pk"), due_at=OuterRef("due_at"))
    done = LATE_STAGES[: LATE_STAGES.index(ReminderStage(stage)) + 1] if late else (stage,)
    state = State.OPEN_LATE if late else State.OPEN_IN_TIME
    owed = Obligation.objects.filter(STILL_OPEN, _window(stage, moment), in_state(state, moment))
    owed = owed.filter(~is_paused(moment), ~Exists(told.filter(stage__in=done)))
    return owed.select_related("entry", "unit").order_by("due_at", "pk")


def _listeners(stage: str, obligation: Obligation, known: Heads) -> set[int]:
    first = set(in_charge(obligation, known))
    if stage in (ReminderStage.HEAD, ReminderStage.AGENCY):
        first |= set(known.of(obligation.unit_id))
    if stage == ReminderStage.AGENCY:
        first |= set(known.above(obligation.unit_id))
    return first


def _reminding(stage: str, obligation: Obligation, person_id: int, today: date) -> Telling:
    parts = parts_of(obligation.entry, obligation)
    kind = {
        ReminderStage.SOON: NoticeKind.SOON,
        ReminderStage.TODAY: NoticeKind.TODAY,
        ReminderStage.LATE: NoticeKind.LATE,
    }.get(ReminderStage(stage), NoticeKind.ESCALATED)
    if kind == NoticeKind.ESCALATED and obligation.due_at:
        parts["days"] = max(0, calendar().working_days(local_day(obligation.due_at), today))
        parts["unit"] = obligation.unit.name
    return Telling(
        person_id,
        kind,
        key_of(kind, obligation, None, stage if kind == NoticeKind.ESCALATED else ""),
        obligation.entry_id,
        obligation.pk,
        parts,
    )


@transaction.atomic
def remind() -> int:
    """Remind of what is soon due, due today, late, late for long; in working hours only.

    Each obligation is taken once for each stage of a deadline; one run takes at most
    `rules.PER_RUN` of each stage. Returns how many notices were written.
    """
    moment = clock.now()
    if not rules.in_working_hours(moment, calendar()):
        return 0
    with connection.cursor() as cursor:  # one run at a time, whoever starts it
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('notifications_remind'))")
    known, today, written = heads(), local_day(moment), 0
    for stage in (*LATE_STAGES, ReminderStage.TODAY, ReminderStage.SOON):
        owed = list(to_remind(stage, moment)[: rules.PER_RUN])
        listeners = {one.pk: _listeners(stage, one, known) for one in owed}
        Reminder.objects.bulk_create(
            Reminder(
                obligation=one,
                stage=stage,
                due_at=one.due_at,
                at=moment,
                told=len(listeners[one.pk]),
            )
            for one in owed
            if one.due_at
        )
        written += _tell(
            [
                _reminding(stage, one, person_id, today)
                for one in owed
                for person_id in sorted(listeners[one.pk])
            ]
        )
    if written:
        record("notices.reminded", actor=SYSTEM, subject="Nhắc việc", count=written)
    return written


# The digest of the morning ------------------------------------------------------------------------


def _readers(after: int) -> list[int]:
    """People to whom a digest may be due, by number: heads, people in charge, administrators."""
    today = clock.today()
    appointed = in_force(today).filter(role__in=(*HEADS, Role.ADMINISTRATOR))
    charged = Obligation.objects.filter(STILL_OPEN, person__isnull=False)
    found = Person.objects.filter(
        Q(pk__in=appointed.values("person")) | Q(pk__in=charged.values("person")),
        is_active=True,
        pk__gt=after,
    )
    return list(found.order_by("pk").values_list("pk", flat=True)[: rules.PEOPLE_PER_RUN + 1])


def _owed(person: Person, moment: datetime) -> dict[str, Any] | None:
    """What a person's digest says of work: counts, and the most pressing rows."""
    today = local_day(moment)
    horizon = clock.end_of(calendar().add_working(today, rules.SOON_DAYS))
    headed = [one.unit_id for one in person.current_appointments if one.role in HEADS]
    pressing = Obligation.objects.filter(
        Q(person=person) | Q(unit_id__in=headed),
        STILL_OPEN,
        ~is_done(moment),
        ~is_paused(moment),
        due_at__lte=horizon,
        entry__in=Entry.objects.filter(policies.visible(person)),
    )
    counts = {
        "late": pressing.filter(due_at__lt=moment).count(),
        "today": pressing.filter(due_at__gte=moment, due_at__lte=clock.end_of(today)).count(),
        "soon": pressing.filter(due_at__gt=clock.end_of(today)).count(),
    }
    if not any(counts.values()):
        return None
    first = pressing.select_related("entry").order_by("due_at", "pk")[: rules.DIGEST_ROWS]
    rows = [parts_of(one.entry, one) | {"entry": one.entry_id} for one in first]
    return counts | {"rows": rows}


def _failures(day: date) -> dict[str, Any]:
    """Who could not be reached, when, and why; nothing of what was written."""
    failed = queries.undelivered(day).select_related("notice__person")
    return {
        "undelivered_total": failed.count(),
        "undelivered": [
            {
                "who": one.notice.person.full_name,
                "at": one.settled_at.isoformat() if one.settled_at else "",
                "why": one.last_error,
            }
            for one in failed[: rules.DIGEST_ROWS]
        ],
    }


@transaction.atomic
def send_digests(*, after: int = 0) -> int:
    """The digest of this morning, one for each person and day; on working days only.

    Administrators also read which mails could not be delivered. A run writes to at most
    `rules.PEOPLE_PER_RUN` people and leaves the rest to a job that it puts into the queue.

    Args:
        after: the last person whom the run before wrote to.
    """
    moment = clock.now()
    today = local_day(moment)
    opens = rules.opening(today, calendar())
    if opens is None or moment.astimezone(clock.ZONE).time() < opens:
        return 0
    ids = _readers(after)
    more, ids = len(ids) > rules.PEOPLE_PER_RUN, ids[: rules.PEOPLE_PER_RUN]
    tellings, reported = [], False
    for pk, person in people(ids).items():
        parts = _owed(person, moment) or {"late": 0, "today": 0, "soon": 0, "rows": []}
        if person.has_role(Role.ADMINISTRATOR):
            reported = True
            parts |= _failures(today)
        if any(parts.get(n) for n in ("late", "today", "soon", "undelivered_total")):
            parts["day"] = today.isoformat()
            tellings.append(Telling(pk, NoticeKind.DIGEST, f"digest:{today}", parts=parts))
    written = _tell(tellings)
    if reported:
        queries.undelivered(today).filter(reported_on=None).update(reported_on=today)
    if more:
        tick = int(moment.timestamp())
        queue.defer(queue.DIGEST, [{"timestamp": tick, "after": ids[-1]}])
    if written:
        record("notices.digest", actor=SYSTEM, subject="Bản tin đầu ngày", count=written)
    return written
