"""The forms of a datapoint: entering it, taking it over from a file, correcting it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea
from dieuhanh.kernel.journal import clock
from dieuhanh.registers.indicators import queries
from dieuhanh.registers.indicators.models import Indicator, PeriodKind, ValueKind
from dieuhanh.text import numbers
from dieuhanh.text.fold import fold

MOST_LINES = 999_999


class NumberField(forms.DecimalField):
    """A number as officials write it: 22.014 or 97,6; the digits after the comma are kept."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=6, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return Decimal(str(value))
        try:  # an export marks numbers below zero as text
            return numbers.parse_number(str(value).strip().removeprefix("'"))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal"}


class IndicatorField(forms.CharField):
    """An indicator by its code."""

    def clean(self, value: Any) -> Indicator | None:  # type: ignore[override]
        text = super().clean(value)
        found = queries.by_code(text)
        if found is None:
            raise ValidationError(
                _("Không có chỉ tiêu “%(value)s”."), params={"value": text}, code="unknown"
            )
        return found


def _qualifiers() -> list[tuple[str, str]]:
    return [("", "—"), *queries.qualifiers().items()]


class CorrectDatapointForm(forms.Form):
    value = NumberField(label=_("Giá trị"), help_text=_("Ghi đúng số chữ số lẻ của nguồn."))
    qualifier = forms.ChoiceField(label=_("Mức"), choices=_qualifiers, required=False)
    as_of = DayField(label=_("Tính đến"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False, widget=TextArea)
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=TextArea)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > clock.today():
            raise ValidationError(_("Ngày này chưa đến."), code="future")
        return day


class SettleConflictForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do chọn"),
        max_length=500,
        widget=TextArea,
        help_text=_("Ví dụ: văn bản ban hành sau thay cho văn bản trước."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DatapointForm(CorrectDatapointForm):
    reason = None  # type: ignore[assignment]
    version = None  # type: ignore[assignment]
    period = forms.CharField(
        label=_("Kỳ"), max_length=12, help_text=_("Ví dụ: 2024, 2024-H1, 2024-Q2, 2024-M05.")
    )
    period_kind = forms.ChoiceField(label=_("Loại kỳ"), choices=PeriodKind.choices)
    value_kind = forms.ChoiceField(label=_("Loại giá trị"), choices=ValueKind.choices)
    measure_unit = forms.CharField(
        label=_("Đơn vị tính"),
        max_length=60,
        required=False,
        help_text=_("Để trống thì theo đơn vị tính của chỉ tiêu."),
    )
    document = forms.CharField(label=_("Văn bản nguồn"), max_length=60)
    line = forms.IntegerField(
        label=_("Dòng"), min_value=1, max_value=MOST_LINES, widget=forms.TextInput
    )
    field_order = (
        "indicator", "period", "period_kind", "value_kind", "qualifier", "value", "measure_unit",
        "as_of", "document", "line", "note",
    )  # fmt: skip

    def clean_period(self) -> str:
        text: str = self.cleaned_data["period"]
        if not queries.is_period(text):
            raise ValidationError(
                _("Kỳ ghi như 2024, 2024-H1, 2024-Q2, 2024-M05, 2024-05-24."), code="invalid"
            )
        return text

    def clean_document(self) -> str:
        """The name of a known report stands for its code, as an export writes it."""
        text: str = self.cleaned_data["document"]
        for code, name in queries.documents().items():
            if fold(name) == fold(text):
                return code
        return text


class ImportedDatapointForm(DatapointForm):
    indicator = IndicatorField(label=_("Chỉ tiêu"), max_length=80)
