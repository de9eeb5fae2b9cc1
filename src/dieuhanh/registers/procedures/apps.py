from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "dieuhanh.registers.procedures"
    label = "procedures"
    verbose_name = _("Thủ tục hành chính")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.procedures import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
