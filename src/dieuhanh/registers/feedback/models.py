"""Feedback on administrative regulations and conduct (phản ánh, kiến nghị)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    REGULATION = "regulation", _("Quy định hành chính")
    CONDUCT = "conduct", _("Hành vi hành chính")


class Channel(models.TextChoices):
    PORTAL = "portal", _("Cổng dịch vụ công")
    LETTER = "letter", _("Văn bản, thư")
    PHONE = "phone", _("Điện thoại")
    IN_PERSON = "in_person", _("Trực tiếp")


class Feedback(models.Model):
    """A feedback on a regulation or an act (phản ánh, kiến nghị về quy định, hành vi hành chính).

    Law: Nghị định 20/2008/NĐ-CP, amended by 48/2013/NĐ-CP and 92/2017/NĐ-CP (PA-01…PA-05).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    about = models.CharField(max_length=16, choices=About)
    channel = models.CharField(max_length=16, choices=Channel)

    class Meta:
        verbose_name = _("phản ánh, kiến nghị")

    def __str__(self) -> str:
        return str(self.entry)
