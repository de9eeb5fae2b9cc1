"""First tables: feedback on regulations and conduct.

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
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("regulation", "Quy định hành chính"),
                            ("conduct", "Hành vi hành chính"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "Cổng dịch vụ công"),
                            ("letter", "Văn bản, thư"),
                            ("phone", "Điện thoại"),
                            ("in_person", "Trực tiếp"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "verbose_name": "phản ánh, kiến nghị",
            },
        ),
    ]
