"""Recording meetings, what they decided, and meetings of others attended.

The notice of conclusions is recorded by closing the session's entry.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, open_entry
from dieuhanh.kernel.entries.errors import Refusal, WrongDate
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import correct_entry, finish, owe, start_of_business
from dieuhanh.registers.meetings import queries
from dieuhanh.registers.meetings.models import AgendaItem, Attendance, Session, SessionType
from dieuhanh.registers.meetings.queries import ATTENDANCE, ITEMS, SESSIONS
from dieuhanh.registers.meetings.rules import ADOPTED, is_carried, item_kind, votes_needed
from dieuhanh.text import dates

#: Notice of conclusions: five working days after the meeting (HO-08).
LIMIT = "meeting.conclusion"
#: What is kept of a vote.
VOTES = ("votes_for", "votes_against", "votes_abstained")


def _require_members(type: str, total: int | None, present: int | None, *, urgent: bool) -> None:
    """A collective session knows its members, a chaired meeting has none (HO-02)."""
    if type == SessionType.COLLECTIVE:
        if total is None or present is None:
            raise Refusal(
                _("Phiên họp tập thể phải ghi tổng số thành viên và số có mặt."),
                field="members_total" if total is None else "members_present",
            )
        if present > total:
            raise Refusal(_("Số có mặt nhiều hơn tổng số thành viên."), field="members_present")
    elif urgent:
        raise Refusal(_("Chỉ phiên họp tập thể mới ghi chuyên đề, đột xuất."), field="urgent")
    elif total is not None or present is not None:
        raise Refusal(
            _("Chỉ phiên họp tập thể mới ghi số thành viên."),
            field="members_present" if total is None else "members_total",
        )


def _require_papers_before(sent_on: date | None, held_on: date) -> None:
    if sent_on and sent_on > held_on:
        raise WrongDate(_("Ngày gửi tài liệu sau ngày họp."), field="papers_sent_on")


def _papers_due(type: str, held_on: date, *, urgent: bool) -> date | None:
    if type != SessionType.COLLECTIVE:
        return None
    return queries.papers_due(held_on, urgent=urgent)


@transaction.atomic
def record_session(
    *,
    actor: Person,
    opened_on: date,
    type: str,
    mode: str,
    chair: str,
    title: str,
    unit: Unit,
    place: str = "",
    co_units: list[Unit] | None = None,
    members_total: int | None = None,
    members_present: int | None = None,
    urgent: bool = False,
    papers_sent_on: date | None = None,
) -> Session:
    """Record a session or meeting that was held; its notice of conclusions is owed from then on.

    A collective session without quorum is recorded as it was, and shown as such.

    Args:
        members_total, members_present: people; of a collective session only.
        urgent: thematic or urgent session, for which papers are sent later (HO-03).

    Raises:
        Forbidden: ``actor`` does not keep this register.
        Refusal: the members do not fit the type of meeting.
        WrongDate: the day lies in the future, or papers were sent after it.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 113, 114 (HO-01…HO-03); Quyết định
    45/2018/QĐ-TTg (HO-08).
    """
    _require_members(type, members_total, members_present, urgent=urgent)
    _require_papers_before(papers_sent_on, opened_on)
    entry = open_entry(
        SESSIONS,
        actor=actor,
        unit=unit,
        kind=type,
        title=title,
        opened_on=opened_on,
        co_units=co_units or (),
        also_found_by=(place,),
    )
    session = Session.objects.create(
        entry=entry,
        type=type,
        mode=mode,
        chair=chair,
        place=place,
        members_total=members_total,
        members_present=members_present,
        urgent=urgent,
        papers_sent_on=papers_sent_on,
        papers_due_on=_papers_due(type, opened_on, urgent=urgent),
    )
    owe(
        entry,
        duty=_("Ban hành thông báo kết luận"),
        start=start_of_business(opened_on),
        limit_key=LIMIT,
    )
    record("session.recorded", actor=actor, entry_id=entry.pk, subject=str(entry))
    return session


@transaction.atomic
def correct_session(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Session:
    """Correct the record of a session, with a reason; a corrected day moves its clock.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: the members do not fit the type, or the type of a session with items changes.
        WrongDate: the day lies in the future, papers were sent after it, or it no longer fits the
            items of the session.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 113, 114; Quyết định
    45/2018/QĐ-TTg.
    """
    entry = lock_entry(entry_id, actor=actor)
    session = Session.objects.get(pk=entry_id)
    now = {name: changes.get(name, getattr(session, name))
           for name in ("type", "members_total", "members_present", "urgent", "papers_sent_on",
                        "place")}  # fmt: skip
    held_on = changes.get("opened_on", entry.opened_on)
    if now["type"] != session.type and queries.has_items(entry_id):
        raise Refusal(_("Phiên họp đã có nội dung: không đổi loại được."), field="type")
    _require_members(
        now["type"], now["members_total"], now["members_present"], urgent=now["urgent"]
    )
    _require_papers_before(now["papers_sent_on"], held_on)
    if held_on != entry.opened_on and queries.items_at_odds(entry_id, held_on).exists():
        raise WrongDate(
            _("Ngày này không khớp ngày trình, ngày quyết định của nội dung trong phiên họp."),
            field="opened_on",
        )
    changes["kind"] = now["type"]
    changes["papers_due_on"] = _papers_due(now["type"], held_on, urgent=now["urgent"])
    correct_entry(
        entry,
        session,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=(now["place"],),
    )
    return session


def _require_submitted_before(session: Session, opened_on: date) -> None:
    held_on = session.entry.opened_on
    if opened_on > held_on:
        raise WrongDate(
            _("Ngày trình sau ngày họp %(day)s.") % {"day": dates.day(held_on)},
            field="opened_on",
        )


@transaction.atomic
def submit_item(
    *,
    actor: Person,
    session: Session,
    opened_on: date,
    title: str,
    unit: Unit,
    co_units: list[Unit] | None = None,
) -> AgendaItem:
    """Put an item on the agenda of a session; its result comes later.

    A secret item never enters (HO-13, VT-71): there is no field for one.

    Args:
        unit: the one agency that leads and signs the submission (HO-09).

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day of submission lies in the future or after the session.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 114; Luật Bảo vệ bí mật nhà nước
    29/2018/QH14, Điều 5.
    """
    _require_submitted_before(session, opened_on)
    entry = open_entry(
        ITEMS,
        actor=actor,
        unit=unit,
        kind=item_kind(""),
        title=title,
        opened_on=opened_on,
        co_units=co_units or (),
    )
    item = AgendaItem.objects.create(entry=entry, session=session)
    record("item.submitted", actor=actor, entry_id=entry.pk, subject=str(entry))
    return item


def _vote(session: Session, result: str, values: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a vote: its three numbers, of how many members, and the Chairman's side.

    Raises:
        Refusal: a chaired meeting does not vote, a number is missing, there are more votes than
            members, or an adopted item has no majority (HO-05).
    """
    numbers = [values.get(name) for name in VOTES]
    if all(one is None for one in numbers):
        return dict.fromkeys(VOTES) | {"members": None, "chair_in_favour": False}
    members, chair_in_favour = session.members_total, bool(values.get("chair_in_favour"))
    if members is None:
        raise Refusal(_("Chỉ phiên họp tập thể mới biểu quyết."), field="votes_for")
    for name, one in zip(VOTES, numbers, strict=True):
        if one is None:
            raise Refusal(_("Biểu quyết phải ghi đủ ba số."), field=name)
    votes_for, votes_against, votes_abstained = (int(one or 0) for one in numbers)
    if votes_for + votes_against + votes_abstained > members:
        raise Refusal(
            _("Tổng số phiếu nhiều hơn %(members)s thành viên UBND.") % {"members": members},
            field="votes_for",
        )
    carried = is_carried(
        votes_for=votes_for,
        votes_against=votes_against,
        members=members,
        chair_in_favour=chair_in_favour,
    )
    if result in ADOPTED and not carried:
        raise Refusal(
            _("Chưa quá nửa tổng số thành viên UBND: thông qua cần ít nhất %(needed)s phiếu.")
            % {"needed": votes_needed(members)},
            field="votes_for",
        )
    return dict(zip(VOTES, (votes_for, votes_against, votes_abstained), strict=True)) | {
        "members": members,
        "chair_in_favour": chair_in_favour,
    }


