"""The story of a page (diễn biến): lines of the journal, newest first; a cut is always said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.journal.queries import lines_of
from dieuhanh.kernel.obligations.models import Obligation

LENGTH = 50
#: verb of the journal → icon, what the story says of it: of obligations, on their page and the entry's.
DUTY_TOLD = {
    "obligation.done": ("check", gettext_lazy("báo hoàn thành.")),
    "obligation.confirmed": ("check", gettext_lazy("xác nhận hoàn thành.")),
    "obligation.returned": ("arrow-back-up", gettext_lazy("trả lại, đề nghị làm tiếp.")),
    "obligation.paused": ("player-pause", gettext_lazy("tạm dừng thời hạn.")),
    "obligation.resumed": ("player-play", gettext_lazy("cho tính tiếp thời hạn.")),
    "obligation.length_set": ("calendar-event", gettext_lazy("đặt thời hạn.")),
    "obligation.handed_over": ("users", gettext_lazy("bàn giao.")),
    "obligation.urged": ("bell", gettext_lazy("đôn đốc.")),
    "obligation.recalculated": ("calendar-event", gettext_lazy("tính lại thời hạn.")),
    "extension.asked": ("calendar-event", gettext_lazy("đề nghị gia hạn.")),
    "extension.granted": ("calendar-event", gettext_lazy("đồng ý gia hạn.")),
    "extension.refused": ("calendar-event", gettext_lazy("không đồng ý gia hạn.")),
    "duty.repeated": ("calendar-event", gettext_lazy("giao việc định kỳ.")),
    "duty.ended": ("calendar-event", gettext_lazy("dừng việc định kỳ.")),
    "duty.due": ("calendar-event", gettext_lazy("ghi việc định kỳ đến kỳ.")),
}


def who(line: Line) -> str:
    """Who did it, and for whom: "Nguyễn Văn B, làm thay Trần Thị A"."""
    if not line.for_name:
        return line.actor_name
    return _("%(actor)s, làm thay %(giver)s") % {"actor": line.actor_name, "giver": line.for_name}


def duty_lines(obligation: Obligation) -> QuerySet[Line]:
    """What the journal tells of one obligation."""
    told = lines_of(obligation.entry_id).filter(verb__in=DUTY_TOLD)
    return told.filter(details__obligation=obligation.pk)


def tell_duty(line: Line) -> dict[str, Any]:
    """Icon, sentence and detail of a line of `DUTY_TOLD`."""
    icon, sentence = DUTY_TOLD[line.verb]
    details = []
    if line.reason:
        details.append(_("Lý do: %(reason)s") % {"reason": line.reason})
    if line.details.get("outcome"):
        details.append(line.details["outcome"])
    return {"icon": icon, "sentence": sentence, "detail": " · ".join(details)}


def events_of(
    lines: QuerySet[Line], tell: Callable[[Line], dict[str, Any]]
) -> list[dict[str, Any]]:
    """The newest of ``lines``, each with what ``tell`` says of it; the last one says if older
    ones are left."""
    found = list(lines.order_by("-pk")[: LENGTH + 1])
    events = [{"at": one.at, "who": who(one), **tell(one)} for one in found[:LENGTH]]
    if len(found) > LENGTH:
        older = _("Còn các dòng cũ hơn trong nhật ký.")
        events.append({"at": found[-1].at, "icon": "history", "sentence": older})
    return events
