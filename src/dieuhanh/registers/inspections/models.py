"""Inspections of public duty (kiểm tra công vụ)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class InspectionMode(models.TextChoices):
    PLANNED = "planned", _("Theo kế hoạch")
    UNANNOUNCED = "unannounced", _("Đột xuất")


class InspectionField(models.TextChoices):
    DISCIPLINE = "discipline", _("Kỷ luật, kỷ cương hành chính")
    PROCEDURES = "procedures", _("Giải quyết thủ tục hành chính")
    TASKS = "tasks", _("Thực hiện nhiệm vụ được giao")
    CITIZENS = "citizens", _("Tiếp công dân, giải quyết đơn")
    OTHER = "other", _("Nội dung khác")


class Inspection(models.Model):
    """An inspection of how a unit does its duty; the entry's unit is the one inspected.

    Plan → check → findings → remedy → repeat check: the findings are dated facts, the remedy is
    what the inspected unit owes, and a repeat check points to the one it follows.
    Law: Luật Cán bộ, công chức 22/2008/QH12.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    mode = models.CharField(max_length=12, choices=InspectionMode)
    inspected_by = models.CharField(max_length=300)
    plan_symbol = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=12, choices=InspectionField)
    reinspection_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="reinspections"
    )
    concluded_on = models.DateField(null=True)
    findings = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    remedy_due_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("cuộc kiểm tra công vụ")
        constraints = [
            models.CheckConstraint(
                name="inspection_findings_have_a_day",
                condition=Q(concluded_on__isnull=True, findings="", remedy="")
                | (Q(concluded_on__isnull=False) & ~Q(findings="")),
            ),
            models.CheckConstraint(
                name="inspection_remedy_due_after_conclusion",
                condition=Q(remedy_due_on__isnull=True)
                | (
                    Q(concluded_on__isnull=False, remedy_due_on__gte=F("concluded_on"))
                    & ~Q(remedy="")
                ),
            ),
            models.CheckConstraint(
                name="inspection_repeats_another",
                condition=Q(reinspection_of__isnull=True) | ~Q(reinspection_of=F("entry")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)
