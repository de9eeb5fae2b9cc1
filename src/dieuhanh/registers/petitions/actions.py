"""Petitions taken in, answered, followed to their result and merged; meetings with voters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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
    complete,
    correct_entry,
    finish,
    is_closed,
    name_day,
    owe,
    require_between,
    restart,
    start_of_business,
    undo_closing,
    undo_completion,
)
from dieuhanh.kernel.obligations.queries import limit_in_force
from dieuhanh.registers.petitions import rules
from dieuhanh.registers.petitions.models import (
    Constituency,
    Petition,
    PetitionResult,
    PetitionSource,
    VoterContact,
)
from dieuhanh.registers.petitions.queries import BOOKS, CONTACTS
from dieuhanh.text import dates


def _require_after_source(source: PetitionSource, opened_on: date) -> None:
    if source.passed_on and opened_on < source.passed_on:
        raise WrongDate(
            _("Nghị quyết được thông qua ngày %(day)s; kiến nghị không thể đến trước ngày này.")
            % {"day": dates.day(source.passed_on)},
            field="opened_on",
        )


def _require_basis(source: PetitionSource, basis: str) -> None:
    if basis not in rules.bases(source.ledger):
        raise Refusal(_("Loại kiến nghị này không thuộc sổ của nguồn đã chọn."), field="basis")


def _require_counted(petition: Petition) -> None:
    if petition.merged_on:
        raise WrongState(
            _("Kiến nghị này đã gộp vào số %(number)s; xin ghi ở kiến nghị đó.")
            % {"number": petition.merged_into}
        )


def _require_after(earliest: date | None, on: date) -> None:
    if earliest and on < earliest:
        raise WrongDate(
            _("Ngày này trước kết quả đã ghi ngày %(day)s.") % {"day": dates.day(earliest)},
            field="on",
        )


def _promise(petition: Petition, *, result: str, on: date, next_on: date | None) -> None:
    """Record an open result and owe the next one by ``next_on``.

    A promise that still ran is moved; its first day is kept (NV-11).
    """
    if next_on is None or next_on <= on:
        raise WrongDate(_("Xin ghi ngày hẹn sau ngày ghi kết quả này."), field="next_on")
    petition.results.create(result=result, decided_on=on, next_on=next_on)
    running = petition.entry.obligations.select_for_update().filter(limit=None, done_at=None)
    for obligation in running:
        name_day(obligation, next_on, at=start_of_business(on), reason=_("Hẹn lại ngày có kết quả"))
    if not running:
        owe(
            petition.entry,
            duty=_("Giải quyết kiến nghị cử tri"),
            start=start_of_business(on),
            due_on=next_on,
        )


@transaction.atomic
def receive_petition(
    *,
    actor: Person,
    opened_on: date,
    source: PetitionSource,
    title: str,
    sphere: str,
    authority: str,
    unit: Unit,
    basis: str = "",
    repeated: bool = False,
    constituencies: Iterable[Constituency] = (),
    co_units: Iterable[Unit] = (),
) -> Petition:
    """Take a petition in, in the ledger of its source; an answer is owed in time.

    Args:
        opened_on: the day it came from the Council or the delegation.
        basis: key of the time limit for the answer; the usual one of the ledger unless given.
        repeated: it was raised before and is raised again.
        constituencies: where voters raised it.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future, or before the resolution was passed.
        Refusal: the basis is not one of the ledger.

    Law: Quyết định 33/2017/QĐ-TTg, Điều 12 (CT-01, CT-02, CT-05, CT-09).
    """
    basis = basis or rules.bases(source.ledger)[0]
    _require_basis(source, basis)
    _require_after_source(source, opened_on)
    places = list(constituencies)
    entry = open_entry(
        BOOKS[source.ledger],
        actor=actor,
        unit=unit,
        kind=source.kind,
        title=title,
        opened_on=opened_on,
        also_found_by=[source.label, *places],
        co_units=co_units,
    )
    petition = Petition.objects.create(
        entry=entry,
        source=source,
        sphere=sphere,
        authority=authority,
        basis=basis,
        repeated=repeated,
    )
    petition.constituencies.set(places)
    owe(
        entry,
        duty=_("Trả lời kiến nghị cử tri"),
        start=start_of_business(opened_on),
        limit_key=basis,
    )
    record("petition.received", actor=actor, entry_id=entry.pk, subject=str(entry))
    return petition


@transaction.atomic
def correct_petition(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Petition:
    """Correct the record of a petition, with a reason; clocks follow the day, basis and answer.

    Args:
        changes: may hold ``answered_on`` and ``answer_symbol``; without a day, an answer that
            was recorded by mistake is owed again.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: days would be out of order.
        Refusal: the source is of the other ledger, or the answer of a closed petition would go.

    Law: Quyết định 33/2017/QĐ-TTg, Điều 12; Nghị định 30/2020/NĐ-CP, Điều 22.
    """
    entry = lock_entry(entry_id, actor=actor)
    petition = Petition.objects.select_related("source").get(pk=entry_id)
    source = changes.get("source", petition.source)
    if BOOKS[source.ledger] != entry.register:
        raise Refusal(_("Nguồn này thuộc sổ kiến nghị khác."), field="source")
    changes["basis"] = changes.get("basis") or petition.basis
    _require_basis(source, changes["basis"])
    opened_on = changes.get("opened_on", entry.opened_on)
    _require_after_source(source, opened_on)
    answered_on = changes.get("answered_on", petition.answered_on)
    _require_answer(petition, entry, opened_on, answered_on, changes)
    changes["kind"] = source.kind
    before = petition.basis, petition.answered_on
    places = changes.get("constituencies", petition.constituencies.all())
    correct_entry(
        entry,
        petition,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=[source.label, *places],
    )
    if before != (petition.basis, petition.answered_on):
        _restart_answer(petition, entry)
    return petition


def _require_answer(
    petition: Petition,
    entry: Entry,
    opened_on: date,
    answered_on: date | None,
    changes: dict[str, Any],
) -> None:
    """What was done stays after the day of receipt, and an answer before its end."""
    if answered_on is None:
        if petition.answered_on and is_closed(petition):
            raise Refusal(_("Kiến nghị đã kết thúc thì phải có ngày trả lời."), field="answered_on")
        changes["answer_symbol"] = ""
    elif petition.answered_on is None:
        raise Refusal(_("Xin ghi trả lời bằng thao tác “Ghi trả lời”."), field="answered_on")
    elif answered_on > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="answered_on")
    facts = [answered_on, *petition.results.values_list("decided_on", flat=True)]
    if any(day and day < opened_on for day in facts):
        raise WrongDate(
            _("Việc trả lời, giải quyết không thể trước ngày tiếp nhận."), field="opened_on"
        )
    if answered_on and is_closed(petition) and entry.closed_on and answered_on > entry.closed_on:
        raise WrongDate(_("Ngày trả lời sau ngày kết thúc."), field="answered_on")


def _restart_answer(petition: Petition, entry: Entry) -> None:
    limit = limit_in_force(petition.basis, entry.opened_on)
    for obligation in entry.obligations.select_for_update().exclude(limit=None):
        obligation.limit = limit
        answered_on = petition.answered_on
        obligation.done_at = clock.start_of(answered_on) if answered_on else None
        obligation.reopened_at = None
        obligation.product = petition.answer_symbol
        obligation.save(update_fields=["limit", "done_at", "reopened_at", "product"])
    restart(entry, start_of_business(entry.opened_on))


@transaction.atomic
def answer_petition(entry_id: int, *, actor: Person, on: date, answer_symbol: str = "") -> Petition:
    """Record that voters were answered; solving it is another fact (B9 of the reports).

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it was answered, or merged into another.
        WrongDate: the day is before it came, or lies in the future.

    Law: Quyết định 33/2017/QĐ-TTg, Điều 12 (CT-02).
    """
    entry = lock_entry(entry_id, actor=actor)
    petition = Petition.objects.get(pk=entry_id)
    _require_counted(petition)
    if petition.answered_on:
        raise WrongState(
            _("Kiến nghị này đã trả lời ngày %(day)s.") % {"day": dates.day(petition.answered_on)}
        )
    require_between(entry.opened_on, on)
    petition.answered_on, petition.answer_symbol = on, answer_symbol
    petition.save(update_fields=["answered_on", "answer_symbol"])
    for obligation in entry.obligations.select_for_update().exclude(limit=None):
        complete(obligation, on=on, product=answer_symbol)
    mark_changed(entry)
    record(
        "petition.answered", actor=actor, entry_id=entry.pk, subject=str(entry),
        on=on.isoformat(), outcome=answer_symbol,
    )  # fmt: skip
    return petition


@transaction.atomic
def settle_petition(
    entry_id: int,
    *,
    actor: Person,
    on: date,
    result: str,
    next_on: date | None = None,
    outcome: str = "",
) -> Petition:
    """Record a result. Solved and explained close the petition; the others promise a next day.

    Args:
        result: one of `ResultClass`.
        next_on: last day for the next result; only with results that leave it open.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it is closed or merged, or would close before voters were answered.
        WrongDate: a day is out of order, or the next day is missing.
        Refusal: a day is promised for a matter of the centre.

    Law: Quyết định 33/2017/QĐ-TTg, Điều 12; Luật Hoạt động giám sát 87/2015/QH13
        (CT-06, CT-07, CT-08, CT-11, CT-12).
    """
    entry = lock_entry(entry_id, actor=actor)
    petition = Petition.objects.select_related("entry").get(pk=entry_id)
    _require_counted(petition)
    if is_closed(petition):
        raise WrongState(_("Kiến nghị này đã kết thúc; muốn ghi tiếp, xin mở lại."))
    if not rules.may_promise(authority=petition.authority, result=result):
        raise Refusal(
            _("Việc thuộc thẩm quyền Trung ương thì ghi “Đang giải quyết” và chờ Trung ương."),
            field="result",
        )
    latest = petition.latest_result
    _require_after(latest.decided_on if latest else None, on)
    require_between(entry.opened_on, on)
    if rules.closes(result):
        if petition.answered_on is None or petition.answered_on > on:
            raise WrongState(_("Xin ghi trả lời cử tri trước khi kết thúc kiến nghị."))
        if next_on:
            raise Refusal(_("Đã kết thúc thì không còn ngày hẹn."), field="next_on")
        PetitionResult.objects.create(petition=petition, result=result, decided_on=on)
        finish(entry, on=on, outcome=outcome, by=actor.stands_for)
    else:
        _promise(petition, result=result, on=on, next_on=next_on)
        mark_changed(entry)
    record(
        "petition.settled", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        result=result, next_on=next_on.isoformat() if next_on else "", outcome=outcome,
    )  # fmt: skip
    return petition


@transaction.atomic
def reopen_petition(
    entry_id: int, *, actor: Person, on: date, reason: str, next_on: date
) -> Petition:
    """Reopen a closed petition: it is in progress again, with a next day; a merging is undone.

    The answer that voters got stays given.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it is not closed.
        WrongDate: a day is out of order.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24; Quyết định 33/2017/QĐ-TTg (CT-07, CT-08, CT-10).
    """
    entry = lock_entry(entry_id, actor=actor)
    petition = Petition.objects.select_related("entry").get(pk=entry_id)
    undo_closing(entry, on=on)
    if petition.merged_on:
        petition.merged_into, petition.merged_on = None, None
        petition.save(update_fields=["merged_into", "merged_on"])
    if petition.answered_on is None:  # merging had ended the answer that is owed
        for obligation in entry.obligations.select_for_update().exclude(limit=None):
            undo_completion(obligation, at=clock.start_of(on), reason=reason)
    _promise(petition, result="in_progress", on=on, next_on=next_on)
    record(
        "entry.reopened", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason,
        on=on.isoformat(), next_on=next_on.isoformat(),
    )  # fmt: skip
    return petition


@transaction.atomic
def merge_petition(entry_id: int, *, actor: Person, on: date, into: Petition) -> Petition:
    """Merge a petition into the one that says the same: it closes, is kept, and no longer counts.

    Only within one source, so that no resolution loses a matter: what is raised again at a later
    session is a repeated petition of its own.

    Raises:
        Forbidden: ``actor`` may not change both.
        WrongState: one of the two is closed or was merged, or others were merged into this one.
        WrongDate: the day is before either came, or lies in the future.
        Refusal: the other is this one, or has another source.

    Law: Quyết định 33/2017/QĐ-TTg (CT-08, CT-10).
    """
    locked = {pk: lock_entry(pk, actor=actor) for pk in sorted({entry_id, into.pk})}
    entry = locked[entry_id]
    petition = Petition.objects.select_related("entry").get(pk=entry_id)
    into = Petition.objects.select_related("entry").get(pk=into.pk)
    if into.pk == petition.pk or into.source_id != petition.source_id:
        raise Refusal(
            _("Chỉ gộp hai kiến nghị khác nhau của cùng một nguồn; nêu lại ở kỳ sau là kiến nghị "
              "nhiều lần."),
            field="into",
        )  # fmt: skip
    _require_counted(petition)
    _require_counted(into)
    if is_closed(petition) or petition.merged.exists():
        raise WrongState(_("Kiến nghị đã kết thúc, hoặc đã nhận kiến nghị khác gộp vào."))
    if is_closed(into):
        raise WrongState(_("Kiến nghị nhận gộp vào đã kết thúc."))
    require_between(max(entry.opened_on, into.entry.opened_on), on)
    latest = petition.latest_result
    _require_after(latest.decided_on if latest else None, on)
    petition.merged_into, petition.merged_on = into, on
    petition.save(update_fields=["merged_into", "merged_on"])
    finish(entry, on=on, outcome=_("Gộp vào kiến nghị số %(number)s") % {"number": into})
    record(
        "petition.merged", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        into=str(into), outcome=entry.outcome,
    )  # fmt: skip
    return petition


@transaction.atomic
def record_contact(
    *,
    actor: Person,
    opened_on: date,
    deputies: str,
    session: str,
    mode: str,
    title: str,
    constituencies: Iterable[Constituency],
    unit: Unit,
    co_units: Iterable[Unit] = (),
) -> VoterContact:
    """Record a meeting of deputies with voters that units of the city prepared.

    Args:
        session: the session it belongs to, in words: “kỳ họp thứ 7, Quốc hội khóa XV”.
        constituencies: where it was held or joined to, at least one.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.
        Refusal: no constituency is given.

    Law: Nghị quyết liên tịch 525/2012/NQLT/UBTVQH13-ĐCTUBTWMTTQVN;
        403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN (CT-04, CT-05).
    """
    places = list(constituencies)
    _require_places(places)
    entry = open_entry(
        CONTACTS,
        actor=actor,
        unit=unit,
        kind=deputies,
        title=title,
        opened_on=opened_on,
        also_found_by=[session, *places],
        co_units=co_units,
    )
    contact = VoterContact.objects.create(
        entry=entry, deputies=deputies, session=session, mode=mode
    )
    contact.constituencies.set(places)
    record("contact.recorded", actor=actor, entry_id=entry.pk, subject=str(entry))
    return contact


def _require_places(places: list[Constituency]) -> None:
    if not places:
        raise Refusal(_("Xin ghi ít nhất một đơn vị bầu cử."), field="constituencies")


@transaction.atomic
def correct_contact(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> VoterContact:
    """Correct the record of a meeting with voters, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future or after the end.
        Refusal: no constituency would be left.

    Law: Nghị quyết liên tịch 525/2012/NQLT/UBTVQH13-ĐCTUBTWMTTQVN (CT-04).
    """
    entry = lock_entry(entry_id, actor=actor)
    contact = VoterContact.objects.get(pk=entry_id)
    places = list(changes.get("constituencies", contact.constituencies.all()))
    _require_places(places)
    changes["kind"] = changes.get("deputies", contact.deputies)
    correct_entry(
        entry,
        contact,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=[changes.get("session", contact.session), *places],
    )
    return contact
