"""First tables: issued reports and their frozen figures.

Why:      a report is issued as a document; what it said must never change.
Before:   a report was only written into files.
Lock:     none that matters; the tables are new.
Old code: does not know the tables.
Reverse:  drops the tables, and with them what was frozen.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_co_units"),
        ("review", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedReport",
            fields=[
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="issued",
                        serialize=False,
                        to="review.campaign",
                    ),
                ),
                ("issued_on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entries.entry",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="review.draft",
                    ),
                ),
            ],
            options={"verbose_name": "báo cáo đã phát hành"},
        ),
        migrations.CreateModel(
            name="FrozenFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=300)),
                ("measure_unit", models.CharField(max_length=60)),
                ("value", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ("decimals", models.PositiveSmallIntegerField()),
                ("shown", models.CharField(max_length=60)),
                ("origin", models.CharField(max_length=16)),
                ("formula", models.CharField(max_length=1000)),
                ("source", models.CharField(blank=True, max_length=1000)),
                ("window_start", models.DateField()),
                ("window_end", models.DateField()),
                ("as_of", models.DateField()),
                (
                    "entry_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="issue.issuedreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu đã chốt",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "measure"), name="frozen_figure_unique"
                    )
                ],
            },
        ),
    ]
