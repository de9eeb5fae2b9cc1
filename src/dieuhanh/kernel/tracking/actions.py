"""Following up what is owed: doing, confirming, pausing, extending, handing over, urging."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import require_standing
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.notifications.actions import notify
from dieuhanh.kernel.notifications.models import NoticeKind
from dieuhanh.kernel.notifications.recipients import answerable
from dieuhanh.kernel.obligations.actions import (
    catch_up,
    complete,
    end_pause,
    move_due,
    require_between,
    require_words,
    start_of_business,
    undo_completion,
)
from dieuhanh.kernel.obligations.models import (
    STILL_OPEN,
    Cause,
    Certainty,
    Direction,
    Extension,
    Handover,
    Obligation,
)
from dieuhanh.kernel.obligations.reckoning import reckon
from dieuhanh.kernel.tracking import policies
from dieuhanh.kernel.workdays.queries import calendar_of
from dieuhanh.text import dates

#: How many obligations one bulk action takes.
MOST = 200


def _lock(obligation_id: int, *, actor: Person, verb: str) -> Obligation:
    """The obligation, its entry locked before it, as every action on an entry does.

    Raises:
        Forbidden: ``actor`` may not do it (or there is no such obligation: the two look alike).
    """
    may = Obligation.objects.filter(policies.allowed(actor, verb), pk=obligation_id)
    entry_id = may.values_list("entry_id", flat=True).first()
    if entry_id is None:
        raise Forbidden
    Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry_id)
    locked = Obligation.objects.select_for_update(of=("self",))
    return locked.select_related("entry", "limit", "unit", "person", "asked_by").get(
        pk=obligation_id
    )


def _require_open(obligation: Obligation) -> None:
    if not obligation.is_open and obligation.done_at:
        done = dates.day(obligation.done_at)
        raise WrongState(_("Việc này đã hoàn thành ngày %(day)s.") % {"day": done})


def _moment(on: date) -> datetime:
    """The moment of something that happened on a day: now, if it is today."""
    return clock.now() if on == clock.today() else start_of_business(on)


def _same_person(actor: Person, other_id: int | None) -> bool:
    return other_id is not None and other_id in (actor.pk, actor.stands_for.pk)


def _written(
    obligation: Obligation, verb: str, *, actor: Person, reason: str = "", **told: str
) -> None:
    record(
        verb, actor=actor, entry_id=obligation.entry_id, subject=str(obligation.entry),
        reason=reason, obligation=obligation.pk, **told,
    )  # fmt: skip


@transaction.atomic
def complete_obligation(
    obligation_id: int, *, actor: Person, on: date, product: str = ""
) -> Obligation:
    """Do one thing that is owed; the entry and what else is owed on it stay as they are.

    Args:
        product: number and symbol of what answers it; required where somebody asked (NV-14).

    Raises:
        Forbidden: ``actor`` is not of the unit that owes it.
        WrongState: it is done.
        WrongDate: ``on`` is before it began, or lies in the future.
        Refusal: the product is missing, or told of a secret document.

    Law: Nghị định 30/2020/NĐ-CP, Điều 24 (a result is recorded with its product, NV-14).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.DO)
    _require_open(obligation)
    begun = obligation.reopened_at or obligation.started_at
    require_between(dates.local_day(begun), on)
    if obligation.asked_by_id and not product:
        raise Refusal(_("Xin ghi số, ký hiệu của sản phẩm, văn bản trả lời."), field="product")
    if product and obligation.entry.confidentiality == Confidentiality.SECRET:
        raise Refusal(_("Văn bản mật không ghi nội dung kết quả."), field="product")
    complete(obligation, on=on, product=product, done_by=actor.stands_for)
    _written(obligation, "obligation.done", actor=actor, on=on.isoformat(), outcome=product)
    return obligation


def _require_completion(obligation: Obligation, actor: Person) -> None:
    """A completion that stands, not the actor's own, not judged yet."""
    if obligation.is_open:
        raise WrongState(_("Việc này chưa được báo hoàn thành."))
    if obligation.confirmed_at:
        day = dates.day(obligation.confirmed_at)
        raise WrongState(_("Kết quả này đã được xác nhận ngày %(day)s.") % {"day": day})
    if _same_person(actor, obligation.done_by_id):
        raise Refusal(_("Người báo hoàn thành không tự xác nhận; bên giao việc xác nhận."))


