"""Receiving and correcting feedback. Answering it is closing its entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry, open_entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.obligations.actions import correct_entry, owe, start_of_business
from dieuhanh.registers.feedback.models import Feedback
from dieuhanh.registers.feedback.queries import FEEDBACK

#: The limit for answering is not confirmed (PA-04): a named row of data with an owner.
LIMIT = "feedback.answer"


@transaction.atomic
def receive_feedback(
    *,
    actor: Person,
    opened_on: date,
    about: str,
    channel: str,
    title: str,
    unit: Unit,
) -> Feedback:
    """Receive a feedback; it must be answered in time.

    Args:
        title: what it is about, without the sender's name.

    Raises:
        Forbidden: ``actor`` does not keep this register.
        WrongDate: the day lies in the future.

    Law: Nghị định 20/2008/NĐ-CP (PA-01, PA-04).
    """
    entry = open_entry(
        FEEDBACK, actor=actor, unit=unit, kind=about, title=title, opened_on=opened_on
    )
    feedback = Feedback.objects.create(entry=entry, about=about, channel=channel)
    owe(
        entry,
        duty=_("Xử lý, trả lời phản ánh, kiến nghị"),
        start=start_of_business(opened_on),
        limit_key=LIMIT,
    )
    record("feedback.received", actor=actor, entry_id=entry.pk, subject=str(entry))
    return feedback


@transaction.atomic
def correct_feedback(
    entry_id: int, *, actor: Person, version: int, reason: str, **changes: Any
) -> Feedback:
    """Correct a feedback's record, with a reason; a corrected day of receipt moves its clock.

    Raises:
        Forbidden: ``actor`` may not change it.
        Stale: it was changed since ``version``.
        WrongDate: the day lies in the future.

    Law: Nghị định 20/2008/NĐ-CP.
    """
    entry = lock_entry(entry_id, actor=actor)
    feedback = Feedback.objects.get(pk=entry_id)
    changes["kind"] = changes.get("about", feedback.about)
    correct_entry(entry, feedback, actor=actor, version=version, reason=reason, changes=changes)
    return feedback
