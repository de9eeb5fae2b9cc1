"""Duties that come again: each month, each quarter, before each of some days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, require_standing
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import SYSTEM, record
from dieuhanh.kernel.obligations.actions import owe, require_words, start_of_business
from dieuhanh.kernel.obligations.models import Direction, Every, Recurrence, TimeLimit
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.kernel.workdays.queries import calendar

#: How long before its first working day an occurrence is written, in days.
AHEAD = 7


@transaction.atomic
def repeat_duty(
    entry_id: int,
    *,
    actor: Person,
    unit: Unit,
    duty: str,
    every: str,
    starts_on: date,
    ends_on: date | None = None,
    day: int | None = None,
    limit_key: str = "",
    events: Iterable[date] = (),
    expected: str = "",
    person: Person | None = None,
) -> Recurrence:
    """Let a duty come again on an entry; what is due now is written at once.

    Args:
        day: of month and quarter, the day of the (last) month by which it is due.
        limit_key: before events, the backward limit.
        events: the days before which it is due.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        WrongState: the entry is closed.
        WrongDate: it ends before it begins.
        Refusal: the day, the limit or the events are missing or do not fit.

    Law: Nghị định 09/2019/NĐ-CP, Điều 12 (BC-01).
    """
    entry = lock_entry(entry_id, actor=actor)
    if entry.closed_on and not entry.reopened_on:
        raise WrongState(_("Mục này đã kết thúc."))
    if ends_on and ends_on < starts_on:
        raise WrongDate(_("Ngày kết thúc phải sau ngày bắt đầu."), field="ends_on")
    require_standing(unit, starts_on, field="unit")
    listed = sorted(set(events))
    if every == Every.EVENT:
        _require_backward(limit_key, starts_on)
        if not listed:
            raise Refusal(_("Xin ghi ít nhất một ngày diễn ra sự kiện."), field="events")
        day = None
    elif day is None or not 1 <= day <= 31:
        raise Refusal(_("Xin ghi ngày trong tháng, từ 1 đến 31."), field="day")
    recurrence = Recurrence.objects.create(
        entry=entry, unit=unit, person=person, asked_by=actor.stands_for, duty=duty,
        expected=expected, every=every, day=day,
        limit_key=limit_key if every == Every.EVENT else "",
        events=[one.isoformat() for one in listed] if every == Every.EVENT else [],
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    write_occurrences(recurrence)
    record(
        "duty.repeated", actor=actor, entry_id=entry.pk, subject=str(entry), outcome=duty,
        every=every,
    )  # fmt: skip
    return recurrence


def _require_backward(limit_key: str, on: date) -> None:
    try:
        limit = limit_in_force(limit_key, on)
    except TimeLimit.DoesNotExist:
        raise Refusal(_("Không có thời hạn này."), field="limit_key") from None
    if limit.direction != Direction.BACKWARD:
        raise Refusal(_("Thời hạn này không tính ngược từ một sự kiện."), field="limit_key")


@transaction.atomic
def end_recurrence(recurrence_id: int, *, actor: Person, on: date, reason: str) -> Recurrence:
    """Let a duty come no more after a day; what was written stays owed.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        WrongState: it has ended.
        WrongDate: ``on`` is before it began.
        Refusal: there is no reason.

    Law: Nghị định 09/2019/NĐ-CP, Điều 12.
    """
    recurrence = Recurrence.objects.get(pk=recurrence_id)
    entry = lock_entry(recurrence.entry_id, actor=actor)
    recurrence = Recurrence.objects.select_for_update().get(pk=recurrence_id)
    require_words(reason)
    if recurrence.ends_on and recurrence.ends_on <= clock.today():
        raise WrongState(_("Việc định kỳ này đã dừng."))
    if on < recurrence.starts_on:
        raise WrongDate(_("Ngày kết thúc phải sau ngày bắt đầu."), field="on")
    recurrence.ends_on = on
    recurrence.save(update_fields=["ends_on"])
    record(
        "duty.ended", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        outcome=recurrence.duty,
    )  # fmt: skip
    return recurrence


def occurrences(recurrence: Recurrence, until: date) -> Iterator[tuple[date, date]]:
    """(first day of the period, last day of the duty or day of the event), in order.

    Those that begin on or before ``until``. A day that the month lacks is its last one; a day of
    rest moves to the next working day (TG-02).
    """
    last = min(until, recurrence.ends_on or until)
    if recurrence.every == Every.EVENT:
        for text in recurrence.events:
            if recurrence.starts_on <= (one := date.fromisoformat(text)):
                yield recurrence.starts_on, one
        return
    months = 3 if recurrence.every == Every.QUARTER else 1
    first = recurrence.starts_on.replace(day=1)
    first = first.replace(month=(first.month - 1) // months * months + 1)
    works = calendar()
    while first <= last:
        end = first.month + months - 1
        due = date(first.year, end, min(recurrence.day or 1, monthrange(first.year, end)[1]))
        if due >= recurrence.starts_on:
            yield first, works.working_or_next(due)
        first = date(first.year + end // 12, end % 12 + 1, 1)


def write_occurrences(recurrence: Recurrence) -> int:
    """Write what is not written yet; inside the caller's transaction. Returns how many."""
    written = set(recurrence.obligations.values_list("occurrence", flat=True))
    made = 0
    until = clock.today() + timedelta(days=AHEAD)
    for first, day in occurrences(recurrence, until):
        key = day if recurrence.every == Every.EVENT else first
        if key in written:
            continue
        start = start_of_business(max(first, recurrence.starts_on))
        event = recurrence.every == Every.EVENT
        obligation = owe(
            recurrence.entry,
            duty=recurrence.duty,
            expected=recurrence.expected,
            start=start,
            unit=recurrence.unit,
            person=recurrence.person,
            asked_by=recurrence.asked_by,
            limit_key=recurrence.limit_key or None,
            event_at=start_of_business(day) if event else None,
            due_on=None if event else day,
        )
        obligation.recurrence, obligation.occurrence = recurrence, key
        obligation.save(update_fields=["recurrence", "occurrence"])
        made += 1
    return made


@transaction.atomic
def _write(recurrence_id: int) -> int:
    recurrence = (
        Recurrence.objects.select_for_update(of=("self",))
        .select_related("entry", "unit")
        .get(pk=recurrence_id)
    )
    made = write_occurrences(recurrence)
    if made:
        record(
            "duty.due", actor=SYSTEM, entry_id=recurrence.entry_id,
            subject=str(recurrence.entry), outcome=recurrence.duty, count=made,
        )  # fmt: skip
    return made


def write_all_occurrences() -> int:
    """What recurs on open entries and begins soon is written; run as often as one likes."""
    today = clock.today()
    running = Recurrence.objects.exclude(ends_on__lt=today).filter(
        Q(entry__closed_on=None) | Q(entry__reopened_on__isnull=False),
        starts_on__lte=today + timedelta(days=AHEAD),
    )
    return sum(_write(pk) for pk in running.order_by("pk").values_list("pk", flat=True))
