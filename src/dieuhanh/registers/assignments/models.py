"""Tasks that were assigned, the Committee's two programmes, and what it submits to others."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TaskSource(models.TextChoices):
    """Where a task comes from; the sources are kept apart (NV-06)."""

    GOVERNMENT = "government", _("Trung ương")
    CITY_PARTY = "city_party", _("Thành ủy")
    CITY_COUNCIL = "city_council", _("HĐND Thành phố")
    WORK_PROGRAMME = "work_programme", _("Chương trình công tác")
    CONCLUSION = "conclusion", _("Thông báo kết luận họp")
    OFFICIAL_LETTER = "official_letter", _("Công văn, công điện chỉ đạo")
    VOTER_PETITION = "voter_petition", _("Kiến nghị cử tri")
    PRESS = "press", _("Báo chí phản ánh")


class ProgrammeLevel(models.TextChoices):
    FOCUS_AREA = "focus_area", _("Trọng tâm chỉ đạo, điều hành")
    TASK_GROUP = "task_group", _("Nhóm nhiệm vụ, giải pháp")
    SPECIFIC_TASK = "specific_task", _("Nhiệm vụ cụ thể")
    MAJOR_TASK = "major_task", _("Nhiệm vụ lớn")
    PARTY_PROGRAMME = "party_programme", _("Chương trình công tác lớn của Thành ủy")


class ProductType(models.TextChoices):
    REPORT = "report", _("Báo cáo chuyên đề")
    SCHEME = "scheme", _("Đề án")
    SUBMISSION = "submission", _("Tờ trình")
    NORMATIVE_DRAFT = "normative_draft", _("Dự thảo văn bản quy phạm pháp luật")
    OTHER = "other", _("Nội dung khác")


class SubmissionBody(models.TextChoices):
    PARTY_EXECUTIVE_COMMITTEE = "party_executive_committee", _("Ban Chấp hành Đảng bộ Thành phố")
    CITY_PARTY = "city_party", _("Thường trực, Ban Thường vụ Thành ủy")
    PEOPLE_COUNCIL = "people_council", _("HĐND Thành phố")


class SubmissionResult(models.TextChoices):
    APPROVED = "approved", _("Thông qua")
    APPROVED_WITH_CHANGES = "approved_with_changes", _("Thông qua, có chỉnh sửa")
    NOTED = "noted", _("Ghi nhận, cho ý kiến")
    RETURNED = "returned", _("Trả lại, yêu cầu hoàn thiện")
    POSTPONED = "postponed", _("Chưa xem xét")


class Task(models.Model):
    """A task that was assigned (nhiệm vụ giao), with the "3 rõ" as fields (NV-04, NV-05).

    The unit of the entry leads, exactly one; ``head`` answers for it. ``due_on`` is the day first
    set, None where there is none (NV-13); the deadline in force stands with the obligation.
    ``checked_on`` dates the latest check, earlier ones stand in the journal.

    Law: Nghị định 30/2020/NĐ-CP, Điều 23–24; Quyết định 42/2014/QĐ-TTg (NV-01, not read).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    source = models.CharField(max_length=16, choices=TaskSource)
    source_document = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    head = models.CharField(max_length=200)
    process = models.CharField(max_length=1000, blank=True)
    authority = models.CharField(max_length=1000, blank=True)
    expected_product = models.CharField(max_length=500, blank=True)
    checked_on = models.DateField(null=True)
    check_result = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("nhiệm vụ giao")
        constraints = [
            models.CheckConstraint(
                name="task_check_is_dated",
                condition=Q(checked_on__isnull=True, check_result="")
                | (Q(checked_on__isnull=False) & ~Q(check_result="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class ActionItem(models.Model):
    """An entry of the Committee's action programme of the year (chương trình hành động).

    A specific task stands under a group, a group under a focus area; only specific tasks must
    have a deadline.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    level = models.CharField(max_length=16, choices=ProgrammeLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    due_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("nội dung chương trình hành động")
        constraints = [
            models.CheckConstraint(
                name="action_item_due_fits_level",
                condition=Q(level="specific_task", due_on__isnull=False)
                | Q(level="major_task")
                | Q(level__in=["focus_area", "task_group", "party_programme"], due_on__isnull=True),
            ),
            models.CheckConstraint(
                name="action_item_parent_fits_level",
                condition=Q(parent__isnull=True) | Q(level__in=["task_group", "specific_task"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class ProgrammeItem(models.Model):
    """An item of the work programme of the year (nội dung chương trình công tác) (NV-07).

    Due on the last day of the planned month, or quarter where no month is planned. An item that is
    carried over is not done: it stays open in its period, dated by ``carried_on``, and the item
    of the next half-year points to it by ``carried_from``.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    product_type = models.CharField(max_length=16, choices=ProductType)
    planned_year = models.PositiveSmallIntegerField()
    planned_quarter = models.PositiveSmallIntegerField()
    planned_month = models.PositiveSmallIntegerField(null=True)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="carried_to"
    )
    carried_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("nội dung chương trình công tác")
        constraints = [
            models.CheckConstraint(
                name="programme_item_quarter_of_a_year",
                condition=Q(planned_quarter__gte=1, planned_quarter__lte=4),
            ),
            models.CheckConstraint(
                name="programme_item_month_in_quarter",
                condition=Q(planned_month__isnull=True)
                | Q(
                    planned_month__gt=F("planned_quarter") * 3 - 3,
                    planned_month__lte=F("planned_quarter") * 3,
                ),
            ),
            models.CheckConstraint(
                name="programme_item_not_from_itself",
                condition=Q(carried_from__isnull=True) | ~Q(carried_from=F("entry")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class ProgrammeReview(models.Model):
    """A monthly or quarterly review of an item of the work programme; each is kept (NV-07)."""

    item = models.ForeignKey(ProgrammeItem, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    note = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("lần rà soát")
        ordering = ("reviewed_on", "pk")
        constraints = [
            models.CheckConstraint(name="programme_review_has_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.reviewed_on}"


class Submission(models.Model):
    """A matter that the Committee submits to the Party's or the Council's bodies (nội dung trình).

    ``result`` is that of the latest closing, which dates it.

    Law: Luật Tổ chức chính quyền địa phương 77/2015/QH13.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    body = models.CharField(max_length=32, choices=SubmissionBody)
    session = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=24, choices=SubmissionResult, blank=True)

    class Meta:
        verbose_name = _("nội dung trình")

    def __str__(self) -> str:
        return str(self.entry)
