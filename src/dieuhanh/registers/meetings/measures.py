"""The figures of meetings: held, decided, attended (HO-10)."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Window, measure
from dieuhanh.registers.meetings import queries
from dieuhanh.registers.meetings.queries import ATTENDANCE, ITEMS, SESSIONS

HELD = _("có ngày họp trong kỳ")
OWNER = _("Văn phòng UBND Thành phố")
_held = {"register": SESSIONS, "owner": OWNER, "window": HELD}
_attended = {"register": ATTENDANCE, "owner": OWNER, "window": HELD, "unit": _("cuộc họp")}


@measure(
    "meetings.total",
    label=_("Cuộc họp đã tổ chức"),
    unit=_("cuộc họp"),
    definition=_("Phiên họp tập thể UBND và cuộc họp do Chủ tịch, các Phó Chủ tịch chủ trì."),
    parts=("meetings.collective_sessions", "meetings.chaired_by_leaders"),
    complete=True,
    **_held,
)
def total(window: Window) -> Entries:
    return Entries(queries.held(window))


@measure(
    "meetings.collective_sessions",
    label=_("Phiên họp tập thể UBND"),
    unit=_("phiên họp"),
    definition=_("Phiên họp tập thể Ủy ban nhân dân Thành phố, thường kỳ và chuyên đề."),
    **_held,
)
def collective_sessions(window: Window) -> Entries:
    return Entries(queries.held(window, "collective"))


@measure(
    "meetings.collective_sessions.items_adopted",
    label=_("Nội dung được phiên họp tập thể thông qua"),
    unit=_("nội dung"),
    definition=_(
        "Nội dung của phiên họp tập thể họp trong kỳ, đã thông qua (kể cả thông qua có yêu cầu "
        "chỉnh sửa), tính đến ngày chốt số liệu."
    ),
    window=_("thuộc phiên họp tập thể trong kỳ, đã thông qua"),
    register=ITEMS,
    owner=OWNER,
)
def items_adopted(window: Window) -> Entries:
    return Entries(queries.adopted_in_collective_sessions(window))


@measure(
    "meetings.chaired_by_leaders",
    label=_("Cuộc họp do Chủ tịch, Phó Chủ tịch chủ trì"),
    unit=_("cuộc họp"),
    definition=_("Cuộc họp giải quyết công việc thường xuyên, không phải phiên họp tập thể."),
    **_held,
)
def chaired_by_leaders(window: Window) -> Entries:
    return Entries(queries.held(window, "chaired"))


@measure(
    "meetings.attended.government",
    label=_("Cuộc họp của Chính phủ đã dự"),
    definition=_("Cuộc họp do Chính phủ tổ chức mà UBND Thành phố cử người dự."),
    **_attended,
)
def attended_government(window: Window) -> Entries:
    return Entries(queries.attended(window, "government"))


@measure(
    "meetings.attended.city_party",
    label=_("Cuộc họp của Thành ủy đã dự"),
    definition=_("Cuộc họp do Thành ủy tổ chức mà UBND Thành phố cử người dự."),
    **_attended,
)
def attended_city_party(window: Window) -> Entries:
    return Entries(queries.attended(window, "city_party"))


@measure(
    "meetings.attended.people_council",
    label=_("Cuộc họp của Thường trực HĐND đã dự"),
    definition=_("Cuộc họp do Thường trực HĐND Thành phố chủ trì mà UBND Thành phố cử người dự."),
    **_attended,
)
def attended_people_council(window: Window) -> Entries:
    return Entries(queries.attended(window, "people_council"))
