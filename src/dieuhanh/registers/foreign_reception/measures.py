"""The figures of international reception: delegations and meetings are counted apart."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Window, measure
from dieuhanh.registers.foreign_reception import queries
from dieuhanh.registers.foreign_reception.queries import DELEGATIONS, MEETINGS

OWNER = _("Sở Ngoại vụ")


@measure(
    "foreign_reception.delegations",
    label=_("Đoàn khách quốc tế đến chào xã giao và làm việc"),
    unit=_("đoàn"),
    definition=_("Đoàn khách quốc tế đến thành phố; một đoàn tiếp nhiều cuộc vẫn là một đoàn."),
    window=_("có ngày đến trong kỳ"),
    register=DELEGATIONS,
    owner=OWNER,
)
def delegations(window: Window) -> Entries:
    return Entries(queries.arrived(window))


@measure(
    "foreign_reception.leader_meetings",
    label=_("Cuộc tiếp, làm việc của lãnh đạo UBND Thành phố với khách quốc tế"),
    unit=_("cuộc"),
    definition=_("Cuộc tiếp đoàn khách quốc tế do Chủ tịch, Phó Chủ tịch UBND Thành phố chủ trì."),
    window=_("có ngày tiếp trong kỳ, do Chủ tịch hoặc Phó Chủ tịch tiếp"),
    register=MEETINGS,
    owner=OWNER,
)
def leader_meetings(window: Window) -> Entries:
    return Entries(queries.met_by_leaders(window))
