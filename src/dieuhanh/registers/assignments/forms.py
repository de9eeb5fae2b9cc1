"""Forms of tasks, the two programmes and submissions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import (
    DayField,
    EntryField,
    LevelField,
    TextArea,
    UnitField,
    UnitsField,
)
from dieuhanh.registers.assignments.models import (
    ProductType,
    ProgrammeLevel,
    SubmissionBody,
    SubmissionResult,
    TaskSource,
)

QUARTERS = [(1, _("Quý I")), (2, _("Quý II")), (3, _("Quý III")), (4, _("Quý IV"))]
MONTHS = [("", _("Không ghi tháng")), *((month, str(month)) for month in range(1, 13))]


class PlannedForm(forms.Form):
    """A quarter, and a month in it where one is planned; the action refuses another month."""

    planned_quarter = forms.TypedChoiceField(
        label=_("Quý hoàn thành"), choices=QUARTERS, coerce=int
    )
    planned_month = forms.TypedChoiceField(
        label=_("Tháng hoàn thành"),
        choices=MONTHS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Hạn là ngày cuối tháng; nếu chỉ ghi quý thì là ngày cuối quý."),
    )


class TaskForm(forms.Form):
    opened_on = DayField(label=_("Ngày giao"))
    source = forms.ChoiceField(label=_("Nguồn giao"), choices=TaskSource.choices)
    source_document = forms.CharField(
        label=_("Văn bản giao"),
        max_length=300,
        required=False,
        help_text=_("Số, ký hiệu và ngày của văn bản, như 24-CT/TU ngày 07/8/2023."),
    )
    title = forms.CharField(label=_("Nội dung nhiệm vụ"), max_length=1000, widget=TextArea)
    unit = UnitField(label=_("Đơn vị chủ trì"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))
    head = forms.CharField(
        label=_("Người chịu trách nhiệm"),
        max_length=200,
        help_text=_("Họ tên hoặc chức vụ của người đứng đầu chịu trách nhiệm."),
    )
    due_on = DayField(
        label=_("Thời hạn"), required=False, help_text=_("Để trống nếu giao không thời hạn.")
    )
    process = forms.CharField(
        label=_("Quy trình, tiến độ, chất lượng yêu cầu"),
        max_length=1000,
        required=False,
        widget=TextArea,
        help_text=_("Để trống thì nhiệm vụ còn “chưa rõ” về mặt này."),
    )
    authority = forms.CharField(
        label=_("Thẩm quyền, trách nhiệm"),
        max_length=1000,
        required=False,
        widget=TextArea,
        help_text=_("Ai quyết định, ai thực hiện, đến mức nào."),
    )
    expected_product = forms.CharField(
        label=_("Sản phẩm phải có"), max_length=500, required=False, widget=TextArea
    )
    confidentiality = LevelField()


class ActionItemForm(forms.Form):
    opened_on = DayField(label=_("Ngày ban hành"))
    level = forms.ChoiceField(label=_("Cấp nội dung"), choices=ProgrammeLevel.choices)
    parent = EntryField(
        "assignments.action_programme",
        label=_("Thuộc nội dung cấp trên"),
        required=False,
        help_text=_(
            "Nhiệm vụ cụ thể thuộc một nhóm nhiệm vụ, nhóm thuộc một trọng tâm; "
            "ghi số và năm trong sổ, như 12/2024."
        ),
    )
    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=TextArea)
    unit = UnitField(label=_("Đơn vị chịu trách nhiệm"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))
    due_on = DayField(
        label=_("Thời hạn hoàn thành"),
        required=False,
        help_text=_("Bắt buộc với nhiệm vụ cụ thể; trọng tâm và nhóm nhiệm vụ để trống."),
    )


class ProgrammeItemForm(PlannedForm):
    opened_on = DayField(
        label=_("Ngày đưa vào Chương trình"),
        help_text=_("Ngày ban hành Chương trình, hoặc ngày điều chỉnh, bổ sung."),
    )
    product_type = forms.ChoiceField(label=_("Loại sản phẩm"), choices=ProductType.choices)
    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=TextArea)
    unit = UnitField(label=_("Đơn vị chủ trì"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))
    planned_year = forms.IntegerField(label=_("Chương trình năm"), min_value=2000, max_value=2100)
    field_order = (
        "opened_on", "planned_year", "planned_quarter", "planned_month", "product_type", "title",
        "unit", "co_units",
    )  # fmt: skip


class SubmissionForm(forms.Form):
    opened_on = DayField(label=_("Ngày trình"))
    body = forms.ChoiceField(label=_("Cơ quan được trình"), choices=SubmissionBody.choices)
    session = forms.CharField(
        label=_("Kỳ họp, hội nghị"),
        max_length=200,
        required=False,
        help_text=_("Như: Kỳ họp thứ 16 HĐND Thành phố; để trống nếu chưa xếp lịch."),
    )
    title = forms.CharField(label=_("Nội dung trình"), max_length=1000, widget=TextArea)
    unit = UnitField(label=_("Đơn vị tham mưu"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))


class CompleteForm(forms.Form):
    on = DayField(label=_("Ngày hoàn thành"))
    outcome = forms.CharField(
        label=_("Sản phẩm"),
        max_length=500,
        widget=TextArea,
        help_text=_("Số, ký hiệu văn bản trả lời, báo cáo hoặc quyết định."),
    )


class CheckForm(forms.Form):
    on = DayField(label=_("Ngày kiểm tra, đôn đốc"))
    result = forms.CharField(label=_("Kết quả kiểm tra, đôn đốc"), max_length=1000, widget=TextArea)


class ReviewForm(forms.Form):
    on = DayField(label=_("Ngày rà soát"))
    note = forms.CharField(label=_("Tình hình, kiến nghị"), max_length=500, widget=TextArea)


class CarryForm(PlannedForm):
    on = DayField(label=_("Ngày chuyển"))
    reason = forms.CharField(label=_("Lý do chuyển"), max_length=500, widget=TextArea)
    field_order = ("on", "planned_quarter", "planned_month", "reason")


class PostponeForm(forms.Form):
    to = DayField(label=_("Thời hạn mới"))
    reason = forms.CharField(label=_("Lý do lùi tiến độ"), max_length=500, widget=TextArea)


class SettleForm(forms.Form):
    on = DayField(label=_("Ngày có kết quả"))
    result = forms.ChoiceField(label=_("Kết quả"), choices=SubmissionResult.choices)
    outcome = forms.CharField(
        label=_("Văn bản, ý kiến kết luận"), max_length=400, required=False, widget=TextArea
    )
