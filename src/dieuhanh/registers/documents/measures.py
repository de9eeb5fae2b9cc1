"""The figures of documents."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Window, measure
from dieuhanh.registers.documents import queries
from dieuhanh.registers.documents.queries import INCOMING, OUTGOING

ARRIVED = _("có ngày đến trong kỳ")
ISSUED = _("có ngày văn bản trong kỳ")
OFFICE = _("Văn phòng UBND Thành phố")
DISJOINT = _(
    "Giả định của bộ dữ liệu: các nhóm in trong báo cáo không trùng nhau; "
    "phần còn lại không có tên nhóm."
)

INCOMING_PARTS = {
    "documents.incoming.central": (
        "central",
        _("Văn bản Trung ương"),
        _("Văn bản của Trung ương Đảng, Quốc hội, Chính phủ, bộ, ngành; không tính văn bản mật, "
          "giấy mời, hồ sơ một cửa và văn bản vượt cấp."),
    ),
    "documents.incoming.local": (
        "local",
        _("Văn bản địa phương"),
        _("Văn bản của cơ quan, đơn vị trong Thành phố, kể cả Thành ủy và HĐND Thành phố."),
    ),
    "documents.incoming.meeting_invitations": (
        "invitation", _("Giấy mời họp đã tiếp nhận"), _("Văn bản loại giấy mời."),
    ),
    "documents.incoming.bypassing_level": (
        "bypassing", _("Văn bản vượt cấp"), _("Văn bản gửi không đúng cấp có thẩm quyền."),
    ),
    "documents.incoming.one_stop_dossiers": (
        "dossier", _("Hồ sơ một cửa"), _("Hồ sơ tiếp nhận qua bộ phận một cửa."),
    ),
    "documents.incoming.secret": (
        "secret", _("Văn bản mật đã tiếp nhận"), _("Đếm trên phần ngoài của sổ văn bản mật."),
    ),
}  # fmt: skip

OUTGOING_PARTS = {
    "documents.outgoing.legal_normative_decisions": (
        "normative_decision", _("Quyết định quy phạm pháp luật đã ban hành"),
    ),
    "documents.outgoing.directives": ("directive", _("Chỉ thị đã ban hành")),
    "documents.outgoing.plans": ("plan", _("Kế hoạch đã ban hành")),
    "documents.outgoing.administrative_decisions": (
        "decision", _("Quyết định hành chính đã ban hành"),
    ),
    "documents.outgoing.notices": ("notice", _("Thông báo đã ban hành")),
    "documents.outgoing.official_letters": ("official_letter", _("Công văn đã ban hành")),
    "documents.outgoing.office_letters": (
        "office_letter", _("Công văn của Văn phòng đã ban hành"),
    ),
    "documents.outgoing.submissions": ("proposal", _("Tờ trình của Ủy ban đã ban hành")),
    "documents.outgoing.party_affairs_committee": (
        "party_affairs", _("Văn bản của Ban cán sự đảng đã ban hành"),
    ),
    "documents.outgoing.secret": ("secret", _("Văn bản mật đã ban hành")),
}  # fmt: skip


@measure(
    "documents.incoming.total",
    label=_("Văn bản đến đã tiếp nhận và xử lý"),
    unit=_("văn bản"),
    definition=_("Mọi văn bản trong sổ văn bản đến, kể cả phần ngoài của văn bản mật."),
    window=ARRIVED,
    parts=tuple(INCOMING_PARTS),
    register=INCOMING,
    owner=OFFICE,
    assumption=DISJOINT,
)
def incoming_total(window: Window) -> Entries:
    return Entries(queries.incoming(window))


@measure(
    "documents.outgoing.total",
    label=_("Văn bản đã ban hành"),
    unit=_("văn bản"),
    definition=_("Mọi văn bản trong sổ văn bản đi, kể cả phần ngoài của văn bản mật."),
    window=ISSUED,
    parts=tuple(OUTGOING_PARTS),
    register=OUTGOING,
    owner=OFFICE,
    assumption=DISJOINT,
)
def outgoing_total(window: Window) -> Entries:
    return Entries(queries.outgoing(window))


for _id, (_kind, _label, _definition) in INCOMING_PARTS.items():

    @measure(
        _id,
        label=_label,
        unit=_("văn bản"),
        definition=_definition,
        window=ARRIVED,
        register=INCOMING,
        owner=OFFICE,
        assumption=DISJOINT,
    )
    def _incoming_part(window: Window, kind: str = _kind) -> Entries:
        return Entries(queries.incoming(window, kind=kind))


for _id, (_kind, _label) in OUTGOING_PARTS.items():

    @measure(
        _id,
        label=_label,
        unit=_("văn bản"),
        definition=_("Văn bản trong sổ văn bản đi, theo loại và cơ quan ban hành."),
        window=ISSUED,
        register=OUTGOING,
        owner=OFFICE,
        assumption=DISJOINT,
    )
    def _outgoing_part(window: Window, kind: str = _kind) -> Entries:
        return Entries(queries.outgoing(window, kind=kind))


@measure(
    "documents.incoming.central.government",
    label=_("Văn bản của Chính phủ, Thủ tướng, Văn phòng Chính phủ"),
    unit=_("văn bản"),
    definition=_("Một phần của văn bản Trung ương: cấp gửi là Chính phủ, Thủ tướng Chính phủ, "
                 "Văn phòng Chính phủ."),
    window=ARRIVED,
    register=INCOMING,
    owner=OFFICE,
)  # fmt: skip
def incoming_government(window: Window) -> Entries:
    return Entries(queries.incoming(window, kind="central", incomingdocument__origin="government"))


@measure(
    "documents.incoming.city_party",
    label=_("Văn bản của Thành ủy, các Ban Đảng của Thành ủy"),
    unit=_("văn bản"),
    definition=_("Một phần của văn bản địa phương: cấp gửi là Thành ủy, các Ban Đảng."),
    window=ARRIVED,
    register=INCOMING,
    owner=OFFICE,
)
def incoming_city_party(window: Window) -> Entries:
    return Entries(queries.incoming(window, kind="local", incomingdocument__origin="city_party"))


@measure(
    "documents.incoming.people_council",
    label=_("Văn bản của HĐND Thành phố"),
    unit=_("văn bản"),
    definition=_("Một phần của văn bản địa phương: cấp gửi là HĐND Thành phố."),
    window=ARRIVED,
    parts=("documents.incoming.people_council.resolutions",),
    register=INCOMING,
    owner=OFFICE,
)
def incoming_council(window: Window) -> Entries:
    return Entries(queries.incoming(window, kind="local", incomingdocument__origin="city_council"))


@measure(
    "documents.incoming.people_council.resolutions",
    label=_("Nghị quyết của HĐND Thành phố về cơ chế, chính sách"),
    unit=_("nghị quyết"),
    definition=_("Văn bản của HĐND Thành phố thuộc loại nghị quyết."),
    window=ARRIVED,
    register=INCOMING,
    owner=OFFICE,
)
def incoming_resolutions(window: Window) -> Entries:
    return Entries(
        queries.incoming(
            window,
            kind="local",
            incomingdocument__origin="city_council",
            incomingdocument__type="resolution",
        )
    )
