"""Writing lines and sealing them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line, Seal


class Actor(Protocol):
    """Whoever acts: a person who is signed in, or the system itself.

    ``acting`` is the mandate under which a person does another's work; its ``giver`` has a ``pk``
    and a ``full_name``.
    """

    pk: Any
    full_name: str
    acting: Any

    @property
    def unit_name(self) -> str: ...


class System:
    """The actor of imports and scheduled work."""

    pk = None
    full_name = "Hệ thống"
    unit_name = ""
    acting = None


SYSTEM = System()


def record(
    verb: str,
    *,
    actor: Actor,
    subject: str,
    entry_id: int | None = None,
    reason: str = "",
    **details: Any,
) -> Line:
    """Write one line inside the caller's transaction; it stands or falls with the change itself.

    ``details`` must hold no personal data of citizens and nothing of a secret document.
    """
    with connection.cursor() as cursor:  # writers do not wait for each other, only for a seal
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('journal_seal'))")
    return Line.objects.create(
        at=clock.now(),
        actor_id=actor.pk,
        actor_name=actor.full_name,
        actor_unit=actor.unit_name,
        for_id=actor.acting.giver.pk if actor.acting else None,
        for_name=actor.acting.giver.full_name if actor.acting else "",
        verb=verb,
        entry_id=entry_id,
        subject=subject[:300],
        reason=reason,
        details=details,
    )


def _digest(previous: str, lines: list[Line]) -> str:
    whole = hashlib.sha256(previous.encode())
    for line in lines:
        values = [
            line.pk,
            line.at.isoformat(timespec="microseconds"),
            line.actor_id,
            line.actor_name,
            line.actor_unit,
            line.verb,
            line.entry_id,
            line.subject,
            line.reason,
            line.details,
        ]
        if line.for_id is not None or line.for_name:  # lines before the two columns keep their sum
            values += [line.for_id, line.for_name]
        whole.update(json.dumps(values, ensure_ascii=False, sort_keys=True).encode())
    return whole.hexdigest()


@transaction.atomic
def seal() -> Seal | None:
    """Chain all lines since the last seal. Returns None when there are none.

    Sealing is a job of its own, so that writers never wait for each other.
    """
    # Waits for lines that have a number but are not committed: none may appear under a seal later.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal_seal'))")
    last = Seal.objects.order_by("-last_line").first()
    lines = list(Line.objects.filter(pk__gt=last.last_line if last else 0).order_by("pk"))
    if not lines:
        return None
    return Seal.objects.create(
        first_line=lines[0].pk,
        last_line=lines[-1].pk,
        digest=_digest(last.digest if last else "", lines),
        sealed_at=clock.now(),
    )


def broken_seals() -> list[Seal]:
    """The seals whose lines are no longer what was sealed."""
    broken, previous, after = [], "", 0
    for mark in Seal.objects.order_by("last_line"):
        lines = list(Line.objects.filter(pk__gt=after, pk__lte=mark.last_line).order_by("pk"))
        if _digest(previous, lines) != mark.digest:
            broken.append(mark)
        previous, after = mark.digest, mark.last_line
    return broken


def last_line_at() -> datetime | None:
    """When the last line was written, by the clock of whoever wrote it; None: no line yet."""
    return Line.objects.order_by("-pk").values_list("at", flat=True).first()


def last_line_id() -> int:
    """Changes with every action, so it serves as the version of all registers together."""
    return Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
