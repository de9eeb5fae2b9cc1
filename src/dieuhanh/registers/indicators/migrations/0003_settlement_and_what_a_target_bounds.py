"""Chosen sources, what a target bounds, indicators assessed once a year.

Why:      a planner settles which of two sources is used (KT-05); a target of growth is not one of
          the level (KT-08); an annual indicator is rightly blank at mid-year (KT-09).
Before:   no choice could be recorded; every target stood for whatever value there was.
Lock:     adds columns with constant defaults and checks over some hundreds of rows: milliseconds.
Old code: does not write the columns; its datapoints are not set aside, its targets bound levels.
Reverse:  drops the columns and, with them, the choices; the journal keeps them.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

VALUE_KINDS = [
    ("value", "Giá trị"),
    ("growth", "So với cùng kỳ"),
    ("plan_pct", "So với kế hoạch, dự toán"),
    ("rank", "Thứ hạng"),
    ("ranked", "Số đơn vị xếp hạng"),
    ("rank_change", "Thay đổi thứ bậc"),
    ("maximum", "Điểm tối đa"),
    ("change", "Thay đổi so với năm trước"),
    ("ratio", "Tỷ lệ"),
    ("threshold", "Ngưỡng"),
    ("years_running", "Số năm liên tiếp"),
    ("growth_low", "So với cùng kỳ, cận dưới"),
    ("growth_high", "So với cùng kỳ, cận trên"),
]


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_datapoint_version")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="annual_only",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="datapoint",
            name="value_kind",
            field=models.CharField(choices=VALUE_KINDS, max_length=16),
        ),
        migrations.AddField(
            model_name="datapoint",
            name="set_aside_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chosen_over",
                to="indicators.datapoint",
            ),
        ),
        migrations.AddField(
            model_name="datapoint",
            name="set_aside_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="datapoint",
            name="set_aside_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                name="datapoint_set_aside_says_why",
                condition=Q(set_aside_for=None, set_aside_on=None, set_aside_reason="")
                | Q(
                    set_aside_for__isnull=False, set_aside_on__isnull=False, set_aside_reason__gt=""
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                name="datapoint_not_set_aside_for_itself",
                condition=Q(set_aside_for=None) | ~Q(set_aside_for=F("id")),
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="value_kind",
            field=models.CharField(
                choices=VALUE_KINDS, db_default="value", default="value", max_length=16
            ),
        ),
        migrations.RemoveConstraint(model_name="target", name="target_version_unique"),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("indicator", "period", "value_kind", "version"),
                name="target_version_unique",
            ),
        ),
    ]
