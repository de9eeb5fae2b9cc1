"""Forms of petitions, of what is done with them, and of meetings with voters."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, EntryField, TextArea, UnitField, UnitsField
from dieuhanh.registers.petitions import rules
from dieuhanh.registers.petitions.models import (
    AnswerBasis,
    Authority,
    Constituency,
    ContactMode,
    Deputies,
    Ledger,
    PetitionSource,
    ResultClass,
    Sphere,
)
from dieuhanh.registers.petitions.queries import BOOKS, constituencies
from dieuhanh.text.fold import fold


class ConstituenciesField(forms.CharField):
    """Constituencies, one a line or parted by semicolons, by name with or without its first word."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextArea({"rows": 2}))
        kwargs.setdefault("help_text", _("Mỗi dòng một đơn vị bầu cử, như: Quận Ba Đình."))
        super().__init__(max_length=5000, **kwargs)

    def clean(self, value: Any) -> list[Constituency]:
        typed = [one.strip() for one in re.split(r"[;\n]", super().clean(value)) if one.strip()]
        known = constituencies() if typed else []
        found: dict[int, Constituency] = {}
        for text in typed:
            named = [
                one
                for one in known
                if fold(text) in (one.code, fold(one.name))
                or fold(one.name).endswith(f" {fold(text)}")
            ]
            if len(named) != 1:
                raise ValidationError(
                    _("Không có đơn vị bầu cử “%(value)s”; xin ghi như: Quận Ba Đình."),
                    params={"value": text},
                    code="unknown",
                )
            found[named[0].pk] = named[0]
        return list(found.values())

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(one.name for one in (value.all() if hasattr(value, "all") else value))


class PetitionForm(forms.Form):
    """What both ledgers ask; the source is that of one."""

    opened_on = DayField(
        label=_("Ngày tiếp nhận"),
        help_text=_("Ngày kiến nghị được chuyển đến Ủy ban nhân dân Thành phố."),
    )
    title = forms.CharField(label=_("Nội dung kiến nghị"), max_length=1000, widget=TextArea)
    sphere = forms.ChoiceField(label=_("Lĩnh vực"), choices=Sphere.choices)
    authority = forms.ChoiceField(
        label=_("Thẩm quyền giải quyết"),
        choices=Authority.choices,
        initial=Authority.CITY,
        help_text=_("Việc vượt thẩm quyền Thành phố: chuyển bộ, ngành và chờ Trung ương."),
    )
    repeated = forms.BooleanField(
        label=_("Kiến nghị nhiều lần"),
        required=False,
        help_text=_("Đã nêu ở kỳ trước và nay nêu lại."),
    )
    constituencies = ConstituenciesField(label=_("Nơi cử tri kiến nghị"), required=False)
    unit = UnitField(label=_("Đơn vị chủ trì"))
    co_units = UnitsField(label=_("Đơn vị phối hợp"))


def _source(ledger: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=PetitionSource.objects.filter(ledger=ledger).order_by("passed_on", "key"),
        to_field_name="key",
        label=_("Nguồn kiến nghị"),
        help_text=_("Nghị quyết, kỳ họp hoặc kỳ tiếp xúc cử tri mà kiến nghị gắn với."),
    )


class CouncilPetitionForm(PetitionForm):
    source = _source(Ledger.COUNCIL)

    field_order = ("opened_on", "source")


class AssemblyPetitionForm(PetitionForm):
    source = _source(Ledger.NATIONAL_ASSEMBLY)
    basis = forms.ChoiceField(
        label=_("Loại kiến nghị"),
        choices=[(key, AnswerBasis(key).label) for key in rules.bases(Ledger.NATIONAL_ASSEMBLY)],
        help_text=_("Theo Quyết định 33/2017/QĐ-TTg; quyết định thời hạn trả lời."),
    )

    field_order = ("opened_on", "source", "basis")


def correction(form: type[PetitionForm]) -> type[PetitionForm]:
    """The form of entering with the answer, which a correction may move or take back."""
    fields = {
        "answered_on": DayField(
            label=_("Ngày trả lời"),
            required=False,
            help_text=_("Để trống nếu trước đây ghi nhầm là đã trả lời."),
        ),
        "answer_symbol": forms.CharField(
            label=_("Số, ký hiệu văn bản trả lời"), max_length=100, required=False
        ),
    }
    return type(form.__name__, (form,), fields)


class AnswerForm(forms.Form):
    on = DayField(label=_("Ngày trả lời"))
    answer_symbol = forms.CharField(
        label=_("Số, ký hiệu văn bản trả lời"), max_length=100, required=False
    )


class ResultForm(forms.Form):
    on = DayField(label=_("Ngày ghi kết quả"))
    result = forms.ChoiceField(label=_("Kết quả giải quyết"), choices=ResultClass.choices)
    next_on = DayField(
        label=_("Hẹn đến ngày"),
        required=False,
        help_text=_("Bắt buộc khi đang giải quyết hoặc sẽ giải quyết; kết thúc thì để trống."),
    )
    outcome = forms.CharField(
        label=_("Văn bản, kết quả"),
        max_length=500,
        required=False,
        widget=TextArea,
    )


class ReopenForm(forms.Form):
    on = DayField(label=_("Ngày mở lại"))
    reason = forms.CharField(label=_("Lý do mở lại"), max_length=500, widget=TextArea)
    next_on = DayField(label=_("Hẹn đến ngày"))


def merging(ledger: str) -> type[forms.Form]:
    fields = {
        "on": DayField(label=_("Ngày gộp")),
        "into": EntryField(BOOKS[ledger], label=_("Gộp vào kiến nghị số")),
    }
    return type("MergeForm", (forms.Form,), fields)


class ContactForm(forms.Form):
    opened_on = DayField(label=_("Ngày tiếp xúc"))
    deputies = forms.ChoiceField(label=_("Đại biểu"), choices=Deputies.choices)
    session = forms.CharField(
        label=_("Kỳ họp"),
        max_length=200,
        help_text=_("Ghi rõ trước hay sau kỳ họp, như: trước kỳ họp thứ 7, Quốc hội khóa XV."),
    )
    mode = forms.ChoiceField(label=_("Hình thức"), choices=ContactMode.choices)
    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=TextArea)
    constituencies = ConstituenciesField(label=_("Đơn vị bầu cử"))
    unit = UnitField(label=_("Đơn vị chuẩn bị"))
    co_units = UnitsField(label=_("Đơn vị dự, tiếp thu ý kiến"))