@transaction.atomic
def confirm_obligation(obligation_id: int, *, actor: Person) -> Obligation:
    """The asking side confirms what was done.

    Raises:
        Forbidden: ``actor`` is not of the side that asked.
        WrongState: it is not done, or confirmed already.
        Refusal: ``actor`` did it himself.

    Law: Nghị định 30/2020/NĐ-CP, Phụ lục IV (NV-14).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.CONFIRM)
    _require_completion(obligation, actor)
    obligation.confirmed_at = max(clock.now(), obligation.done_at or clock.now())
    obligation.confirmed_by = actor.stands_for
    obligation.save(update_fields=["confirmed_at", "confirmed_by"])
    _written(obligation, "obligation.confirmed", actor=actor)
    return obligation


@transaction.atomic
def return_obligation(obligation_id: int, *, actor: Person, reason: str) -> Obligation:
    """The asking side returns what was done; it is owed again, its deadline stays.

    Raises:
        Forbidden: ``actor`` is not of the side that asked.
        WrongState: it is not done, or confirmed already.
        Refusal: ``actor`` did it himself, or there is no reason.

    Law: Nghị định 30/2020/NĐ-CP, Phụ lục IV (NV-14).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.CONFIRM)
    require_words(reason)
    _require_completion(obligation, actor)
    told = {one for one in (*answerable(obligation), obligation.done_by) if one}
    undo_completion(obligation, at=clock.now(), reason=reason)
    _written(obligation, "obligation.returned", actor=actor, reason=reason)
    again = clock.now().isoformat()
    notify(told, NoticeKind.RETURNED, obligation=obligation, by=actor, again=again)
    return obligation


@transaction.atomic
def pause_obligation(obligation_id: int, *, actor: Person, on: date, reason: str) -> Obligation:
    """Stop the clock of what is owed, for a reason that everyone involved may read.

    Raises:
        Forbidden: ``actor`` is not of the side that asked.
        WrongState: it is done, paused, has no deadline, does not run from an event, or its law
            knows no pause.
        Refusal: there is no reason.
        WrongDate: ``on`` is before it began, after its deadline, or lies in the future.

    Law: Nghị định 61/2018/NĐ-CP, Điều 17 (MC-04, not confirmed).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.PAUSE)
    require_words(reason)
    _require_open(obligation)
    if obligation.due_at is None:
        raise WrongState(_("Việc này không có thời hạn đang chạy để tạm dừng."))
    limit = obligation.limit
    if limit and not limit.pause:
        raise WrongState(
            _("%(law)s không có quy định tạm dừng thời hạn này.") % {"law": limit.legal_basis}
        )
    if obligation.pauses.filter(ended_at=None).exists():
        raise WrongState(_("Thời hạn của việc này đang tạm dừng."))
    if limit and limit.direction != Direction.FORWARD:
        raise WrongState(_("Thời hạn này không chạy từ một sự kiện: không tạm dừng được."))
    earlier = [one.ended_at for one in obligation.pauses.all() if one.ended_at]
    begun = max([obligation.reopened_at or obligation.started_at, *earlier])
    require_between(dates.local_day(begun), on)
    at = max(_moment(on), begun)
    if at > obligation.due_at:
        raise WrongDate(
            _("Việc đã quá hạn từ ngày %(day)s: không tạm dừng được nữa.")
            % {"day": dates.day(obligation.due_at)},
            field="on",
        )
    obligation.pauses.create(started_at=at, due_at=obligation.due_at, reason=reason)
    _written(obligation, "obligation.paused", actor=actor, reason=reason, on=on.isoformat())
    notify(
        answerable(obligation), NoticeKind.PAUSED, obligation=obligation, by=actor,
        again=at.isoformat(),
    )  # fmt: skip
    return obligation


@transaction.atomic
def resume_obligation(obligation_id: int, *, actor: Person, on: date) -> Obligation:
    """Let the clock run on: the deadline moves by the time it stood.

    Raises:
        Forbidden: ``actor`` is not of the side that asked.
        WrongState: it is not paused.
        WrongDate: ``on`` is before the pause, or lies in the future.

    Law: Nghị định 61/2018/NĐ-CP, Điều 17 (MC-04, not confirmed).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.PAUSE)
    pause = obligation.pauses.filter(ended_at=None).first()
    if pause is None:
        raise WrongState(_("Thời hạn của việc này không tạm dừng."))
    require_between(dates.local_day(pause.started_at), on)
    end_pause(obligation, at=max(_moment(on), pause.started_at))
    _written(obligation, "obligation.resumed", actor=actor, on=on.isoformat())
    tell_moved(obligation, by=actor)
    return obligation


