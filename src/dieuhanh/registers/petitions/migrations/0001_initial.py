"""First tables: petitions of voters, where they come from, their results, meetings with voters.

Why:      the registers of voters' petitions and of deputies' meetings with voters.
Before:   0003 of the entries.
Lock:     none that matters; the tables are new.
Old code: knows nothing of these tables and does not touch them.
Reverse:  drops the tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_co_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Constituency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "verbose_name": "đơn vị bầu cử",
            },
        ),
        migrations.CreateModel(
            name="PetitionSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                (
                    "ledger",
                    models.CharField(
                        choices=[
                            ("council", "Hội đồng nhân dân Thành phố chuyển đến"),
                            ("national_assembly", "Đoàn đại biểu Quốc hội chuyển đến"),
                        ],
                        max_length=20,
                    ),
                ),
                ("label", models.CharField(max_length=200)),
                ("symbol", models.CharField(blank=True, max_length=60)),
                ("passed_on", models.DateField(null=True)),
                ("sessions", models.CharField(blank=True, max_length=100)),
                ("term", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "verbose_name": "nguồn kiến nghị",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("symbol", ""), ("passed_on__isnull", False), _connector="OR"
                        ),
                        name="source_resolution_has_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Petition",
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
                    "sphere",
                    models.CharField(
                        choices=[
                            ("transport", "Giao thông, vận tải"),
                            ("building", "Quy hoạch, xây dựng, nhà ở"),
                            ("land", "Đất đai, giải phóng mặt bằng"),
                            ("environment", "Môi trường, cấp thoát nước"),
                            ("education", "Giáo dục và đào tạo"),
                            ("health", "Y tế, an toàn thực phẩm"),
                            ("welfare", "Lao động, chính sách xã hội"),
                            ("agriculture", "Nông nghiệp, thủy lợi"),
                            ("culture", "Văn hóa, thể thao, du lịch"),
                            ("other", "Lĩnh vực khác"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("central", "Thẩm quyền của Trung ương"),
                            ("city", "Thẩm quyền của Thành phố"),
                            ("district", "Thẩm quyền của cấp huyện"),
                            ("commune", "Thẩm quyền của cấp xã"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("voter.city.default", "Kiến nghị do Hội đồng nhân dân chuyển đến"),
                            ("voter.na.b", "Kiến nghị theo điểm b khoản 1 Điều 4"),
                            ("voter.na.ac", "Kiến nghị theo điểm a, c khoản 1 Điều 4"),
                        ],
                        max_length=24,
                    ),
                ),
                ("repeated", models.BooleanField(default=False)),
                ("answered_on", models.DateField(null=True)),
                ("answer_symbol", models.CharField(blank=True, max_length=100)),
                ("merged_on", models.DateField(null=True)),
                (
                    "constituencies",
                    models.ManyToManyField(
                        blank=True,
                        db_table="petitions_petition_place",
                        related_name="+",
                        to="petitions.constituency",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="petitions.petition",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="petitions.petitionsource",
                    ),
                ),
            ],
            options={
                "verbose_name": "kiến nghị cử tri",
            },
        ),
        migrations.CreateModel(
            name="VoterContact",
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
                    "deputies",
                    models.CharField(
                        choices=[
                            ("national_assembly", "Đại biểu Quốc hội"),
                            ("people_council", "Đại biểu Hội đồng nhân dân Thành phố"),
                        ],
                        max_length=20,
                    ),
                ),
                ("session", models.CharField(max_length=200)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("in_person", "Gặp mặt trực tiếp"),
                            ("online", "Trực tuyến"),
                            ("hybrid", "Trực tiếp kết hợp trực tuyến"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "constituencies",
                    models.ManyToManyField(
                        db_table="petitions_contact_place",
                        related_name="+",
                        to="petitions.constituency",
                    ),
                ),
            ],
            options={
                "verbose_name": "cuộc tiếp xúc cử tri",
            },
        ),
        migrations.CreateModel(
            name="PetitionResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("resolved", "Đã giải quyết xong"),
                            ("in_progress", "Đang giải quyết"),
                            ("will_be_resolved", "Sẽ giải quyết"),
                            ("explained", "Giải trình, thông tin lại cử tri"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decided_on", models.DateField()),
                ("next_on", models.DateField(null=True)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="petitions.petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết quả giải quyết kiến nghị",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("next_on__isnull", True), ("result__in", ["resolved", "explained"])
                            ),
                            models.Q(
                                ("next_on__gt", models.F("decided_on")),
                                ("next_on__isnull", False),
                                ("result__in", ["in_progress", "will_be_resolved"]),
                            ),
                            _connector="OR",
                        ),
                        name="result_open_has_a_next_day",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_symbol", ""), ("answered_on__isnull", False), _connector="OR"
                ),
                name="petition_answer_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", True), ("merged_on__isnull", True)),
                    models.Q(("merged_into__isnull", False), ("merged_on__isnull", False)),
                    _connector="OR",
                ),
                name="petition_merged_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("entry")), _negated=True),
                    _connector="OR",
                ),
                name="petition_not_merged_into_itself",
            ),
        ),
    ]
