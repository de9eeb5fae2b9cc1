"""Indicators, their published values and their targets."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way is better (KT-08)."""

    HIGHER = "higher_better", _("Cao hơn là tốt hơn")
    LOWER = "lower_better", _("Thấp hơn là tốt hơn")
    RANGE = "range", _("Trong khoảng")
    CEILING = "ceiling", _("Không vượt mức")
    NONE = "none", _("Không xét chiều")


class PeriodKind(models.TextChoices):
    """An estimate is never overwritten by the actual value: both stand (KT-06)."""

    CUMULATIVE = "cumulative", _("Lũy kế")
    ESTIMATE = "estimate", _("Ước thực hiện")
    ANNUAL = "annual", _("Cả năm")
    PLAN = "plan", _("Kế hoạch")
    EVENT = "event", _("Sự kiện")


class ValueKind(models.TextChoices):
    VALUE = "value", _("Giá trị")
    GROWTH = "growth", _("So với cùng kỳ")
    PLAN_PCT = "plan_pct", _("So với kế hoạch, dự toán")
    RANK = "rank", _("Thứ hạng")
    RANKED = "ranked", _("Số đơn vị xếp hạng")
    RANK_CHANGE = "rank_change", _("Thay đổi thứ bậc")
    MAXIMUM = "maximum", _("Điểm tối đa")
    CHANGE = "change", _("Thay đổi so với năm trước")
    RATIO = "ratio", _("Tỷ lệ")
    THRESHOLD = "threshold", _("Ngưỡng")
    YEARS_RUNNING = "years_running", _("Số năm liên tiếp")
    GROWTH_LOW = "growth_low", _("So với cùng kỳ, cận dưới")
    GROWTH_HIGH = "growth_high", _("So với cùng kỳ, cận trên")


class Indicator(models.Model):
    """An indicator (chỉ tiêu thống kê): what is measured; not the target that was assigned.

    One that is ``annual_only`` has no value before its year is over: it is rightly blank at
    mid-year and says so (KT-09).
    """

    code = models.CharField(max_length=80, unique=True)
    label = models.CharField(max_length=300)
    measure_unit = models.CharField(max_length=60)
    direction = models.CharField(max_length=16, choices=Direction)
    kind = models.CharField(max_length=20)
    annual_only = models.BooleanField(db_default=False, default=False)

    class Meta:
        verbose_name = _("chỉ tiêu")

    def __str__(self) -> str:
        return self.label


class Datapoint(models.Model):
    """A datapoint (số liệu công bố): indicator, area, period and kind, as of when, from where.

    Two sources may give different values: both are kept, and nothing chooses silently (KT-05).
    Where a planner chose one, the others are set aside for it: they stay, and are not used.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="datapoints")
    area = models.CharField(max_length=35)
    period = models.CharField(max_length=12)
    period_kind = models.CharField(max_length=12, choices=PeriodKind)
    value_kind = models.CharField(max_length=16, choices=ValueKind)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    decimals = models.PositiveSmallIntegerField()
    measure_unit = models.CharField(max_length=60)
    qualifier = models.CharField(max_length=12, blank=True)
    as_of = models.DateField()
    document = models.CharField(max_length=60)
    line = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(db_default=1, default=1)
    set_aside_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="chosen_over"
    )  # fmt: skip
    set_aside_on = models.DateField(null=True)
    set_aside_reason = models.CharField(max_length=500, blank=True, db_default="", default="")

    class Meta:
        verbose_name = _("số liệu")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "period_kind", "value_kind", "document", "line"], name="datapoint_once_per_source"
            ),
            models.CheckConstraint(name="datapoint_decimals", condition=Q(decimals__lte=6)),
            models.CheckConstraint(
                name="datapoint_set_aside_says_why",
                condition=Q(set_aside_for=None, set_aside_on=None, set_aside_reason="")
                | Q(set_aside_for__isnull=False, set_aside_on__isnull=False, set_aside_reason__gt=""),
            ),
            models.CheckConstraint(
                name="datapoint_not_set_aside_for_itself",
                condition=Q(set_aside_for=None) | ~Q(set_aside_for=F("id")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["indicator", "period", "value_kind"], name="datapoint_series_idx")
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.period} {self.value_kind}"


class Target(models.Model):
    """A target (chỉ tiêu kế hoạch được giao), with its versions: an adjusted plan is a new row.

    ``value_kind`` says what is bounded: the level itself, its growth, its part of a plan.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    period = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField(default=1)
    value_kind = models.CharField(
        max_length=16, choices=ValueKind, db_default="value", default=ValueKind.VALUE
    )
    lower = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    upper = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    direction = models.CharField(max_length=16, choices=Direction)
    measure_unit = models.CharField(max_length=60)
    document = models.CharField(max_length=60)
    line = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("chỉ tiêu kế hoạch")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "value_kind", "version"],
                name="target_version_unique",
            ),
            models.CheckConstraint(
                name="target_has_a_bound",
                condition=Q(lower__isnull=False) | Q(upper__isnull=False),
            ),
            models.CheckConstraint(
                name="target_bounds_in_order",
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(upper__gte=F("lower")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.period}"
