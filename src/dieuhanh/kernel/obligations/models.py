"""Time limits as data, and what units owe by a date."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class LimitUnit(models.TextChoices):
    CALENDAR_DAY = "calendar_day", _("ngày")
    WORKING_DAY = "working_day", _("ngày làm việc")
    WORKING_MORNING = "working_morning", _("buổi sáng ngày làm việc")
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    NATURAL_HOUR = "natural_hour", _("giờ")
    MONTH = "month", _("tháng")


class Direction(models.TextChoices):
    """How a limit lies to its event."""

    FORWARD = "forward", _("kể từ")
    BACKWARD = "backward", _("chậm nhất trước")
    MINIMUM = "minimum", _("ít nhất, kể từ")
    AT_ONCE = "at_once", _("ngay khi")


class Certainty(models.TextChoices):
    """Whether the length of a limit is known."""

    FIXED = "fixed", _("đã xác định")
    BY_CASE = "by_case", _("theo từng việc")
    UNKNOWN = "unknown", _("chưa xác định")


class TimeLimit(models.Model):
    """A time limit (thời hạn): a row of data, because a change of law is a new row.

    ``confirmed`` is False where the rule book marks the number GK: it then is configuration with
    an ``owner`` who is to confirm it, and pages say so. What sources say otherwise stands in
    ``alternatives``, as [{length, unit, source}]. A limit whose length is not `FIXED` yields no
    date. ``extension_length`` is how much one extension adds, in the limit's own unit; None where
    whoever decides names the new day. ``pause`` says when the clock may stand; "" is never.
    """

    key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    start_event = models.CharField(max_length=200)
    certainty = models.CharField(max_length=8, choices=Certainty, default=Certainty.FIXED)
    length = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=16, choices=LimitUnit)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.FORWARD)
    alternatives = models.JSONField(default=list)
    extension = models.CharField(max_length=300, blank=True)
    extension_times = models.PositiveSmallIntegerField(default=0)
    extension_length = models.PositiveSmallIntegerField(null=True)
    extension_by = models.CharField(max_length=200, blank=True)
    pause = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300)
    rule = models.CharField(max_length=20)
    confirmed = models.BooleanField()
    owner = models.CharField(max_length=200, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    applies_to_running = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("thời hạn")
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_from"], name="time_limit_key_unique"),
            models.CheckConstraint(
                name="time_limit_dates_in_order",
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="time_limit_known_has_a_length",
                condition=Q(certainty="fixed", length__isnull=False)
                | (~Q(certainty="fixed") & Q(length__isnull=True)),
            ),
            models.CheckConstraint(
                name="time_limit_unconfirmed_has_an_owner",
                condition=Q(confirmed=True) | ~Q(owner=""),
            ),
            # Two versions of one limit never hold on one day. Core PostgreSQL has no GiST for
            # text, so the key stands as a range of one number.
            ExclusionConstraint(
                name="time_limit_versions_apart",
                expressions=[
                    (
                        Func(
                            Func(F("key"), 0, function="hashtextextended"),
                            Func(F("key"), 0, function="hashtextextended"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("effective_from"),
                            F("effective_to"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.key


#: Not done, or done and taken back: what partial indexes hold. Of one row: `Obligation.is_open`.
STILL_OPEN = Q(done_at__isnull=True) | Q(reopened_at__isnull=False)


class Obligation(models.Model):
    """An obligation (việc phải làm): what one unit owes on one entry, with its legal clock.

    ``due_at`` is the last moment in time (23:59:59 of the last day for limits in days), None
    where there is no deadline or the limit is not known. Late is never stored: it is computed
    from ``done_at`` and ``due_at`` as of any moment (NV-10, NV-16). ``first_due_at`` survives
    extensions (NV-11). ``length`` stands where the limit leaves it to the case, in the limit's
    unit; ``event_at`` where the limit lies before an event. ``calendar_version`` is the calendar its due moment was computed with. ``unit`` leads,
    exactly one (NV-04); those that take part are the entry's. ``asked_by`` assigned it and
    confirms it; ``confirmed_at`` and ``returned_for`` tell of the completion that stands. What
    was done, undone and done again is kept as `PastCompletion`.
    """

    entry = models.ForeignKey("entries.Entry", models.PROTECT, related_name="obligations")
    limit = models.ForeignKey(TimeLimit, models.PROTECT, null=True, related_name="+")
    length = models.PositiveSmallIntegerField(null=True)
    duty = models.CharField(max_length=300)
    expected = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    recurrence = models.ForeignKey(
        "obligations.Recurrence", models.PROTECT, null=True, related_name="obligations"
    )
    occurrence = models.DateField(null=True)
    started_at = models.DateTimeField()
    event_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    calendar_version = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    product = models.CharField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    returned_for = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("việc phải làm")
        constraints = [
            models.CheckConstraint(
                name="obligation_done_after_start",
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="obligation_due_after_start",
                condition=Q(due_at__isnull=True)
                | Q(due_at__gte=F("started_at"))
                | Q(event_at__isnull=False),
            ),
            models.CheckConstraint(
                name="obligation_reopened_after_done",
                condition=Q(reopened_at__isnull=True)
                | Q(done_at__isnull=False, reopened_at__gte=F("done_at")),
            ),
            models.CheckConstraint(
                name="obligation_confirmed_when_done",
                condition=Q(confirmed_at__isnull=True)
                | Q(
                    done_at__isnull=False,
                    confirmed_at__gte=F("done_at"),
                    confirmed_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="obligation_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True)
                | Q(done_by__isnull=True)
                | ~Q(confirmed_by=F("done_by")),
            ),
            models.UniqueConstraint(
                name="obligation_once_a_period",
                fields=["recurrence", "occurrence"],
                condition=Q(recurrence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["entry"], name="obligation_entry_idx"),
            models.Index(fields=["limit"], name="obligation_limit_idx"),
            # "My work": what a unit, a person owes; what a person asked; each by due moment.
            models.Index(
                fields=["unit", "due_at", "id"],
                name="obligation_open_unit_idx",
                condition=STILL_OPEN,
            ),
            models.Index(
                fields=["person", "due_at", "id"],
                name="obligation_open_person_idx",
                condition=STILL_OPEN & Q(person__isnull=False),
            ),
            models.Index(
                fields=["asked_by", "due_at", "id"],
                name="obligation_open_asked_idx",
                condition=STILL_OPEN & Q(asked_by__isnull=False),
            ),
            # Reminders: what is due next, and what became late.
            models.Index(fields=["due_at"], name="obligation_open_due_idx", condition=STILL_OPEN),
        ]

    def __str__(self) -> str:
        return self.duty

    @property
    def is_open(self) -> bool:
        """Not done, or done and taken back, now."""
        return self.done_at is None or self.reopened_at is not None


class Cause(models.TextChoices):
    """Why a due moment is another one than before."""

    POSTPONED = "postponed", _("lùi thời hạn")
    EXTENDED = "extended", _("gia hạn")
    RESUMED = "resumed", _("hết tạm dừng")
    CALENDAR = "calendar", _("lịch làm việc thay đổi")
    LIMIT = "limit", _("quy định về thời hạn thay đổi")
    SET = "set", _("xác định thời hạn")


class DueChange(models.Model):
    """A change of a due moment (thay đổi thời hạn): which one was in force before, until when.

    With these the deadline of any past moment is known (NV-16). The first one stays on the
    obligation (NV-11).
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="due_changes")
    at = models.DateTimeField()
    cause = models.CharField(max_length=10, choices=Cause)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("lần thay đổi thời hạn")
        constraints = [
            models.CheckConstraint(
                name="due_change_moves_later",
                condition=~Q(cause__in=["postponed", "extended"])
                | Q(due_after__gt=F("due_before")),
            ),
        ]
        indexes = [models.Index(fields=["at"], name="due_change_at_idx")]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.due_before} → {self.due_after}"


