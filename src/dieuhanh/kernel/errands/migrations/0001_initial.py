"""Long work done in the background for one person.

Why:      an import, an export or a report took as long as the page was open.
Before:   nothing of this was kept.
Lock:     none that matters; the table is new.
Old code: does not see the table and keeps working.
Reverse:  drops the table: who asked for what is lost, what was written stays.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mandate_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("import", "Nhập từ tệp"),
                            ("export", "Xuất danh sách"),
                            ("report", "Dựng tệp báo cáo"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("arguments", models.JSONField(default=dict)),
                ("back", models.CharField(max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("failure", models.CharField(blank=True, max_length=500)),
                ("faults", models.JSONField(default=list)),
                ("file", models.CharField(blank=True, max_length=255)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "việc chạy nền",
                "indexes": [models.Index(fields=["person", "-id"], name="errand_person_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failure", ""), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="errand_fails_when_ended",
                    )
                ],
            },
        ),
    ]
