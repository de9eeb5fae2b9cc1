"""Forms of documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, LevelField, TextArea, UnitField
from dieuhanh.registers.documents.models import DocumentType, Issuer, Origin, Secrecy


class IncomingForm(forms.Form):
    #: Of a secret document nothing is kept before it is sent.
    kept_only_if = {"secrecy": Secrecy.NONE.value}

    opened_on = DayField(label=_("Ngày đến"))
    secrecy = forms.ChoiceField(
        label=_("Độ mật"),
        choices=Secrecy.choices,
        initial=Secrecy.NONE,
        help_text=_("Văn bản mật chỉ ghi nơi gửi, độ mật, ngày và người giữ."),
    )
    origin = forms.ChoiceField(label=_("Cấp gửi"), choices=Origin.choices)
    sender = forms.CharField(label=_("Cơ quan, tổ chức gửi"), max_length=300)
    type = forms.ChoiceField(label=_("Loại văn bản"), choices=DocumentType.choices)
    symbol = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=80,
        required=False,
        help_text=_("Ghi đúng như trên văn bản, ví dụ 1897/KHĐT-THQH."),
    )
    issued_on = DayField(label=_("Ngày văn bản"), required=False)
    title = forms.CharField(label=_("Trích yếu"), max_length=1000, required=False, widget=TextArea)
    unit = UnitField(label=_("Đơn vị xử lý"))
    confidentiality = LevelField()
    bypasses_level = forms.BooleanField(label=_("Gửi vượt cấp"), required=False)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("secrecy") == Secrecy.NONE and not data.get("title"):
            self.add_error("title", _("Văn bản thường phải có trích yếu."))
        return data


class OutgoingForm(forms.Form):
    kept_only_if = {"secrecy": Secrecy.NONE.value}

    opened_on = DayField(label=_("Ngày văn bản"))
    issuer = forms.ChoiceField(label=_("Cơ quan ban hành"), choices=Issuer.choices)
    type = forms.ChoiceField(label=_("Loại văn bản"), choices=DocumentType.choices)
    secrecy = forms.ChoiceField(label=_("Độ mật"), choices=Secrecy.choices, initial=Secrecy.NONE)
    title = forms.CharField(label=_("Trích yếu"), max_length=1000, required=False, widget=TextArea)
    signer = forms.CharField(label=_("Người ký"), max_length=200)
    recipients = forms.CharField(
        label=_("Nơi nhận"), max_length=500, required=False, widget=TextArea
    )
    unit = UnitField(label=_("Đơn vị soạn thảo"))
    confidentiality = LevelField()

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("secrecy") == Secrecy.NONE and not data.get("title"):
            self.add_error("title", _("Văn bản thường phải có trích yếu."))
        return data
