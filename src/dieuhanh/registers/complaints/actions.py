"""Receiving visits and letters, accepting cases, recording reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, open_entry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Role, Unit
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import correct_entry, owe, start_of_business
from dieuhanh.registers.complaints.models import (
    Case,
    CaseBasis,
    CaseClass,
    Letter,
    LetterClass,
    ProtectedIdentity,
    Review,
    Visit,
)
from dieuhanh.registers.complaints.queries import CASES, LETTERS, REVIEWS, VISITS

IDENTITY_READERS = (Role.RECEPTION,)


def _guard(letter_class: str) -> str:
    guarded = letter_class == LetterClass.DENUNCIATION
    return Confidentiality.GUARDED if guarded else Confidentiality.PERSONAL


def _finish_correction(
    entry: Entry, row: Any, *, actor: Person, version: int, reason: str, changes: dict[str, Any]
) -> None:
    """What the four corrections have in common: what of them the journal must not repeat."""
    # A name that slipped into the title of a denunciation must not live on in the journal (TC-20).
    guarded = changes.get("confidentiality", entry.confidentiality) == Confidentiality.GUARDED
    unspoken = frozenset({"sender", "title"} if guarded else {"sender"})
    correct_entry(
        entry,
        row,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        unspoken=unspoken,
    )


@transaction.atomic
def receive_visit(
    *,
    actor: Person,
    opened_on: date,
    title: str,
    field: str,
    people: int,
    unit: Unit,
    by_leader: bool = False,
) -> Visit:
    """Record a visit that was received (tiếp công dân).

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Luật Tiếp công dân 42/2013/QH13, Điều 12–15 (TD-01, TD-02).
    """
    entry = open_entry(
        VISITS,
        actor=actor,
        unit=unit,
        kind="leader" if by_leader else "regular",
        title=title,
        opened_on=opened_on,
        confidentiality=Confidentiality.PERSONAL,
    )
    visit = Visit.objects.create(entry=entry, by_leader=by_leader, people=people, field=field)
    record("visit.received", actor=actor, entry_id=entry.pk, subject=str(entry))
    return visit


@transaction.atomic
def correct_visit(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Visit:
    """Correct the record of a visit, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.

    Law: Luật Tiếp công dân 42/2013/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    visit = Visit.objects.get(pk=entry_id)
    changes["kind"] = "leader" if changes.get("by_leader", visit.by_leader) else "regular"
    _finish_correction(entry, visit, actor=actor, version=version, reason=reason, changes=changes)
    return visit


@transaction.atomic
def receive_letter(
    *,
    actor: Person,
    opened_on: date,
    letter_class: str,
    title: str,
    field: str,
    unit: Unit,
    sender: str = "",
    sender_address: str = "",
    eligible: bool = True,
) -> Letter:
    """Receive and classify a letter; it must be processed in time.

    The writer of a denunciation is kept in the guarded place only, and appears nowhere else.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Thông tư 05/2021/TT-TTCP, Điều 6 (DT-01, DT-06); Luật Tố cáo 25/2018/QH14, Điều 56.
    """
    guarded = letter_class == LetterClass.DENUNCIATION
    entry = open_entry(
        LETTERS,
        actor=actor,
        unit=unit,
        kind=letter_class,
        title=title,
        opened_on=opened_on,
        confidentiality=_guard(letter_class),
    )
    letter = Letter.objects.create(
        entry=entry,
        letter_class=letter_class,
        field=field,
        eligible=eligible,
        sender="" if guarded else sender,
    )
    if guarded and sender:
        ProtectedIdentity.objects.create(letter=letter, name=sender, address=sender_address)
    owe(
        entry,
        duty=_("Phân loại, xử lý đơn"),
        start=start_of_business(opened_on),
        limit_key="petition.process",
    )
    record("letter.received", actor=actor, entry_id=entry.pk, subject=str(entry))
    return letter


