"""Forms of delegations and of meetings with them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, EntryField, TextArea, UnitField, UnitsField
from dieuhanh.registers.foreign_reception.models import DelegationLevel, Host, MeetingPurpose
from dieuhanh.registers.foreign_reception.queries import DELEGATIONS


class DelegationForm(forms.Form):
    opened_on = DayField(label=_("Ngày đến"))
    title = forms.CharField(
        label=_("Tên đoàn, tổ chức"),
        max_length=1000,
        help_text=_("Không ghi họ tên thành viên của đoàn."),
    )
    country = forms.CharField(label=_("Nước, vùng lãnh thổ, tổ chức quốc tế"), max_length=120)
    level = forms.ChoiceField(label=_("Cấp của đoàn"), choices=DelegationLevel.choices)
    purpose = forms.CharField(label=_("Mục đích"), max_length=500, required=False, widget=TextArea)
    unit = UnitField(label=_("Đơn vị đón tiếp"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))


class MeetingForm(forms.Form):
    delegation = EntryField(DELEGATIONS, label=_("Đoàn khách quốc tế"))
    opened_on = DayField(label=_("Ngày tiếp"), help_text=_("Không trước ngày đoàn đến."))
    host = forms.ChoiceField(
        label=_("Người chủ trì tiếp"),
        choices=Host.choices,
        help_text=_("Báo cáo đếm các cuộc do Chủ tịch, Phó Chủ tịch tiếp."),
    )
    purpose = forms.ChoiceField(label=_("Tính chất"), choices=MeetingPurpose.choices)
    title = forms.CharField(
        label=_("Nội dung trao đổi"),
        max_length=1000,
        widget=TextArea,
        help_text=_("Nội dung thuộc bí mật nhà nước không ghi vào sổ này."),
    )
    unit = UnitField(label=_("Đơn vị chuẩn bị"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))
