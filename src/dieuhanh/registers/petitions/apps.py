from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    name = "dieuhanh.registers.petitions"
    label = "petitions"
    verbose_name = _("Kiến nghị cử tri")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.petitions import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
