from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForeignReceptionConfig(AppConfig):
    name = "dieuhanh.registers.foreign_reception"
    label = "foreign_reception"
    verbose_name = _("Đối ngoại")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.foreign_reception import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