def tell_moved(obligation: Obligation, *, by: Person | None) -> None:
    """Tell those who owe it, and whoever asked, that its deadline is another one."""
    told = {*answerable(obligation), *([obligation.asked_by] if obligation.asked_by else [])}
    notify(told, NoticeKind.DEADLINE_MOVED, obligation=obligation, by=by)


@transaction.atomic
def ask_extension(
    obligation_id: int,
    *,
    actor: Person,
    reason: str,
    length: int | None = None,
    until: date | None = None,
) -> Extension:
    """Ask for more time, before it is over.

    Args:
        length: of a limit whose law says how much, in the limit's unit; all of it unless given.
        until: the new last day, where no law says how much.

    Raises:
        Forbidden: ``actor`` is not of the unit that owes it.
        WrongState: it is done, paused, has no deadline, was asked already, or may not (again) be
            extended.
        WrongDate: the deadline has passed, or ``until`` is not later than it.
        Refusal: more than the law allows, or no reason.

    Law: Quyết định 42/2014/QĐ-TTg (NV-15, not confirmed); Luật Tố cáo 25/2018/QH14, Điều 30
        (TC-05, TC-06); Luật Khiếu nại 02/2011/QH13, Điều 28, 37 (KN-03…KN-07).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.ASK_EXTENSION)
    require_words(reason)
    _require_open(obligation)
    due, limit = obligation.due_at, obligation.limit
    if due is None:
        raise WrongState(_("Việc này không có thời hạn để gia hạn."))
    if obligation.pauses.filter(ended_at=None).exists():
        raise WrongState(_("Thời hạn đang tạm dừng; xin cho chạy lại trước khi gia hạn."))
    if clock.now() > due:
        raise WrongDate(
            _("Thời hạn đã hết ngày %(day)s; gia hạn phải được đề nghị trước khi hết hạn.")
            % {"day": dates.day(due)}
        )
    asked = list(obligation.extensions.exclude(granted=False))
    if any(one.decided_at is None for one in asked):
        raise WrongState(_("Đề nghị gia hạn trước đó chưa được quyết định."))
    if limit and len(asked) >= limit.extension_times:
        raise WrongState(
            _("%(law)s cho gia hạn %(times)s lần; việc này không gia hạn thêm được.")
            % {"law": limit.legal_basis, "times": limit.extension_times}
        )
    if limit and limit.extension_length:
        length = limit.extension_length if length is None else length
        if not 1 <= length <= limit.extension_length:
            raise Refusal(
                _("Mỗi lần gia hạn không quá %(n)s %(unit)s (%(law)s).")
                % {
                    "n": limit.extension_length,
                    "unit": limit.get_unit_display(),
                    "law": limit.legal_basis,
                },
                field="length",
            )
        until = None
    else:
        length = None
        if until is None or clock.end_of(until) <= due:
            raise WrongDate(_("Thời hạn mới phải sau thời hạn đang có."), field="until")
    extension = obligation.extensions.create(
        asked_at=clock.now(), asked_by=actor.stands_for, length=length, until=until, reason=reason
    )
    _written(obligation, "extension.asked", actor=actor, reason=reason)
    if obligation.asked_by:
        notify(
            obligation.asked_by, NoticeKind.EXTENSION_ASKED, obligation=obligation, by=actor,
            again=str(extension.pk),
        )  # fmt: skip
    return extension


@transaction.atomic
def decide_extension(
    obligation_id: int, *, actor: Person, granted: bool, answer: str = ""
) -> Extension:
    """Grant or refuse the time that was asked for.

    Raises:
        Forbidden: ``actor`` is not of the side that asked for the work.
        WrongState: nothing is asked, the work is done, or the deadline has since moved beyond the
            day that was asked for.
        Refusal: ``actor`` asked for it himself, or a refusal has no reason.

    Law: Quyết định 42/2014/QĐ-TTg (NV-15, not confirmed); Luật Tố cáo 25/2018/QH14, Điều 30 (TC-08).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.DECIDE)
    _require_open(obligation)
    extension = obligation.extensions.select_for_update().filter(decided_at=None).first()
    if extension is None:
        raise WrongState(_("Không có đề nghị gia hạn nào đang chờ."))
    if _same_person(actor, extension.asked_by_id):
        raise Refusal(_("Người đề nghị gia hạn không tự quyết định."))
    if not granted and not answer:
        raise Refusal(_("Xin ghi lý do không đồng ý."), field="answer")
    if granted:
        catch_up(obligation)
    named = clock.end_of(extension.until) if granted and extension.until else None
    if named and obligation.due_at and named <= obligation.due_at:
        raise WrongState(
            _("Thời hạn đã chuyển đến ngày %(day)s, không sớm hơn ngày được đề nghị.")
            % {"day": dates.day(obligation.due_at)}
        )
    extension.decided_at = max(clock.now(), extension.asked_at)
    extension.decided_by = actor.stands_for
    extension.granted, extension.answer = granted, answer
    extension.save(update_fields=["decided_at", "decided_by", "granted", "answer"])
    if granted:
        due = reckon(obligation, calendar_of(obligation.calendar_version))
        move_due(
            obligation, due, cause=Cause.EXTENDED, at=extension.decided_at, reason=extension.reason
        )
    verb = "extension.granted" if granted else "extension.refused"
    _written(obligation, verb, actor=actor, reason=answer)
    told = {*answerable(obligation), *([extension.asked_by] if extension.asked_by else [])}
    notify(
        told, NoticeKind.DECIDED, obligation=obligation, by=actor, again=str(extension.pk),
        granted=granted,
    )  # fmt: skip
    return extension


