"""First tables: press conferences and press matters.

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
            name="PressConference",
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
                        choices=[("periodic", "Định kỳ"), ("ad_hoc", "Đột xuất")], max_length=10
                    ),
                ),
                ("presided_by", models.CharField(max_length=300)),
                ("with_party_board", models.BooleanField()),
            ],
            options={
                "verbose_name": "họp báo",
            },
        ),
        migrations.CreateModel(
            name="PressMatter",
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
                ("outlet", models.CharField(max_length=200)),
                ("published_on", models.DateField()),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("economy", "Kinh tế"),
                            ("transport", "Giao thông"),
                            ("natural_resources_environment", "Tài nguyên - môi trường"),
                            ("culture_society", "Văn hóa - xã hội"),
                            ("urgent_civil", "Dân sinh bức xúc"),
                        ],
                        max_length=30,
                    ),
                ),
                ("response_symbol", models.CharField(blank=True, max_length=60)),
                ("directed_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("reply", models.CharField(blank=True, max_length=500)),
                ("replied_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "thông tin báo chí phản ánh",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("directed_on__isnull", True),
                                ("due_on__isnull", True),
                                ("response_symbol", ""),
                            ),
                            models.Q(
                                ("directed_on__isnull", False),
                                models.Q(("response_symbol", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="press_matter_direction_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("directed_on__isnull", True),
                            models.Q(
                                ("directed_on__gte", models.F("published_on")),
                                ("directed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="press_matter_directed_after_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True),
                            models.Q(
                                ("directed_on__isnull", False),
                                ("due_on__gte", models.F("directed_on")),
                            ),
                            _connector="OR",
                        ),
                        name="press_matter_due_after_directed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_on__isnull", True), ("reply", "")),
                            models.Q(
                                ("replied_on__gte", models.F("published_on")),
                                ("replied_on__isnull", False),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="press_matter_reply_is_whole",
                    ),
                ],
            },
        ),
    ]
