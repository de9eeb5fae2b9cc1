from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "dieuhanh.registers.inspections"
    label = "inspections"
    verbose_name = _("Kiểm tra công vụ")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.inspections import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
