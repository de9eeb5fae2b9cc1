"""International delegations and the meetings of the city's leaders with them: two things."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DelegationLevel(models.TextChoices):
    """At which level a delegation comes; the class that the list shows."""

    STATE = "state", _("Cấp Nhà nước, Chính phủ, Nghị viện")
    MINISTRY = "ministry", _("Cấp bộ, cơ quan trung ương")
    LOCAL = "local", _("Chính quyền địa phương")
    MISSION = "mission", _("Cơ quan đại diện ngoại giao")
    ORGANISATION = "organisation", _("Tổ chức quốc tế")
    BUSINESS = "business", _("Doanh nghiệp, hiệp hội")


class MeetingPurpose(models.TextChoices):
    """Why a delegation is received: the two that the report names."""

    COURTESY = "courtesy", _("Chào xã giao")
    WORKING = "working", _("Làm việc")


class Host(models.TextChoices):
    """Who receives, by title; the report counts those of Chairman and Vice Chairmen."""

    CHAIRMAN = "chairman", _("Chủ tịch UBND Thành phố")
    VICE_CHAIRMAN = "vice_chairman", _("Phó Chủ tịch UBND Thành phố")
    DELEGATED = "delegated", _("Lãnh đạo đơn vị được ủy quyền")


class Delegation(models.Model):
    """An international delegation (đoàn khách quốc tế). It may be met several times, or never.

    The entry's ``title`` is the name of the delegation or organisation, ``opened_on`` its arrival,
    ``closed_on`` the day its programme ended. No names of its members are kept.
    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    country = models.CharField(max_length=120)
    level = models.CharField(max_length=16, choices=DelegationLevel)
    purpose = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("đoàn khách quốc tế")

    def __str__(self) -> str:
        return str(self.entry)


class DelegationMeeting(models.Model):
    """A meeting with a delegation (cuộc tiếp khách quốc tế): one delegation, one day, one host.

    The entry's ``opened_on`` is the day, ``outcome`` what was agreed or promised.
    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="meetings")
    host = models.CharField(max_length=16, choices=Host)
    purpose = models.CharField(max_length=16, choices=MeetingPurpose)

    class Meta:
        verbose_name = _("cuộc tiếp khách quốc tế")

    def __str__(self) -> str:
        return str(self.entry)
