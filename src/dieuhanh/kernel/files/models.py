"""Attachments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """An attachment (tệp đính kèm), kept under the SHA-256 of its bytes.

    ``pages`` that can be looked at on the entry's page; empty where there is no preview.
    """

    entry = models.ForeignKey("entries.Entry", models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("tệp đính kèm")
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="attachment_once_per_entry"),
            models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
