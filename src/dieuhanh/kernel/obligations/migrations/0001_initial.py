"""First tables: time limits as data, obligations with their clock.

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

    dependencies = [
        ("entries", "0001_initial"),
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TimeLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=300)),
                ("start_event", models.CharField(max_length=200)),
                ("length", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("calendar_day", "ngày"),
                            ("working_day", "ngày làm việc"),
                            ("working_hour", "giờ làm việc"),
                            ("natural_hour", "giờ"),
                            ("month", "tháng"),
                        ],
                        max_length=16,
                    ),
                ),
                ("backwards", models.BooleanField(default=False)),
                ("extension", models.CharField(blank=True, max_length=300)),
                ("legal_basis", models.CharField(max_length=300)),
                ("rule", models.CharField(max_length=20)),
                ("confirmed", models.BooleanField()),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "thời hạn",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "effective_from"), name="time_limit_key_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="time_limit_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("duty", models.CharField(max_length=300)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("first_due_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("product", models.CharField(blank=True, max_length=500)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="entries.entry",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.unit",
                    ),
                ),
                (
                    "limit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="obligations.timelimit",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc phải làm",
                "indexes": [
                    models.Index(fields=["entry"], name="obligation_entry_idx"),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["unit", "due_at"],
                        name="obligation_open_idx",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("done_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="obligation_done_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            ("due_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="obligation_due_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reopened_at__isnull", True),
                            models.Q(
                                ("done_at__isnull", False),
                                ("reopened_at__gte", models.F("done_at")),
                            ),
                            _connector="OR",
                        ),
                        name="obligation_reopened_after_done",
                    ),
                ],
            },
        ),
    ]
