"""Forms of press conferences and press matters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField, UnitsField
from dieuhanh.registers.press.models import ConferenceMode, PressField


class ConferenceForm(forms.Form):
    opened_on = DayField(label=_("Ngày họp"))
    mode = forms.ChoiceField(label=_("Loại họp báo"), choices=ConferenceMode.choices)
    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=TextArea)
    presided_by = forms.CharField(
        label=_("Chủ trì"),
        max_length=300,
        help_text=_("Chức vụ người chủ trì, như Phó Chủ tịch UBND Thành phố."),
    )
    with_party_board = forms.BooleanField(
        label=_("Có Ban Tuyên giáo Thành ủy tham dự"), required=False
    )
    unit = UnitField(label=_("Đơn vị tổ chức"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))


class MatterForm(forms.Form):
    opened_on = DayField(label=_("Ngày vào sổ"))
    outlet = forms.CharField(label=_("Cơ quan báo chí"), max_length=200)
    published_on = DayField(label=_("Ngày đăng, phát"))
    title = forms.CharField(
        label=_("Nội dung phản ánh"),
        max_length=1000,
        widget=TextArea,
        help_text=_("Tóm tắt một câu; bài báo đính kèm ở trang của mục."),
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=PressField.choices)
    unit = UnitField(label=_("Đơn vị phải trả lời"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))


class DirectForm(forms.Form):
    response_symbol = forms.CharField(
        label=_("Số, ký hiệu văn bản chỉ đạo"), max_length=60, help_text=_("Như 123/VP-KTN.")
    )
    directed_on = DayField(label=_("Ngày văn bản"))
    due_on = DayField(
        label=_("Thời hạn giải quyết"),
        required=False,
        help_text=_("Ngày cuối mà văn bản chỉ đạo đặt ra, nếu có."),
    )


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Văn bản, nội dung trả lời báo chí"), max_length=500, widget=TextArea
    )
    replied_on = DayField(label=_("Ngày trả lời báo chí"))


class MatterCorrectionForm(MatterForm):
    """The form of entering, with the direction and the reply that were recorded since."""

    response_symbol = forms.CharField(
        label=_("Số, ký hiệu văn bản chỉ đạo"), max_length=60, required=False
    )
    directed_on = DayField(label=_("Ngày văn bản"), required=False)
    due_on = DayField(label=_("Thời hạn giải quyết"), required=False)
    reply = forms.CharField(
        label=_("Văn bản, nội dung trả lời báo chí"),
        max_length=500,
        required=False,
        widget=TextArea,
    )
    replied_on = DayField(label=_("Ngày trả lời báo chí"), required=False)
