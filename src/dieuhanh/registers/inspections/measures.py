"""The figure of inspections of public duty."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Window, measure
from dieuhanh.registers.inspections import queries
from dieuhanh.registers.inspections.queries import INSPECTIONS


@measure(
    "inspections.public_duty.count",
    label=_("Cuộc kiểm tra công vụ"),
    unit=_("cuộc"),
    definition=_("Cuộc kiểm tra theo kế hoạch và đột xuất, kể cả tái kiểm tra."),
    window=_("có ngày kiểm tra trong kỳ"),
    register=INSPECTIONS,
    owner=_("Sở Nội vụ"),
    assumption=_("Bộ dữ liệu giả định chín phần mười số cuộc là đột xuất (“chủ yếu là đột xuất”)."),
)
def carried_out(window: Window) -> Entries:
    return Entries(queries.carried_out(window))
