from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "dieuhanh.registers.documents"
    label = "documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.documents import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
