from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "dieuhanh.registers.assignments"
    label = "assignments"
    verbose_name = _("Giao việc, theo dõi thực hiện")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.assignments import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
