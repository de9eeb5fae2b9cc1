"""First tables: delegations and the meetings with them.

Why:      the register of the first release that holds them.
Before:   an empty table of entries, or one without entries of these registers.
Lock:     none that matters; the tables are new.
Old code: knows nothing of the tables and is not disturbed by them.
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
            name="Delegation",
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
                ("country", models.CharField(max_length=120)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("state", "Cấp Nhà nước, Chính phủ, Nghị viện"),
                            ("ministry", "Cấp bộ, cơ quan trung ương"),
                            ("local", "Chính quyền địa phương"),
                            ("mission", "Cơ quan đại diện ngoại giao"),
                            ("organisation", "Tổ chức quốc tế"),
                            ("business", "Doanh nghiệp, hiệp hội"),
                        ],
                        max_length=16,
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "đoàn khách quốc tế",
            },
        ),
        migrations.CreateModel(
            name="DelegationMeeting",
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
                    "host",
                    models.CharField(
                        choices=[
                            ("chairman", "Chủ tịch UBND Thành phố"),
                            ("vice_chairman", "Phó Chủ tịch UBND Thành phố"),
                            ("delegated", "Lãnh đạo đơn vị được ủy quyền"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("courtesy", "Chào xã giao"), ("working", "Làm việc")],
                        max_length=16,
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="foreign_reception.delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "cuộc tiếp khách quốc tế",
            },
        ),
    ]
