"""Long work that the program does for one person, who may leave the page meanwhile."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ErrandKind(models.TextChoices):
    IMPORT = "import", _("Nhập từ tệp")
    EXPORT = "export", _("Xuất danh sách")
    REPORT = "report", _("Dựng tệp báo cáo")


class ErrandState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không xong")


class Errand(models.Model):
    """An errand (việc chạy nền): an import, an export, the building of a file.

    ``arguments`` are plain values for whoever performs the kind. ``file`` is what it is given or
    what it made, under var/files/errands; ``mandate_id`` under which mandate it was asked for.
    """

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    mandate_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=ErrandKind)
    title = models.CharField(max_length=300)
    arguments = models.JSONField(default=dict)
    back = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    faults = models.JSONField(default=list)
    file = models.CharField(max_length=255, blank=True)
    file_name = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = _("việc chạy nền")
        constraints = [
            models.CheckConstraint(
                name="errand_fails_when_ended",
                condition=Q(failure="") | Q(ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="errand_person_idx")]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> ErrandState:
        """Told from its dated facts."""
        if self.ended_at:
            return ErrandState.FAILED if self.failure else ErrandState.DONE
        return ErrandState.RUNNING if self.started_at else ErrandState.WAITING
