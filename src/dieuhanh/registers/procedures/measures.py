"""The figures of procedures. The listed total is not the sum of the effects (B9, X-06)."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Window, measure
from dieuhanh.registers.procedures import queries
from dieuhanh.registers.procedures.queries import CHANGES, DECISIONS

ISSUED = _("có ngày ban hành quyết định trong kỳ")
OWNER = _("Văn phòng UBND Thành phố")
OVERLAP = _(
    "Một thủ tục có thể thuộc nhiều nhóm: số trong danh mục không phải tổng các nhóm (B9). "
    "Bộ dữ liệu giả định danh mục gồm các thủ tục mới, sửa đổi và một số giữ nguyên."
)
_decision = {
    "unit": _("quyết định"), "window": ISSUED, "register": DECISIONS, "owner": OWNER,
}  # fmt: skip
_change = {
    "unit": _("thủ tục"), "window": ISSUED, "register": CHANGES, "owner": OWNER,
    "assumption": OVERLAP,
}  # fmt: skip


@measure(
    "procedures.publication_decisions",
    label=_("Quyết định công bố danh mục thủ tục hành chính"),
    definition=_("Quyết định công bố thủ tục hành chính, không tính phê duyệt quy trình nội bộ."),
    **_decision,
)
def publication_decisions(window: Window) -> Entries:
    return Entries(queries.issued(window, "publication"))


@measure(
    "procedures.internal_process_decisions",
    label=_("Quyết định phê duyệt quy trình nội bộ"),
    definition=_("Quyết định phê duyệt quy trình nội bộ giải quyết thủ tục hành chính."),
    **_decision,
)
def internal_process_decisions(window: Window) -> Entries:
    return Entries(queries.issued(window, "internal_process"))


@measure(
    "procedures.list_published",
    label=_("Thủ tục trong danh mục đã công bố"),
    definition=_("Thủ tục có trong danh mục ban hành kèm theo các quyết định công bố của kỳ."),
    parts=("procedures.new", "procedures.amended"),
    **_change,
)
def list_published(window: Window) -> Entries:
    return Entries(queries.listed(window))


@measure(
    "procedures.new",
    label=_("Thủ tục mới ban hành"),
    definition=_("Thủ tục ban hành mới theo quyết định công bố của bộ chủ quản."),
    **_change,
)
def new(window: Window) -> Entries:
    return Entries(queries.changed(window, "new"))


@measure(
    "procedures.amended",
    label=_("Thủ tục được sửa đổi, bổ sung"),
    definition=_("Thủ tục được sửa đổi, bổ sung trong các quyết định công bố của kỳ."),
    **_change,
)
def amended(window: Window) -> Entries:
    return Entries(queries.changed(window, "amended"))


@measure(
    "procedures.abolished",
    label=_("Thủ tục bị bãi bỏ"),
    definition=_("Thủ tục bị bãi bỏ trong các quyết định công bố của kỳ; không có trong danh mục."),
    **_change,
)
def abolished(window: Window) -> Entries:
    return Entries(queries.changed(window, "abolished"))
