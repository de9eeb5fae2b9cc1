"""Forms of reception, letters, cases and reviews."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField
from dieuhanh.registers.complaints.models import CaseBasis, Field, LetterClass


class VisitForm(forms.Form):
    opened_on = DayField(label=_("Ngày tiếp"))
    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=TextArea)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices)
    people = forms.IntegerField(label=_("Số người"), min_value=1, max_value=1000, initial=1)
    unit = UnitField(label=_("Đơn vị tiếp"))
    by_leader = forms.BooleanField(
        label=_("Do Chủ tịch, Phó Chủ tịch UBND Thành phố tiếp"), required=False
    )


class LetterForm(forms.Form):
    opened_on = DayField(label=_("Ngày nhận đơn"))
    letter_class = forms.ChoiceField(
        label=_("Loại đơn"),
        choices=LetterClass.choices,
        help_text=_("Phân loại theo nội dung, không theo tiêu đề người viết ghi."),
    )
    title = forms.CharField(
        label=_("Nội dung đơn"),
        max_length=1000,
        widget=TextArea,
        help_text=_("Không ghi tên người viết đơn vào ô này."),
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices)
    sender = forms.CharField(
        label=_("Người viết đơn"),
        max_length=200,
        required=False,
        help_text=_("Với đơn tố cáo, tên được giữ ở nơi bảo vệ riêng và không hiện ở nơi khác."),
    )
    sender_address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    unit = UnitField(label=_("Đơn vị xử lý"))
    eligible = forms.BooleanField(label=_("Đủ điều kiện xử lý"), required=False, initial=True)


class CaseForm(forms.Form):
    opened_on = DayField(label=_("Ngày thụ lý"))
    basis = forms.ChoiceField(label=_("Loại vụ việc"), choices=CaseBasis.choices)
    title = forms.CharField(label=_("Nội dung vụ việc"), max_length=1000, widget=TextArea)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices)
    unit = UnitField(label=_("Đơn vị giải quyết"))


class ReviewForm(forms.Form):
    opened_on = DayField(label=_("Ngày kiểm điểm"))
    collective = forms.TypedChoiceField(
        label=_("Đối tượng"),
        choices=(("True", _("Tập thể")), ("False", _("Cá nhân"))),
        coerce=lambda value: value == "True",
    )
    title = forms.CharField(label=_("Nội dung sai phạm"), max_length=1000, widget=TextArea)
    measure_taken = forms.CharField(label=_("Hình thức xử lý"), max_length=200, required=False)
    unit = UnitField(label=_("Đơn vị"))
