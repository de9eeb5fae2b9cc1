"""The Django application of the visual layer: templates, static files, template tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Register the templates, static files and the ``look`` tags."""

    name = "dieuhanh.kernel.ui"
    label = "ui"
