"""Sessions and meetings of the committee, what they decided, and meetings of others attended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SessionType(models.TextChoices):
    """What kind of meeting it is; the report counts the two apart (HO-10)."""

    COLLECTIVE = "collective", _("Phiên họp tập thể UBND")
    CHAIRED = "chaired", _("Cuộc họp do Chủ tịch, Phó Chủ tịch chủ trì")


class SessionMode(models.TextChoices):
    IN_PERSON = "in_person", _("Họp trực tiếp")
    ONLINE = "online", _("Họp trực tuyến")
    HYBRID = "hybrid", _("Trực tiếp kết hợp trực tuyến")


class Chair(models.TextChoices):
    CHAIRMAN = "chairman", _("Chủ tịch")
    VICE_CHAIRMAN = "vice_chairman", _("Phó Chủ tịch")


class ItemResult(models.TextChoices):
    """What a meeting decided on an item; empty until it has decided."""

    ADOPTED = "adopted", _("Thông qua")
    ADOPTED_WITH_CHANGES = "adopted_with_changes", _("Thông qua, yêu cầu chỉnh sửa")
    RETURNED = "returned", _("Không thông qua, trả lại hồ sơ")
    POSTPONED = "postponed", _("Lùi sang phiên sau")


class Organiser(models.TextChoices):
    """Who holds a meeting to which the committee is invited."""

    GOVERNMENT = "government", _("Chính phủ")
    CITY_PARTY = "city_party", _("Thành ủy")
    PEOPLE_COUNCIL = "people_council", _("Thường trực HĐND Thành phố")


class Session(models.Model):
    """A session of the collective or a meeting chaired by a leader (phiên họp, cuộc họp).

    The entry's ``opened_on`` is the day it was held, ``closed_on`` the day of the notice of
    conclusions. ``papers_due_on`` is the last day for sending papers of a collective session:
    a dated fact that follows from the day held and the limit in force then.
    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 113–117 (HO-01…HO-05); Quyết định
    45/2018/QĐ-TTg (HO-08).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    type = models.CharField(max_length=16, choices=SessionType)
    mode = models.CharField(max_length=16, choices=SessionMode)
    chair = models.CharField(max_length=16, choices=Chair)
    place = models.CharField(max_length=200, blank=True)
    members_total = models.PositiveSmallIntegerField(null=True)
    members_present = models.PositiveSmallIntegerField(null=True)
    urgent = models.BooleanField(default=False)
    papers_sent_on = models.DateField(null=True)
    papers_due_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("phiên họp, cuộc họp")
        constraints = [
            models.CheckConstraint(
                name="session_collective_has_members",
                condition=~Q(type="collective")
                | Q(
                    members_total__isnull=False,
                    members_present__isnull=False,
                    members_total__gte=1,
                    members_present__lte=F("members_total"),
                ),
            ),
            models.CheckConstraint(
                name="session_chaired_has_no_quorum",
                condition=~Q(type="chaired")
                | Q(
                    members_total__isnull=True,
                    members_present__isnull=True,
                    papers_due_on__isnull=True,
                    urgent=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class AgendaItem(models.Model):
    """A matter put to a session (nội dung phiên họp) and what was decided on it.

    The entry's ``opened_on`` is the day the dossier was submitted, ``closed_on`` the day of the
    decision, ``unit`` the one lead agency that signs the submission (HO-09). Votes are those of
    the collective, of ``members`` in all; without a count of votes all four are empty.
    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 117 (HO-04, HO-05).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    result = models.CharField(max_length=24, choices=ItemResult, blank=True)
    members = models.PositiveSmallIntegerField(null=True)
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True)
    chair_in_favour = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("nội dung phiên họp")
        constraints = [
            models.CheckConstraint(
                name="item_votes_within_members",
                condition=Q(
                    members__isnull=True,
                    votes_for__isnull=True,
                    votes_against__isnull=True,
                    votes_abstained__isnull=True,
                )
                | Q(
                    members__isnull=False,
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                    members__gte=F("votes_for") + F("votes_against") + F("votes_abstained"),
                ),
            ),
            models.CheckConstraint(
                name="item_votes_have_a_result",
                condition=Q(members__isnull=True) | ~Q(result=""),
            ),
            models.CheckConstraint(
                name="item_adopted_by_majority",
                condition=~Q(result__in=["adopted", "adopted_with_changes"])
                | Q(members__isnull=True)
                | Q(members__lt=F("votes_for") * 2)
                | Q(chair_in_favour=True, votes_for=F("votes_against")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class Attendance(models.Model):
    """A meeting of others to which the committee sent somebody (cuộc họp được mời dự).

    The entry's ``opened_on`` is the day of the meeting, ``unit`` whom it sent, ``closed_on`` the
    day that unit reported back. ``attended_by`` is a title, never a name.
    Law: Quyết định 45/2018/QĐ-TTg.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    organiser = models.CharField(max_length=16, choices=Organiser)
    invitation = models.CharField(max_length=80, blank=True)
    attended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("cuộc họp được mời dự")

    def __str__(self) -> str:
        return self.invitation or str(self.entry)
