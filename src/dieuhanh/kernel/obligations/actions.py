"""Owing something by a date, doing it, and undoing that; closing and reopening entries with it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.models import Obligation, TimeLimit
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
    unit: Unit | None = None,
) -> Obligation:
    """Write what a unit owes on an entry; inside the register's transaction.

    Args:
        limit_key: time limit in force at ``start``; None means no deadline.
        unit: who owes it; the entry's own unit unless given.

    Raises:
        WrongDate: no version of the limit was in force at ``start``.
    """
    limit = _limit_at(limit_key, start) if limit_key else None
    due = due_of(limit, start) if limit else None
    return Obligation.objects.create(
        entry=entry,
        limit=limit,
        duty=duty,
        unit=unit or entry.unit,
        started_at=start,
        due_at=due,
        first_due_at=due,
    )


def restart(entry: Entry, start: datetime) -> None:
    """Move the clock of an entry's open obligations after its starting date was corrected."""
    for obligation in entry.obligations.select_for_update(of=("self",)).select_related("limit"):
        obligation.started_at = start
        if obligation.limit:
            limit = _limit_at(obligation.limit.key, start)
            obligation.limit = limit
            obligation.due_at = obligation.first_due_at = due_of(limit, start)
        if obligation.done_at:
            obligation.done_at = max(obligation.done_at, start)
        if obligation.reopened_at:
            obligation.reopened_at = max(obligation.reopened_at, start)
        obligation.save()


def hand_over(entry: Entry, *, before: int) -> None:
    """What the unit ``before`` still owed follows the entry to its present unit."""
    owed = entry.obligations.filter(unit_id=before)
    owed.filter(Q(done_at=None) | Q(reopened_at__isnull=False)).update(unit=entry.unit)


def _moment_on(day: date, earliest: datetime) -> datetime:
    """A date fact as a moment: its first second, but never before the clock started."""
    return max(clock.start_of(day), earliest)


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
    if entry.closed_on and not entry.reopened_on:
        raise WrongState(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(entry.closed_on)}
        )
    _require_between(entry.reopened_on or entry.opened_on, on)
    if entry.confidentiality == Confidentiality.SECRET and outcome:
        raise Refusal(_("Văn bản mật không ghi nội dung kết quả."), field="outcome")
    entry.closed_on, entry.reopened_on, entry.outcome = on, None, outcome
    entry.version += 1
    entry.save(update_fields=["closed_on", "reopened_on", "outcome", "version"])
    for obligation in entry.obligations.select_for_update():
        if obligation.done_at and not obligation.reopened_at:
            continue
        obligation.done_at = _moment_on(on, obligation.started_at)
        obligation.reopened_at = None
        obligation.product = outcome
        obligation.save(update_fields=["done_at", "reopened_at", "product"])
    record(
        "entry.closed", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=outcome,
    )  # fmt: skip
    return entry


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
    if entry.closed_on is None or entry.reopened_on:
        raise WrongState(_("Mục này đang mở."))
    _require_between(entry.closed_on, on)
    entry.reopened_on = on
    entry.version += 1
    entry.save(update_fields=["reopened_on", "version"])
    for obligation in entry.obligations.select_for_update().exclude(done_at=None):
        obligation.reopened_at = _moment_on(on, obligation.done_at or obligation.started_at)
        obligation.save(update_fields=["reopened_at"])
    record(
        "entry.reopened", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        on=on.isoformat(),
    )  # fmt: skip
    return entry


def _require_between(earliest: date, on: date) -> None:
    if on < earliest:
        raise WrongDate(
            _("Ngày này trước ngày %(day)s.") % {"day": dates.day(earliest)}, field="on"
        )
    if on > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="on")


def is_closed(row: Any, day: date | None = None) -> bool:
    """Whether the entry of a register's row is closed at the end of ``day`` (today)."""
    entry, day = row.entry, day or clock.today()
    return bool(
        entry.closed_on
        and entry.closed_on <= day
        and (entry.reopened_on is None or entry.reopened_on > day)
    )


def start_of_business(day: date) -> datetime:
    """The moment a fact known only by its date starts a clock in hours: when offices open."""
    return datetime.combine(day, time(8), clock.ZONE)
