from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "dieuhanh.registers.complaints"
    label = "complaints"
    verbose_name = _("Tiếp công dân, đơn thư")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.complaints import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
