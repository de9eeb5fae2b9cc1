"""Substitution and written authorisation.

Why:      work goes on while somebody is on leave (VT-21).
Before:   nobody could act for another.
Lock:     none that matters; a new table.
Old code: does not see it and keeps working.
Reverse:  drops the table; mandates are lost, the journal keeps their lines.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_successions_and_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("substitution", "Làm thay khi vắng"),
                            ("authorisation", "Ủy quyền"),
                        ],
                        max_length=16,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("registers", models.JSONField(default=list)),
                ("basis", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_on", models.DateField(null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "làm thay, ủy quyền",
                "indexes": [
                    models.Index(fields=["stand_in", "ends_on"], name="mandate_stand_in_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="mandate_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("stand_in")), _negated=True),
                        name="mandate_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="mandate_is_written"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "substitution"),
                            models.Q(
                                ("kind", "authorisation"),
                                models.Q(("registers", []), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="mandate_authorisation_has_content",
                    ),
                ],
            },
        ),
    ]
