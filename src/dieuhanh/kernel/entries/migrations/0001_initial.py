"""First tables: the row every register's row has in common.

Why:      the first release.
Before:   an empty database.
Lock:     none that matters; the tables are new.
Old code: there is none.
Reverse:  drops the tables.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("book", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(blank=True, max_length=1000)),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[
                            ("ordinary", "Thường"),
                            ("personal", "Có thông tin cá nhân"),
                            ("guarded", "Bảo vệ người tố cáo"),
                            ("secret", "Bí mật nhà nước"),
                        ],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("reopened_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                ("synthetic", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("folded", models.TextField(blank=True)),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "folded", config=models.Value("simple")
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.unit",
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
            ],
            options={
                "verbose_name": "mục trong sổ",
                "indexes": [
                    models.Index(
                        fields=["register", "-opened_on", "-id"], name="entry_register_idx"
                    ),
                    models.Index(
                        fields=["register", "kind", "-opened_on", "-id"], name="entry_kind_idx"
                    ),
                    models.Index(
                        fields=["register", "kind", "opened_on", "confidentiality"],
                        name="entry_tally_idx",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="entry_words_idx"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "book", "year", "number"), name="entry_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="entry_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reopened_on__isnull", True),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("reopened_on__gte", models.F("closed_on")),
                            ),
                            _connector="OR",
                        ),
                        name="entry_reopened_after_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confidentiality", "secret"), _negated=True),
                            models.Q(("outcome", ""), ("title", "")),
                            _connector="OR",
                        ),
                        name="entry_secret_has_no_content",
                    ),
                ],
            },
        ),
    ]
