"""Issued reports: every figure frozen with the entries it counted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class IssuedReport(models.Model):
    """A report that was issued as a document with a number. It never changes again.

    ``digest`` is the SHA-256 over its text and all its frozen figures.

    Law: Nghị định 30/2020/NĐ-CP, Điều 18.
    """

    campaign = models.OneToOneField(
        "review.Campaign", models.PROTECT, primary_key=True, related_name="issued"
    )
    draft = models.ForeignKey("review.Draft", models.PROTECT, related_name="+")
    document = models.ForeignKey("entries.Entry", models.PROTECT, related_name="+")
    issued_on = models.DateField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("báo cáo đã phát hành")

    def __str__(self) -> str:
        return str(self.document)


class FrozenFigure(models.Model):
    """A figure as it was issued, with the ids of the entries behind it."""

    report = models.ForeignKey(IssuedReport, models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)
    measure_unit = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    decimals = models.PositiveSmallIntegerField()
    shown = models.CharField(max_length=60)
    origin = models.CharField(max_length=16)
    formula = models.CharField(max_length=1000)
    source = models.CharField(max_length=1000, blank=True)
    window_start = models.DateField()
    window_end = models.DateField()
    as_of = models.DateField()
    entry_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("số liệu đã chốt")
        constraints = [
            models.UniqueConstraint(fields=["report", "measure"], name="frozen_figure_unique")
        ]

    def __str__(self) -> str:
        return self.measure
