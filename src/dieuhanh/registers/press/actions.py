"""Recording press conferences, and press matters with their direction and reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, mark_changed, open_entry, searchable
from dieuhanh.kernel.entries.errors import Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import (
    correct_entry,
    owe,
    reschedule,
    start_of_business,
)
from dieuhanh.registers.press.models import PressConference, PressMatter
from dieuhanh.registers.press.queries import CONFERENCES, MATTERS
from dieuhanh.text import dates


@transaction.atomic
def enter_conference(
    *,
    actor: Person,
    opened_on: date,
    mode: str,
    title: str,
    unit: Unit,
    presided_by: str,
    with_party_board: bool = False,
    co_units: Iterable[Unit] = (),
) -> PressConference:
    """Record a press conference that was held.

    Args:
        unit: the unit that organised it.
        with_party_board: the Propaganda Board of the City Party Committee took part.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Luật Báo chí 103/2016/QH13; Nghị định 09/2017/NĐ-CP.
    """
    entry = open_entry(
        CONFERENCES, actor=actor, unit=unit, kind=mode, title=title, opened_on=opened_on,
        co_units=co_units, also_found_by=[presided_by],
    )  # fmt: skip
    conference = PressConference.objects.create(
        entry=entry, mode=mode, presided_by=presided_by, with_party_board=with_party_board
    )
    record("press_conference.entered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return conference


@transaction.atomic
def correct_conference(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> PressConference:
    """Correct the record of a press conference, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future.

    Law: Nghị định 09/2017/NĐ-CP.
    """
    entry = lock_entry(entry_id, actor=actor)
    conference = PressConference.objects.get(pk=entry_id)
    changes["kind"] = changes.get("mode", conference.mode)
    correct_entry(
        entry, conference, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=[changes.get("presided_by", conference.presided_by)],
    )  # fmt: skip
    return conference


def _require_in_order(
    *,
    opened_on: date,
    published_on: date,
    directed_on: date | None = None,
    due_on: date | None = None,
    replied_on: date | None = None,
) -> None:
    """Published, then taken in, then directed and answered; a deadline after the direction."""
    if published_on > opened_on:
        raise WrongDate(_("Ngày đăng tin sau ngày vào sổ."), field="published_on")
    for name, day in (("directed_on", directed_on), ("replied_on", replied_on)):
        if day and day < opened_on:
            raise WrongDate(
                _("Ngày này trước ngày vào sổ %(day)s.") % {"day": dates.day(opened_on)}, field=name
            )
        if day and day > clock.today():
            raise WrongDate(_("Ngày này chưa đến."), field=name)
    if due_on and directed_on and due_on < directed_on:
        raise WrongDate(_("Thời hạn này trước ngày văn bản chỉ đạo."), field="due_on")


def _require_open(entry: Entry) -> None:
    if entry.closed_on and not entry.reopened_on:
        raise WrongState(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(entry.closed_on)}
        )


@transaction.atomic
def enter_matter(
    *,
    actor: Person,
    opened_on: date,
    outlet: str,
    published_on: date,
    title: str,
    field: str,
    unit: Unit,
    co_units: Iterable[Unit] = (),
) -> PressMatter:
    """Take in what a newspaper reported; a unit must look into it and answer.

    A directing document sets the deadline; until then there is none.

    Args:
        unit: the unit that must answer.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or before the day of the report.

    Law: Luật Báo chí 103/2016/QH13; Nghị định 09/2017/NĐ-CP.
    """
    entry = open_entry(
        MATTERS, actor=actor, unit=unit, kind=field, title=title, opened_on=opened_on,
        co_units=co_units, also_found_by=[outlet],
    )  # fmt: skip
    _require_in_order(opened_on=opened_on, published_on=published_on)
    matter = PressMatter.objects.create(
        entry=entry, outlet=outlet, published_on=published_on, field=field
    )
    owe(
        entry,
        duty=_("Giải quyết, trả lời thông tin báo chí phản ánh"),
        start=start_of_business(opened_on),
        asked_by=actor.stands_for,
    )
    record("press_matter.entered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return matter


@transaction.atomic
def direct_matter(
    entry_id: int,
    *,
    actor: Person,
    response_symbol: str,
    directed_on: date,
    due_on: date | None = None,
) -> PressMatter:
    """Record the document that directs a unit to settle a press matter, and its deadline.

    Args:
        response_symbol: number and symbol of the directing document.
        directed_on: day of the document.
        due_on: last day it sets; none means no deadline.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it is closed, or has its directing document already.
        WrongDate: the days are out of order, or the document's lies in the future.

    Law: Nghị định 09/2017/NĐ-CP.
    """
    entry = lock_entry(entry_id, actor=actor)
    matter = PressMatter.objects.get(pk=entry_id)
    _require_open(entry)
    if matter.directed_on:
        raise WrongState(
            _("Đã có văn bản chỉ đạo số %(symbol)s; nếu sai, xin đính chính.")
            % {"symbol": matter.response_symbol}
        )
    _require_in_order(
        opened_on=entry.opened_on, published_on=matter.published_on, directed_on=directed_on,
        due_on=due_on,
    )  # fmt: skip
    matter.response_symbol, matter.directed_on, matter.due_on = response_symbol, directed_on, due_on
    matter.save(update_fields=["response_symbol", "directed_on", "due_on"])
    entry.version += 1
    entry.folded = searchable([entry.title, matter.outlet, response_symbol])
    entry.save(update_fields=["version", "folded"])
    if due_on:
        reschedule(entry, due_on)
    record(
        "press_matter.directed", actor=actor, entry_id=entry.pk, subject=str(entry),
        on=directed_on.isoformat(), symbol=response_symbol,
    )  # fmt: skip
    return matter


@transaction.atomic
def reply_matter(entry_id: int, *, actor: Person, reply: str, replied_on: date) -> PressMatter:
    """Record the reply to the newspaper. The matter stays open until its result is recorded.

    Args:
        reply: the document or statement that answers.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it is closed, or was answered already.
        WrongDate: the day lies before the matter was taken in, or in the future.

    Law: Luật Báo chí 103/2016/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    matter = PressMatter.objects.get(pk=entry_id)
    _require_open(entry)
    if matter.replied_on:
        raise WrongState(
            _("Đã trả lời báo chí ngày %(day)s; nếu sai, xin đính chính.")
            % {"day": dates.day(matter.replied_on)}
        )
    _require_in_order(
        opened_on=entry.opened_on, published_on=matter.published_on, replied_on=replied_on
    )
    matter.reply, matter.replied_on = reply, replied_on
    matter.save(update_fields=["reply", "replied_on"])
    mark_changed(entry)
    record(
        "press_matter.replied", actor=actor, entry_id=entry.pk, subject=str(entry),
        on=replied_on.isoformat(),
    )  # fmt: skip
    return matter


