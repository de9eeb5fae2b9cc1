"""What the kernel is told of inspections of public duty."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Related, Scope, Verb
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.actions import is_closed
from dieuhanh.kernel.obligations.verbs import (
    close_verb,
    correct_verb,
    postpone_verb,
    reopen_verb,
)
from dieuhanh.registers.inspections import actions, forms
from dieuhanh.registers.inspections.models import Inspection, InspectionMode
from dieuhanh.registers.inspections.queries import INSPECTIONS

CONCLUDE = Verb(
    name="conclude",
    slug="ket-luan",
    label=_("Ghi kết luận"),
    icon="clipboard-list",
    form=forms.ConcludeForm,
    act=actions.conclude_inspection,
    applies=lambda row: row.concluded_on is None and not is_closed(row),
    consequence=_("Yêu cầu khắc phục thành việc phải làm của đơn vị được kiểm tra."),
)
REMEDIED = replace(
    close_verb(_("Ghi khắc phục xong"), _("Ngày khắc phục xong"), _("Kết quả khắc phục")),
    act=actions.remedy_inspection,
    applies=lambda row: row.concluded_on is not None and not is_closed(row),
)
POSTPONE = replace(
    postpone_verb(),
    applies=lambda row: row.remedy_due_on is not None and not is_closed(row),
)

REGISTERS = (
    Register(
        code=INSPECTIONS,
        slug="kiem-tra-cong-vu",
        group="administration",
        icon="zoom-check",
        label=_("Kiểm tra công vụ"),
        noun=_("cuộc"),
        told={"inspection.concluded": _("ghi kết luận.")},
        model=Inspection,
        kinds=tuple((value, label) for value, label in InspectionMode.choices),
        grants={
            Role.OFFICER: Scope.ALL,
            Role.LEADER: Scope.ALL,
            Role.PLANNER: Scope.ALL,
            Role.AUDITOR: Scope.ALL,
            Role.HEAD: Scope.UNIT,
        },
        writers=frozenset({Role.OFFICER}),
        joined=("reinspection_of", "reinspection_of__entry"),
        columns=(
            Column("mode", _("Hình thức"), lambda row: row.get_mode_display(), width="w-symbol"),
            Column("title", _("Nội dung kiểm tra"), lambda row: row.entry.title, width="w-title"),
            Column("field", _("Lĩnh vực"), lambda row: row.get_field_display()),
            Column("inspected_by", _("Đoàn, cơ quan kiểm tra"), lambda row: row.inspected_by),
            Column("plan_symbol", _("Số, ký hiệu kế hoạch"), lambda row: row.plan_symbol),
            Column(
                "reinspection_of",
                _("Tái kiểm tra cuộc số"),
                lambda row: str(row.reinspection_of) if row.reinspection_of else "",
                other=lambda row: row.reinspection_of.entry if row.reinspection_of else None,
            ),
            Column("concluded_on", _("Ngày kết luận"), lambda row: row.concluded_on),
            Column("findings", _("Kết luận"), lambda row: row.findings),
            Column("remedy", _("Yêu cầu khắc phục"), lambda row: row.remedy),
        ),
        opened_label=_("Ngày kiểm tra"),
        closed_label=_("Ngày khắc phục xong"),
        form=forms.InspectionForm,
        enter_label=_("Ghi cuộc kiểm tra"),
        enter_act=actions.enter_inspection,
        related=(Related(_("Tái kiểm tra"), INSPECTIONS, "reinspection_of"),),
        verbs=(
            CONCLUDE,
            REMEDIED,
            correct_verb(forms.InspectionCorrectionForm, actions.correct_inspection),
            POSTPONE,
            reopen_verb(),
        ),
    ),
)
