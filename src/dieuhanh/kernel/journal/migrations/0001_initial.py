"""First tables: the journal, from the first day.

Why:      the first release.
Before:   an empty database.
Lock:     none that matters; the tables are new.
Old code: there is none.
Reverse:  drops the tables.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_line", models.BigIntegerField()),
                ("last_line", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "niêm phong nhật ký",
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("actor_unit", models.CharField(blank=True, max_length=300)),
                ("verb", models.CharField(max_length=60)),
                ("entry_id", models.BigIntegerField(null=True)),
                ("subject", models.CharField(max_length=300)),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "dòng nhật ký",
                "indexes": [
                    models.Index(fields=["entry_id", "-id"], name="journal_line_entry_idx")
                ],
            },
        ),
    ]
