"""Completions that a later completion replaced.

Why:      what was done, undone and done again must still read right as of a moment between.
Before:   only the last completion and reopening of an obligation were kept.
Lock:     none that matters; the table is new.
Old code: does not see the table and keeps working.
Reverse:  drops the table, and with it the earlier completions.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PastCompletion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_at", models.DateTimeField()),
                ("reopened_at", models.DateTimeField()),
                ("product", models.CharField(blank=True, max_length=500)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_completions",
                        to="obligations.obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần hoàn thành trước",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reopened_at__gte", models.F("done_at"))),
                        name="past_completion_in_order",
                    )
                ],
            },
        ),
    ]
