"""Closings that a later closing replaced.

Why:      what was closed, reopened and closed again must still read right as of a day between.
Before:   only the last closing and reopening of an entry were kept.
Lock:     none that matters; the table is new.
Old code: does not see the table and keeps working.
Reverse:  drops the table, and with it the earlier closings.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entries", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PastClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed_on", models.DateField()),
                ("reopened_on", models.DateField()),
                ("outcome", models.CharField(blank=True, max_length=500)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_closings",
                        to="entries.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần kết thúc trước",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reopened_on__gte", models.F("closed_on"))),
                        name="past_closing_in_order",
                    )
                ],
            },
        ),
    ]
