"""Owing something by a date, doing it, and undoing that; closing and reopening entries with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import correct, lock_entry, mark_changed
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.models import (
    STILL_OPEN,
    Cause,
    LimitUnit,
    Obligation,
    PastCompletion,
    TimeLimit,
)
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.kernel.obligations.reckoning import due_of, reckon
from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.queries import calendar_of, latest_version
from dieuhanh.text import dates


def _limit_at(key: str, start: datetime) -> TimeLimit:
    """Raises WrongDate: the day lies before the first version of the limit that is known."""
    try:
        return limit_in_force(key, dates.local_day(start))
    except TimeLimit.DoesNotExist:
        raise WrongDate(
            _("Ngày này trước khi thời hạn của việc có hiệu lực."), field="opened_on"
        ) from None


def owe(
    entry: Entry,
    *,
    duty: str,
    start: datetime,
    limit_key: str | None = None,
    length: int | None = None,
    due_on: date | None = None,
    event_at: datetime | None = None,
    unit: Unit | None = None,
    person: Person | None = None,
    asked_by: Person | None = None,
    expected: str = "",
) -> Obligation:
    """Write what a unit owes on an entry; inside the register's transaction.

    Args:
        limit_key: time limit in force at ``start``. One that is not known yields no date.
        length: of this case, where the limit leaves it to the case; in the limit's unit.
        due_on: last day, where whoever asked set it instead of a law; neither of the two means
            no deadline.
        event_at: of a backward limit, the event it lies before.
        unit: who owes it; the entry's own unit unless given.
        asked_by: who assigned it and confirms it, where somebody did.
        expected: the product that is asked for.

    Raises:
        WrongDate: no version of the limit was in force at ``start``, or ``due_on`` lies before.
    """
    version = latest_version()
    limit = _limit_at(limit_key, start) if limit_key else None
    if limit:
        due = due_of(limit, event_at or start, calendar_of(version), length=length)
    else:
        due = _end_of(due_on, start)
    return Obligation.objects.create(
        entry=entry,
        limit=limit,
        length=length,
        duty=duty,
        expected=expected,
        unit=unit or entry.unit,
        person=person,
        asked_by=asked_by,
        started_at=start,
        event_at=event_at,
        due_at=due,
        first_due_at=due,
        calendar_version=version,
    )


def owe_all(
    entry: Entry,
    units: Iterable[Unit],
    *,
    duty: str,
    start: datetime,
    due_on: date,
    asked_by: Person | None = None,
) -> None:
    """The same owed by many units on one entry, each by itself; inside the caller's transaction.

    Raises:
        WrongDate: ``due_on`` lies before the start.
    """
    due, version = _end_of(due_on, start), latest_version()
    Obligation.objects.bulk_create(
        Obligation(
            entry=entry,
            duty=duty,
            unit=unit,
            asked_by=asked_by,
            started_at=start,
            due_at=due,
            first_due_at=due,
            calendar_version=version,
        )
        for unit in units
    )


def _end_of(due_on: date | None, start: datetime) -> datetime | None:
    if due_on is None:
        return None
    if (due := clock.end_of(due_on)) < start:
        raise WrongDate(_("Thời hạn này trước ngày bắt đầu."), field="due_on")
    return due


def move_due(
    obligation: Obligation,
    due: datetime | None,
    *,
    cause: str,
    at: datetime | None = None,
    reason: str = "",
) -> bool:
    """Give a locked obligation another deadline; the one that was in force before is kept.

    Args:
        at: since when, though not before the last change; now unless given.

    Returns:
        whether it is another one.
    """
    if due == obligation.due_at:
        return False
    since = at or clock.now()
    latest = obligation.due_changes.order_by("-at").values_list("at", flat=True).first()
    obligation.due_changes.create(
        at=max(since, latest or since),
        cause=cause,
        due_before=obligation.due_at,
        due_after=due,
        reason=reason,
    )
    obligation.due_at = due
    obligation.save(update_fields=["due_at"])
    return True


def name_day(
    obligation: Obligation, day: date, *, at: datetime, reason: str, by: Person | None = None
) -> None:
    """Name another last day for a locked obligation, asked and granted in one (NV-11)."""
    due = clock.end_of(day)
    if due == obligation.due_at:
        return
    obligation.extensions.create(
        asked_at=at, until=day, reason=reason, decided_at=at, decided_by=by, granted=True
    )
    later = obligation.due_at is not None and due > obligation.due_at
    move_due(obligation, due, cause=Cause.POSTPONED if later else Cause.SET, at=at, reason=reason)


def reschedule(entry: Entry, due_on: date | None) -> None:
    """Correct the day that was set for an entry's obligations, those of no legal limit.

    Raises:
        WrongDate: the day lies before their start.
    """
    for obligation in entry.obligations.select_for_update().filter(limit=None):
        obligation.first_due_at = _end_of(due_on, obligation.started_at)
        obligation.due_at = reckon(obligation, calendar_of(obligation.calendar_version))
        obligation.save(update_fields=["due_at", "first_due_at"])


def restart(entry: Entry, start: datetime) -> None:
    """Move the clock of an entry's obligations after its starting date was corrected."""
    earlier = PastCompletion.objects.filter(obligation__entry=entry)
    earlier.filter(done_at__lt=start).update(done_at=start)
    earlier.filter(reopened_at__lt=start).update(reopened_at=start)
    version = latest_version()
    for obligation in entry.obligations.select_for_update(of=("self",)).select_related("limit"):
        obligation.started_at = start
        if obligation.limit:
            obligation.limit = limit = _limit_at(obligation.limit.key, start)
            obligation.calendar_version = version
            event = obligation.event_at or start
            obligation.first_due_at = due_of(
                limit, event, calendar_of(version), length=obligation.length
            )
            obligation.due_at = reckon(obligation, calendar_of(version))
        elif obligation.due_at and obligation.due_at < start:
            raise WrongDate(_("Ngày này sau thời hạn đã giao."), field="opened_on")
        if obligation.done_at:
            obligation.done_at = max(obligation.done_at, start)
        if obligation.reopened_at:
            obligation.reopened_at = max(obligation.reopened_at, start)
        obligation.save()


