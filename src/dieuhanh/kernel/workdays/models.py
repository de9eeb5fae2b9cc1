"""The committee's own notices of days off and days made up, as they became known."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Announced(models.TextChoices):
    OFF = "off", _("nghỉ")
    WORKING = "working", _("làm việc, làm bù")
    WITHDRAWN = "withdrawn", _("bãi bỏ thông báo trước")


class CalendarNotice(models.Model):
    """What a notice (thông báo) says of one day; only ever added to, so that the calendar as it
    was known at any time can be read again: the *version* of a calendar is the number of its last
    notice. Of two for one day the later one wins; `WITHDRAWN` takes earlier ones back (TG-05…09).
    """

    day = models.DateField()
    announced = models.CharField(max_length=10, choices=Announced)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    confirmed = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thông báo lịch làm việc")
        constraints = [
            models.CheckConstraint(
                name="calendar_notice_says_why", condition=~Q(reason="") & ~Q(source="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.announced}"
