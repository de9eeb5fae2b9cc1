from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssueConfig(AppConfig):
    name = "dieuhanh.reports.issue"
    label = "issue"
    verbose_name = _("Phát hành báo cáo")
