"""The Django application of long work done in the background."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "dieuhanh.kernel.errands"
    label = "errands"
