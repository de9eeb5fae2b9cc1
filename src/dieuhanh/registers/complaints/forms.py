"""Forms of reception, letters, cases and reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField
from dieuhanh.kernel.identity.models import Person
from dieuhanh.registers.complaints.models import CaseBasis, Field, LetterClass
from dieuhanh.registers.complaints.personal_number import parse_personal_number


class PersonalNumberField(forms.CharField):
    """A personal number; what is kept of it is sealed, so a form never shows it again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(parse_personal_number(text))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ""


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
    #: Who wrote is sealed where it is stored, so no unsent form keeps it.
    unkept = ("sender", "sender_address", "sender_number")

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
    sender_number = PersonalNumberField(
        label=_("Số định danh cá nhân"),
        required=False,
        help_text=_(
            "12 chữ số, hoặc 9 chữ số của chứng minh nhân dân cũ. Số được mã hóa, không hiện lại;"
            " khi đính chính để trống là giữ nguyên."
        ),
    )
    repeated = forms.BooleanField(label=_("Đã xem các đơn trước của người này"), required=False)
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


class OpenIdentityForm(forms.Form):
    keeps_nothing = True

    reason = forms.CharField(
        label=_("Lý do mở"),
        max_length=500,
        widget=TextArea,
        help_text=_("Lý do được ghi vào nhật ký; không ghi tên người tố cáo vào ô này."),
    )


class GrantIdentityForm(forms.Form):
    """``people`` are those who may be granted."""

    keeps_nothing = True

    person = forms.ModelChoiceField(label=_("Cho phép"), queryset=Person.objects.none())
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=TextArea,
        help_text=_(
            "Ghi việc cần làm, như xác minh hoặc làm việc với người tố cáo; không ghi tên."
        ),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
