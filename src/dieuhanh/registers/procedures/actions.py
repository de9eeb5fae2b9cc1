"""Registering decisions on procedures, what they change, and where they were made public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
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
    owe,
    start_of_business,
)
from dieuhanh.registers.procedures import rules
from dieuhanh.registers.procedures.models import (
    PLACES,
    ProcedureChange,
    ProcedureDecision,
    ProcedureDecisionType,
)
from dieuhanh.registers.procedures.queries import CHANGES, DECISIONS
from dieuhanh.text import dates


def _duty(type: str) -> str:
    if type == ProcedureDecisionType.PUBLICATION:
        return _("Công khai thủ tục hành chính ở đủ ba nơi")
    return _("Thiết lập quy trình trên hệ thống một cửa điện tử")


def _require_in_order(places: dict[str, date | None], issued_on: date) -> None:
    if early := rules.first_too_early(places, issued_on):
        raise WrongDate(
            _("Ngày công khai không trước ngày ban hành quyết định (%(day)s).")
            % {"day": dates.day(issued_on)},
            field=early,
        )
    if future := next((name for name, day in places.items() if day and day > clock.today()), None):
        raise WrongDate(_("Ngày này chưa đến."), field=future)


def _require_whole(decision: ProcedureDecision, code: str, effect: str, in_list: bool) -> None:
    if decision.type != ProcedureDecisionType.PUBLICATION:
        raise Refusal(
            _("Chỉ quyết định công bố mới có thủ tục; đây là quyết định phê duyệt quy trình."),
            field="decision",
        )
    if not rules.is_national_code(code):
        raise Refusal(
            _("Mã số thủ tục gồm một chữ số, dấu chấm, sáu chữ số, như 2.002396."), field="code"
        )
    if rules.listing_fault(effect=effect, in_list=in_list):
        raise Refusal(
            _("Thủ tục bãi bỏ không nằm trong danh mục; thủ tục giữ nguyên thì phải nằm trong đó."),
            field="in_list",
        )


def _require_once(decision: ProcedureDecision, code: str, *, beside: int | None = None) -> None:
    if decision.changes.filter(code=code).exclude(pk=beside).exists():
        raise Refusal(_("Quyết định này đã có thủ tục mang mã số đó."), field="code")


@transaction.atomic
def register_decision(
    *,
    actor: Person,
    opened_on: date,
    type: str,
    symbol: str,
    title: str,
    field_of_work: str,
    unit: Unit,
    ministry_decision: str = "",
) -> ProcedureDecision:
    """Register a decision on procedures; it must be made public, or its process set up.

    No limit for the publication is confirmed, so the duty has no deadline.

    Args:
        opened_on: day of issue.
        symbol: number and symbol of the decision.
        unit: the department that drew it up.
        ministry_decision: the decision of the ministry that it follows.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Nghị định 63/2010/NĐ-CP; Nghị định 61/2018/NĐ-CP (TH-02, TH-04).
    """
    entry = open_entry(
        DECISIONS, actor=actor, unit=unit, kind=type, title=title, opened_on=opened_on,
        also_found_by=[symbol, ministry_decision],
    )  # fmt: skip
    decision = ProcedureDecision.objects.create(
        entry=entry, type=type, symbol=symbol, ministry_decision=ministry_decision,
        field_of_work=field_of_work, issued_on=opened_on,
    )  # fmt: skip
    owe(entry, duty=_duty(type), start=start_of_business(opened_on))
    record("procedure_decision.registered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return decision


@transaction.atomic
def publish_decision(
    entry_id: int,
    *,
    actor: Person,
    national_portal_on: date | None = None,
    city_portal_on: date | None = None,
    posted_on: date | None = None,
) -> ProcedureDecision:
    """Record where a publication decision was made public, and when.

    A day left out stays as it is. Public at all three places, the entry is closed on the last of
    their days, which the journal tells in a line of its own.

    Args:
        national_portal_on: day on the national public service portal.
        city_portal_on: day on the portal of the city.
        posted_on: day posted (niêm yết) where dossiers are taken in.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: it approves an internal process, is closed, or the place has its day already.
        WrongDate: a day lies before the decision or in the future.
        Refusal: no place was given.

    Law: Nghị định 63/2010/NĐ-CP; Thông tư 02/2017/TT-VPCP (TH-02).
    """
    entry = lock_entry(entry_id, actor=actor)
    decision = ProcedureDecision.objects.get(pk=entry_id)
    if decision.type != ProcedureDecisionType.PUBLICATION:
        raise WrongState(_("Quyết định phê duyệt quy trình nội bộ không ghi nơi công khai."))
    if entry.closed_on and not entry.reopened_on:
        raise WrongState(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(entry.closed_on)}
        )
    given = (national_portal_on, city_portal_on, posted_on)
    places = {name: day for name, day in zip(PLACES, given, strict=True) if day}
    if not places:
        raise Refusal(_("Xin ghi ngày công khai ở ít nhất một nơi."))
    for name in places:
        if before := getattr(decision, name):
            raise WrongState(
                _("Nơi này đã ghi công khai ngày %(day)s; nếu sai, xin đính chính.")
                % {"day": dates.day(before)},
                field=name,
            )
    _require_in_order(dict(places), decision.issued_on)
    for name, day in places.items():
        setattr(decision, name, day)
    decision.save(update_fields=list(places))
    mark_changed(entry)
    record(
        "procedure_decision.published", actor=actor, entry_id=entry.pk, subject=str(entry),
        **{name: day.isoformat() for name, day in places.items()},
    )  # fmt: skip
    if decision.public_everywhere:
        last = max(getattr(decision, name) for name in PLACES)
        close_entry(
            entry_id, actor=actor, on=max(last, entry.reopened_on or last),
            outcome=_("Đã công khai trên hai cổng và niêm yết"),
        )  # fmt: skip
    return decision


@transaction.atomic
def correct_decision(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> ProcedureDecision:
    """Correct a decision's record, with a reason; its procedures follow its day and its unit.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: a day lies in the future, or a publication before the decision.
        Refusal: an internal process would have procedures or places of publication.

    Law: Nghị định 63/2010/NĐ-CP.
    """
    entry = lock_entry(entry_id, actor=actor)
    decision = ProcedureDecision.objects.get(pk=entry_id)
    opened_on, unit_id = entry.opened_on, entry.unit_id
    type = changes.get("type", decision.type)
    places = {name: changes.get(name, getattr(decision, name)) for name in PLACES}
    if type != ProcedureDecisionType.PUBLICATION and (
        any(places.values()) or decision.changes.exists()
    ):
        raise Refusal(
            _("Quyết định đã có thủ tục hoặc ngày công khai thì không chuyển loại."), field="type"
        )
    issued_on = changes.get("opened_on", opened_on)
    _require_in_order(places, issued_on)
    changes["kind"] = type
    # Set apart from ``changes``: the journal tells the day of issue once, as that of the entry.
    decision.issued_on = min(issued_on, opened_on)
    decision.save(update_fields=["issued_on"])
    correct_entry(
        entry, decision, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=[
            changes.get("symbol", decision.symbol),
            changes.get("ministry_decision", decision.ministry_decision),
        ],
    )  # fmt: skip
    decision.issued_on = issued_on
    decision.save(update_fields=["issued_on"])
    entry.obligations.update(duty=_duty(type))
    if (entry.opened_on, entry.unit_id) != (opened_on, unit_id):
        Entry.objects.filter(procedurechange__decision=decision).update(
            opened_on=entry.opened_on, unit=entry.unit, version=F("version") + 1
        )
    return decision


@transaction.atomic
def register_change(
    *,
    actor: Person,
    decision: ProcedureDecision,
    code: str,
    title: str,
    effect: str,
    in_list: bool = False,
) -> ProcedureChange:
    """Register what a publication decision does to one procedure.

    Its day and its unit are those of the decision.

    Args:
        code: national code, x.xxxxxx.
        title: name of the procedure.
        in_list: the list published by the decision holds it.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        Refusal: the decision publishes nothing or has the code already, the code has another
            form, or effect and list contradict each other.

    Law: Nghị định 63/2010/NĐ-CP (TH-02, TH-03).
    """
    whole = decision.entry
    entry = open_entry(
        CHANGES, actor=actor, unit=whole.unit, kind=effect, title=title,
        opened_on=whole.opened_on, also_found_by=[code, decision.symbol],
    )  # fmt: skip
    _require_whole(decision, code, effect, in_list)
    _require_once(decision, code)
    change = ProcedureChange.objects.create(
        entry=entry, decision=decision, code=code, effect=effect, in_list=in_list
    )
    record("procedure_change.registered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return change


@transaction.atomic
def correct_change(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> ProcedureChange:
    """Correct the record of a changed procedure, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: as in registering it.
        WrongDate: the other decision is of another year.

    Law: Nghị định 63/2010/NĐ-CP (TH-02, TH-03).
    """
    entry = lock_entry(entry_id, actor=actor)
    change = ProcedureChange.objects.select_related("decision__entry__unit").get(pk=entry_id)
    decision = changes.get("decision", change.decision)
    code, effect = changes.get("code", change.code), changes.get("effect", change.effect)
    _require_whole(decision, code, effect, changes.get("in_list", change.in_list))
    _require_once(decision, code, beside=change.pk)
    changes |= {
        "kind": effect, "opened_on": decision.entry.opened_on, "unit": decision.entry.unit,
    }  # fmt: skip
    correct_entry(
        entry, change, actor=actor, version=version, reason=reason, changes=changes,
        also_found_by=[code, decision.symbol],
    )  # fmt: skip
    return change