def _follow(entry: Entry, *, before: int) -> None:
    """What the unit ``before`` still owed by mistake follows the entry to its corrected unit."""
    if entry.unit_id == before:
        return
    owed = entry.obligations.filter(STILL_OPEN, unit_id=before)
    owed.update(unit=entry.unit, person=None)


def correct_entry(
    entry: Entry,
    row: models.Model,
    *,
    actor: Person,
    version: int,
    reason: str,
    changes: Mapping[str, Any],
    also_found_by: Iterable[object] = (),
    unspoken: frozenset[str] = frozenset(),
) -> None:
    """Correct a locked entry with its register's row, and what follows from it.

    A corrected opening day moves the clocks, a corrected ``due_on`` the deadlines that were set
    by hand, a corrected unit takes over what is still owed, and the journal gets the reason with
    both values. Inside the register's transaction; arguments and refusals are those of
    `entries.actions.correct`.
    """
    opened_on, unit_id = entry.opened_on, entry.unit_id
    due_on = getattr(row, "due_on", None)
    difference = correct(
        entry,
        row,
        version=version,
        changes=changes,
        also_found_by=also_found_by,
        unspoken=unspoken,
    )
    if changes.get("due_on", due_on) != due_on:  # the same day again undoes no postponement
        reschedule(entry, changes["due_on"])
    if entry.opened_on != opened_on:
        restart(entry, start_of_business(entry.opened_on))
    _follow(entry, before=unit_id)
    record(
        "entry.corrected", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        changes=difference,
    )  # fmt: skip


