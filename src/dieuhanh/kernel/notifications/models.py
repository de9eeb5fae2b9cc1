"""Notices to people, their way by mail, and what was reminded of: the outbox."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    SOON = "soon", _("Sắp đến hạn")
    TODAY = "today", _("Đến hạn hôm nay")
    LATE = "late", _("Quá hạn")
    ESCALATED = "escalated", _("Quá hạn lâu ngày")
    URGED = "urged", _("Đôn đốc")
    ASSIGNED = "assigned", _("Được giao việc")
    HANDED_OVER = "handed_over", _("Chuyển giao việc")
    EXTENSION_ASKED = "extension_asked", _("Đề nghị gia hạn")
    DECIDED = "decided", _("Quyết định về đề nghị gia hạn")
    RETURNED = "returned", _("Trả lại kết quả")
    PAUSED = "paused", _("Tạm dừng thời hạn")
    DEADLINE_MOVED = "deadline_moved", _("Thời hạn thay đổi")
    DIGEST = "digest", _("Bản tin đầu ngày")
    ERRAND = "errand", _("Việc chạy nền")


class Notice(models.Model):
    """A notice (thông báo): one thing told to one person, once.

    ``parts`` are values, not prose: register, number, year, duty, due day, so that the reader's
    language decides the words. They hold neither the title of an entry nor names of citizens; of
    guarded and secret entries only register and number. ``key`` names the thing that is told; the
    same thing is told to a person once.
    """

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    key = models.CharField(max_length=200)
    entry = models.ForeignKey("entries.Entry", models.PROTECT, null=True, related_name="+")
    obligation = models.ForeignKey(
        "obligations.Obligation", models.PROTECT, null=True, related_name="+"
    )
    parts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thông báo")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_told_once"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_person_idx"),
            models.Index(fields=["person"], name="notice_unread_idx", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    REFUSED = "refused", _("Bị từ chối")
    GIVEN_UP = "given_up", _("Thôi không gửi nữa")


class Delivery(models.Model):
    """A delivery (lần chuyển thông báo): a notice on its way by mail.

    Queued in the transaction of the notice itself. ``message_id`` is decided then: a mail that is
    sent again after a crash carries the same one. ``reported_on`` is the day on which the
    administrators' digest told of one that could not be delivered.
    """

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="delivery")
    address = models.EmailField()
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    reported_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("lần chuyển thông báo")
        constraints = [
            models.CheckConstraint(
                name="delivery_settled_has_moment",
                condition=Q(state="queued", settled_at__isnull=True)
                | (~Q(state="queued") & Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="delivery_queued_idx", condition=Q(state="queued")
            ),
            models.Index(
                fields=["settled_at"],
                name="delivery_failed_idx",
                condition=Q(state__in=["refused", "given_up"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class ReminderStage(models.TextChoices):
    SOON = "soon", _("nhắc trước hạn")
    TODAY = "today", _("nhắc ngày đến hạn")
    LATE = "late", _("nhắc khi quá hạn")
    HEAD = "head", _("báo người đứng đầu đơn vị")
    AGENCY = "agency", _("báo người đứng đầu cơ quan")


class Reminder(models.Model):
    """A reminder (lần nhắc việc): that an obligation was reminded of at one stage of one deadline.

    Written before anybody is told, in the same transaction; a moved deadline is another one.
    ``told`` counts the people; 0 where nobody answers for the unit.
    """

    obligation = models.ForeignKey("obligations.Obligation", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=ReminderStage)
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("lần nhắc việc")
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "stage", "due_at"], name="reminder_once_a_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.stage}"
