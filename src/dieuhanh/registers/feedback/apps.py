from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "dieuhanh.registers.feedback"
    label = "feedback"
    verbose_name = _("Phản ánh, kiến nghị")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.registers.feedback import measures, register  # noqa: F401

        for book in register.REGISTERS:
            registry.add(book)