def finish(entry: Entry, *, on: date, outcome: str = "", by: Person | None = None) -> None:
    """Close a locked entry and do what is owed on it; the caller writes the journal.

    Raises:
        WrongState: it is closed already.
        WrongDate: ``on`` is before it was opened, or lies in the future.
    """
    if entry.closed_on and not entry.reopened_on:
        raise WrongState(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(entry.closed_on)}
        )
    require_between(entry.reopened_on or entry.opened_on, on)
    if entry.confidentiality == Confidentiality.SECRET and outcome:
        raise Refusal(_("Văn bản mật không ghi nội dung kết quả."), field="outcome")
    if entry.closed_on and entry.reopened_on:
        entry.past_closings.create(
            closed_on=entry.closed_on, reopened_on=entry.reopened_on, outcome=entry.outcome
        )
    entry.closed_on, entry.reopened_on, entry.outcome = on, None, outcome
    entry.version += 1
    entry.save(update_fields=["closed_on", "reopened_on", "outcome", "version"])
    for obligation in entry.obligations.select_for_update(of=("self",)).select_related("limit"):
        complete(obligation, on=on, product=outcome, done_by=by)


def complete(
    obligation: Obligation, *, on: date, product: str, done_by: Person | None = None
) -> None:
    """Do a locked obligation, unless it is done; a completion that was undone is kept.

    A pause ends with it; what was asked and not decided lapses, as it has no more object.
    """
    if not obligation.is_open:
        return
    if obligation.done_at and obligation.reopened_at:
        obligation.past_completions.create(
            done_at=obligation.done_at,
            reopened_at=obligation.reopened_at,
            product=obligation.product,
            returned_for=obligation.returned_for,
        )
    done_at = max(_done_moment(obligation, on), obligation.reopened_at or obligation.started_at)
    end_pause(obligation, at=done_at)
    obligation.done_at, obligation.reopened_at = done_at, None
    obligation.product, obligation.done_by = product, done_by
    obligation.confirmed_at, obligation.confirmed_by, obligation.returned_for = None, None, ""
    obligation.save(
        update_fields=[
            "done_at", "reopened_at", "product", "done_by", "confirmed_at", "confirmed_by",
            "returned_for",
        ]
    )  # fmt: skip


def _done_moment(obligation: Obligation, on: date) -> datetime:
    """A limit in hours is judged by the hour where it is known: told on the day itself, it is now."""
    limit = obligation.limit
    by_the_hour = limit is not None and limit.unit in (
        LimitUnit.WORKING_MORNING, LimitUnit.WORKING_HOUR, LimitUnit.NATURAL_HOUR,
    )  # fmt: skip
    return clock.now() if by_the_hour and on == clock.today() else clock.start_of(on)


def end_pause(obligation: Obligation, *, at: datetime) -> bool:
    """Let the clock of a locked obligation run on from ``at``; the pause moves the deadline.

    Returns:
        whether it stood.
    """
    pause = obligation.pauses.select_for_update().filter(ended_at=None).first()
    if pause is None:
        return False
    ended_at = max(at, pause.started_at)
    calendar = catch_up(obligation, at=ended_at)
    pause.ended_at = ended_at
    pause.save(update_fields=["ended_at"])
    due = reckon(obligation, calendar)
    move_due(obligation, due, cause=Cause.RESUMED, at=ended_at, reason=pause.reason)
    return True


def catch_up(obligation: Obligation, *, at: datetime | None = None) -> Calendar:
    """Reckon a locked, open obligation with the calendar as it is known now, and keep to it.

    Before its deadline is moved for another reason: the longer clock may run over days of which
    a notice told since, and which concerned nobody as long as it was shorter. The change is kept;
    the journal has the line of the action.

    Args:
        at: see `move_due`.
    """
    version = latest_version()
    calendar = calendar_of(version)
    if obligation.calendar_version != version:
        obligation.calendar_version = version
        obligation.save(update_fields=["calendar_version"])
        move_due(obligation, reckon(obligation, calendar), cause=Cause.CALENDAR, at=at)
    return calendar


@transaction.atomic
def close_entry(entry_id: int, *, actor: Person, on: date, outcome: str = "") -> Entry:
    """Close an entry: its work is done; open obligations on it are done with it.

    A late closing is recorded as it is, never refused.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        WrongState: it is closed already.
        WrongDate: ``on`` is before it was opened, or lies in the future.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24 (a result is recorded with its product, NV-14).
    """
    entry = lock_entry(entry_id, actor=actor)
    finish(entry, on=on, outcome=outcome, by=actor.stands_for)
    record(
        "entry.closed", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=outcome,
    )  # fmt: skip
    return entry


