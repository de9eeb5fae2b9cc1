"""Owing something by a date, doing it, and undoing that; closing and reopening entries with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import correct, lock_entry, mark_changed
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.models import Obligation, PastCompletion, TimeLimit
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.kernel.text import dates
from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.due import Unit as DayUnit
from dieuhanh.kernel.workdays.due import due_moment
from dieuhanh.kernel.workdays.notices import read_notices


@cache
def calendar() -> Calendar:
    """The committee's calendar: national holidays beneath its own notices (TG-05…TG-08).

    Unconfirmed notices count too: they are configuration, marked as such in the file.
    """
    path = settings.DATA_DIR / "reference" / "holiday-notices.csv"
    return Calendar(read_notices(path, include_unconfirmed=True))


def due_of(limit: TimeLimit, start: datetime) -> datetime:
    """The last moment in time of a limit that starts at ``start``.

    Units: those of the limit. Law: Bộ luật Dân sự 91/2015/QH13, Điều 147, Điều 148 (TG-01, TG-02).
    """
    return due_moment(start, limit.length, DayUnit(limit.unit), calendar())


def _limit_at(key: str, start: datetime) -> TimeLimit:
    """Raises WrongDate: the day lies before the first version of the limit that is known."""
    try:
        return limit_in_force(key, start.astimezone(clock.ZONE).date())
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
    due_on: date | None = None,
    unit: Unit | None = None,
) -> Obligation:
    """Write what a unit owes on an entry; inside the register's transaction.

    Args:
        limit_key: time limit in force at ``start``.
        due_on: last day, where whoever asked set it instead of a law; neither of the two means
            no deadline.
        unit: who owes it; the entry's own unit unless given.

    Raises:
        WrongDate: no version of the limit was in force at ``start``, or ``due_on`` lies before.
    """
    limit = _limit_at(limit_key, start) if limit_key else None
    due = due_of(limit, start) if limit else _end_of(due_on, start)
    return Obligation.objects.create(
        entry=entry,
        limit=limit,
        duty=duty,
        unit=unit or entry.unit,
        started_at=start,
        due_at=due,
        first_due_at=due,
    )


def owe_all(
    entry: Entry, units: Iterable[Unit], *, duty: str, start: datetime, due_on: date
) -> None:
    """The same owed by many units on one entry, each by itself; inside the caller's transaction.

    Raises:
        WrongDate: ``due_on`` lies before the start.
    """
    due = _end_of(due_on, start)
    Obligation.objects.bulk_create(
        Obligation(
            entry=entry, duty=duty, unit=unit, started_at=start, due_at=due, first_due_at=due
        )
        for unit in units
    )


def _end_of(due_on: date | None, start: datetime) -> datetime | None:
    if due_on is None:
        return None
    if (due := clock.end_of(due_on)) < start:
        raise WrongDate(_("Thời hạn này trước ngày bắt đầu."), field="due_on")
    return due


def reschedule(entry: Entry, due_on: date | None) -> None:
    """Correct the day that was set for an entry's obligations, those of no legal limit.

    Raises:
        WrongDate: the day lies before their start.
    """
    for obligation in entry.obligations.select_for_update().filter(limit=None):
        due = _end_of(due_on, obligation.started_at)
        obligation.due_at = obligation.first_due_at = due
        obligation.save(update_fields=["due_at", "first_due_at"])


def restart(entry: Entry, start: datetime) -> None:
    """Move the clock of an entry's obligations after its starting date was corrected."""
    earlier = PastCompletion.objects.filter(obligation__entry=entry)
    earlier.filter(done_at__lt=start).update(done_at=start)
    earlier.filter(reopened_at__lt=start).update(reopened_at=start)
    for obligation in entry.obligations.select_for_update(of=("self",)).select_related("limit"):
        obligation.started_at = start
        if obligation.limit:
            limit = _limit_at(obligation.limit.key, start)
            obligation.limit = limit
            obligation.due_at = obligation.first_due_at = due_of(limit, start)
        elif obligation.due_at and obligation.due_at < start:
            raise WrongDate(_("Ngày này sau thời hạn đã giao."), field="opened_on")
        if obligation.done_at:
            obligation.done_at = max(obligation.done_at, start)
        if obligation.reopened_at:
            obligation.reopened_at = max(obligation.reopened_at, start)
        obligation.save()


def _hand_over(entry: Entry, *, before: int) -> None:
    """What the unit ``before`` still owed follows the entry to its present unit."""
    owed = entry.obligations.filter(unit_id=before)
    owed.filter(Q(done_at=None) | Q(reopened_at__isnull=False)).update(unit=entry.unit)


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
    _hand_over(entry, before=unit_id)
    record(
        "entry.corrected", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        changes=difference,
    )  # fmt: skip


def finish(entry: Entry, *, on: date, outcome: str = "") -> None:
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
    for obligation in entry.obligations.select_for_update():
        complete(obligation, on=on, product=outcome)


def complete(obligation: Obligation, *, on: date, product: str) -> None:
    """Do a locked obligation, unless it is done; a completion that was undone is kept."""
    if obligation.done_at and not obligation.reopened_at:
        return
    if obligation.done_at and obligation.reopened_at:
        obligation.past_completions.create(
            done_at=obligation.done_at,
            reopened_at=obligation.reopened_at,
            product=obligation.product,
        )
    obligation.done_at = max(clock.start_of(on), obligation.reopened_at or obligation.started_at)
    obligation.reopened_at = None
    obligation.product = product
    obligation.save(update_fields=["done_at", "reopened_at", "product"])


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
    finish(entry, on=on, outcome=outcome)
    record(
        "entry.closed", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=outcome,
    )  # fmt: skip
    return entry


def undo_completion(obligation: Obligation, *, on: date) -> None:
    """Owe a locked obligation again that was done."""
    if obligation.done_at:
        obligation.reopened_at = max(clock.start_of(on), obligation.done_at)
        obligation.save(update_fields=["reopened_at"])


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
        undo_completion(obligation, on=on)
    record(
        "entry.reopened", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        on=on.isoformat(),
    )  # fmt: skip
    return entry


def move_deadline(entry: Entry, *, to: date, reason: str) -> None:
    """Move the deadline of a locked entry to a later day; the caller writes the journal.

    Raises:
        WrongState: it is closed, or has no deadline that was set by hand.
        WrongDate: ``to`` is not later than the deadline in force.
    """
    owed = entry.obligations.select_for_update().filter(limit=None, due_at__isnull=False)
    still = [one for one in owed if one.done_at is None or one.reopened_at]
    if not still:
        raise WrongState(_("Mục này không có thời hạn nào đang chạy để lùi."))
    due = clock.end_of(to)
    for obligation in still:
        before = obligation.due_at
        if before is None or due <= before:
            raise WrongDate(_("Thời hạn mới phải sau thời hạn đang có."), field="to")
        obligation.extensions.create(
            decided_on=clock.today(), due_before=before, due_after=due, reason=reason
        )
        obligation.due_at = due
        obligation.save(update_fields=["due_at"])
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
    move_deadline(entry, to=to, reason=reason)
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


def is_closed(row: Any) -> bool:
    """Whether the entry of a register's row is closed now."""
    return bool(row.entry.closed_on and not row.entry.reopened_on)


def start_of_business(day: date) -> datetime:
    """The moment a fact known only by its date starts a clock in hours: when offices open."""
    return datetime.combine(day, time(8), clock.ZONE)
