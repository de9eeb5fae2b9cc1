"""The story of a page (diễn biến): lines of the journal, newest first; a cut is always said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dieuhanh.kernel.journal.models import Line

LENGTH = 50


def events_of(
    lines: QuerySet[Line], tell: Callable[[Line], dict[str, Any]]
) -> list[dict[str, Any]]:
    """The newest of ``lines``, each with what ``tell`` says of it; the last one says if older
    ones are left."""
    found = list(lines.order_by("-pk")[: LENGTH + 1])
    events = [{"at": one.at, "who": one.actor_name, **tell(one)} for one in found[:LENGTH]]
    if len(found) > LENGTH:
        older = _("Còn các dòng cũ hơn trong nhật ký.")
        events.append({"at": found[-1].at, "icon": "history", "sentence": older})
    return events
