"""The journal (nhật ký): append-only lines of plain values, outliving what they tell of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.Model):
    """A line of the journal (dòng nhật ký): who did what, for whom, to what, when, why.

    Plain values without foreign keys: a line outlives the person and the entry. The program's
    role may insert and read lines, nothing else; triggers refuse a change by anyone.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_unit = models.CharField(max_length=300, blank=True)
    for_id = models.BigIntegerField(null=True)  # whom the actor stood in for
    for_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    verb = models.CharField(max_length=60)
    entry_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("dòng nhật ký")
        indexes = [
            models.Index(fields=["entry_id", "-id"], name="journal_line_entry_idx"),
            models.Index(fields=["actor_id", "-id"], name="journal_line_actor_idx"),
            models.Index(
                fields=["for_id", "-id"],
                condition=models.Q(for_id__isnull=False),
                name="journal_line_for_idx",
            ),
            models.Index(fields=["verb", "-id"], name="journal_line_verb_idx"),
            models.Index(fields=["at"], name="journal_line_at_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"


class Seal(models.Model):
    """A seal (niêm phong) over the lines up to ``last_line``: hash of them and of the seal before."""

    first_line = models.BigIntegerField()
    last_line = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("niêm phong nhật ký")

    def __str__(self) -> str:
        return f"{self.first_line}-{self.last_line}"