def _require_decided_after(session: Session, on: date, *, field: str) -> None:
    held_on = session.entry.opened_on
    if on < held_on:
        raise WrongDate(
            _("Ngày này trước ngày họp %(day)s.") % {"day": dates.day(held_on)}, field=field
        )


@transaction.atomic
def decide_item(
    entry_id: int,
    *,
    actor: Person,
    on: date,
    result: str,
    votes_for: int | None = None,
    votes_against: int | None = None,
    votes_abstained: int | None = None,
    chair_in_favour: bool = False,
    outcome: str = "",
) -> AgendaItem:
    """Record what the meeting decided on an item; that closes it.

    Args:
        votes_for, votes_against, votes_abstained: members of the collective; all or none.
        chair_in_favour: the Chairman's vote, which decides a tie.

    Raises:
        Forbidden: ``actor`` may not change it.
        WrongState: its result is recorded already.
        WrongDate: ``on`` lies before the session or in the future.
        Refusal: the votes do not add up, or do not carry what is recorded as adopted.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 117 (HO-04, HO-05).
    """
    entry = lock_entry(entry_id, actor=actor)
    item = AgendaItem.objects.select_related("session", "session__entry").get(pk=entry_id)
    _require_decided_after(item.session, on, field="on")
    vote = _vote(
        item.session,
        result,
        {
            "votes_for": votes_for,
            "votes_against": votes_against,
            "votes_abstained": votes_abstained,
            "chair_in_favour": chair_in_favour,
        },
    )
    spoken = {name: value for name, value in vote.items() if value is not None}
    finish(entry, on=on, outcome=outcome, by=actor.stands_for)
    entry.kind = item_kind(result)
    entry.save(update_fields=["kind"])
    for name, value in {"result": result, **vote}.items():
        setattr(item, name, value)
    item.save(update_fields=["result", *vote])
    record(
        "entry.closed", actor=actor, entry_id=entry.pk, subject=str(entry), on=on.isoformat(),
        outcome=outcome, result=result, **spoken,
    )  # fmt: skip
    return item


