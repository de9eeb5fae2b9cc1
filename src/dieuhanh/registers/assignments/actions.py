"""Assigning and checking tasks, keeping the two programmes, submitting and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, mark_changed, open_entry
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.notifications.actions import notify
from dieuhanh.kernel.notifications.models import NoticeKind
from dieuhanh.kernel.notifications.recipients import answerable
from dieuhanh.kernel.obligations.actions import (
    correct_entry,
    finish,
    is_closed,
    move_deadline,
    owe,
    require_between,
    reschedule,
    start_of_business,
)
from dieuhanh.kernel.obligations.models import Extension
from dieuhanh.registers.assignments.models import (
    ActionItem,
    ProgrammeItem,
    Submission,
    SubmissionResult,
    Task,
)
from dieuhanh.registers.assignments.queries import (
    ACTION_PROGRAMME,
    SUBMISSIONS,
    TASKS,
    WORK_PROGRAMME,
)
from dieuhanh.registers.assignments.rules import (
    Planned,
    due_fits,
    next_half,
    parent_fits,
    quarter_of,
)
from dieuhanh.text import dates


def _require_opened_by(opened_on: date | None, *facts: date | None) -> None:
    """A corrected opening day must not lie after what happened to the entry since."""
    first = min((day for day in facts if day), default=None)
    if opened_on and first and opened_on > first:
        words = _("Đã có việc ghi ngày %(day)s: ngày này không được sau đó.")
        raise WrongDate(words % {"day": dates.day(first)}, field="opened_on")


def _require_first_deadline(entry: Entry, field: str) -> None:
    """A first deadline stands once it was postponed (NV-11)."""
    if Extension.objects.filter(obligation__entry=entry, granted=True).exists():
        words = _("Thời hạn đã được lùi: thời hạn ban đầu giữ nguyên, xin lùi tiếp nếu cần.")
        raise Refusal(words, field=field)


def _deadline_of(entry: Entry, row: Task | ActionItem, changes: dict[str, Any]) -> None:
    """Leave ``due_on`` among the changes only where it changes, and only if it may."""
    if changes.get("due_on", row.due_on) == row.due_on:
        changes.pop("due_on", None)
    else:
        _require_first_deadline(entry, "due_on")


def _finish(entry: Entry, *, actor: Person, on: date, outcome: str) -> Entry:
    """Close a locked entry with its product, which must be named (NV-14)."""
    if not outcome.strip():
        raise Refusal(_("Xin ghi sản phẩm: số, ký hiệu văn bản trả lời."), field="outcome")
    finish(entry, on=on, outcome=outcome, by=actor.stands_for)
    record(
        "entry.closed", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=outcome,
    )  # fmt: skip
    return entry


# Tasks -------------------------------------------------------------------------------------------


@transaction.atomic
def assign_task(
    *,
    actor: Person,
    opened_on: date,
    source: str,
    title: str,
    unit: Unit,
    head: str,
    source_document: str = "",
    due_on: date | None = None,
    process: str = "",
    authority: str = "",
    expected_product: str = "",
    co_units: Iterable[Unit] = (),
    confidentiality: str = Confidentiality.ORDINARY,
) -> Task:
    """Record a task that was assigned to one lead unit, with those that co-operate.

    Args:
        head: who answers for it, by name or office.
        due_on: the last day, in time until its end; None where the assigner set none (NV-13).
        process, authority: what makes the task clear ("3 rõ"); may follow by correction.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or the deadline before it.

    Law: Nghị định 30/2020/NĐ-CP, Điều 23 (NV-04: chủ trì, phối hợp, thời hạn); NV-05, NV-06.
    """
    entry = open_entry(
        TASKS, actor=actor, unit=unit, kind=source, title=title, opened_on=opened_on,
        co_units=co_units, also_found_by=[source_document, head], confidentiality=confidentiality,
    )  # fmt: skip
    task = Task.objects.create(
        entry=entry, source=source, source_document=source_document, due_on=due_on, head=head,
        process=process, authority=authority, expected_product=expected_product,
    )  # fmt: skip
    start = start_of_business(opened_on)
    owed = owe(
        entry, duty=_("Thực hiện nhiệm vụ được giao"), start=start, due_on=due_on,
        asked_by=actor.stands_for, expected=expected_product,
    )  # fmt: skip
    record("task.assigned", actor=actor, entry_id=entry.pk, subject=str(entry))
    notify(answerable(owed), NoticeKind.ASSIGNED, obligation=owed, by=actor)
    return task


@transaction.atomic
def correct_task(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Task:
    """Correct a task, with a reason; a corrected deadline moves its clock unless it was postponed.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future, after a check or after the deadline.
        Refusal: the first deadline would change after it was postponed.

    Law: Nghị định 30/2020/NĐ-CP, Điều 23 (NV-04, NV-11).
    """
    entry = lock_entry(entry_id, actor=actor)
    task = Task.objects.get(pk=entry_id)
    _require_opened_by(changes.get("opened_on"), task.checked_on)
    _deadline_of(entry, task, changes)
    changes["kind"] = changes.get("source", task.source)
    words = [changes.get(name, getattr(task, name)) for name in ("source_document", "head")]
    correct_entry(
        entry, task, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=words,
    )  # fmt: skip
    return task


@transaction.atomic
def complete_work(entry_id: int, *, actor: Person, on: date, outcome: str) -> Entry:
    """Record that a task, or one of the action programme, is done, with its product (NV-14).

    Done late stays late (NV-12).

    Args:
        outcome: number and symbol of the reply, report or decision.

    Raises:
        Forbidden: ``actor`` may not change it.
        Refusal: no product is named.
        WrongState: it is done already.
        WrongDate: ``on`` is before it was assigned, or lies in the future.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24, Phụ lục IV.
    """
    entry = lock_entry(entry_id, actor=actor)
    return _finish(entry, actor=actor, on=on, outcome=outcome)


@transaction.atomic
def check_task(entry_id: int, *, actor: Person, on: date, result: str) -> Task:
    """Record the result of checking and urging a task; earlier results stay in the journal.

    Raises:
        Forbidden: ``actor`` may not change it.
        Refusal: no result is named.
        WrongDate: ``on`` is before it was assigned, before the last check, or in the future.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24 (NV-03, NV-05).
    """
    entry = lock_entry(entry_id, actor=actor)
    task = Task.objects.get(pk=entry_id)
    if not result.strip():
        raise Refusal(_("Xin ghi kết quả kiểm tra, đôn đốc."), field="result")
    require_between(task.checked_on or entry.opened_on, on)
    task.checked_on, task.check_result = on, result
    task.save(update_fields=["checked_on", "check_result"])
    mark_changed(entry)
    record(
        "task.checked", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=result,
    )  # fmt: skip
    return task


# Action programme --------------------------------------------------------------------------------


def _require_place(level: str, parent: ActionItem | None, due_on: date | None) -> None:
    if not parent_fits(level, parent.level if parent else None):
        words = _("Nhiệm vụ cụ thể thuộc một nhóm nhiệm vụ, nhóm thuộc một trọng tâm.")
        raise Refusal(words, field="parent")
    if not due_fits(level, due_on):
        words = _("Nhiệm vụ cụ thể phải có thời hạn; trọng tâm và nhóm nhiệm vụ thì không.")
        raise Refusal(words, field="due_on")


@transaction.atomic
def enter_action_item(
    *,
    actor: Person,
    opened_on: date,
    level: str,
    title: str,
    unit: Unit,
    parent: ActionItem | None = None,
    due_on: date | None = None,
    co_units: Iterable[Unit] = (),
) -> ActionItem:
    """Enter a focus area, group or task of the action programme of the year.

    Args:
        due_on: last day of a specific task; a major task may have one, the other levels none.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or the deadline before it.
        Refusal: the level stands under another than it may, or its deadline does not fit it.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    _require_place(level, parent, due_on)
    entry = open_entry(
        ACTION_PROGRAMME, actor=actor, unit=unit, kind=level, title=title, opened_on=opened_on,
        co_units=co_units,
    )  # fmt: skip
    item = ActionItem.objects.create(entry=entry, level=level, parent=parent, due_on=due_on)
    if due_on:
        start = start_of_business(opened_on)
        duty = _("Hoàn thành nhiệm vụ của Chương trình")
        owe(entry, duty=duty, start=start, due_on=due_on, asked_by=actor.stands_for)
    record("action_item.entered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return item


@transaction.atomic
def correct_action_item(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> ActionItem:
    """Correct an entry of the action programme, with a reason. Its level stands.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future or after the deadline.
        Refusal: it would get another level, or a place or deadline that does not fit it.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    item = ActionItem.objects.select_related("parent").get(pk=entry_id)
    if changes.pop("level", item.level) != item.level:
        words = _("Cấp nội dung không đổi sau khi vào sổ; xin vào mục mới đúng cấp.")
        raise Refusal(words, field="level")
    place = (changes.get("parent", item.parent), changes.get("due_on", item.due_on))
    _require_place(item.level, *place)
    _deadline_of(entry, item, changes)
    if "due_on" in changes and not entry.obligations.exists():
        raise Refusal(_("Mục này vào sổ không kèm thời hạn; xin vào mục mới."), field="due_on")
    correct_entry(entry, item, actor=actor, version=version, reason=reason, changes=changes)
    return item


# Work programme ----------------------------------------------------------------------------------


def _due_of(opened_on: date, planned: Planned) -> date:
    """The last day of a planned period that is not over when the item enters the programme."""
    if planned.month and quarter_of(planned.month) != planned.quarter:
        raise Refusal(_("Tháng này không thuộc quý đã chọn."), field="planned_month")
    if planned.end < opened_on:
        words = _("Kỳ dự kiến này đã qua khi đưa vào Chương trình.")
        raise WrongDate(words, field="planned_quarter")
    return planned.end


def _require_not_carried(item: ProgrammeItem) -> None:
    if item.carried_on:
        raise WrongState(
            _("Nội dung này đã chuyển sang kỳ sau ngày %(day)s; xin làm ở nội dung của kỳ sau.")
            % {"day": dates.day(item.carried_on)}
        )


def _write_item(
    *,
    actor: Person,
    opened_on: date,
    product_type: str,
    planned: Planned,
    title: str,
    unit: Unit,
    co_units: Iterable[Unit],
    carried_from: ProgrammeItem | None = None,
) -> ProgrammeItem:
    due_on = _due_of(opened_on, planned)
    entry = open_entry(
        WORK_PROGRAMME, actor=actor, unit=unit, kind=product_type, title=title,
        opened_on=opened_on, co_units=co_units,
    )  # fmt: skip
    item = ProgrammeItem.objects.create(
        entry=entry, product_type=product_type, planned_year=planned.year,
        planned_quarter=planned.quarter, planned_month=planned.month, carried_from=carried_from,
    )  # fmt: skip
    duty, start = _("Hoàn thành nội dung Chương trình công tác"), start_of_business(opened_on)
    owe(entry, duty=duty, start=start, due_on=due_on, asked_by=actor.stands_for)
    return item


@transaction.atomic
def enter_programme_item(
    *,
    actor: Person,
    opened_on: date,
    product_type: str,
    planned_year: int,
    planned_quarter: int,
    title: str,
    unit: Unit,
    planned_month: int | None = None,
    co_units: Iterable[Unit] = (),
) -> ProgrammeItem:
    """Enter an item of the work programme; due at the end of the planned month or quarter.

    Args:
        planned_quarter: 1 to 4; ``planned_month``: 1 to 12, in that quarter, or None.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or the planned period was over by then.
        Refusal: the month lies outside the quarter.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13 (NV-07).
    """
    item = _write_item(
        actor=actor, opened_on=opened_on, product_type=product_type, title=title, unit=unit,
        co_units=co_units, planned=Planned(planned_year, planned_quarter, planned_month),
    )  # fmt: skip
    entry = item.entry
    record("programme_item.entered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return item


@transaction.atomic
def correct_programme_item(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> ProgrammeItem:
    """Correct an item, with a reason; another planned period moves its clock.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future, after a review or after the planned period.
        Refusal: the month lies outside the quarter, the deadline was postponed, or an item with
            a lineage would leave its half-year.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13 (NV-07, NV-11).
    """
    entry = lock_entry(entry_id, actor=actor)
    item = ProgrammeItem.objects.get(pk=entry_id)
    reviewed = [one.reviewed_on for one in item.reviews.all()]
    _require_opened_by(changes.get("opened_on"), item.carried_on, *reviewed)
    names = ("planned_year", "planned_quarter", "planned_month")
    before = Planned(*(getattr(item, name) for name in names))
    after = Planned(*(changes.get(name, getattr(item, name)) for name in names))
    due_on = _due_of(changes.get("opened_on", entry.opened_on), after)
    if moves := due_on != before.end:
        _require_first_deadline(entry, "planned_month")
    if (item.carried_on or item.carried_from_id) and after.half != before.half:
        words = _("Nội dung đã chuyển kỳ thì không đổi sang nửa năm khác.")
        raise Refusal(words, field="planned_quarter")
    changes["kind"] = changes.get("product_type", item.product_type)
    correct_entry(entry, item, actor=actor, version=version, reason=reason, changes=changes)
    if moves:
        reschedule(entry, due_on)
    return item


@transaction.atomic
def complete_programme_item(entry_id: int, *, actor: Person, on: date, outcome: str) -> Entry:
    """Record that an item is done, with its product (NV-14).

    Raises:
        Forbidden: ``actor`` may not change it.
        Refusal: no product is named.
        WrongState: it is done already, or was carried over: then its successor gets done.
        WrongDate: ``on`` is before it was entered, or lies in the future.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24 (NV-07, NV-14).
    """
    entry = lock_entry(entry_id, actor=actor)
    _require_not_carried(ProgrammeItem.objects.get(pk=entry_id))
    return _finish(entry, actor=actor, on=on, outcome=outcome)


@transaction.atomic
def postpone_programme_item(entry_id: int, *, actor: Person, to: date, reason: str) -> Entry:
    """Move the deadline of an item to a later day within the programme (lùi tiến độ).

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it is done, or was carried over.
        WrongDate: ``to`` is not later than the deadline in force.

    Law: Quyết định 42/2014/QĐ-TTg (NV-11, NV-15, not confirmed).
    """
    entry = lock_entry(entry_id, actor=actor)
    _require_not_carried(ProgrammeItem.objects.get(pk=entry_id))
    move_deadline(entry, actor=actor, to=to, reason=reason)
    record(
        "entry.postponed", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        to=to.isoformat(),
    )  # fmt: skip
    return entry


@transaction.atomic
def review_programme_item(entry_id: int, *, actor: Person, on: date, note: str) -> ProgrammeItem:
    """Keep what a monthly or quarterly review found; earlier reviews stay.

    Raises:
        Forbidden: ``actor`` may not change it.
        Refusal: nothing is noted.
        WrongDate: ``on`` is before it was entered, or lies in the future.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13 (NV-07).
    """
    entry = lock_entry(entry_id, actor=actor)
    item = ProgrammeItem.objects.get(pk=entry_id)
    if not note.strip():
        raise Refusal(_("Xin ghi tình hình rà soát."), field="note")
    require_between(entry.opened_on, on)
    item.reviews.create(reviewed_on=on, note=note)
    mark_changed(entry)
    record(
        "programme_item.reviewed", actor=actor, entry_id=entry.pk, subject=str(entry),
        on=on.isoformat(), outcome=note,
    )  # fmt: skip
    return item


@transaction.atomic
def carry_programme_item(
    entry_id: int,
    *,
    actor: Person,
    on: date,
    planned_quarter: int,
    reason: str,
    planned_month: int | None = None,
) -> ProgrammeItem:
    """Carry an unfinished item over to the next half-year's programme, which gets a new item.

    The old one is not done by that: it stays open, and late if its deadline passes, in its own
    period (NV-07). Returns the new item.

    Args:
        planned_quarter: a quarter of the next half-year; ``planned_month`` in it, or None.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it is done, or was carried over already.
        WrongDate: ``on`` is before it was entered, in the future, or after the planned period.
        Refusal: the quarter is not of the next half-year, or the month not of the quarter.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13 (NV-07).
    """
    entry = lock_entry(entry_id, actor=actor)
    item = ProgrammeItem.objects.select_related("entry").get(pk=entry_id)
    _require_not_carried(item)
    if is_closed(item):
        raise WrongState(_("Nội dung này đã hoàn thành, không chuyển kỳ."))
    reviewed = [one.reviewed_on for one in item.reviews.all()]
    require_between(max(entry.opened_on, *reviewed, entry.reopened_on or date.min), on)
    year, half = next_half(item.planned_year, item.planned_quarter)
    planned = Planned(year, planned_quarter, planned_month)
    if planned.half != (year, half):
        words = _("Xin chọn quý của 6 tháng %(which)s năm %(year)s.")
        which = _("đầu") if half == 1 else _("cuối")
        raise Refusal(words % {"which": which, "year": year}, field="planned_quarter")
    following = _write_item(
        actor=actor, opened_on=on, product_type=item.product_type, planned=planned,
        title=entry.title, unit=entry.unit, co_units=entry.co_units.all(), carried_from=item,
    )  # fmt: skip
    item.carried_on = on
    item.save(update_fields=["carried_on"])
    mark_changed(entry)
    record(
        "programme_item.carried", actor=actor, entry_id=entry.pk, subject=str(entry),
        reason=reason, on=on.isoformat(), to=str(following),
    )  # fmt: skip
    return following


# Submissions -------------------------------------------------------------------------------------


@transaction.atomic
def enter_submission(
    *,
    actor: Person,
    opened_on: date,
    body: str,
    title: str,
    unit: Unit,
    session: str = "",
    co_units: Iterable[Unit] = (),
) -> Submission:
    """Enter a matter that was submitted to a body of the Party or to the Council.

    Args:
        opened_on: the day it was submitted; ``session``: which session or conference, as text.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = open_entry(
        SUBMISSIONS, actor=actor, unit=unit, kind=body, title=title, opened_on=opened_on,
        co_units=co_units, also_found_by=[session],
    )  # fmt: skip
    submission = Submission.objects.create(entry=entry, body=body, session=session)
    record("submission.entered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return submission


@transaction.atomic
def correct_submission(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Submission:
    """Correct a submission, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future or after its result.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    submission = Submission.objects.get(pk=entry_id)
    changes["kind"] = changes.get("body", submission.body)
    correct_entry(
        entry, submission, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=[changes.get("session", submission.session)],
    )  # fmt: skip
    return submission


@transaction.atomic
def settle_submission(
    entry_id: int, *, actor: Person, on: date, result: str, outcome: str = ""
) -> Entry:
    """Record what came of a submission; the closing dates it.

    Args:
        outcome: number of the resolution or conclusion; the result stands before it.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: a result stands already.
        WrongDate: ``on`` is before it was submitted, or lies in the future.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    told = "; ".join(part for part in (str(SubmissionResult(result).label), outcome) if part)
    _finish(entry, actor=actor, on=on, outcome=told)
    Submission.objects.filter(pk=entry_id).update(result=result)
    return entry
