from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RenderConfig(AppConfig):
    name = "dieuhanh.reports.render"
    label = "render"
    verbose_name = _("Trình bày báo cáo")
