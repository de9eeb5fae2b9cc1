"""Form fields that registers share."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries import registry
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


class UnitsField(forms.CharField):
    """Several units, one a line or parted by semicolons, each by its code or full name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextArea({"rows": 2}))
        kwargs.setdefault("help_text", _("Mỗi dòng một đơn vị; có thể để trống."))
        super().__init__(required=False, max_length=5000, **kwargs)

    def clean(self, value: Any) -> list[Unit]:
        names = [one.strip() for one in re.split(r"[;\n]", super().clean(value)) if one.strip()]
        one = UnitField(required=False)
        units: dict[int, Unit] = {}
        for name in names:
            unit = one.clean(name)
            units[unit.pk] = unit
        return list(units.values())

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(unit.name for unit in (value.all() if hasattr(value, "all") else value))


class EntryField(forms.CharField):
    """Another entry, by its number and year: 12/2024. Cleans to the row of ``register``."""

    def __init__(self, register: str, **kwargs: Any) -> None:
        self.register = register
        kwargs.setdefault("help_text", _("Ghi số và năm trong sổ, như 12/2024."))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        described = registry.get(self.register)
        number, _slash, year = text.partition("/")
        row = None
        if number.strip().isdecimal() and year.strip().isdecimal():
            row = described.rows().filter(
                entry__register=self.register, entry__number=int(number), entry__year=int(year)
            ).first()  # fmt: skip
        if row is None:
            raise ValidationError(
                _("Trong %(register)s không có số “%(value)s”; xin ghi như 12/2024."),
                params={"register": str(described.label).lower(), "value": text},
                code="unknown",
            )
        return row

    def prepare_value(self, value: Any) -> Any:
        return str(value.entry) if hasattr(value, "entry") else value
