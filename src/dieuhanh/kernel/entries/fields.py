"""Form fields that registers share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.text import dates


class TextArea(forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3} | (attrs or {}))


class DayField(forms.DateField):
    """A date as officials write it: 15/6/2024; also 2024-06-15."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "numeric", "placeholder": "15/6/2024"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return dates.parse_day(str(value))
        except ValueError as error:
            raise ValidationError(
                _("Không đọc được ngày “%(value)s”; xin ghi như 15/6/2024."),
                params={"value": value},
                code="invalid",
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return dates.day(value) if isinstance(value, date) else value


class UnitField(forms.CharField):
    """A unit by its code or its full name, tone marks aside; the page offers the list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"list": "units", "autocomplete": "off"}))
        kwargs.setdefault("help_text", _("Gõ vài chữ của tên đơn vị rồi chọn."))
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = Unit.objects.filter(valid_to=None)
        unit = found.filter(code=text).first() or found.filter(name__iexact=text).first()
        if unit is None:
            raise ValidationError(
                _("Không có đơn vị “%(value)s”; xin chọn trong danh sách."),
                params={"value": text},
                code="unknown",
            )
        return unit

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Unit) else value
