"""The figures of feedback: received, in time, late and in progress partition the total (PA-05)."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Window, measure
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.registers.feedback import queries
from dieuhanh.registers.feedback.queries import FEEDBACK

RECEIVED = _("có ngày tiếp nhận trong kỳ")
OWNER = _("Văn phòng UBND Thành phố")
LIMIT_UNCONFIRMED = _(
    "Thời hạn trả lời là cấu hình chưa được xác nhận (PA-04); đổi thời hạn thì số này đổi theo."
)
_common = {"unit": _("phản ánh, kiến nghị"), "register": FEEDBACK, "owner": OWNER}


@measure(
    "feedback.regulations.received",
    label=_("Phản ánh, kiến nghị đã tiếp nhận"),
    definition=_("Phản ánh, kiến nghị về quy định và hành vi hành chính."),
    window=RECEIVED,
    parts=(
        "feedback.regulations.on_time",
        "feedback.regulations.overdue",
        "feedback.regulations.in_progress",
    ),
    complete=True,
    **_common,
)
def received(window: Window) -> Entries:
    return Entries(queries.received(window))


@measure(
    "feedback.regulations.on_time",
    label=_("Phản ánh, kiến nghị đã xử lý đúng hạn"),
    definition=_("Tiếp nhận trong kỳ, trả lời trong thời hạn, tính đến ngày chốt số liệu."),
    window=_("tiếp nhận trong kỳ, trả lời đúng hạn"),
    assumption=LIMIT_UNCONFIRMED,
    **_common,
)
def on_time(window: Window) -> Entries:
    return Entries(queries.handled(window, State.DONE_IN_TIME))


@measure(
    "feedback.regulations.overdue",
    label=_("Phản ánh, kiến nghị đã xử lý quá hạn"),
    definition=_("Tiếp nhận trong kỳ, trả lời sau thời hạn, tính đến ngày chốt số liệu."),
    window=_("tiếp nhận trong kỳ, trả lời quá hạn"),
    assumption=LIMIT_UNCONFIRMED,
    **_common,
)
def overdue(window: Window) -> Entries:
    return Entries(queries.handled(window, State.DONE_LATE))


@measure(
    "feedback.regulations.in_progress",
    label=_("Phản ánh, kiến nghị đang xử lý"),
    definition=_("Tiếp nhận trong kỳ, chưa trả lời tính đến ngày chốt số liệu."),
    window=_("tiếp nhận trong kỳ, chưa trả lời"),
    **_common,
)
def in_progress(window: Window) -> Entries:
    return Entries(queries.in_progress(window))
