"""Forms of inspections of public duty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, EntryField, TextArea, UnitField
from dieuhanh.registers.inspections.models import InspectionField, InspectionMode


class InspectionForm(forms.Form):
    opened_on = DayField(label=_("Ngày kiểm tra"))
    mode = forms.ChoiceField(label=_("Hình thức"), choices=InspectionMode.choices)
    title = forms.CharField(label=_("Nội dung kiểm tra"), max_length=1000, widget=TextArea)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=InspectionField.choices)
    unit = UnitField(label=_("Đơn vị được kiểm tra"))
    inspected_by = forms.CharField(
        label=_("Đoàn, cơ quan kiểm tra"),
        max_length=300,
        help_text=_("Như Đoàn kiểm tra công vụ Thành phố."),
    )
    plan_symbol = forms.CharField(
        label=_("Số, ký hiệu kế hoạch"),
        max_length=60,
        required=False,
        help_text=_("Kế hoạch kiểm tra của năm hoặc văn bản giao kiểm tra."),
    )
    reinspection_of = EntryField(
        "inspections",
        label=_("Tái kiểm tra cuộc số"),
        required=False,
        help_text=_("Số và năm trong sổ của cuộc trước, như 12/2024."),
    )


class ConcludeForm(forms.Form):
    concluded_on = DayField(label=_("Ngày kết luận"))
    findings = forms.CharField(label=_("Kết luận"), max_length=5000, widget=TextArea)
    remedy = forms.CharField(
        label=_("Yêu cầu khắc phục"),
        max_length=5000,
        required=False,
        widget=TextArea,
        help_text=_("Để trống nếu không có tồn tại; cuộc kiểm tra khi đó được ghi kết thúc."),
    )
    remedy_due_on = DayField(
        label=_("Thời hạn khắc phục"),
        required=False,
        help_text=_("Ngày cuối đơn vị được kiểm tra phải khắc phục xong."),
    )


class InspectionCorrectionForm(InspectionForm):
    """The form of entering, with the findings that were recorded since."""

    concluded_on = DayField(label=_("Ngày kết luận"), required=False)
    findings = forms.CharField(
        label=_("Kết luận"), max_length=5000, required=False, widget=TextArea
    )
    remedy = forms.CharField(
        label=_("Yêu cầu khắc phục"), max_length=5000, required=False, widget=TextArea
    )
    remedy_due_on = DayField(label=_("Thời hạn khắc phục"), required=False)
