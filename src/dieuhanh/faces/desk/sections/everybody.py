"""For everybody: what changed on one's work since the last working day, and forms not sent yet."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.faces.desk import unsent
from dieuhanh.faces.desk.journal_words import done
from dieuhanh.faces.desk.sections.parts import Look, Section
from dieuhanh.faces.desk.story import who
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.personal.queries import unsent_of
from dieuhanh.kernel.tracking.changes import changes
from dieuhanh.text import dates

MOST_CHANGES = 8
MOST_UNSENT = 5


def changed(look: Look) -> Section:
    found = changes(look.sight, look.tally.days, size=MOST_CHANGES)
    since = dates.day(dates.local_day(found.since))
    lines = []
    for one in found.rows:
        register = registry.get(one.mine["register"])
        lines.append(
            {
                "label": one.mine["title"] or _("Văn bản mật"),
                "url": reverse("desk:entry", args=[register.slug, one.entry_id]),
                "figure": dates.moment(one.at),
                "sub": f"{register.label} · {who(one)} {done(one.verb)}",
            }
        )
    words = _("Không có thay đổi nào từ hết ngày %(day)s trên việc của ông/bà.") % {"day": since}
    if found.more:
        words = _("Còn các thay đổi khác từ hết ngày %(day)s; xem diễn biến ở từng mục.") % {
            "day": since
        }
    return Section(
        title=_("Thay đổi từ hết ngày %(day)s") % {"day": since},
        lines=lines,
        words=words if found.more or not lines else "",
    )


def not_sent(look: Look) -> Section | None:
    """None where there is none, and on a past day: nobody knows what was not sent then."""
    if look.sight.past:
        return None
    found = list(unsent_of(look.person)[: MOST_UNSENT + 1])
    if not found:
        return None
    return Section(
        title=_("Biểu mẫu chưa gửi"),
        url=reverse("desk:unsent"),
        url_label=_("Tất cả"),
        lines=[
            {
                "label": one.title,
                "url": unsent.open_url(one.address),
                "figure": dates.moment(one.saved_at),
                "sub": "",
            }
            for one in found[:MOST_UNSENT]
        ],
        words=_("Còn biểu mẫu khác chưa gửi.") if len(found) > MOST_UNSENT else "",
    )