@transaction.atomic
def set_obligation_length(
    obligation_id: int, *, actor: Person, length: int, reason: str
) -> Obligation:
    """Say how long this case has, where the law leaves it to the case (the published time of a
    procedure).

    Raises:
        Forbidden: ``actor`` is not of the side that asked.
        WrongState: it is done, paused, or its limit does not leave it to the case.
        WrongDate: ``length`` is 0.
        Refusal: there is no reason.

    Law: Nghị định 61/2018/NĐ-CP (MC-03, TH-01).
    """
    obligation = _lock(obligation_id, actor=actor, verb=policies.SET_LENGTH)
    require_words(reason)
    _require_open(obligation)
    if obligation.limit is None or obligation.limit.certainty != Certainty.BY_CASE:
        raise WrongState(_("Thời hạn của việc này không đặt theo từng việc."))
    if obligation.pauses.filter(ended_at=None).exists():
        raise WrongState(_("Thời hạn của việc này đang tạm dừng."))
    if length < 1:
        raise WrongDate(_("Thời hạn phải từ 1 trở lên."), field="length")
    calendar = catch_up(obligation)
    obligation.length = length
    due = reckon(obligation, calendar)
    if obligation.first_due_at is None:
        obligation.first_due_at = due
    obligation.save(update_fields=["length", "first_due_at"])
    move_due(obligation, due, cause=Cause.SET, reason=reason)
    _written(obligation, "obligation.length_set", actor=actor, reason=reason)
    tell_moved(obligation, by=actor)
    return obligation