class Extension(models.Model):
    """An extension (gia hạn): asked in writing before expiry, granted or refused by whoever may
    (NV-15). It adds ``length`` in the limit's unit, or names the day (``until``).
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extensions")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    length = models.PositiveSmallIntegerField(null=True)
    until = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("lần gia hạn")
        constraints = [
            models.CheckConstraint(
                name="extension_says_how_long",
                condition=Q(length__isnull=False, until__isnull=True)
                | Q(length__isnull=True, until__isnull=False),
            ),
            models.CheckConstraint(
                name="extension_decided_or_not",
                condition=Q(decided_at__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, granted__isnull=False),
            ),
            models.CheckConstraint(
                name="extension_decided_after_asked",
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(name="extension_says_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="extension_one_asked_at_a_time",
                fields=["obligation"],
                condition=Q(decided_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.length or self.until}"


class Pause(models.Model):
    """A pause (tạm dừng): the clock of an obligation stands, for a reason that all may read.

    ``due_at`` is the deadline in force when it began; while it lasts, nothing becomes late.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("lần tạm dừng")
        constraints = [
            models.CheckConstraint(name="pause_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="pause_ends_after_start",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="pause_begins_in_time", condition=Q(started_at__lte=F("due_at"))
            ),
            models.UniqueConstraint(
                name="pause_one_at_a_time",
                fields=["obligation"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.started_at} – {self.ended_at or ''}"


class Handover(models.Model):
    """A handover (bàn giao): who owed it before, until when; the clock runs on (ĐV-12)."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="handovers")
    at = models.DateTimeField()
    from_unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    from_person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    to_person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("lần bàn giao")
        constraints = [
            models.CheckConstraint(
                name="handover_changes_something",
                condition=~Q(from_unit=F("to_unit"))
                | Q(from_person__isnull=True, to_person__isnull=False)
                | Q(from_person__isnull=False, to_person__isnull=True)
                | (
                    Q(from_person__isnull=False, to_person__isnull=False)
                    & ~Q(from_person=F("to_person"))
                ),
            ),
            models.CheckConstraint(name="handover_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.from_unit} → {self.to_unit}"


class PastCompletion(models.Model):
    """A completion that was undone and then replaced by another: it was done in between."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="past_completions")
    done_at = models.DateTimeField()
    reopened_at = models.DateTimeField()
    product = models.CharField(max_length=500, blank=True)
    returned_for = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("lần hoàn thành trước")
        constraints = [
            models.CheckConstraint(
                name="past_completion_in_order", condition=Q(reopened_at__gte=F("done_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.done_at} – {self.reopened_at}"


class Every(models.TextChoices):
    MONTH = "month", _("hằng tháng")
    QUARTER = "quarter", _("hằng quý")
    EVENT = "event", _("trước mỗi sự kiện")


class Recurrence(models.Model):
    """A recurring duty (việc định kỳ): each month, each quarter, or before each of some days.

    Month and quarter: due on ``day`` of the (last) month; it can be worked on from the first day
    of the period. Before an event: due by the backward limit ``limit_key`` before each day in
    ``events``. Each occurrence is an obligation on ``entry``, written once.
    """

    entry = models.ForeignKey("entries.Entry", models.PROTECT, related_name="recurrences")
    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    duty = models.CharField(max_length=300)
    expected = models.CharField(max_length=300, blank=True)
    every = models.CharField(max_length=8, choices=Every)
    day = models.PositiveSmallIntegerField(null=True)
    limit_key = models.CharField(max_length=60, blank=True)
    events = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("việc định kỳ")
        constraints = [
            models.CheckConstraint(
                name="recurrence_knows_its_day",
                condition=Q(every="event", day__isnull=True) & ~Q(limit_key="")
                | (~Q(every="event") & Q(day__isnull=False, day__gte=1, day__lte=31, limit_key="")),
            ),
            models.CheckConstraint(
                name="recurrence_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.duty
