"""What the kernel is told of reception, letters, cases and reviews."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Scope
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.complaints import actions, forms
from dieuhanh.registers.complaints.models import Case, Letter, Review, Visit
from dieuhanh.registers.complaints.queries import CASES, LETTERS, REVIEWS, VISITS

READERS: dict[str, Scope] = {
    Role.RECEPTION: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
WRITERS = frozenset({Role.RECEPTION})
#: Who may open entries in which a denouncer is protected.
GUARDED = frozenset({Role.RECEPTION, Role.AUDITOR})

_field = Column("field", _("Lĩnh vực"), lambda row: row.get_field_display(), width="w-symbol")
_title = Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title")

REGISTERS = (
    Register(
        code=VISITS,
        slug="tiep-cong-dan",
        group="citizens",
        icon="door-enter",
        label=_("Tiếp công dân"),
        noun=_("lượt"),
        model=Visit,
        kinds=(
            ("regular", _("Tiếp thường xuyên")),
            ("leader", _("Lãnh đạo Thành phố tiếp")),
        ),
        grants=READERS,
        writers=WRITERS,
        columns=(
            _field,
            _title,
            Column("people", _("Số người"), lambda row: row.people, numeric=True),
        ),
        opened_label=_("Ngày tiếp"),
        closed_label=_("Ngày thông báo kết quả"),
        form=forms.VisitForm,
        enter_label=_("Ghi lượt tiếp"),
        enter_act=actions.receive_visit,
        verbs=(
            close_verb(_("Ghi kết quả"), _("Ngày thông báo kết quả"), _("Kết quả tiếp")),
            correct_verb(forms.VisitForm, actions.correct_visit),
            reopen_verb(),
        ),
    ),
    Register(
        code=LETTERS,
        slug="don-thu",
        group="citizens",
        icon="mail-opened",
        label=_("Đơn thư"),
        noun=_("đơn"),
        model=Letter,
        kinds=(
            ("complaint", _("Khiếu nại")),
            ("denunciation", _("Tố cáo")),
            ("petition", _("Kiến nghị, phản ánh")),
        ),
        grants=READERS,
        writers=WRITERS,
        guarded_readers=GUARDED,
        columns=(
            _field,
            _title,
            Column("class", _("Loại đơn"), lambda row: row.get_letter_class_display()),
            Column(
                "eligible",
                _("Đủ điều kiện xử lý"),
                lambda row: _("có") if row.eligible else _("không"),
            ),
            Column("sender", _("Người viết đơn"), lambda row: row.sender, personal=True),
        ),
        opened_label=_("Ngày nhận"),
        closed_label=_("Ngày xử lý xong"),
        form=forms.LetterForm,
        enter_label=_("Vào sổ đơn"),
        enter_act=actions.receive_letter,
        verbs=(
            close_verb(_("Ghi kết quả xử lý"), _("Ngày xử lý xong"), _("Hướng xử lý")),
            correct_verb(forms.LetterForm, actions.correct_letter),
            reopen_verb(),
        ),
        told={
            "identity.granted": _("cho phép mở thông tin người tố cáo."),
            "identity.opened": _("mở thông tin người tố cáo."),
        },
    ),
    Register(
        code=CASES,
        slug="vu-viec",
        group="citizens",
        icon="scale",
        label=_("Vụ việc khiếu nại, tố cáo"),
        noun=_("vụ"),
        model=Case,
        kinds=(
            ("complaint", _("Khiếu nại")),
            ("denunciation", _("Tố cáo")),
        ),
        grants=READERS,
        writers=WRITERS,
        guarded_readers=GUARDED,
        columns=(
            _field,
            _title,
            Column("basis", _("Loại vụ việc"), lambda row: row.get_basis_display()),
        ),
        opened_label=_("Ngày thụ lý"),
        closed_label=_("Ngày giải quyết"),
        form=forms.CaseForm,
        enter_label=_("Thụ lý vụ việc"),
        enter_act=actions.accept_case,
        verbs=(
            close_verb(_("Ghi giải quyết"), _("Ngày giải quyết"), _("Quyết định, kết luận")),
            correct_verb(forms.CaseForm, actions.correct_case),
            reopen_verb(),
        ),
    ),
    Register(
        code=REVIEWS,
        slug="kiem-diem",
        group="citizens",
        icon="gavel",
        label=_("Kiểm điểm trách nhiệm"),
        noun=_("lượt kiểm điểm"),
        model=Review,
        kinds=(
            ("collective", _("Tập thể")),
            ("individual", _("Cá nhân")),
        ),
        grants={Role.RECEPTION: Scope.ALL, Role.LEADER: Scope.ALL, Role.AUDITOR: Scope.ALL},
        writers=WRITERS,
        guarded_readers=GUARDED | {Role.LEADER},
        columns=(
            Column(
                "collective",
                _("Đối tượng"),
                lambda row: _("Tập thể") if row.collective else _("Cá nhân"),
                width="w-symbol",
            ),
            _title,
            Column("measure_taken", _("Hình thức xử lý"), lambda row: row.measure_taken),
        ),
        opened_label=_("Ngày kiểm điểm"),
        closed_label=_("Ngày kết luận"),
        form=forms.ReviewForm,
        enter_label=_("Ghi kiểm điểm"),
        enter_act=actions.record_review,
        verbs=(
            close_verb(_("Ghi kết luận"), _("Ngày kết luận"), _("Kết luận")),
            correct_verb(forms.ReviewForm, actions.correct_review),
            reopen_verb(),
        ),
    ),
)