def give_to(owed: Iterable[Obligation], *, unit: Unit, person: Person | None, reason: str) -> None:
    """Give locked obligations to a unit and a person; who had them is kept, clocks run on.

    An entry follows when the unit that leads it owes nothing more on it; that unit then takes
    part, so that it can still read what it did (ĐV-12). Inside the caller's transaction.
    """
    now, owed = clock.now(), list(owed)
    Handover.objects.bulk_create(
        Handover(
            obligation=one, at=now, from_unit_id=one.unit_id, to_unit=unit,
            from_person_id=one.person_id, to_person=person, reason=reason,
        )
        for one in owed
    )  # fmt: skip
    Obligation.objects.filter(pk__in=[one.pk for one in owed]).update(unit=unit, person=person)
    entries = Entry.objects.filter(pk__in={one.entry_id for one in owed})
    still = Obligation.objects.filter(STILL_OPEN, entry=OuterRef("pk"), unit=OuterRef("unit"))
    led = set(entries.exclude(unit=unit).filter(~Exists(still)).values_list("pk", flat=True))
    through = Entry.co_units.through
    part = {
        (one.entry_id, one.unit_id if one.entry_id in led else unit.pk)
        for one in owed
        if unit.pk not in (one.unit_id, one.entry.unit_id)
    }
    Entry.objects.filter(pk__in=led).update(unit=unit, version=F("version") + 1)
    through.objects.bulk_create(
        (through(entry_id=entry, unit_id=taking) for entry, taking in sorted(part)),
        ignore_conflicts=True,
    )
    through.objects.filter(entry__in=led, unit=unit).delete()


def _chosen(obligation_ids: Iterable[int]) -> list[int]:
    """Raises Refusal: nothing was chosen, or too many."""
    ids = sorted(set(obligation_ids))
    if not 1 <= len(ids) <= MOST:
        raise Refusal(_("Xin chọn từ 1 đến %(most)s việc.") % {"most": MOST})
    return ids


@transaction.atomic
def hand_over_obligations(
    obligation_ids: Iterable[int],
    *,
    actor: Person,
    reason: str,
    unit: Unit | None = None,
    person: Person | None = None,
) -> int:
    """Give what is owed to another person of the unit, or to another unit; all or none.

    Args:
        unit: who leads from now on; each keeps its own unit unless given.
        person: who is in charge from now on; nobody unless given.

    Raises:
        Forbidden: ``actor`` may not hand over one of them.
        WrongState: one of them is done.
        Refusal: nothing was chosen, too many, the unit has been dissolved, the person does not
            work there, nothing would change, or there is no reason.

    Law: Nghị định 30/2020/NĐ-CP, Điều 23 (exactly one leads, NV-04; ĐV-12).
    """
    ids = _chosen(obligation_ids)
    if unit is None and person is None:
        raise Refusal(_("Xin chọn đơn vị hoặc người nhận việc."), field="person")
    if unit is not None:
        require_standing(unit, clock.today(), field="unit")
    require_words(reason)
    owed = [_lock(one, actor=actor, verb=policies.HAND_OVER) for one in ids]
    moved = []
    for one in owed:
        _require_open(one)
        to = unit or one.unit
        if person is not None and to.pk not in person.unit_ids:
            raise Refusal(
                _("%(person)s không công tác tại %(unit)s.") % {"person": person, "unit": to},
                field="person",
            )
        if one.unit_id != to.pk or one.person_id != (person.pk if person else None):
            moved.append((to, one))
    if not moved:
        raise Refusal(_("Các việc này đã thuộc nơi nhận."), field="person")
    for to in {to.pk: to for to, _one in moved}.values():
        give_to([one for at, one in moved if at == to], unit=to, person=person, reason=reason)
    for to, one in moved:
        one.unit, one.person = to, person
        _written(
            one, "obligation.handed_over", actor=actor, reason=reason,
            outcome=f"{to} · {person}" if person else str(to),
        )  # fmt: skip
        notify(
            answerable(one), NoticeKind.HANDED_OVER, obligation=one, by=actor,
            again=clock.now().isoformat(),
        )  # fmt: skip
    return len(moved)


@transaction.atomic
def urge_obligations(obligation_ids: Iterable[int], *, actor: Person, message: str = "") -> int:
    """Urge those who owe (đôn đốc): the person in charge and the heads of the unit are told.

    Raises:
        Forbidden: ``actor`` may not urge one of them.
        WrongState: one of them is done.
        Refusal: nothing was chosen, or too many.

    Law: Quyết định 42/2014/QĐ-TTg (NV-03).
    """
    ids = _chosen(obligation_ids)
    owed = [_lock(one, actor=actor, verb=policies.URGE) for one in ids]
    for one in owed:
        _require_open(one)
        _written(one, "obligation.urged", actor=actor, reason=message)
        notify(
            answerable(one), NoticeKind.URGED, obligation=one, by=actor,
            again=clock.today().isoformat(), message=message,
        )  # fmt: skip
    return len(owed)
