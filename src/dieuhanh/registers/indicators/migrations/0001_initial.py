"""First tables: indicators, datapoints, targets.

Why:      the first release.
Before:   an empty database.
Lock:     none that matters; the tables are new.
Old code: there is none.
Reverse:  drops the tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=80, unique=True)),
                ("label", models.CharField(max_length=300)),
                ("measure_unit", models.CharField(max_length=60)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("higher_better", "Cao hơn là tốt hơn"),
                            ("lower_better", "Thấp hơn là tốt hơn"),
                            ("range", "Trong khoảng"),
                            ("ceiling", "Không vượt mức"),
                            ("none", "Không xét chiều"),
                        ],
                        max_length=16,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
            ],
            options={
                "verbose_name": "chỉ tiêu",
            },
        ),
        migrations.CreateModel(
            name="Datapoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(max_length=35)),
                ("period", models.CharField(max_length=12)),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("cumulative", "Lũy kế"),
                            ("estimate", "Ước thực hiện"),
                            ("annual", "Cả năm"),
                            ("plan", "Kế hoạch"),
                            ("event", "Sự kiện"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "value_kind",
                    models.CharField(
                        choices=[
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
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.DecimalField(decimal_places=6, max_digits=20)),
                ("decimals", models.PositiveSmallIntegerField()),
                ("measure_unit", models.CharField(max_length=60)),
                ("qualifier", models.CharField(blank=True, max_length=12)),
                ("as_of", models.DateField()),
                ("document", models.CharField(max_length=60)),
                ("line", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="datapoints",
                        to="indicators.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu",
                "indexes": [
                    models.Index(
                        fields=["indicator", "period", "value_kind"], name="datapoint_series_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "indicator",
                            "area",
                            "period",
                            "period_kind",
                            "value_kind",
                            "document",
                            "line",
                        ),
                        name="datapoint_once_per_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 6)), name="datapoint_decimals"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=12)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("lower", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("upper", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("higher_better", "Cao hơn là tốt hơn"),
                            ("lower_better", "Thấp hơn là tốt hơn"),
                            ("range", "Trong khoảng"),
                            ("ceiling", "Không vượt mức"),
                            ("none", "Không xét chiều"),
                        ],
                        max_length=16,
                    ),
                ),
                ("measure_unit", models.CharField(max_length=60)),
                ("document", models.CharField(max_length=60)),
                ("line", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="indicators.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "chỉ tiêu kế hoạch",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "period", "version"), name="target_version_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower__isnull", False), ("upper__isnull", False), _connector="OR"
                        ),
                        name="target_has_a_bound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower__isnull", True),
                            ("upper__isnull", True),
                            ("upper__gte", models.F("lower")),
                            _connector="OR",
                        ),
                        name="target_bounds_in_order",
                    ),
                ],
            },
        ),
    ]
