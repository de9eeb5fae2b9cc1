"""Forms of decisions on procedures and of the procedures in them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, EntryField, TextArea, UnitField
from dieuhanh.registers.procedures import rules
from dieuhanh.registers.procedures.models import ProcedureDecisionType, ProcedureEffect


class DecisionForm(forms.Form):
    opened_on = DayField(label=_("Ngày ban hành"))
    type = forms.ChoiceField(label=_("Loại quyết định"), choices=ProcedureDecisionType.choices)
    symbol = forms.CharField(
        label=_("Số, ký hiệu"), max_length=60, help_text=_("Như 1234/QĐ-UBND.")
    )
    title = forms.CharField(label=_("Trích yếu"), max_length=1000, widget=TextArea)
    field_of_work = forms.CharField(label=_("Lĩnh vực"), max_length=200)
    ministry_decision = forms.CharField(
        label=_("Quyết định công bố của bộ"),
        max_length=300,
        required=False,
        help_text=_("Số, ký hiệu, ngày của quyết định mà quyết định này căn cứ, nếu có."),
    )
    unit = UnitField(label=_("Đơn vị trình"))


class PublishForm(forms.Form):
    national_portal_on = DayField(
        label=_("Ngày công khai trên Cổng Dịch vụ công quốc gia"),
        required=False,
        help_text=_("Để trống nơi chưa công khai hoặc đã ghi trước đó."),
    )
    city_portal_on = DayField(
        label=_("Ngày công khai trên Cổng Giao tiếp điện tử Thành phố"), required=False
    )
    posted_on = DayField(
        label=_("Ngày niêm yết"),
        required=False,
        help_text=_("Tại trụ sở cơ quan giải quyết và bộ phận một cửa."),
    )


class DecisionCorrectionForm(PublishForm, DecisionForm):
    """The form of entering, with the days of publication that were recorded since."""


class ChangeForm(forms.Form):
    decision = EntryField("procedures.decisions", label=_("Quyết định công bố"))
    code = forms.CharField(
        label=_("Mã số thủ tục"),
        max_length=8,
        help_text=_("Mã trên cơ sở dữ liệu quốc gia, như 2.002396."),
    )
    title = forms.CharField(label=_("Tên thủ tục"), max_length=1000, widget=TextArea)
    effect = forms.ChoiceField(label=_("Nội dung công bố"), choices=ProcedureEffect.choices)
    in_list = forms.BooleanField(
        label=_("Có trong danh mục ban hành kèm theo quyết định"),
        required=False,
        help_text=_("Thủ tục bãi bỏ không có trong danh mục."),
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not rules.is_national_code(code):
            raise forms.ValidationError(
                _("Mã số thủ tục gồm một chữ số, dấu chấm, sáu chữ số, như 2.002396."),
                code="invalid",
            )
        return code
