from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "dieuhanh.faces.desk"
    label = "desk"
    verbose_name = _("Bàn làm việc")

    def ready(self) -> None:
        from dieuhanh.faces.desk import performing

        performing.hand_over()
