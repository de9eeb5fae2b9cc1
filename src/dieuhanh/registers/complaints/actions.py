"""Receiving visits and letters, accepting cases, recording reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, open_entry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.files.actions import rename_neutrally
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import Actor, record
from dieuhanh.kernel.obligations.actions import correct_entry, owe, start_of_business
from dieuhanh.registers.complaints import policies, sealing
from dieuhanh.registers.complaints.models import (
    Case,
    CaseBasis,
    CaseClass,
    IdentityGrant,
    Letter,
    LetterClass,
    ProtectedIdentity,
    Review,
    Visit,
)
from dieuhanh.registers.complaints.queries import (
    CASES,
    LETTERS,
    REVIEWS,
    VISITS,
    grant_in_force,
    letters_of_number,
)

LONGEST_GRANT = timedelta(30)
EARLIER_LETTERS_SHOWN = 5


def _guard(letter_class: str) -> str:
    guarded = letter_class == LetterClass.DENUNCIATION
    return Confidentiality.GUARDED if guarded else Confidentiality.PERSONAL


def _finish_correction(
    entry: Entry, row: Any, *, actor: Person, version: int, reason: str, changes: dict[str, Any]
) -> None:
    """What the four corrections have in common: what of them the journal must not repeat."""
    # A name that slipped into the title of a denunciation must not live on in the journal (TC-20).
    guarded = changes.get("confidentiality", entry.confidentiality) == Confidentiality.GUARDED
    names = {"sender", "sender_number"}
    unspoken = frozenset(names | {"title"} if guarded else names)
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


def _require_unnamed(name: str, number: str, **texts: str) -> None:
    """Nothing that everybody who opens the letter reads, or the journal keeps, may name its writer.

    Raises:
        Refusal: a text holds the name or the number; ``field`` is the text's.
    """
    for text_of, text in texts.items():
        if sealing.tells(text, name, number):
            raise Refusal(
                _("Ô này không được ghi tên hoặc số định danh của người tố cáo."), field=text_of
            )


def _require_known(actor: Person, number: str, *, repeated: bool) -> None:
    """Whoever enters a letter of somebody who wrote before has seen those letters' numbers.

    Raises:
        Refusal: there are earlier letters and ``repeated`` does not say that they are known.
    """
    if repeated or not number:
        return
    earlier = [
        str(letter.entry)
        for letter in letters_of_number(actor, number)[: EARLIER_LETTERS_SHOWN + 1]
    ]
    if not earlier:
        return
    shown = ", ".join(earlier[:EARLIER_LETTERS_SHOWN])
    if len(earlier) > EARLIER_LETTERS_SHOWN:
        shown += ", …"
    raise Refusal(
        _(
            "Người này đã có đơn số %(numbers)s; xin xem có trùng không, nếu vẫn vào sổ thì đánh"
            " dấu “Đã xem các đơn trước của người này”."
        )
        % {"numbers": shown},
        field="sender_number",
    )


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
    sender_number: str = "",
    repeated: bool = False,
    eligible: bool = True,
) -> Letter:
    """Receive and classify a letter; it must be processed in time.

    The writer of a denunciation is kept in the guarded place only, and appears nowhere else. The
    personal number of any other writer is sealed and found again by its exact value.

    Args:
        repeated: the earlier letters of this personal number have been seen.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.
        Refusal: the title of a denunciation names its writer; the writer of another letter has
            written before; or the vault is closed.

    Law: Thông tư 05/2021/TT-TTCP, Điều 6 (DT-01, DT-06); Luật Tố cáo 25/2018/QH14, Điều 56.
    """
    guarded = letter_class == LetterClass.DENUNCIATION
    if guarded:  # before anything is written: what a rollback undoes stays in the database's files
        _require_unnamed(sender, sender_number, title=title)
    entry = open_entry(
        LETTERS,
        actor=actor,
        unit=unit,
        kind=letter_class,
        title=title,
        opened_on=opened_on,
        confidentiality=_guard(letter_class),
    )
    if not guarded:
        _require_known(actor, sender_number, repeated=repeated)
    with sealing.refusing_when_closed():
        number = sealing.sealed_number(entry.pk, "" if guarded else sender_number)
    letter = Letter.objects.create(
        entry=entry,
        letter_class=letter_class,
        field=field,
        eligible=eligible,
        sender="" if guarded else sender,
        **number,
    )
    if guarded:
        _keep_identity(letter, name=sender, address=sender_address, number=sender_number)
    owe(
        entry,
        duty=_("Phân loại, xử lý đơn"),
        start=start_of_business(opened_on),
        limit_key="petition.process",
    )
    record("letter.received", actor=actor, entry_id=entry.pk, subject=str(entry))
    return letter


def _keep_identity(letter: Letter, **values: str) -> None:
    """Seal what is known of a denouncer; what is empty stays as it was kept before.

    Raises:
        Refusal: an address or number comes without a name and none is kept; the vault is closed.
    """
    known = ProtectedIdentity.objects.filter(letter=letter).exists()
    if not any(values.values()):
        return
    if not values["name"] and not known:
        raise Refusal(_("Xin ghi tên người viết đơn, hoặc để trống cả địa chỉ và số định danh."),
                      field="sender")  # fmt: skip
    with sealing.refusing_when_closed():
        columns = sealing.sealed_identity(letter.pk, values)
    ProtectedIdentity.objects.update_or_create(letter=letter, defaults=columns)


@transaction.atomic
def correct_letter(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Letter:
    """Correct a letter, with a reason. Reclassified as a denunciation, its writer moves to safety.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: a denunciation would stop being guarded; its title or the reason names its
            writer; or the vault is closed.

    Law: Thông tư 05/2021/TT-TTCP, Điều 6; Luật Tố cáo 25/2018/QH14, Điều 56.
    """
    entry = lock_entry(entry_id, actor=actor)
    letter = Letter.objects.get(pk=entry_id)
    changes.pop("repeated", None)
    address, number = changes.pop("sender_address", ""), changes.pop("sender_number", "")
    letter_class = changes.get("letter_class", letter.letter_class)
    was_guarded = letter.letter_class == LetterClass.DENUNCIATION
    if letter_class == LetterClass.DENUNCIATION:
        with sealing.refusing_when_closed():
            number = number or sealing.opened_number(letter)
        name = changes.get("sender") or letter.sender
        texts = {"title": changes.get("title", entry.title), "reason": reason}
        _require_unnamed(name, number, **texts)
        _keep_identity(letter, name=name, address=address, number=number)
        if not was_guarded:
            rename_neutrally(entry)
        changes |= {"sender": "", "sender_number": None}
        letter.sender_number_index = None
    elif was_guarded:
        raise Refusal(
            _("Đơn đã bảo vệ người tố cáo thì không chuyển sang loại khác; xin vào sổ đơn mới."),
            field="letter_class",
        )
    elif number:
        with sealing.refusing_when_closed():
            if number != sealing.opened_number(letter):
                columns = sealing.sealed_number(entry_id, number)
                letter.sender_number_index = columns["sender_number_index"]
                changes["sender_number"] = columns["sender_number"]
    letter.save(update_fields=["sender_number_index"])
    changes |= {"kind": letter_class, "confidentiality": _guard(letter_class)}
    _finish_correction(entry, letter, actor=actor, version=version, reason=reason, changes=changes)
    return letter


@transaction.atomic
def grant_identity(
    entry_id: int,
    *,
    actor: Person,
    person: Person,
    reason: str,
    starts_on: date,
    ends_on: date,
) -> IdentityGrant:
    """Let one person read who wrote one denunciation, for the days from ``starts_on`` to ``ends_on``.

    Units: days, both included; at most thirty after the first.

    Raises:
        Forbidden: ``actor`` may not see the letter, does not decide on this, or acts for another.
        Refusal: it is for ``actor`` themselves, or ``person`` does not handle denunciations.
        WrongDate: the days are past, not in order, or too many.

    Law: Luật Tố cáo 25/2018/QH14, Điều 56 (TC-21).
    """
    entry = policies.guarded_letter(actor, entry_id)
    if entry is None or not policies.may_grant(actor):
        raise Forbidden
    if person.pk == actor.pk:
        raise Refusal(_("Không ai tự cho phép mình; xin người khác quyết định."), field="person")
    if not policies.may_be_granted(person):
        raise Refusal(_("Người này không được giao tiếp nhận, xử lý đơn tố cáo."), field="person")
    if starts_on < clock.today():
        raise WrongDate(_("Ngày bắt đầu đã qua."), field="starts_on")
    if ends_on < starts_on:
        raise WrongDate(_("Ngày kết thúc trước ngày bắt đầu."), field="ends_on")
    if ends_on - starts_on > LONGEST_GRANT:
        raise WrongDate(
            _("Mỗi lần chỉ cho phép nhiều nhất %(days)s ngày.") % {"days": LONGEST_GRANT.days},
            field="ends_on",
        )
    grant = IdentityGrant.objects.create(
        letter_id=entry_id, person=person, granted_by=actor, reason=reason,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    record(
        "identity.granted", actor=actor, entry_id=entry_id, subject=str(entry), reason=reason,
        person_id=person.pk, person=person.full_name, starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )  # fmt: skip
    return grant


@transaction.atomic
def open_identity(entry_id: int, *, actor: Person, reason: str) -> sealing.Identity | None:
    """Read who denounced, with a grant and a reason; the reading itself is written in the journal.

    Returns:
        None when the letter does not say who wrote it.

    Raises:
        Forbidden: ``actor`` may not see the letter, or acts for another.
        Refusal: no grant of today is theirs, the reason is empty or repeats who it is, or the
            vault is closed.

    Law: Luật Tố cáo 25/2018/QH14, Điều 56 (TC-20, TC-21).
    """
    entry = policies.guarded_letter(actor, entry_id)
    if entry is None:
        raise Forbidden
    grant = grant_in_force(actor, entry_id)
    if grant is None:
        raise Refusal(_("Ông/bà chưa được cho phép mở thông tin của đơn này, hoặc đã hết hạn."))
    if not reason.strip():
        raise Refusal(_("Xin ghi lý do."), field="reason")
    kept = ProtectedIdentity.objects.filter(letter_id=entry_id).first()
    with sealing.refusing_when_closed():
        identity = sealing.opened_identity(kept) if kept else None
    if identity:
        _require_unnamed(identity.name, identity.number, reason=reason)
    record(
        "identity.opened", actor=actor, entry_id=entry_id, subject=str(entry), reason=reason,
        grant_id=grant.pk,
    )  # fmt: skip
    return identity


@transaction.atomic
def reseal_letters(*, actor: Actor) -> int:
    """Seal what an older key sealed under the newest one; returns how many rows were sealed anew.

    Raises:
        Refusal: a key is missing; nothing was changed.

    Law: Luật Tố cáo 25/2018/QH14, Điều 56.
    """
    count = 0
    with sealing.refusing_when_closed():
        for kept in ProtectedIdentity.objects.select_for_update().order_by("pk").iterator():
            if sealing.sealed_with_newest(kept.name, kept.address, kept.number):
                continue
            identity = sealing.opened_identity(kept)
            values = {"name": identity.name, "address": identity.address,
                      "number": identity.number}  # fmt: skip
            ProtectedIdentity.objects.filter(pk=kept.pk).update(
                **sealing.sealed_identity(kept.pk, values)
            )
            count += 1
        numbered = Letter.objects.select_for_update().exclude(sender_number=None)
        for letter in numbered.order_by("pk").iterator():
            if sealing.sealed_with_newest(letter.sender_number):
                continue
            number = sealing.opened_number(letter)
            Letter.objects.filter(pk=letter.pk).update(**sealing.sealed_number(letter.pk, number))
            count += 1
    record("vault.rotated", actor=actor, subject=_("Khóa bảo mật"), rows=count)
    return count


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
