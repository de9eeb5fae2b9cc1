"""The Django application of the visual layer: templates, static files, template tags."""

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Register the templates, static files and the ``look`` tags."""

    name = "dieuhanh.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        # Django's own words say what is wrong; these say what to do.
        forms.Field.default_error_messages["required"] = _("Xin điền ô này.")
        invalid = _("“%(value)s” không có trong danh sách; xin chọn lại.")
        for field in (forms.ChoiceField, forms.MultipleChoiceField):
            field.default_error_messages["invalid_choice"] = invalid
