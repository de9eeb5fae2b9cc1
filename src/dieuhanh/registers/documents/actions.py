"""Registering, issuing and correcting documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, open_entry, searchable
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Confidentiality
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import correct_entry, owe, start_of_business
from dieuhanh.registers.documents import rules
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument, Secrecy
from dieuhanh.registers.documents.queries import INCOMING, OUTGOING


def _confidentiality(secrecy: str, asked: str) -> str:
    """A secret document is a secret entry, whatever level was asked for it."""
    return asked if secrecy == Secrecy.NONE else Confidentiality.SECRET


def _refuse_content_of_secret(secrecy: str, **content: str) -> None:
    if secrecy == Secrecy.NONE:
        return
    for field, value in content.items():
        if value:
            raise Refusal(_("Văn bản mật chỉ vào sổ phần ngoài: bỏ trống ô này."), field=field)


@transaction.atomic
def register_incoming(
    *,
    actor: Person,
    opened_on: date,
    origin: str,
    sender: str,
    type: str,
    secrecy: str,
    symbol: str,
    issued_on: date | None,
    title: str,
    unit: Unit,
    bypasses_level: bool = False,
    holder: str = "",
    confidentiality: str = Confidentiality.ORDINARY,
) -> IncomingDocument:
    """Register a document that arrived (vào sổ văn bản đến); it must be forwarded in time.

    Args:
        opened_on: day of arrival.
        unit: who handles it; for a secret one, who keeps the book of secrets.
        confidentiality: ordinary, or restricted to the units; a secret one is secret.

    Raises:
        Forbidden: ``actor`` does not keep this book.
        WrongDate: the day lies in the future.
        Refusal: content was typed for a secret document (nothing of it may be held here).

    Law: Nghị định 30/2020/NĐ-CP, Điều 22, Điều 23 (VT-41, VT-43); Luật Bảo vệ bí mật nhà nước
        29/2018/QH14, Điều 5 (VT-71, VT-72).
    """
    _refuse_content_of_secret(secrecy, title=title, symbol=symbol)
    secret = secrecy != Secrecy.NONE
    entry = open_entry(
        INCOMING,
        actor=actor,
        unit=unit,
        kind=rules.incoming_kind(
            origin=origin, type=type, secrecy=secrecy, bypasses_level=bypasses_level
        ),
        title=title,
        opened_on=opened_on,
        book="documents.incoming.secret" if secret else INCOMING,
        confidentiality=_confidentiality(secrecy, confidentiality),
        also_found_by=[symbol, sender],
    )
    document = IncomingDocument.objects.create(
        entry=entry,
        origin=origin,
        sender=sender,
        type=type,
        secrecy=secrecy,
        symbol=symbol,
        issued_on=issued_on,
        bypasses_level=bypasses_level,
        holder=holder or (_("Văn thư mật") if secret else ""),
    )
    owe(
        entry,
        duty=_("Đăng ký, trình, chuyển văn bản đến"),
        start=start_of_business(opened_on),
        limit_key="doc.in.forward",
    )
    record("document.registered", actor=actor, entry_id=entry.pk, subject=str(entry))
    return document


@transaction.atomic
def correct_incoming(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> IncomingDocument:
    """Correct what was registered of an incoming document, with a reason.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: it would give content to a secret document, or change its level of secrecy.

    Law: Nghị định 30/2020/NĐ-CP, Điều 22.
    """
    entry = lock_entry(entry_id, actor=actor)
    document = IncomingDocument.objects.get(pk=entry_id)
    after = {name: getattr(document, name) for name in ("origin", "type", "bypasses_level")}
    after |= {name: changes[name] for name in after if name in changes}
    if changes.pop("secrecy", document.secrecy) != document.secrecy:  # another level, another book
        raise Refusal(
            _("Văn bản đã vào sổ thì không đổi độ mật; xin vào sổ đúng độ mật."), field="secrecy"
        )
    _refuse_content_of_secret(
        document.secrecy, title=changes.get("title", ""), symbol=changes.get("symbol", "")
    )
    changes["kind"] = rules.incoming_kind(secrecy=document.secrecy, **after)
    level = changes.get("confidentiality", entry.confidentiality)
    changes["confidentiality"] = _confidentiality(document.secrecy, level)
    correct_entry(
        entry,
        document,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=[
            changes.get("symbol", document.symbol), changes.get("sender", document.sender),
        ],
    )  # fmt: skip
    return document


@transaction.atomic
def issue_outgoing(
    *,
    actor: Person,
    opened_on: date,
    issuer: str,
    type: str,
    secrecy: str,
    title: str,
    signer: str,
    recipients: str,
    unit: Unit,
    holder: str = "",
    confidentiality: str = Confidentiality.ORDINARY,
) -> OutgoingDocument:
    """Give a signed document its number and date (đăng ký văn bản đi).

    Raises:
        Forbidden: ``actor`` does not keep this book.
        WrongDate: the day lies in the future.
        Refusal: content was typed for a secret document.

    Law: Nghị định 30/2020/NĐ-CP, Điều 15, Điều 18 (VT-01…VT-07, VT-31).
    """
    _refuse_content_of_secret(secrecy, title=title, recipients=recipients)
    secret = secrecy != Secrecy.NONE
    entry = open_entry(
        OUTGOING,
        actor=actor,
        unit=unit,
        kind=rules.outgoing_kind(issuer=issuer, type=type, secrecy=secrecy),
        title=title,
        opened_on=opened_on,
        book=rules.outgoing_book(issuer=issuer, type=type, secrecy=secrecy),
        confidentiality=_confidentiality(secrecy, confidentiality),
        also_found_by=[recipients, signer],
    )
    document = OutgoingDocument.objects.create(
        entry=entry,
        issuer=issuer,
        type=type,
        secrecy=secrecy,
        symbol=""
        if secret
        else rules.symbol(number=entry.number, year=entry.year, issuer=issuer, type=type),
        signer=signer,
        recipients=recipients,
        holder=holder or (_("Văn thư mật") if secret else ""),
    )
    if not secret:  # its number is part of the symbol, so it was not known before
        entry.folded = searchable([title, document.symbol, recipients, signer])
        entry.save(update_fields=["folded"])
    owe(
        entry,
        duty=_("Phát hành văn bản"),
        start=start_of_business(opened_on),
        limit_key="doc.out.issue",
    )
    record("document.issued", actor=actor, entry_id=entry.pk, subject=str(entry))
    return document


@transaction.atomic
def correct_outgoing(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> OutgoingDocument:
    """Correct the register's record of an outgoing document, with a reason.

    Its number, date, issuer, type and secrecy stand: a wrong document is replaced or corrected
    by another document (VT-32).

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        Refusal: it would give content to a secret document, or change what stands.

    Law: Nghị định 30/2020/NĐ-CP, Điều 18.
    """
    entry = lock_entry(entry_id, actor=actor)
    document = OutgoingDocument.objects.get(pk=entry_id)
    _refuse_content_of_secret(
        document.secrecy,
        title=changes.get("title", ""),
        recipients=changes.get("recipients", ""),
    )
    for name in ("opened_on", "issuer", "type", "secrecy"):
        stands = getattr(entry if name == "opened_on" else document, name)
        if changes.pop(name, stands) != stands:
            raise Refusal(
                _("Ô này không đính chính được: văn bản sai thì thay bằng văn bản khác."),
                field=name,
            )
    level = changes.get("confidentiality", entry.confidentiality)
    changes["confidentiality"] = _confidentiality(document.secrecy, level)
    correct_entry(
        entry,
        document,
        actor=actor,
        version=version,
        reason=reason,
        changes=changes,
        also_found_by=[
            document.symbol,
            changes.get("recipients", document.recipients),
            changes.get("signer", document.signer),
        ],
    )
    return document