def undo_completion(obligation: Obligation, *, at: datetime, reason: str = "") -> None:
    """Owe a locked obligation again that was done; why is kept with the completion."""
    if obligation.done_at:
        obligation.reopened_at = max(at, obligation.done_at)
        obligation.returned_for = reason
        obligation.confirmed_at, obligation.confirmed_by = None, None
        obligation.save(
            update_fields=["reopened_at", "returned_for", "confirmed_at", "confirmed_by"]
        )


def undo_closing(entry: Entry, *, on: date) -> None:
    """Reopen a locked entry, not what was owed on it; the caller writes the journal.

    Raises:
        WrongState: it is not closed.
        WrongDate: ``on`` is before the closing, or lies in the future.
    """
    if entry.closed_on is None or entry.reopened_on:
        raise WrongState(_("Mục này đang mở."))
    require_between(entry.closed_on, on)
    entry.reopened_on = on
    entry.version += 1
    entry.save(update_fields=["reopened_on", "version"])


@transaction.atomic
def reopen_entry(entry_id: int, *, actor: Person, on: date, reason: str) -> Entry:
    """Reopen a closed entry and its obligations, with a reason; the due moments stay.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        WrongState: it is not closed.
        WrongDate: ``on`` is before the closing, or lies in the future.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24 (what was registered is corrected, not deleted).
    """
    entry = lock_entry(entry_id, actor=actor)
    undo_closing(entry, on=on)
    for obligation in entry.obligations.select_for_update():
        undo_completion(obligation, at=clock.start_of(on), reason=reason)
    record(
        "entry.reopened", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        on=on.isoformat(),
    )  # fmt: skip
    return entry


def move_deadline(entry: Entry, *, actor: Person, to: date, reason: str) -> None:
    """Move the deadline of a locked entry to a later day; the caller writes the journal.

    Raises:
        WrongState: it is closed, or has no deadline that was set by hand.
        WrongDate: ``to`` is not later than the deadline in force.
    """
    owed = entry.obligations.select_for_update().filter(limit=None, due_at__isnull=False)
    still = [one for one in owed if one.is_open]
    if not still:
        raise WrongState(_("Mục này không có thời hạn nào đang chạy để lùi."))
    due = clock.end_of(to)
    for obligation in still:
        before = obligation.due_at
        if before is None or due <= before:
            raise WrongDate(_("Thời hạn mới phải sau thời hạn đang có."), field="to")
        name_day(obligation, to, at=clock.now(), reason=reason, by=actor)
    mark_changed(entry)


@transaction.atomic
def postpone_entry(entry_id: int, *, actor: Person, to: date, reason: str) -> Entry:
    """Move the deadline of an open entry to a later day; the first one is kept (NV-11).

    For deadlines that were set by whoever asked; those of a law have their own extensions.

    Args:
        to: the new last day.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        WrongState: it is closed, or has no deadline that was set by hand.
        WrongDate: ``to`` is not later than the deadline in force.

    Law: Quyết định 42/2014/QĐ-TTg (NV-15, not confirmed: asking before expiry is not forced).
    """
    entry = lock_entry(entry_id, actor=actor)
    move_deadline(entry, actor=actor, to=to, reason=reason)
    record(
        "entry.postponed", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        to=to.isoformat(),
    )  # fmt: skip
    return entry


def require_between(earliest: date, on: date) -> None:
    """Raises WrongDate: ``on`` is before ``earliest`` or lies in the future."""
    if on < earliest:
        raise WrongDate(
            _("Ngày này trước ngày %(day)s.") % {"day": dates.day(earliest)}, field="on"
        )
    if on > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="on")


def require_words(words: str, *, field: str = "reason") -> None:
    """Raises Refusal: a reason is missing."""
    if not words.strip():
        raise Refusal(_("Xin ghi lý do, căn cứ."), field=field)


def is_closed(row: Any) -> bool:
    """Whether the entry of a register's row is closed now."""
    return bool(row.entry.closed_on and not row.entry.reopened_on)


def start_of_business(day: date) -> datetime:
    """The moment a fact known only by its date starts a clock in hours: when offices open."""
    return datetime.combine(day, time(8), clock.ZONE)
