from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "dieuhanh.registers.indicators"
    label = "indicators"
    verbose_name = _("Chỉ tiêu")

    def ready(self) -> None:
        from dieuhanh.registers.indicators import measures  # noqa: F401