def _is_said(value: Any) -> bool:
    """Whether a field was filled in; nought votes are an answer."""
    return value is not False and value not in (None, "")


@transaction.atomic
def correct_item(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> AgendaItem:
    """Correct an item, and its result and vote where they are recorded, with a reason.

    A recorded result is corrected, not undone: who decides anew puts a new item on a new agenda.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: a day lies in the future, or the three days are not in order.
        Refusal: a result is corrected that was never recorded, one is taken away, or the votes
            do not fit.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 117 (HO-04, HO-05).
    """
    entry = lock_entry(entry_id, actor=actor)
    item = AgendaItem.objects.select_related("session", "session__entry").get(pk=entry_id)
    session: Session = changes.get("session", item.session)
    opened_on = changes.get("opened_on", entry.opened_on)
    _require_submitted_before(session, opened_on)
    if entry.closed_on is None:
        told = ("result", "closed_on", "outcome", *VOTES, "chair_in_favour")
        if field := next((name for name in told if _is_said(changes.get(name))), ""):
            raise Refusal(_("Nội dung này chưa ghi kết quả; xin ghi kết quả trước."), field=field)
        changes = {name: value for name, value in changes.items() if name not in told}
    else:
        changes = _corrected_decision(item, session, entry.closed_on, changes)
    correct_entry(entry, item, actor=actor, version=version, reason=reason, changes=changes)
    return item


def _corrected_decision(
    item: AgendaItem, session: Session, closed_on: date, changes: dict[str, Any]
) -> dict[str, Any]:
    """``changes`` of a decided item, with its vote and class worked out again."""
    result = changes.get("result", item.result)
    decided_on = changes.get("closed_on", closed_on)
    if not result:
        raise Refusal(_("Kết quả đã ghi thì không để trống."), field="result")
    if decided_on is None:
        raise WrongDate(_("Kết quả đã ghi phải có ngày quyết định."), field="closed_on")
    if decided_on > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="closed_on")
    _require_decided_after(session, decided_on, field="closed_on")
    voted = {name: changes.get(name, getattr(item, name)) for name in (*VOTES, "chair_in_favour")}
    return changes | _vote(session, result, voted) | {
        "result": result, "closed_on": decided_on, "kind": item_kind(result),
    }  # fmt: skip


@transaction.atomic
def record_attendance(
    *,
    actor: Person,
    opened_on: date,
    organiser: str,
    title: str,
    unit: Unit,
    invitation: str = "",
    attended_by: str = "",
) -> Attendance:
    """Record a meeting of others to which the committee sent somebody.

    Args:
        unit: whom the committee sent; it reports back by closing the entry.
        attended_by: a title, not a name.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Quyết định 45/2018/QĐ-TTg.
    """
    entry = open_entry(
        ATTENDANCE,
        actor=actor,
        unit=unit,
        kind=organiser,
        title=title,
        opened_on=opened_on,
        also_found_by=(invitation,),
    )
    attendance = Attendance.objects.create(
        entry=entry, organiser=organiser, invitation=invitation, attended_by=attended_by
    )
    record("attendance.recorded", actor=actor, entry_id=entry.pk, subject=str(entry))
    return attendance


@transaction.atomic
def correct_attendance(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Attendance:
    """Correct the record of a meeting attended, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future, or after the report on it.

    Law: Quyết định 45/2018/QĐ-TTg.
    """
    entry = lock_entry(entry_id, actor=actor)
    attendance = Attendance.objects.get(pk=entry_id)
    changes["kind"] = changes.get("organiser", attendance.organiser)
    correct_entry(
        entry,
        attendance,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=(changes.get("invitation", attendance.invitation),),
    )
    return attendance
