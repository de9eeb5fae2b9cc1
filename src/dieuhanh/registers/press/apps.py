from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "dieuhanh.registers.press"
    label = "press"
    verbose_name = _("Báo chí")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.press import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
