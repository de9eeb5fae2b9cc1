"""Deadlines that were moved to a later day.

Why:      items of the work programme are postponed; the first deadline and each move are kept.
Before:   a deadline could not move.
Lock:     none that matters; the table is new.
Old code: does not see the table and keeps working.
Reverse:  drops the table; the deadlines in force and the first ones stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0002_past_completions")]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_on", models.DateField()),
                ("due_before", models.DateTimeField()),
                ("due_after", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="obligations.obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần lùi thời hạn",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_after__gt", models.F("due_before"))),
                        name="extension_is_later",
                    )
                ],
            },
        ),
    ]
