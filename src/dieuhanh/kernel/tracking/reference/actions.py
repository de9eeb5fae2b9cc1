"""Changing what clocks stand on: time limits, the calendar, units that are dissolved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import require_standing
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.identity.models import Person, Succession, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import SYSTEM, System, record
from dieuhanh.kernel.notifications import queue
from dieuhanh.kernel.obligations.actions import move_due, require_words
from dieuhanh.kernel.obligations.models import (
    STILL_OPEN,
    Cause,
    Certainty,
    Obligation,
    Recurrence,
    TimeLimit,
)
from dieuhanh.kernel.obligations.reckoning import reckon
from dieuhanh.kernel.tracking.actions import give_to, tell_moved
from dieuhanh.kernel.tracking.reference.policies import may_keep
from dieuhanh.kernel.workdays.actions import add_notice
from dieuhanh.kernel.workdays.models import CalendarNotice
from dieuhanh.kernel.workdays.queries import calendar_of, latest_version
from dieuhanh.text import dates

RECALCULATE = "tracking.recalculate"
BATCH = 500
#: Of a limit, what a new version may say otherwise.
CHANGEABLE = (
    "length", "unit", "certainty", "extension", "extension_times", "extension_length", "pause",
    "legal_basis",
)  # fmt: skip


def _require_keeper(actor: Person | System) -> None:
    if isinstance(actor, Person) and not may_keep(actor):
        raise Forbidden


def _lock_limit(limit_id: int) -> TimeLimit:
    """The version, with all others of its key: two people never change one limit at once."""
    key = TimeLimit.objects.values_list("key", flat=True).get(pk=limit_id)
    versions = list(TimeLimit.objects.select_for_update().filter(key=key).order_by("pk"))
    return next(one for one in versions if one.pk == limit_id)


@transaction.atomic
def confirm_limit(limit_id: int, *, actor: Person, reason: str) -> TimeLimit:
    """Confirm a limit that was configuration, with where it was found to be so.

    Raises:
        Forbidden: ``actor`` does not keep reference data.
        WrongState: it is confirmed.
        Refusal: its length is not known (change it first), or there is no reason.

    Law: Luật Ban hành văn bản quy phạm pháp luật 80/2015/QH13 (X-01).
    """
    _require_keeper(actor)
    limit = _lock_limit(limit_id)
    require_words(reason)
    if limit.confirmed:
        raise WrongState(_("Thời hạn này đã được xác nhận."))
    if limit.certainty == Certainty.UNKNOWN:
        raise Refusal(_("Thời hạn chưa có độ dài; xin sửa thời hạn trước khi xác nhận."))
    limit.confirmed = True
    limit.save(update_fields=["confirmed"])
    record("limit.confirmed", actor=actor, subject=limit.key, reason=reason, version=limit.pk)
    return limit


@transaction.atomic
def change_limit(
    limit_id: int,
    *,
    actor: Person,
    effective_from: date,
    reason: str,
    applies_to_running: bool = False,
    confirmed: bool = False,
    owner: str = "",
    **changes: Any,
) -> TimeLimit:
    """Put another version of a limit in force from a day on; the one before ends the day before.

    What runs keeps the version it started under, unless the transition says otherwise (X-01):
    then a job reckons it again, once the new version is in force.

    Args:
        changes: what the new version says otherwise, of `CHANGEABLE`.

    Raises:
        Forbidden: ``actor`` does not keep reference data.
        WrongState: a later version is in force already.
        WrongDate: the two versions would hold on one day.
        Refusal: the length does not fit, nobody is to confirm an unconfirmed one, or there is no
            reason.

    Law: Luật Ban hành văn bản quy phạm pháp luật 80/2015/QH13 (X-01).
    """
    _require_keeper(actor)
    before = _lock_limit(limit_id)
    require_words(reason)
    if before.effective_to is not None:
        raise WrongState(
            _("Phiên bản này hết hiệu lực ngày %(day)s; xin sửa phiên bản đang có hiệu lực.")
            % {"day": dates.day(before.effective_to)}
        )
    if effective_from <= before.effective_from:
        raise WrongDate(
            _("Phiên bản đang có hiệu lực bắt đầu ngày %(day)s: ngày hiệu lực mới phải sau đó.")
            % {"day": dates.day(before.effective_from)},
            field="effective_from",
        )
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise ValueError(f"a limit does not change {sorted(unknown)}")
    if not confirmed and not (owner or before.owner):
        raise Refusal(_("Xin ghi cơ quan sẽ xác nhận thời hạn này."), field="owner")
    fields = {
        field.name: getattr(before, field.name)
        for field in TimeLimit._meta.concrete_fields
        if not field.primary_key
    }
    said = fields | changes
    if (said["certainty"] == Certainty.FIXED) == (said["length"] is None):
        raise Refusal(_("Xin ghi độ dài; chỉ để trống khi chưa xác định."), field="length")
    before.effective_to = effective_from - timedelta(days=1)
    before.save(update_fields=["effective_to"])
    after = TimeLimit.objects.create(
        **said
        | {
            "effective_from": effective_from,
            "effective_to": None,
            "confirmed": confirmed,
            "owner": owner or before.owner,
            "applies_to_running": applies_to_running,
        }
    )
    record(
        "limit.changed", actor=actor, subject=after.key, reason=reason, version=after.pk,
        changes={
            name: [str(fields[name]), str(value)]
            for name, value in sorted(changes.items())
            if fields[name] != value
        },
        applies_to_running=applies_to_running,
    )  # fmt: skip
    if applies_to_running:
        wait = clock.start_of(effective_from) - clock.now()
        queue.defer(
            RECALCULATE, [{"limit_id": after.pk}], wait=wait if wait > timedelta() else None
        )
    return after


@transaction.atomic
def announce_day(
    *, actor: Person, day: date, announced: str, reason: str, source: str, confirmed: bool
) -> CalendarNotice:
    """Record what a notice says of one day; a job reckons again what runs over that day.

    Raises:
        Forbidden: ``actor`` does not keep reference data.
        Refusal: there is no reason, or no source.

    Law: Bộ luật Lao động 45/2019/QH14, Điều 111, Điều 112 (TG-05…TG-08).
    """
    _require_keeper(actor)
    require_words(reason)
    require_words(source, field="source")
    notice = add_notice(
        day=day, announced=announced, reason=reason, source=source, confirmed=confirmed
    )
    record(
        "calendar.announced", actor=actor, subject=dates.day(day), reason=reason,
        announced=announced, source=source, confirmed=confirmed, notice=notice.pk,
    )  # fmt: skip
    queue.defer(RECALCULATE, [{"notice_id": notice.pk}])
    return notice


def _running_over(notice: CalendarNotice) -> Q:
    """Open obligations whose clock runs over the day of a notice they do not know yet."""
    first, last = clock.start_of(notice.day), clock.end_of(notice.day)
    return Q(
        begins__lte=last, ends__gte=first, calendar_version__lt=notice.pk, due_at__isnull=False
    )


def recalculate_for_notice(notice_id: int) -> int:
    """Reckon again what is open and runs over the day of a notice; returns how many moved.

    Closed ones never change. Each batch is a transaction; a job that died goes on where it was.
    """
    notice = CalendarNotice.objects.get(pk=notice_id)
    open_ones = Obligation.objects.annotate(
        begins=Least("started_at", "due_at"),
        ends=Greatest("due_at", Coalesce("event_at", "due_at")),
    ).filter(STILL_OPEN, _running_over(notice))
    reason = f"{dates.day(notice.day)}: {notice.reason} ({notice.source})"
    return _in_batches(open_ones, cause=Cause.CALENDAR, reason=reason)


def recalculate_for_limit(limit_id: int) -> int:
    """Put what is open under the new version of its limit; returns how many moved."""
    limit = TimeLimit.objects.get(pk=limit_id)
    earlier = TimeLimit.objects.filter(key=limit.key, effective_from__lt=limit.effective_from)
    open_ones = Obligation.objects.filter(STILL_OPEN, limit__in=earlier)
    return _in_batches(open_ones, cause=Cause.LIMIT, reason=limit.legal_basis, limit=limit)


def _in_batches(
    open_ones: QuerySet[Obligation], *, cause: str, reason: str, limit: TimeLimit | None = None
) -> int:
    """Reckon again `BATCH` at a time, each in a transaction of its own; returns how many moved."""
    moved, after = 0, 0
    while ids := list(
        open_ones.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        moved += _recalculate(ids, cause=cause, reason=reason, limit=limit)
        after = ids[-1]
    return moved


@transaction.atomic
def _recalculate(ids: list[int], *, cause: str, reason: str, limit: TimeLimit | None = None) -> int:
    """Reckon obligations again, those still open; who is concerned is told of each that moved."""
    version = latest_version()
    calendar = calendar_of(version)
    owed = (
        Obligation.objects.select_for_update(of=("self",))
        .filter(STILL_OPEN, pk__in=ids)
        .select_related("entry", "limit", "asked_by")
        .prefetch_related("pauses", "extensions")
        .order_by("pk")
    )
    moved = 0
    for one in owed:
        one.calendar_version = version
        if limit:
            one.limit = limit
        one.save(update_fields=["calendar_version", "limit"])
        if not move_due(one, reckon(one, calendar), cause=cause, reason=reason):
            continue
        for pause in one.pauses.all():
            if pause.ended_at is None and one.due_at and one.due_at >= pause.started_at:
                pause.due_at = one.due_at
                pause.save(update_fields=["due_at"])
        record(
            "obligation.recalculated", actor=SYSTEM, entry_id=one.entry_id,
            subject=str(one.entry), reason=reason, obligation=one.pk,
        )  # fmt: skip
        tell_moved(one, by=None)
        moved += 1
    return moved


@transaction.atomic
def dissolve_unit(
    unit_id: int, *, actor: Person | System, on: date, successors: list[Unit], reason: str
) -> int:
    """End a unit; its open work, and what recurs, passes to the first of its successors (ĐV-12).

    Clocks run on.

    Args:
        on: its last day.
        successors: units that take over, the one that gets the open work first.

    Returns:
        how many obligations passed.

    Raises:
        Forbidden: ``actor`` does not keep reference data.
        WrongState: it was dissolved already.
        Refusal: there is no successor, it is the unit itself or was dissolved too, or there is no
            reason.
        WrongDate: ``on`` is before it began.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13 (X-02, ĐV-05…ĐV-12).
    """
    _require_keeper(actor)
    require_words(reason)
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    if unit.valid_to is not None:
        raise WrongState(
            _("%(unit)s đã kết thúc hoạt động ngày %(day)s.")
            % {"unit": unit.name, "day": dates.day(unit.valid_to)}
        )
    if on < unit.valid_from:
        raise WrongDate(_("Ngày này trước ngày đơn vị được thành lập."), field="on")
    if not successors or unit in successors:
        raise Refusal(_("Xin ghi ít nhất một đơn vị kế thừa, khác đơn vị này."), field="successors")
    for one in successors:
        require_standing(one, on + timedelta(days=1), field="successors")
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    Succession.objects.bulk_create(
        Succession(predecessor=unit, successor=one, since=on + timedelta(days=1))
        for one in successors
    )
    to_come = Recurrence.objects.filter(unit=unit).exclude(ends_on__lt=clock.today())
    to_come.update(unit=successors[0], person=None)
    owed = Obligation.objects.select_for_update(of=("self",)).filter(STILL_OPEN, unit=unit)
    passed = list(owed.select_related("entry"))
    for start in range(0, len(passed), BATCH):
        give_to(passed[start : start + BATCH], unit=successors[0], person=None, reason=reason)
    record(
        "unit.dissolved", actor=actor, subject=unit.name, reason=reason, on=on.isoformat(),
        successors=[one.name for one in successors], obligations=len(passed),
    )  # fmt: skip
    return len(passed)
