"""The figures of the press: conferences held, directing documents issued."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Distinct, Entries, Window, measure
from dieuhanh.registers.press import queries
from dieuhanh.registers.press.queries import CONFERENCES, MATTERS

OWNER = _("Văn phòng UBND Thành phố")


@measure(
    "press.periodic_conferences",
    label=_("Cuộc họp báo định kỳ"),
    unit=_("cuộc"),
    definition=_("Họp báo định kỳ do UBND Thành phố tổ chức, không tính họp báo đột xuất."),
    window=_("có ngày họp trong kỳ"),
    register=CONFERENCES,
    owner=OWNER,
)
def periodic_conferences(window: Window) -> Entries:
    return Entries(queries.held(window, "periodic"))


@measure(
    "press.response_documents",
    label=_("Văn bản chỉ đạo giải quyết thông tin báo chí phản ánh"),
    unit=_("văn bản"),
    definition=_("Số, ký hiệu khác nhau của văn bản chỉ đạo; một văn bản có thể cho nhiều tin."),
    window=_("có ngày văn bản chỉ đạo trong kỳ"),
    register=MATTERS,
    owner=OWNER,
    assumption=_("Bộ dữ liệu giả định mỗi văn bản chỉ đạo giải quyết một thông tin báo chí."),
)
def response_documents(window: Window) -> Distinct:
    return Distinct(queries.directed(window), of="pressmatter__response_symbol")
