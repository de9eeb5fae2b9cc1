"""Time limits as data, and what units owe by a date."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LimitUnit(models.TextChoices):
    CALENDAR_DAY = "calendar_day", _("ngày")
    WORKING_DAY = "working_day", _("ngày làm việc")
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    NATURAL_HOUR = "natural_hour", _("giờ")
    MONTH = "month", _("tháng")


class TimeLimit(models.Model):
    """A time limit (thời hạn): a row of data, because a change of law is a new row.

    ``confirmed`` is False where the rule book marks the number GK: it then is configuration with
    an owner, and pages say so.
    """

    key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    start_event = models.CharField(max_length=200)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16, choices=LimitUnit)
    backwards = models.BooleanField(default=False)
    extension = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300)
    rule = models.CharField(max_length=20)
    confirmed = models.BooleanField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("thời hạn")
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_from"], name="time_limit_key_unique"),
            models.CheckConstraint(
                name="time_limit_dates_in_order",
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Obligation(models.Model):
    """An obligation (việc phải làm): what one unit owes on one entry, with its legal clock.

    ``due_at`` is the last moment in time (23:59:59 of the last day for limits in days), None
    where there is no deadline. Late is never stored: it is computed from ``done_at`` and
    ``due_at`` as of any moment (NV-10, NV-16). ``first_due_at`` survives extensions (NV-11).
    What was done, undone and done again is kept as `PastCompletion`.
    """

    entry = models.ForeignKey("entries.Entry", models.PROTECT, related_name="obligations")
    limit = models.ForeignKey(TimeLimit, models.PROTECT, null=True, related_name="+")
    duty = models.CharField(max_length=300)
    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    product = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("việc phải làm")
        constraints = [
            models.CheckConstraint(
                name="obligation_done_after_start",
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="obligation_due_after_start",
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="obligation_reopened_after_done",
                condition=Q(reopened_at__isnull=True)
                | Q(done_at__isnull=False, reopened_at__gte=F("done_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["entry"], name="obligation_entry_idx"),
            models.Index(
                fields=["unit", "due_at"], name="obligation_open_idx", condition=Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.duty


class Extension(models.Model):
    """A deadline that was moved to a later day (lùi, gia hạn); the first one stays (NV-11)."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extensions")
    decided_on = models.DateField()
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("lần lùi thời hạn")
        constraints = [
            models.CheckConstraint(
                name="extension_is_later", condition=Q(due_after__gt=F("due_before"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.due_before} → {self.due_after}"


class PastCompletion(models.Model):
    """A completion that was undone and then replaced by another: it was done in between."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="past_completions")
    done_at = models.DateTimeField()
    reopened_at = models.DateTimeField()
    product = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("lần hoàn thành trước")
        constraints = [
            models.CheckConstraint(
                name="past_completion_in_order", condition=Q(reopened_at__gte=F("done_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.done_at} – {self.reopened_at}"
