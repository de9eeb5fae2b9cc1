"""First tables: inspections of public duty.

Why:      the register of the first release that holds them.
Before:   nothing; no table is touched.
Lock:     none that matters; the tables are new.
Old code: does not know the tables.
Reverse:  drops the tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_co_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="entries.entry",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("planned", "Theo kế hoạch"), ("unannounced", "Đột xuất")],
                        max_length=12,
                    ),
                ),
                ("inspected_by", models.CharField(max_length=300)),
                ("plan_symbol", models.CharField(blank=True, max_length=60)),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("discipline", "Kỷ luật, kỷ cương hành chính"),
                            ("procedures", "Giải quyết thủ tục hành chính"),
                            ("tasks", "Thực hiện nhiệm vụ được giao"),
                            ("citizens", "Tiếp công dân, giải quyết đơn"),
                            ("other", "Nội dung khác"),
                        ],
                        max_length=12,
                    ),
                ),
                ("concluded_on", models.DateField(null=True)),
                ("findings", models.TextField(blank=True)),
                ("remedy", models.TextField(blank=True)),
                ("remedy_due_on", models.DateField(null=True)),
                (
                    "reinspection_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reinspections",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "cuộc kiểm tra công vụ",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("concluded_on__isnull", True), ("findings", ""), ("remedy", "")
                            ),
                            models.Q(
                                ("concluded_on__isnull", False),
                                models.Q(("findings", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inspection_findings_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remedy_due_on__isnull", True),
                            models.Q(
                                ("concluded_on__isnull", False),
                                ("remedy_due_on__gte", models.F("concluded_on")),
                                models.Q(("remedy", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inspection_remedy_due_after_conclusion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reinspection_of__isnull", True),
                            models.Q(("reinspection_of", models.F("entry")), _negated=True),
                            _connector="OR",
                        ),
                        name="inspection_repeats_another",
                    ),
                ],
            },
        ),
    ]
