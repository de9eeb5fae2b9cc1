"""First tables: reception, letters, cases, reviews.

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
            name="Letter",
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
                    "letter_class",
                    models.CharField(
                        choices=[
                            ("complaint", "Đơn khiếu nại"),
                            ("denunciation", "Đơn tố cáo"),
                            ("petition", "Đơn kiến nghị, phản ánh, dân nguyện"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("land", "Đất đai, giải phóng mặt bằng"),
                            ("construction", "Xây dựng, trật tự đô thị"),
                            ("policy", "Chính sách xã hội"),
                            ("civil_service", "Cán bộ, công chức"),
                            ("environment", "Môi trường"),
                            ("other", "Lĩnh vực khác"),
                        ],
                        max_length=16,
                    ),
                ),
                ("eligible", models.BooleanField(default=True)),
                ("sender", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "đơn",
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                ("collective", models.BooleanField()),
                ("measure_taken", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "kiểm điểm trách nhiệm",
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                ("by_leader", models.BooleanField(default=False)),
                ("people", models.PositiveSmallIntegerField(default=1)),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("land", "Đất đai, giải phóng mặt bằng"),
                            ("construction", "Xây dựng, trật tự đô thị"),
                            ("policy", "Chính sách xã hội"),
                            ("civil_service", "Cán bộ, công chức"),
                            ("environment", "Môi trường"),
                            ("other", "Lĩnh vực khác"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt tiếp công dân",
            },
        ),
        migrations.CreateModel(
            name="Case",
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
                    "case_class",
                    models.CharField(
                        choices=[("complaint", "Vụ khiếu nại"), ("denunciation", "Vụ tố cáo")],
                        max_length=16,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("complaint.1", "Khiếu nại lần đầu"),
                            ("complaint.1.remote", "Khiếu nại lần đầu, vùng sâu, vùng xa"),
                            ("complaint.2", "Khiếu nại lần hai"),
                            ("complaint.2.remote", "Khiếu nại lần hai, vùng sâu, vùng xa"),
                            ("denounce.settle", "Tố cáo"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("land", "Đất đai, giải phóng mặt bằng"),
                            ("construction", "Xây dựng, trật tự đô thị"),
                            ("policy", "Chính sách xã hội"),
                            ("civil_service", "Cán bộ, công chức"),
                            ("environment", "Môi trường"),
                            ("other", "Lĩnh vực khác"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "verbose_name": "vụ việc",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "denounce.settle"), ("case_class", "denunciation")),
                            models.Q(
                                ("case_class", "complaint"),
                                models.Q(("basis", "denounce.settle"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_basis_fits_class",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedIdentity",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="complaints.letter",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("address", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "thông tin người tố cáo",
            },
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letter_class", "denunciation"), _negated=True),
                    ("sender", ""),
                    _connector="OR",
                ),
                name="letter_denouncer_is_not_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gte", 1)), name="visit_has_people"
            ),
        ),
    ]
