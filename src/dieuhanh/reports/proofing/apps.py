from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofingConfig(AppConfig):
    name = "dieuhanh.reports.proofing"
    label = "proofing"
    verbose_name = _("Soát số liệu")
