from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComposeConfig(AppConfig):
    name = "dieuhanh.reports.compose"
    label = "compose"
    verbose_name = _("Soạn báo cáo")
