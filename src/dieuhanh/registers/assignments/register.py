"""What the kernel is told of tasks, the two programmes and submissions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Related, Scope, Verb
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.actions import is_closed
from dieuhanh.kernel.obligations.verbs import correct_verb, postpone_verb, reopen_verb
from dieuhanh.registers.assignments import actions, forms
from dieuhanh.registers.assignments.models import (
    ActionItem,
    ProductType,
    ProgrammeItem,
    ProgrammeLevel,
    Submission,
    SubmissionBody,
    Task,
    TaskSource,
)
from dieuhanh.registers.assignments.queries import (
    ACTION_PROGRAMME,
    SUBMISSIONS,
    TASKS,
    WORK_PROGRAMME,
)
from dieuhanh.registers.assignments.rules import unclear_parts
from dieuhanh.text import dates

READERS: dict[str, Scope] = {
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
WRITERS = frozenset({Role.OFFICER})

#: What of the "3 rõ" a task may lack, as the list says it.
PARTS = {
    "process": _("quy trình"),
    "authority": _("thẩm quyền"),
    "check_result": _("kiểm tra"),
}

_title = Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title")


def _clear(row: Task) -> str:
    lacking = unclear_parts(
        process=row.process, authority=row.authority, head=row.head, check_result=row.check_result
    )
    if not lacking:
        return _now("đủ 3 rõ")
    names = "; ".join(str(PARTS[part]) for part in lacking)
    return _now("chưa rõ %(names)s") % {"names": names}


def _checked(row: Task) -> str:
    return f"{dates.day(row.checked_on)}: {row.check_result}" if row.checked_on else ""


def _planned(row: ProgrammeItem) -> str:
    if row.planned_month:
        when = {"month": row.planned_month, "year": row.planned_year}
        return _now("Tháng %(month)s/%(year)s") % when
    when = {"quarter": row.planned_quarter, "year": row.planned_year}
    return _now("Quý %(quarter)s/%(year)s") % when


def _reviews(row: ProgrammeItem) -> str:
    return "; ".join(f"{dates.day(one.reviewed_on)}: {one.note}" for one in row.reviews.all())


def _complete_verb(act: Any) -> Verb:
    return Verb(
        name="close",
        slug="ket-thuc",
        label=_("Ghi hoàn thành"),
        icon="check",
        form=forms.CompleteForm,
        act=act,
        applies=lambda row: not is_closed(row),
    )


def _stands(row: ProgrammeItem) -> bool:
    """Neither done nor carried over: its work is still to be done here."""
    return not is_closed(row) and row.carried_on is None


REGISTERS = (
    Register(
        code=TASKS,
        slug="nhiem-vu-giao",
        group="work",
        icon="subtask",
        label=_("Nhiệm vụ giao"),
        told={"task.checked": _("ghi kết quả kiểm tra, đôn đốc.")},
        noun=_("nhiệm vụ"),
        model=Task,
        kinds=tuple((value, label) for value, label in TaskSource.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("clear", _("3 rõ"), _clear, width="w-symbol"),
            _title,
            Column("source", _("Nguồn giao"), lambda row: row.get_source_display()),
            Column("source_document", _("Văn bản giao"), lambda row: row.source_document),
            Column("head", _("Người chịu trách nhiệm"), lambda row: row.head),
            Column("process", _("Quy trình, tiến độ, chất lượng"), lambda row: row.process),
            Column("authority", _("Thẩm quyền, trách nhiệm"), lambda row: row.authority),
            Column("expected_product", _("Sản phẩm phải có"), lambda row: row.expected_product),
            Column("check", _("Kiểm tra, đôn đốc"), _checked),
        ),
        opened_label=_("Ngày giao"),
        closed_label=_("Ngày hoàn thành"),
        form=forms.TaskForm,
        enter_label=_("Ghi nhiệm vụ giao"),
        enter_act=actions.assign_task,
        verbs=(
            _complete_verb(actions.complete_work),
            Verb(
                name="check",
                slug="kiem-tra",
                label=_("Ghi kết quả kiểm tra"),
                icon="zoom-check",
                form=forms.CheckForm,
                act=actions.check_task,
                applies=lambda row: True,
                consequence=_("Kết quả kiểm tra trước vẫn còn trong nhật ký."),
            ),
            replace(postpone_verb(), applies=lambda row: bool(row.due_on) and not is_closed(row)),
            correct_verb(forms.TaskForm, actions.correct_task),
            reopen_verb(),
        ),
    ),
    Register(
        code=ACTION_PROGRAMME,
        slug="chuong-trinh-hanh-dong",
        group="work",
        icon="checks",
        label=_("Chương trình hành động"),
        noun=_("nội dung"),
        model=ActionItem,
        kinds=(
            (ProgrammeLevel.FOCUS_AREA, _("Trọng tâm")),
            (ProgrammeLevel.TASK_GROUP, _("Nhóm nhiệm vụ")),
            (ProgrammeLevel.SPECIFIC_TASK, _("Nhiệm vụ cụ thể")),
            (ProgrammeLevel.MAJOR_TASK, _("Nhiệm vụ lớn")),
            (ProgrammeLevel.PARTY_PROGRAMME, _("Chương trình của Thành ủy")),
        ),
        grants=READERS,
        writers=WRITERS,
        joined=("parent", "parent__entry"),
        related=(Related(_("Nội dung cấp dưới"), ACTION_PROGRAMME, "parent"),),
        columns=(
            Column(
                "level", _("Cấp nội dung"), lambda row: row.get_level_display(), width="w-symbol"
            ),
            _title,
            Column(
                "parent",
                _("Thuộc nội dung cấp trên"),
                lambda row: f"{row.parent.entry}: {row.parent.entry.title}" if row.parent else "",
                other=lambda row: row.parent.entry if row.parent else None,
            ),
        ),
        opened_label=_("Ngày ban hành"),
        closed_label=_("Ngày hoàn thành"),
        form=forms.ActionItemForm,
        enter_label=_("Ghi nội dung Chương trình"),
        enter_act=actions.enter_action_item,
        verbs=(
            _complete_verb(actions.complete_work),
            replace(postpone_verb(), applies=lambda row: bool(row.due_on) and not is_closed(row)),
            correct_verb(forms.ActionItemForm, actions.correct_action_item),
            reopen_verb(),
        ),
    ),
    Register(
        code=WORK_PROGRAMME,
        slug="chuong-trinh-cong-tac",
        group="work",
        icon="calendar-week",
        label=_("Chương trình công tác"),
        told={
            "programme_item.reviewed": _("ghi rà soát."),
            "programme_item.carried": _("chuyển sang kỳ sau."),
        },
        noun=_("nội dung"),
        model=ProgrammeItem,
        kinds=(
            (ProductType.REPORT, _("Báo cáo")),
            (ProductType.SCHEME, _("Đề án")),
            (ProductType.SUBMISSION, _("Tờ trình")),
            (ProductType.NORMATIVE_DRAFT, _("Dự thảo VBQPPL")),
            (ProductType.OTHER, _("Nội dung khác")),
        ),
        grants=READERS,
        writers=WRITERS,
        joined=("carried_from", "carried_from__entry"),
        gathered=("reviews",),
        related=(Related(_("Chuyển sang kỳ sau thành"), WORK_PROGRAMME, "carried_from"),),
        columns=(
            Column("planned", _("Kỳ hoàn thành"), _planned, width="w-symbol"),
            _title,
            Column("product_type", _("Loại sản phẩm"), lambda row: row.get_product_type_display()),
            Column(
                "carried_from",
                _("Chuyển từ"),
                lambda row: str(row.carried_from.entry) if row.carried_from else "",
                other=lambda row: row.carried_from.entry if row.carried_from else None,
            ),
            Column("carried_on", _("Chuyển sang kỳ sau ngày"), lambda row: row.carried_on),
            Column("reviews", _("Rà soát"), _reviews),
        ),
        opened_label=_("Ngày đưa vào Chương trình"),
        closed_label=_("Ngày hoàn thành"),
        form=forms.ProgrammeItemForm,
        enter_label=_("Ghi nội dung Chương trình"),
        enter_act=actions.enter_programme_item,
        verbs=(
            replace(_complete_verb(actions.complete_programme_item), applies=_stands),
            Verb(
                name="review",
                slug="ra-soat",
                label=_("Ghi rà soát"),
                icon="zoom-check",
                form=forms.ReviewForm,
                act=actions.review_programme_item,
                applies=lambda row: not is_closed(row),
                consequence=_("Mỗi lần rà soát đều được giữ."),
            ),
            replace(
                postpone_verb(),
                label=_("Lùi tiến độ"),
                applies=_stands,
                act=actions.postpone_programme_item,
            ),
            Verb(
                name="carry",
                slug="chuyen-ky",
                label=_("Chuyển sang kỳ sau"),
                icon="chevron-right",
                form=forms.CarryForm,
                act=actions.carry_programme_item,
                applies=_stands,
                consequence=_(
                    "Nội dung này vẫn là chưa hoàn thành trong kỳ của nó; kỳ sau có nội dung mới "
                    "dẫn về nội dung này."
                ),
            ),
            correct_verb(forms.ProgrammeItemForm, actions.correct_programme_item),
            reopen_verb(),
        ),
    ),
    Register(
        code=SUBMISSIONS,
        slug="noi-dung-trinh",
        group="work",
        icon="send",
        label=_("Nội dung trình Thành ủy, HĐND"),
        noun=_("nội dung"),
        model=Submission,
        kinds=(
            (SubmissionBody.PARTY_EXECUTIVE_COMMITTEE, _("Ban Chấp hành Đảng bộ")),
            (SubmissionBody.CITY_PARTY, _("Thành ủy")),
            (SubmissionBody.PEOPLE_COUNCIL, _("HĐND Thành phố")),
        ),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("session", _("Kỳ họp, hội nghị"), lambda row: row.session, width="w-symbol"),
            _title,
            Column("body", _("Cơ quan được trình"), lambda row: row.get_body_display()),
        ),
        opened_label=_("Ngày trình"),
        closed_label=_("Ngày có kết quả"),
        form=forms.SubmissionForm,
        enter_label=_("Ghi nội dung trình"),
        enter_act=actions.enter_submission,
        verbs=(
            Verb(
                name="close",
                slug="ket-thuc",
                label=_("Ghi kết quả"),
                icon="check",
                form=forms.SettleForm,
                act=actions.settle_submission,
                applies=lambda row: not is_closed(row),
            ),
            correct_verb(forms.SubmissionForm, actions.correct_submission),
            reopen_verb(),
        ),
    ),
)
