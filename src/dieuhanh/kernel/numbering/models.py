"""Books and their counters."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A number series (dãy số): one counter for an agency, a book and a year.

    Law: Nghị định 30/2020/NĐ-CP, Điều 15 (VT-01…VT-03), Điều 22 (VT-43).
    """

    agency = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    book = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("dãy số")
        constraints = [
            models.UniqueConstraint(fields=["agency", "book", "year"], name="series_unique")
        ]

    def __str__(self) -> str:
        return f"{self.book}/{self.year}"
