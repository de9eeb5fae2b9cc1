"""Form fields that registers share."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.actions import require_standing
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Confidentiality
from dieuhanh.kernel.identity import finding
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.text import dates

#: Most units that a fault names.
MOST_NAMED = 6


class TextArea(forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3} | (attrs or {}))


class DayField(forms.DateField):
    """A date as officials write it: 15/6/2024; also 2024-06-15."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                {
                    "inputmode": "numeric",
                    "placeholder": "15/6/2024",
                    "autocomplete": "off",
                    "class": "w-short",
                    "data-day": "",
                }
            ),
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
        kwargs.setdefault(
            "widget", forms.TextInput({"list": "units", "autocomplete": "off", "data-pick": "unit"})
        )
        kwargs.setdefault("help_text", _("Gõ vài chữ của tên đơn vị rồi chọn."))
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        unit = finding.unit_written(text)
        if unit is None:
            self._refuse_dissolved(text)
            self._refuse_unclear(text)
        return unit

    def _refuse_unclear(self, text: str) -> None:
        """What is only part of names is answered with these names."""
        found, more = finding.units_like(text, MOST_NAMED)
        if not found:
            raise ValidationError(
                _("Không có đơn vị “%(value)s”; xin chọn trong danh sách."),
                params={"value": text},
                code="unknown",
            )
        names = "; ".join(dict.fromkeys(one.value for one in found))
        words = (
            _("“%(value)s” chưa rõ là đơn vị nào; xin ghi đủ tên, như: %(names)s và đơn vị khác.")
            if more
            else _("“%(value)s” chưa rõ là đơn vị nào; xin ghi đủ tên: %(names)s.")
        )
        raise ValidationError(words, params={"value": text, "names": names}, code="unclear")

    def _refuse_dissolved(self, text: str) -> None:
        """A unit that was dissolved is answered with those that took over."""
        ended = Unit.objects.filter(valid_to__lt=clock.today()).order_by("-valid_to")
        unit = ended.filter(code=text).first() or ended.filter(name__iexact=text).first()
        if unit is None:
            return
        try:
            require_standing(unit, clock.today(), field="unit")
        except Refusal as refusal:
            raise ValidationError(str(refusal.message), code="dissolved") from refusal

    def prepare_value(self, value: Any) -> Any:
        return finding.written([value])[0] if isinstance(value, Unit) else value


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
        return "\n".join(finding.written(value.all() if hasattr(value, "all") else value))


class EntryField(forms.CharField):
    """Another entry, by its number and year: 12/2024. Cleans to the row of ``register``.

    Only for a form that `bound` has given to a person: an entry which that person may not open
    is answered exactly as one that does not exist. Where the entry corrected refers to such a one
    already, the field shows "…", and "…" typed leaves it as it is.
    """

    person: Person | None = None
    kept: Any = None

    def __init__(self, register: str, **kwargs: Any) -> None:
        self.register = register
        kwargs.setdefault("help_text", _("Ghi số và năm trong sổ, như 12/2024."))
        super().__init__(max_length=20, **kwargs)

    def find(self, text: str, person: Person) -> Any:
        """The row with this number that ``person`` may open, or None."""
        number, _slash, year = text.partition("/")
        if not (number.strip().isdecimal() and year.strip().isdecimal()):
            return None
        described = registry.get(self.register)
        entries = policies.visible_entries(person, described)
        entries = entries.filter(number=int(number), year=int(year))
        return described.rows().filter(entry__in=entries).first()

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if self.person is None:
            raise RuntimeError("An EntryField works in a form that fields.bound gave to a person.")
        row = self.kept if text == policies.WITHHELD else self.find(text, self.person)
        if row is None:
            raise ValidationError(
                _("Trong %(register)s không có số “%(value)s”; xin ghi như 12/2024."),
                params={
                    "register": str(registry.get(self.register).label).lower(),
                    "value": text,
                },
                code="unknown",
            )
        return row

    def prepare_value(self, value: Any) -> Any:
        if not hasattr(value, "entry"):
            return value
        described = registry.get(self.register)
        if self.person and not policies.may_see(self.person, described, value.pk):
            return policies.WITHHELD
        return str(value.entry)


class LevelField(forms.ChoiceField):
    """Whether an entry is open as usual, or to its own units alone. Left out, it stays as it was."""

    kept: str | None = None

    def __init__(self, **kwargs: Any) -> None:
        levels = (Confidentiality.ORDINARY, Confidentiality.RESTRICTED)
        super().__init__(
            choices=[(level.value, level.label) for level in levels],
            label=kwargs.pop("label", _("Phạm vi xem")),
            required=False,
            help_text=_("“Chỉ trong đơn vị”: chỉ đơn vị chủ trì và đơn vị phối hợp xem được."),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return super().clean(value) or self.kept or Confidentiality.ORDINARY


def bound(form: Any, person: Person) -> Any:
    """The form, with its fields told who fills it in and what stands there now."""
    for name, field in form.fields.items():
        if isinstance(field, EntryField):
            field.person = person
        if isinstance(field, EntryField | LevelField):
            field.kept = form.initial.get(name)
    return form
