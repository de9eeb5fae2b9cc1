"""Press conferences, and press reports that call for direction."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ConferenceMode(models.TextChoices):
    PERIODIC = "periodic", _("Định kỳ")
    AD_HOC = "ad_hoc", _("Đột xuất")


class PressField(models.TextChoices):
    ECONOMY = "economy", _("Kinh tế")
    TRANSPORT = "transport", _("Giao thông")
    NATURAL_RESOURCES_ENVIRONMENT = (
        "natural_resources_environment",
        _("Tài nguyên - môi trường"),
    )
    CULTURE_SOCIETY = "culture_society", _("Văn hóa - xã hội")
    URGENT_CIVIL = "urgent_civil", _("Dân sinh bức xúc")


class PressConference(models.Model):
    """A press conference of the People's Committee.

    Law: Luật Báo chí 103/2016/QH13; Nghị định 09/2017/NĐ-CP.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    mode = models.CharField(max_length=10, choices=ConferenceMode)
    presided_by = models.CharField(max_length=300)
    with_party_board = models.BooleanField()

    class Meta:
        verbose_name = _("họp báo")

    def __str__(self) -> str:
        return str(self.entry)


class PressMatter(models.Model):
    """What a newspaper reported and a unit must look into and answer.

    The entry's day is that of taking it in, its unit the one that must answer. Direction and
    reply are dated facts; the result is the closing of the entry.
    Law: Luật Báo chí 103/2016/QH13; Nghị định 09/2017/NĐ-CP.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    outlet = models.CharField(max_length=200)
    published_on = models.DateField()
    field = models.CharField(max_length=30, choices=PressField)
    response_symbol = models.CharField(max_length=60, blank=True)
    directed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    reply = models.CharField(max_length=500, blank=True)
    replied_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("thông tin báo chí phản ánh")
        constraints = [
            models.CheckConstraint(
                name="press_matter_direction_is_whole",
                condition=Q(directed_on__isnull=True, response_symbol="", due_on__isnull=True)
                | (Q(directed_on__isnull=False) & ~Q(response_symbol="")),
            ),
            models.CheckConstraint(
                name="press_matter_directed_after_published",
                condition=Q(directed_on__isnull=True)
                | Q(directed_on__isnull=False, directed_on__gte=F("published_on")),
            ),
            models.CheckConstraint(
                name="press_matter_due_after_directed",
                condition=Q(due_on__isnull=True)
                | Q(directed_on__isnull=False, due_on__gte=F("directed_on")),
            ),
            models.CheckConstraint(
                name="press_matter_reply_is_whole",
                condition=Q(replied_on__isnull=True, reply="")
                | (Q(replied_on__isnull=False, replied_on__gte=F("published_on")) & ~Q(reply="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)
