"""The Django application of what people keep for their own work."""

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    name = "dieuhanh.kernel.personal"
    label = "personal"
