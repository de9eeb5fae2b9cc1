"""The figures of reception, letters, cases and accountability."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Growth, Share, Window, measure
from dieuhanh.registers.complaints import queries
from dieuhanh.registers.complaints.queries import CASES, LETTERS, REVIEWS, VISITS

RECEPTION_OFFICE = _("Ban Tiếp công dân Thành phố")
INSPECTORATE = _("Thanh tra Thành phố")
BASE_ASSUMED = _(
    "Số cùng kỳ năm trước là giả định của bộ dữ liệu, tính ngược từ mức tăng đã in; "
    "không dùng cho việc khác."
)


@measure(
    "reception.citizen_visits.total",
    label=_("Lượt công dân các cơ quan hành chính đã tiếp"),
    unit=_("lượt"),
    definition=_("Lượt tiếp trong sổ tiếp công dân, không tính lượt do lãnh đạo Thành phố tiếp."),
    window=_("có ngày tiếp trong kỳ"),
    register=VISITS,
    compare=True,
    owner=RECEPTION_OFFICE,
    assumption=BASE_ASSUMED,
)
def visits_total(window: Window) -> Entries:
    return Entries(queries.opened(VISITS, window, kind="regular"))


@measure(
    "reception.citizen_visits.growth",
    label=_("Lượt tiếp công dân so với cùng kỳ"),
    unit="%",
    definition=_("Mức tăng, giảm của lượt tiếp so với cùng kỳ năm trước."),
    register=VISITS,
    owner=RECEPTION_OFFICE,
    assumption=BASE_ASSUMED,
)
def visits_growth(window: Window) -> Growth:
    return Growth("reception.citizen_visits.total")


@measure(
    "reception.leadership.citizen_visits",
    label=_("Lượt công dân do Chủ tịch, Phó Chủ tịch tiếp, đối thoại"),
    unit=_("lượt"),
    definition=_("Lượt tiếp do lãnh đạo UBND Thành phố chủ trì."),
    window=_("có ngày tiếp trong kỳ"),
    register=VISITS,
    owner=RECEPTION_OFFICE,
)
def visits_by_leaders(window: Window) -> Entries:
    return Entries(queries.opened(VISITS, window, kind="leader"))


LETTER_PARTS = {
    "complaints.letters.complaint": ("complaint", _("Đơn khiếu nại")),
    "complaints.letters.denunciation": ("denunciation", _("Đơn tố cáo")),
    "complaints.letters.petition_feedback": (
        "petition", _("Đơn kiến nghị, phản ánh, dân nguyện"),
    ),
}  # fmt: skip


@measure(
    "complaints.letters.total",
    label=_("Đơn đã tiếp nhận và xử lý"),
    unit=_("đơn"),
    definition=_("Đơn trong sổ đơn thư của các cơ quan hành chính, theo nội dung đơn."),
    window=_("có ngày nhận trong kỳ"),
    parts=tuple(LETTER_PARTS),
    complete=True,
    register=LETTERS,
    owner=RECEPTION_OFFICE,
)
def letters_total(window: Window) -> Entries:
    return Entries(queries.opened(LETTERS, window))


for _id, (_kind, _label) in LETTER_PARTS.items():

    @measure(
        _id,
        label=_label,
        unit=_("đơn"),
        definition=_("Phân loại theo nội dung, không theo tiêu đề (Thông tư 05/2021/TT-TTCP)."),
        window=_("có ngày nhận trong kỳ"),
        register=LETTERS,
        owner=RECEPTION_OFFICE,
    )
    def _letters_part(window: Window, kind: str = _kind) -> Entries:
        return Entries(queries.opened(LETTERS, window, kind=kind))


@measure(
    "complaints.cases.accepted",
    label=_("Vụ khiếu nại, tố cáo đã thụ lý"),
    unit=_("vụ"),
    definition=_("Vụ việc thụ lý theo thẩm quyền. Số vụ khác số đơn."),
    window=_("có ngày thụ lý trong kỳ"),
    parts=("complaints.cases.accepted.complaint", "complaints.cases.accepted.denunciation"),
    complete=True,
    register=CASES,
    compare=True,
    owner=INSPECTORATE,
    assumption=BASE_ASSUMED,
)
def cases_accepted(window: Window) -> Entries:
    return Entries(queries.opened(CASES, window))


@measure(
    "complaints.cases.growth",
    label=_("Vụ việc thụ lý so với cùng kỳ"),
    unit="%",
    definition=_("Mức tăng, giảm của số vụ thụ lý so với cùng kỳ năm trước."),
    decimals=2,
    register=CASES,
    owner=INSPECTORATE,
    assumption=BASE_ASSUMED,
)
def cases_growth(window: Window) -> Growth:
    return Growth("complaints.cases.accepted")


@measure(
    "complaints.cases.resolved",
    label=_("Vụ khiếu nại, tố cáo đã giải quyết"),
    unit=_("vụ"),
    definition=_("Vụ việc thụ lý trong kỳ và đã giải quyết xong tính đến ngày chốt số liệu."),
    window=_("thụ lý trong kỳ, đã giải quyết"),
    parts=("complaints.cases.resolved.complaint", "complaints.cases.resolved.denunciation"),
    complete=True,
    register=CASES,
    owner=INSPECTORATE,
)
def cases_resolved(window: Window) -> Entries:
    return Entries(queries.cases_settled(window))


@measure(
    "complaints.cases.resolved_pct",
    label=_("Tỷ lệ giải quyết vụ việc"),
    unit="%",
    definition=_("Số vụ đã giải quyết trên số vụ đã thụ lý."),
    register=CASES,
    owner=INSPECTORATE,
)
def cases_resolved_share(window: Window) -> Share:
    return Share("complaints.cases.resolved", "complaints.cases.accepted")


for _kind, _accepted, _resolved in (
    ("complaint", _("Vụ khiếu nại đã thụ lý"), _("Vụ khiếu nại đã giải quyết")),
    ("denunciation", _("Vụ tố cáo đã thụ lý"), _("Vụ tố cáo đã giải quyết")),
):

    @measure(
        f"complaints.cases.accepted.{_kind}",
        label=_accepted,
        unit=_("vụ"),
        definition=_("Vụ việc thụ lý theo thẩm quyền, theo loại."),
        window=_("có ngày thụ lý trong kỳ"),
        register=CASES,
        owner=INSPECTORATE,
    )
    def _accepted_part(window: Window, kind: str = _kind) -> Entries:
        return Entries(queries.opened(CASES, window, kind=kind))

    @measure(
        f"complaints.cases.resolved.{_kind}",
        label=_resolved,
        unit=_("vụ"),
        definition=_("Vụ việc thụ lý trong kỳ và đã giải quyết xong, theo loại."),
        window=_("thụ lý trong kỳ, đã giải quyết"),
        register=CASES,
        owner=INSPECTORATE,
    )
    def _resolved_part(window: Window, kind: str = _kind) -> Entries:
        return Entries(queries.cases_settled(window, kind=kind))


for _kind, _plural, _label, _unit in (
    ("collective", "collectives", _("Tập thể đã kiểm điểm trách nhiệm"), _("tập thể")),
    ("individual", "individuals", _("Cá nhân đã kiểm điểm trách nhiệm"), _("cá nhân")),
):

    @measure(
        f"complaints.accountability.{_plural}",
        label=_label,
        unit=_unit,
        definition=_("Lượt kiểm điểm trách nhiệm qua giải quyết khiếu nại, tố cáo."),
        window=_("có ngày kiểm điểm trong kỳ"),
        register=REVIEWS,
        owner=INSPECTORATE,
    )
    def _reviews(window: Window, kind: str = _kind) -> Entries:
        return Entries(queries.opened(REVIEWS, window, kind=kind))