@transaction.atomic
def correct_matter(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> PressMatter:
    """Correct a press matter's record, with a reason; a corrected deadline moves what is owed.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: days are out of order, or lie in the future.
        Refusal: a direction or a reply would have its day or its words alone.

    Law: Nghị định 09/2017/NĐ-CP.
    """
    entry = lock_entry(entry_id, actor=actor)
    matter = PressMatter.objects.get(pk=entry_id)

    def wanted(name: str) -> Any:
        return changes.get(name, getattr(matter, name))

    pairs = (("directed_on", "response_symbol"), ("replied_on", "reply"))
    for day, words in pairs:
        if bool(wanted(day)) != bool(wanted(words)):
            raise Refusal(
                _("Ngày và nội dung phải ghi cùng nhau."), field=words if wanted(day) else day
            )
    if wanted("due_on") and not wanted("directed_on"):
        raise Refusal(_("Thời hạn do văn bản chỉ đạo đặt ra."), field="due_on")
    _require_in_order(
        opened_on=changes.get("opened_on", entry.opened_on), published_on=wanted("published_on"),
        directed_on=wanted("directed_on"), due_on=wanted("due_on"),
        replied_on=wanted("replied_on"),
    )  # fmt: skip
    changes["kind"] = wanted("field")
    found_by = [wanted("outlet"), wanted("response_symbol")]
    correct_entry(
        entry, matter, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=found_by,
    )  # fmt: skip
    return matter
