"""The form of a feedback."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField
from dieuhanh.registers.feedback.models import About, Channel


class FeedbackForm(forms.Form):
    opened_on = DayField(label=_("Ngày tiếp nhận"))
    about = forms.ChoiceField(label=_("Phản ánh về"), choices=About.choices)
    channel = forms.ChoiceField(label=_("Kênh tiếp nhận"), choices=Channel.choices)
    title = forms.CharField(
        label=_("Nội dung"),
        max_length=1000,
        widget=TextArea,
        help_text=_("Không ghi tên người phản ánh vào ô này."),
    )
    unit = UnitField(label=_("Đơn vị xử lý"))
