"""What the kernel is told of the two books of documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Scope
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.documents import actions, forms
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument
from dieuhanh.registers.documents.queries import INCOMING, OUTGOING

READERS: dict[str, Scope] = {
    Role.CLERK: Scope.ALL,
    Role.SECRET_CLERK: Scope.ALL,
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
WRITERS = frozenset({Role.CLERK, Role.SECRET_CLERK})


def _title(row: Any) -> str:
    if row.secrecy != "none":
        return str(_("Văn bản mật. Nội dung chỉ mở cho người có thẩm quyền."))
    return str(row.entry.title)


REGISTERS = (
    Register(
        code=INCOMING,
        slug="van-ban-den",
        group="documents",
        icon="inbox",
        label=_("Văn bản đến"),
        noun=_("văn bản"),
        model=IncomingDocument,
        kinds=(
            ("central", _("Trung ương")),
            ("local", _("Địa phương")),
            ("invitation", _("Giấy mời")),
            ("bypassing", _("Vượt cấp")),
            ("dossier", _("Hồ sơ một cửa")),
            ("secret", _("Văn bản mật")),
            ("other", _("Loại khác")),
        ),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column(
                "symbol",
                _("Số, ký hiệu và nơi gửi"),
                lambda row: row.symbol or _("Sổ mật"),
                sub=lambda row: row.sender,
                width="w-symbol",
            ),
            Column("title", _("Trích yếu"), _title, width="w-title"),
            Column("type", _("Loại văn bản"), lambda row: row.get_type_display()),
            Column("origin", _("Cấp gửi"), lambda row: row.get_origin_display()),
            Column("secrecy", _("Độ mật"), lambda row: row.get_secrecy_display()),
            Column("issued_on", _("Ngày văn bản"), lambda row: row.issued_on),
        ),
        opened_label=_("Ngày đến"),
        closed_label=_("Ngày xử lý xong"),
        form=forms.IncomingForm,
        enter_label=_("Vào sổ văn bản"),
        enter_act=actions.register_incoming,
        verbs=(
            close_verb(_("Ghi kết quả"), _("Ngày xử lý xong"), _("Văn bản trả lời, kết quả")),
            correct_verb(forms.IncomingForm, actions.correct_incoming),
            reopen_verb(),
        ),
    ),
    Register(
        code=OUTGOING,
        slug="van-ban-di",
        group="documents",
        icon="send",
        label=_("Văn bản đi"),
        noun=_("văn bản"),
        model=OutgoingDocument,
        kinds=(
            ("normative_decision", _("Quyết định quy phạm")),
            ("directive", _("Chỉ thị")),
            ("plan", _("Kế hoạch")),
            ("decision", _("Quyết định hành chính")),
            ("notice", _("Thông báo")),
            ("official_letter", _("Công văn")),
            ("office_letter", _("Công văn Văn phòng")),
            ("proposal", _("Tờ trình")),
            ("party_affairs", _("Ban cán sự đảng")),
            ("secret", _("Văn bản mật")),
            ("other", _("Loại khác")),
        ),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column(
                "symbol",
                _("Số, ký hiệu và nơi ban hành"),
                lambda row: row.symbol or _("Sổ mật"),
                sub=lambda row: row.get_issuer_display(),
                width="w-symbol",
            ),
            Column("title", _("Trích yếu"), _title, width="w-title"),
            Column("type", _("Loại văn bản"), lambda row: row.get_type_display()),
            Column("signer", _("Người ký"), lambda row: row.signer),
            Column("recipients", _("Nơi nhận"), lambda row: row.recipients),
            Column("secrecy", _("Độ mật"), lambda row: row.get_secrecy_display()),
        ),
        opened_label=_("Ngày văn bản"),
        closed_label=_("Ngày phát hành"),
        form=forms.OutgoingForm,
        enter_label=_("Lấy số văn bản"),
        enter_act=actions.issue_outgoing,
        verbs=(
            close_verb(_("Ghi phát hành"), _("Ngày phát hành"), _("Ghi chú phát hành")),
            correct_verb(forms.OutgoingForm, actions.correct_outgoing),
            reopen_verb(),
        ),
    ),
)
