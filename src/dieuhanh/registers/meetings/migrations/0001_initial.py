"""First tables: sessions and their items, meetings attended.

Why:      the register of the first release that holds them.
Before:   an empty table of entries, or one without entries of these registers.
Lock:     none that matters; the tables are new.
Old code: knows nothing of the tables and is not disturbed by them.
Reverse:  drops the tables.
"""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
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
                    "organiser",
                    models.CharField(
                        choices=[
                            ("government", "Chính phủ"),
                            ("city_party", "Thành ủy"),
                            ("people_council", "Thường trực HĐND Thành phố"),
                        ],
                        max_length=16,
                    ),
                ),
                ("invitation", models.CharField(blank=True, max_length=80)),
                ("attended_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "cuộc họp được mời dự",
            },
        ),
        migrations.CreateModel(
            name="Session",
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
                    "type",
                    models.CharField(
                        choices=[
                            ("collective", "Phiên họp tập thể UBND"),
                            ("chaired", "Cuộc họp do Chủ tịch, Phó Chủ tịch chủ trì"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("in_person", "Họp trực tiếp"),
                            ("online", "Họp trực tuyến"),
                            ("hybrid", "Trực tiếp kết hợp trực tuyến"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "chair",
                    models.CharField(
                        choices=[("chairman", "Chủ tịch"), ("vice_chairman", "Phó Chủ tịch")],
                        max_length=16,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("members_total", models.PositiveSmallIntegerField(null=True)),
                ("members_present", models.PositiveSmallIntegerField(null=True)),
                ("urgent", models.BooleanField(default=False)),
                ("papers_sent_on", models.DateField(null=True)),
                ("papers_due_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "phiên họp, cuộc họp",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("type", "collective"), _negated=True),
                            models.Q(
                                ("members_present__isnull", False),
                                ("members_present__lte", models.F("members_total")),
                                ("members_total__gte", 1),
                                ("members_total__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="session_collective_has_members",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("type", "chaired"), _negated=True),
                            models.Q(
                                ("members_present__isnull", True),
                                ("members_total__isnull", True),
                                ("papers_due_on__isnull", True),
                                ("urgent", False),
                            ),
                            _connector="OR",
                        ),
                        name="session_chaired_has_no_quorum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "Thông qua"),
                            ("adopted_with_changes", "Thông qua, yêu cầu chỉnh sửa"),
                            ("returned", "Không thông qua, trả lại hồ sơ"),
                            ("postponed", "Lùi sang phiên sau"),
                        ],
                        max_length=24,
                    ),
                ),
                ("members", models.PositiveSmallIntegerField(null=True)),
                ("votes_for", models.PositiveSmallIntegerField(null=True)),
                ("votes_against", models.PositiveSmallIntegerField(null=True)),
                ("votes_abstained", models.PositiveSmallIntegerField(null=True)),
                ("chair_in_favour", models.BooleanField(default=False)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="meetings.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung phiên họp",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("members__isnull", True),
                                ("votes_abstained__isnull", True),
                                ("votes_against__isnull", True),
                                ("votes_for__isnull", True),
                            ),
                            models.Q(
                                (
                                    "members__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("votes_for"), "+", models.F("votes_against")
                                        ),
                                        "+",
                                        models.F("votes_abstained"),
                                    ),
                                ),
                                ("members__isnull", False),
                                ("votes_abstained__isnull", False),
                                ("votes_against__isnull", False),
                                ("votes_for__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_votes_within_members",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("members__isnull", True),
                            models.Q(("result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="item_votes_have_a_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("result__in", ["adopted", "adopted_with_changes"]), _negated=True
                            ),
                            ("members__isnull", True),
                            (
                                "members__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("votes_for"), "*", models.Value(2)
                                ),
                            ),
                            models.Q(
                                ("chair_in_favour", True), ("votes_for", models.F("votes_against"))
                            ),
                            _connector="OR",
                        ),
                        name="item_adopted_by_majority",
                    ),
                ],
            },
        ),
    ]
