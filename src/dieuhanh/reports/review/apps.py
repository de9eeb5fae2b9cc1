from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "dieuhanh.reports.review"
    label = "review"
    verbose_name = _("Đợt báo cáo")

    def ready(self) -> None:
        from dieuhanh.kernel.entries import registry
        from dieuhanh.reports.review import register

        for book in register.REGISTERS:
            registry.add(book)
