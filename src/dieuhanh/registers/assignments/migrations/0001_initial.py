"""First tables: tasks assigned, action programme, work programme with reviews, submissions.

Why:      tasks, programmes and submissions become registers.
Before:   the tables do not exist; their figures were pending.
Lock:     none that matters; the tables are new.
Old code: does not know the tables.
Reverse:  drops the tables.
"""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_co_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
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
                    "body",
                    models.CharField(
                        choices=[
                            ("party_executive_committee", "Ban Chấp hành Đảng bộ Thành phố"),
                            ("city_party", "Thường trực, Ban Thường vụ Thành ủy"),
                            ("people_council", "HĐND Thành phố"),
                        ],
                        max_length=32,
                    ),
                ),
                ("session", models.CharField(blank=True, max_length=200)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "Thông qua"),
                            ("approved_with_changes", "Thông qua, có chỉnh sửa"),
                            ("noted", "Ghi nhận, cho ý kiến"),
                            ("returned", "Trả lại, yêu cầu hoàn thiện"),
                            ("postponed", "Chưa xem xét"),
                        ],
                        max_length=24,
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung trình",
            },
        ),
        migrations.CreateModel(
            name="ProgrammeItem",
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
                    "product_type",
                    models.CharField(
                        choices=[
                            ("report", "Báo cáo chuyên đề"),
                            ("scheme", "Đề án"),
                            ("submission", "Tờ trình"),
                            ("normative_draft", "Dự thảo văn bản quy phạm pháp luật"),
                            ("other", "Nội dung khác"),
                        ],
                        max_length=16,
                    ),
                ),
                ("planned_year", models.PositiveSmallIntegerField()),
                ("planned_quarter", models.PositiveSmallIntegerField()),
                ("planned_month", models.PositiveSmallIntegerField(null=True)),
                ("carried_on", models.DateField(null=True)),
                (
                    "carried_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="assignments.programmeitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung chương trình công tác",
            },
        ),
        migrations.CreateModel(
            name="ProgrammeReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reviewed_on", models.DateField()),
                ("note", models.CharField(max_length=500)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="assignments.programmeitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần rà soát",
                "ordering": ("reviewed_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                    "source",
                    models.CharField(
                        choices=[
                            ("government", "Trung ương"),
                            ("city_party", "Thành ủy"),
                            ("city_council", "HĐND Thành phố"),
                            ("work_programme", "Chương trình công tác"),
                            ("conclusion", "Thông báo kết luận họp"),
                            ("official_letter", "Công văn, công điện chỉ đạo"),
                            ("voter_petition", "Kiến nghị cử tri"),
                            ("press", "Báo chí phản ánh"),
                        ],
                        max_length=16,
                    ),
                ),
                ("source_document", models.CharField(blank=True, max_length=300)),
                ("due_on", models.DateField(null=True)),
                ("head", models.CharField(max_length=200)),
                ("process", models.CharField(blank=True, max_length=1000)),
                ("authority", models.CharField(blank=True, max_length=1000)),
                ("expected_product", models.CharField(blank=True, max_length=500)),
                ("checked_on", models.DateField(null=True)),
                ("check_result", models.CharField(blank=True, max_length=1000)),
            ],
            options={
                "verbose_name": "nhiệm vụ giao",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_result", ""), ("checked_on__isnull", True)),
                            models.Q(
                                ("checked_on__isnull", False),
                                models.Q(("check_result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="task_check_is_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("focus_area", "Trọng tâm chỉ đạo, điều hành"),
                            ("task_group", "Nhóm nhiệm vụ, giải pháp"),
                            ("specific_task", "Nhiệm vụ cụ thể"),
                            ("major_task", "Nhiệm vụ lớn"),
                            ("party_programme", "Chương trình công tác lớn của Thành ủy"),
                        ],
                        max_length=16,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="assignments.actionitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung chương trình hành động",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("level", "specific_task")),
                            ("level", "major_task"),
                            models.Q(
                                ("due_on__isnull", True),
                                ("level__in", ["focus_area", "task_group", "party_programme"]),
                            ),
                            _connector="OR",
                        ),
                        name="action_item_due_fits_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            ("level__in", ["task_group", "specific_task"]),
                            _connector="OR",
                        ),
                        name="action_item_parent_fits_level",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="programmeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_quarter__gte", 1), ("planned_quarter__lte", 4)),
                name="programme_item_quarter_of_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_month__isnull", True),
                    models.Q(
                        (
                            "planned_month__gt",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("planned_quarter"), "*", models.Value(3)
                                ),
                                "-",
                                models.Value(3),
                            ),
                        ),
                        (
                            "planned_month__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("planned_quarter"), "*", models.Value(3)
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="programme_item_month_in_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("carried_from__isnull", True),
                    models.Q(("carried_from", models.F("entry")), _negated=True),
                    _connector="OR",
                ),
                name="programme_item_not_from_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="programme_review_has_note"
            ),
        ),
    ]