@transaction.atomic
def correct_letter(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Letter:
    """Correct a letter, with a reason. Reclassified as a denunciation, its writer moves to safety.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: a denunciation would stop being guarded.

    Law: Thông tư 05/2021/TT-TTCP, Điều 6; Luật Tố cáo 25/2018/QH14, Điều 56.
    """
    entry = lock_entry(entry_id, actor=actor)
    letter = Letter.objects.get(pk=entry_id)
    address = changes.pop("sender_address", "")
    letter_class = changes.get("letter_class", letter.letter_class)
    was_guarded = letter.letter_class == LetterClass.DENUNCIATION
    if letter_class == LetterClass.DENUNCIATION:
        name = changes.get("sender") or letter.sender
        changes["sender"] = ""
        if name:
            ProtectedIdentity.objects.update_or_create(
                letter=letter,
                defaults={"name": name} | ({"address": address} if address else {}),
            )
    elif was_guarded:
        raise Refusal(
            _("Đơn đã bảo vệ người tố cáo thì không chuyển sang loại khác; xin vào sổ đơn mới."),
            field="letter_class",
        )
    changes |= {"kind": letter_class, "confidentiality": _guard(letter_class)}
    _finish_correction(entry, letter, actor=actor, version=version, reason=reason, changes=changes)
    return letter


@transaction.atomic
def open_identity(entry_id: int, *, actor: Person, reason: str) -> ProtectedIdentity | None:
    """Read who denounced, with a reason; the reading itself is written in the journal.

    Raises:
        Forbidden: ``actor`` is not charged with handling denunciations.

    Law: Luật Tố cáo 25/2018/QH14, Điều 56 (TC-20, TC-21).
    """
    entry = lock_entry(entry_id, actor=actor)
    if not actor.has_role(*IDENTITY_READERS):
        raise Forbidden
    record("identity.opened", actor=actor, entry_id=entry.pk, subject=str(entry), reason=reason)
    return ProtectedIdentity.objects.filter(letter_id=entry_id).first()


@transaction.atomic
def accept_case(
    *,
    actor: Person,
    opened_on: date,
    basis: str,
    title: str,
    field: str,
    unit: Unit,
) -> Case:
    """Take a case up for settlement (thụ lý); its legal clock starts.

    Units: calendar days, by the basis of the case.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Luật Khiếu nại 02/2011/QH13, Điều 28, 37 (KN-03…KN-07); Luật Tố cáo 25/2018/QH14,
        Điều 30 (TC-04).
    """
    denounced = basis == CaseBasis.DENUNCIATION
    case_class = CaseClass.DENUNCIATION if denounced else CaseClass.COMPLAINT
    entry = open_entry(
        CASES,
        actor=actor,
        unit=unit,
        kind=case_class,
        title=title,
        opened_on=opened_on,
        confidentiality=Confidentiality.GUARDED if denounced else Confidentiality.PERSONAL,
    )
    case = Case.objects.create(entry=entry, case_class=case_class, basis=basis, field=field)
    owe(
        entry,
        duty=_("Giải quyết vụ việc"),
        start=start_of_business(opened_on),
        limit_key=basis,
    )
    record("case.accepted", actor=actor, entry_id=entry.pk, subject=str(entry))
    return case


@transaction.atomic
def correct_case(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Case:
    """Correct the record of a case, with a reason. Its basis, and so its clock, stands.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: it would get another basis.

    Law: Luật Khiếu nại 02/2011/QH13, Điều 28.
    """
    entry = lock_entry(entry_id, actor=actor)
    case = Case.objects.get(pk=entry_id)
    if changes.pop("basis", case.basis) != case.basis:
        raise Refusal(_("Loại vụ việc và thời hạn không đổi sau khi thụ lý."), field="basis")
    _finish_correction(entry, case, actor=actor, version=version, reason=reason, changes=changes)
    return case


@transaction.atomic
def record_review(
    *,
    actor: Person,
    opened_on: date,
    collective: bool,
    title: str,
    unit: Unit,
    measure_taken: str = "",
) -> Review:
    """Record that a collective or a person was reviewed for responsibility.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Luật Khiếu nại 02/2011/QH13; Luật Tố cáo 25/2018/QH14.
    """
    entry = open_entry(
        REVIEWS,
        actor=actor,
        unit=unit,
        kind="collective" if collective else "individual",
        title=title,
        opened_on=opened_on,
        confidentiality=Confidentiality.GUARDED,
    )
    review = Review.objects.create(entry=entry, collective=collective, measure_taken=measure_taken)
    record("review.recorded", actor=actor, entry_id=entry.pk, subject=str(entry))
    return review


@transaction.atomic
def correct_review(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Review:
    """Correct the record of a review, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.

    Law: Luật Khiếu nại 02/2011/QH13.
    """
    entry = lock_entry(entry_id, actor=actor)
    review = Review.objects.get(pk=entry_id)
    collective = changes.get("collective", review.collective)
    changes["kind"] = "collective" if collective else "individual"
    _finish_correction(entry, review, actor=actor, version=version, reason=reason, changes=changes)
    return review
