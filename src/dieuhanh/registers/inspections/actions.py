"""Recording inspections of public duty and what they found. Remedied is closing the entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, mark_changed, open_entry
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import (
    close_entry,
    correct_entry,
    finish,
    owe,
    require_between,
    reschedule,
    start_of_business,
)
from dieuhanh.registers.inspections.models import Inspection
from dieuhanh.registers.inspections.queries import INSPECTIONS
from dieuhanh.text import dates


def _require_earlier(earlier: Inspection | None, opened_on: date) -> None:
    if earlier and earlier.entry.opened_on > opened_on:
        raise WrongDate(
            _("Cuộc được tái kiểm tra diễn ra ngày %(day)s, sau cuộc này.")
            % {"day": dates.day(earlier.entry.opened_on)},
            field="reinspection_of",
        )


def _require_in_order(
    *, opened_on: date, concluded_on: date, findings: str, remedy: str, remedy_due_on: date | None
) -> None:
    if concluded_on < opened_on:
        raise WrongDate(
            _("Ngày này trước ngày kiểm tra %(day)s.") % {"day": dates.day(opened_on)},
            field="concluded_on",
        )
    if concluded_on > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="concluded_on")
    if not findings:
        raise Refusal(_("Xin ghi nội dung kết luận."), field="findings")
    if remedy_due_on and not remedy:
        raise Refusal(_("Có thời hạn thì phải ghi yêu cầu khắc phục."), field="remedy")
    if remedy_due_on and remedy_due_on < concluded_on:
        raise WrongDate(_("Thời hạn khắc phục trước ngày kết luận."), field="remedy_due_on")


def _owe_remedy(entry: Entry, start: datetime, due_on: date | None) -> None:
    owe(entry, duty=_("Khắc phục tồn tại qua kiểm tra công vụ"), start=start, due_on=due_on)


@transaction.atomic
def enter_inspection(
    *,
    actor: Person,
    opened_on: date,
    mode: str,
    title: str,
    unit: Unit,
    inspected_by: str,
    field: str,
    plan_symbol: str = "",
    reinspection_of: Inspection | None = None,
) -> Inspection:
    """Record an inspection of public duty. Nothing is owed until it has findings to remedy.

    Args:
        opened_on: first day of the check.
        unit: the unit that was inspected.
        inspected_by: the team or body that inspected.
        plan_symbol: symbol of the plan it belongs to.
        reinspection_of: the inspection whose remedies this one checks.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or before the inspection that is repeated.

    Law: Luật Cán bộ, công chức 22/2008/QH12.
    """
    entry = open_entry(
        INSPECTIONS, actor=actor, unit=unit, kind=mode, title=title, opened_on=opened_on,
        also_found_by=[plan_symbol, inspected_by],
    )  # fmt: skip
    _require_earlier(reinspection_of, opened_on)
    inspection = Inspection.objects.create(
        entry=entry, mode=mode, inspected_by=inspected_by, plan_symbol=plan_symbol, field=field,
        reinspection_of=reinspection_of,
    )  # fmt: skip
    record("inspection.entered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return inspection


@transaction.atomic
def conclude_inspection(
    entry_id: int,
    *,
    actor: Person,
    concluded_on: date,
    findings: str,
    remedy: str = "",
    remedy_due_on: date | None = None,
) -> Inspection:
    """Record what an inspection found, and what the inspected unit must put right by when.

    With nothing to put right the entry is closed that day, which the journal tells in a line of
    its own.

    Args:
        remedy: what is asked of the inspected unit; empty where nothing is.
        remedy_due_on: last day for it; none means no deadline.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it has its findings already, or is closed.
        WrongDate: the days are out of order, or the conclusion lies in the future.
        Refusal: findings are missing, or a day was set and nothing asked.

    Law: Luật Cán bộ, công chức 22/2008/QH12.
    """
    entry = lock_entry(entry_id, actor=actor)
    inspection = Inspection.objects.get(pk=entry_id)
    if inspection.concluded_on:
        raise WrongState(
            _("Cuộc kiểm tra đã có kết luận ngày %(day)s; nếu sai, xin đính chính.")
            % {"day": dates.day(inspection.concluded_on)}
        )
    if entry.closed_on and not entry.reopened_on:
        raise WrongState(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(entry.closed_on)}
        )
    _require_in_order(
        opened_on=entry.opened_on, concluded_on=concluded_on, findings=findings, remedy=remedy,
        remedy_due_on=remedy_due_on,
    )  # fmt: skip
    inspection.concluded_on, inspection.findings = concluded_on, findings
    inspection.remedy, inspection.remedy_due_on = remedy, remedy_due_on
    inspection.save(update_fields=["concluded_on", "findings", "remedy", "remedy_due_on"])
    mark_changed(entry)
    if remedy:
        _owe_remedy(entry, start_of_business(concluded_on), remedy_due_on)
    record(
        "inspection.concluded", actor=actor, entry_id=entry.pk, subject=str(entry),
        on=concluded_on.isoformat(), due=remedy_due_on.isoformat() if remedy_due_on else "",
    )  # fmt: skip
    if not remedy:
        close_entry(
            entry_id, actor=actor, on=max(concluded_on, entry.reopened_on or concluded_on),
            outcome=_("Không có tồn tại phải khắc phục"),
        )  # fmt: skip
    return inspection


@transaction.atomic
def remedy_inspection(entry_id: int, *, actor: Person, on: date, outcome: str = "") -> Inspection:
    """Record that what an inspection asked for was put right; its entry is closed with that.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it has no findings yet, or is closed.
        WrongDate: ``on`` is before the conclusion, or lies in the future.

    Law: Luật Cán bộ, công chức 22/2008/QH12.
    """
    entry = lock_entry(entry_id, actor=actor)
    inspection = Inspection.objects.get(pk=entry_id)
    if inspection.concluded_on is None:
        raise WrongState(_("Cuộc kiểm tra chưa có kết luận; xin ghi kết luận trước."))
    require_between(inspection.concluded_on, on)
    finish(entry, on=on, outcome=outcome, by=actor.stands_for)
    record(
        "entry.closed", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=outcome,
    )  # fmt: skip
    return inspection


@transaction.atomic
def correct_inspection(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Inspection:
    """Correct an inspection's record, with a reason; the clock of the remedy follows its days.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: days are out of order.
        WrongState: a conclusion would be added or taken away, or a remedy be asked of a closed one.
        Refusal: a remedy that was asked for would no longer be.

    Law: Luật Cán bộ, công chức 22/2008/QH12.
    """
    entry = lock_entry(entry_id, actor=actor)
    inspection = Inspection.objects.select_related("reinspection_of__entry").get(pk=entry_id)
    before = inspection.concluded_on, inspection.remedy, inspection.remedy_due_on

    def wanted(name: str) -> Any:
        return changes.get(name, getattr(inspection, name))

    opened_on = changes.get("opened_on", entry.opened_on)
    earlier = wanted("reinspection_of")
    if earlier and earlier.pk == entry_id:
        raise Refusal(_("Một cuộc không tái kiểm tra chính nó."), field="reinspection_of")
    _require_earlier(earlier, opened_on)
    concluded_on, remedy, due_on = wanted("concluded_on"), wanted("remedy"), wanted("remedy_due_on")
    if bool(concluded_on) != bool(inspection.concluded_on):
        raise WrongState(
            _("Kết luận được ghi bằng thao tác “Ghi kết luận”, không thêm, bớt khi đính chính."),
            field="concluded_on",
        )
    if concluded_on:
        _require_in_order(
            opened_on=opened_on, concluded_on=concluded_on, findings=wanted("findings"),
            remedy=remedy, remedy_due_on=due_on,
        )  # fmt: skip
        _require_remedy_kept(entry, inspection, concluded_on=concluded_on, remedy=remedy)
    elif wanted("findings") or remedy or due_on:
        raise WrongState(_("Cuộc kiểm tra chưa có kết luận."), field="findings")
    changes["kind"] = wanted("mode")
    correct_entry(
        entry, inspection, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=[wanted("plan_symbol"), wanted("inspected_by")],
    )  # fmt: skip
    if concluded_on:
        _move_remedy(entry, inspection, before)
    return inspection


def _require_remedy_kept(
    entry: Entry, inspection: Inspection, *, concluded_on: date, remedy: str
) -> None:
    closed = entry.closed_on and not entry.reopened_on
    if inspection.remedy and not remedy:
        raise Refusal(_("Việc khắc phục đã giao cho đơn vị thì không bỏ."), field="remedy")
    if remedy and not inspection.remedy and closed:
        raise WrongState(_("Mục đã kết thúc; xin mở lại trước khi yêu cầu khắc phục."))
    if entry.closed_on and concluded_on > entry.closed_on:
        raise WrongDate(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(entry.closed_on)},
            field="concluded_on",
        )


def _move_remedy(
    entry: Entry, inspection: Inspection, before: tuple[date | None, str, date | None]
) -> None:
    """The remedy's clock runs from the conclusion, whatever was corrected."""
    _concluded_on, remedy, due_on = before
    if inspection.concluded_on is None:
        return
    start = start_of_business(inspection.concluded_on)
    for owed in entry.obligations.select_for_update():
        owed.started_at = start
        if owed.done_at:
            owed.done_at = max(owed.done_at, start)
        if owed.reopened_at:
            owed.reopened_at = max(owed.reopened_at, start)
        if owed.due_at and owed.due_at < start:
            # Moved below, with the corrected last day of the remedy.
            owed.due_at = owed.first_due_at = None
        owed.save()
    if inspection.remedy and not remedy:
        _owe_remedy(entry, start, inspection.remedy_due_on)
    elif inspection.remedy_due_on != due_on:
        reschedule(entry, inspection.remedy_due_on)
