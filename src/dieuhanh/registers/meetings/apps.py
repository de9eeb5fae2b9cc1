from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "dieuhanh.registers.meetings"
    label = "meetings"
    verbose_name = _("Phiên họp, cuộc họp")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.meetings import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
