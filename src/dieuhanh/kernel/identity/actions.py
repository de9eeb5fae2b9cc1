"""Accounts; mandates (substitution and written authorisation)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.identity import queries
from dieuhanh.kernel.identity.models import Appointment, Mandate, MandateKind, Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import SYSTEM, record
from dieuhanh.text import dates


class AccountRefused(Exception):
    """The account cannot be made or changed so; the message says why."""


def _checked(password: str, person: Person) -> str:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from error
    return password


@transaction.atomic
def create_person(
    *, username: str, full_name: str, unit_code: str, role: str, password: str
) -> Person:
    """Make an account with one appointment from today on.

    Raises:
        AccountRefused: the name is taken, the unit unknown, or the password too weak.
    """
    if Person.objects.filter(username=username).exists():
        raise AccountRefused(f"Đã có tài khoản {username}.")
    unit = Unit.objects.filter(code=unit_code, valid_to=None).first()
    if unit is None:
        raise AccountRefused(f"Không có đơn vị mã {unit_code}; gõ `dieuhanh load` trước.")
    person = Person(username=username, full_name=full_name)
    person.set_password(_checked(password, person))
    person.save()
    Appointment.objects.create(person=person, unit=unit, role=role, valid_from=clock.today())
    record("person.created", actor=SYSTEM, subject=username, role=role, unit=unit_code)
    return person


@transaction.atomic
def reset_password(*, username: str, password: str) -> None:
    """Set another password.

    Raises:
        AccountRefused: there is no such account, or the password is too weak.
    """
    person = Person.objects.select_for_update().filter(username=username).first()
    if person is None:
        raise AccountRefused(f"Không có tài khoản {username}.")
    person.set_password(_checked(password, person))
    person.save(update_fields=["password"])
    record("person.password_reset", actor=SYSTEM, subject=username)


class MandateRefused(Exception):
    """The mandate cannot be given or revoked so; ``field`` names the form field it concerns."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


def _require_giver(actor: Person, giver: Person, stand_in: Person, kind: str) -> None:
    """Who may hand over the work of ``giver``: the giver; for a substitution also the head of the
    giver's unit or an administrator, but never to themselves."""
    if actor.acting:
        raise MandateRefused(
            _(
                "Ông/bà đang làm thay %(giver)s nên không được ủy quyền lại hay cử người khác "
                "làm thay; xin thôi làm thay rồi thực hiện bằng quyền của mình."
            )
            % {"giver": actor.acting.giver.full_name}
        )
    if actor == giver:
        return
    if not queries.may_send_stand_in(actor, giver):
        raise MandateRefused(
            _(
                "Chỉ chính người vắng, người đứng đầu đơn vị của người đó hoặc quản trị hệ thống "
                "được cử người làm thay."
            ),
            field="giver",
        )
    if kind != MandateKind.SUBSTITUTION:
        raise MandateRefused(
            _("Ủy quyền phải do chính người ủy quyền lập; với người vắng, xin chọn làm thay."),
            field="kind",
        )
    if actor == stand_in:
        raise MandateRefused(
            _("Ông/bà không tự cử mình làm thay người khác được; xin chọn người nhận khác."),
            field="stand_in",
        )


@transaction.atomic
def give_mandate(
    *,
    actor: Person,
    giver: Person,
    stand_in: Person,
    kind: str,
    starts_on: date,
    ends_on: date,
    basis: str,
    registers: Iterable[str] = (),
    reason: str = "",
) -> Mandate:
    """Let ``stand_in`` do the work of ``giver`` from the first day to the end of the last.

    ``registers`` are codes of registers; none, in a substitution, means all of the giver's.
    ``basis`` is number and symbol of the written document. Locks the giver's row, so that two
    mandates of one pair cannot come to overlap.

    Units: calendar days, both ends included.

    Raises:
        MandateRefused: ``actor`` may not hand over this work, or acts for somebody (no
            sub-delegation); the days, content or document are missing or wrong; the pair has a
            mandate in those days already.

    Law: Nghị định 30/2020/NĐ-CP, Điều 13 (VT-21).
    """
    Person.objects.select_for_update(no_key=True).get(pk=giver.pk)
    _require_giver(actor, giver, stand_in, kind)
    content = sorted(set(registers))
    if giver == stand_in:
        raise MandateRefused(_("Người nhận phải là người khác."), field="stand_in")
    if not stand_in.is_active:
        raise MandateRefused(_("Tài khoản của người nhận đã khóa."), field="stand_in")
    if ends_on < starts_on:
        raise MandateRefused(_("Ngày cuối không được trước ngày đầu."), field="ends_on")
    if ends_on < clock.today():
        raise MandateRefused(_("Thời gian này đã qua."), field="ends_on")
    if not basis.strip():
        raise MandateRefused(_("Xin ghi số, ký hiệu văn bản giao việc."), field="basis")
    if kind == MandateKind.AUTHORISATION and not content:
        raise MandateRefused(
            _("Ủy quyền phải giới hạn nội dung: xin chọn ít nhất một sổ."), field="registers"
        )
    if same := queries.overlapping(giver, stand_in, starts_on, ends_on):
        raise MandateRefused(
            _(
                "%(stand_in)s đã được giao việc của %(giver)s từ ngày %(start)s đến ngày %(end)s; "
                "xin chọn ngày khác, hoặc thu hồi lần trước."
            )
            % {
                "stand_in": stand_in.full_name,
                "giver": giver.full_name,
                "start": dates.day(same.starts_on),
                "end": dates.day(same.ends_on),
            },
            field="starts_on",
        )
    mandate = Mandate.objects.create(
        giver=giver,
        stand_in=stand_in,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        registers=content,
        basis=basis.strip(),
        reason=reason,
        made_at=clock.now(),
    )
    record(
        "mandate.given",
        actor=actor,
        subject=f"{giver.full_name} → {stand_in.full_name}",
        reason=reason,
        mandate=mandate.pk,
        kind=kind,
        start=starts_on.isoformat(),
        end=ends_on.isoformat(),
        registers=content,
        basis=mandate.basis,
    )
    return mandate


@transaction.atomic
def revoke_mandate(mandate_id: int, *, actor: Person, reason: str) -> Mandate:
    """End a mandate before its last day; the stand-in's next request is without it.

    Raises:
        MandateRefused: ``actor`` neither gave it nor could send a stand-in for the giver, or acts
            for somebody; it is over or revoked already; no reason is given.

    Law: Nghị định 30/2020/NĐ-CP, Điều 13 (VT-21).
    """
    mandate = Mandate.objects.select_for_update(no_key=True).get(pk=mandate_id)
    if not queries.may_revoke(actor, mandate):
        raise MandateRefused(
            _("Chỉ người giao, người đứng đầu đơn vị hoặc quản trị hệ thống được thu hồi.")
        )
    if mandate.revoked_on or mandate.ends_on < clock.today():
        raise MandateRefused(_("Việc này đã hết thời hạn hoặc đã được thu hồi."))
    if not reason.strip():
        raise MandateRefused(_("Xin ghi lý do thu hồi."), field="reason")
    mandate.revoked_on = clock.today()
    mandate.save(update_fields=["revoked_on"])
    record(
        "mandate.revoked",
        actor=actor,
        subject=f"{mandate.giver.full_name} → {mandate.stand_in.full_name}",
        reason=reason,
        mandate=mandate.pk,
    )
    return mandate
