"""What the kernel is told of decisions on procedures and of the procedures in them."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Related, Scope, Verb
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.actions import is_closed
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.procedures import actions, forms
from dieuhanh.registers.procedures.models import (
    ProcedureChange,
    ProcedureDecision,
    ProcedureDecisionType,
    ProcedureEffect,
)
from dieuhanh.registers.procedures.queries import CHANGES, DECISIONS

READERS: dict[str, Scope] = {
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.RECEPTION: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
WRITERS = frozenset({Role.OFFICER})

PUBLISH = Verb(
    name="publish",
    slug="cong-khai",
    label=_("Ghi công khai"),
    icon="eye",
    form=forms.PublishForm,
    act=actions.publish_decision,
    applies=lambda row: (
        row.type == ProcedureDecisionType.PUBLICATION
        and not row.public_everywhere
        and not is_closed(row)
    ),
    consequence=_("Khi đã công khai ở đủ ba nơi, quyết định được ghi hoàn thành."),
)

REGISTERS = (
    Register(
        code=DECISIONS,
        slug="quyet-dinh-cong-bo",
        group="administration",
        icon="file-certificate",
        label=_("Quyết định về thủ tục hành chính"),
        noun=_("quyết định"),
        told={"procedure_decision.published": _("ghi công khai.")},
        model=ProcedureDecision,
        kinds=tuple((value, label) for value, label in ProcedureDecisionType.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("symbol", _("Số, ký hiệu"), lambda row: row.symbol, width="w-symbol"),
            Column("title", _("Trích yếu"), lambda row: row.entry.title, width="w-title"),
            Column("type", _("Loại quyết định"), lambda row: row.get_type_display()),
            Column("field_of_work", _("Lĩnh vực"), lambda row: row.field_of_work),
            Column(
                "ministry_decision",
                _("Quyết định công bố của bộ"),
                lambda row: row.ministry_decision,
            ),
            Column(
                "national_portal_on",
                _("Công khai trên Cổng Dịch vụ công quốc gia"),
                lambda row: row.national_portal_on,
            ),
            Column(
                "city_portal_on",
                _("Công khai trên Cổng Giao tiếp điện tử Thành phố"),
                lambda row: row.city_portal_on,
            ),
            Column("posted_on", _("Niêm yết"), lambda row: row.posted_on),
        ),
        opened_label=_("Ngày ban hành"),
        closed_label=_("Ngày hoàn thành"),
        form=forms.DecisionForm,
        enter_label=_("Vào sổ quyết định"),
        enter_act=actions.register_decision,
        related=(Related(_("Thủ tục trong quyết định"), CHANGES, "decision"),),
        verbs=(
            PUBLISH,
            close_verb(_("Ghi hoàn thành"), _("Ngày hoàn thành"), _("Kết quả")),
            correct_verb(forms.DecisionCorrectionForm, actions.correct_decision),
            reopen_verb(),
        ),
    ),
    Register(
        code=CHANGES,
        slug="thu-tuc-cong-bo",
        group="administration",
        icon="checklist",
        label=_("Thủ tục trong quyết định công bố"),
        noun=_("thủ tục"),
        model=ProcedureChange,
        kinds=tuple((value, label) for value, label in ProcedureEffect.choices),
        grants=READERS,
        writers=WRITERS,
        joined=("decision", "decision__entry"),
        columns=(
            Column("code", _("Mã số thủ tục"), lambda row: row.code, width="w-symbol"),
            Column("title", _("Tên thủ tục"), lambda row: row.entry.title, width="w-title"),
            Column("effect", _("Nội dung công bố"), lambda row: row.get_effect_display()),
            Column(
                "in_list",
                _("Có trong danh mục"),
                lambda row: _("có") if row.in_list else _("không"),
            ),
            Column(
                "decision",
                _("Quyết định công bố"),
                lambda row: row.decision.symbol,
                other=lambda row: row.decision.entry,
            ),
        ),
        opened_label=_("Ngày quyết định"),
        closed_label=_("Ngày kết thúc"),
        form=forms.ChangeForm,
        enter_label=_("Vào sổ thủ tục"),
        enter_act=actions.register_change,
        verbs=(correct_verb(forms.ChangeForm, actions.correct_change),),
    ),
)
