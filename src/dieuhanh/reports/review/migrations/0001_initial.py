"""First tables: campaigns, contributions, drafts, rounds of opinion.

Why:      a report has a life before it is issued.
Before:   a report was only written into files.
Lock:     none that matters; the tables are new.
Old code: does not know the tables.
Reverse:  drops the tables.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_co_units"),
        ("identity", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
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
                ("report", models.CharField(max_length=40)),
                ("period", models.CharField(max_length=12)),
                ("as_of", models.DateField()),
                ("request_symbol", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField()),
            ],
            options={
                "verbose_name": "đợt báo cáo",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("approved_on", models.DateField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="review.campaign",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bản dự thảo",
            },
        ),
        migrations.CreateModel(
            name="DraftSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="review.draft",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mục của bản dự thảo",
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=120)),
                ("text", models.CharField(max_length=1000)),
                ("written_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="review.campaign",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "giải trình số liệu",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("units", "Các sở, ngành, địa phương"),
                            ("collective", "Tập thể UBND Thành phố"),
                            ("party_affairs", "Ban cán sự đảng UBND Thành phố"),
                            ("standing_party", "Thường trực Thành ủy"),
                            ("party_board", "Ban Thường vụ, Ban Chấp hành Đảng bộ Thành phố"),
                            ("council", "Thường trực HĐND Thành phố"),
                        ],
                        max_length=16,
                    ),
                ),
                ("held_on", models.DateField()),
                ("conclusion", models.CharField(blank=True, max_length=1000)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="review.draft",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần xin ý kiến",
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=60)),
                ("author", models.CharField(max_length=200)),
                ("text", models.CharField(max_length=2000)),
                ("given_on", models.DateField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Tiếp thu"),
                            ("partly", "Tiếp thu một phần"),
                            ("rejected", "Không tiếp thu, giải trình"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_on", models.DateField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="review.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "ý kiến",
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(max_length=60)),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("submitted_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="review.campaign",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "phần báo cáo của đơn vị",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "unit", "section", "version"),
                        name="contribution_version_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="contribution_has_text",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("campaign", "number"), name="draft_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_on__isnull", False)),
                fields=("campaign",),
                name="draft_approved_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftsection",
            constraint=models.UniqueConstraint(
                fields=("draft", "section"), name="draft_section_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="explanation_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", True), ("decision", "")),
                    models.Q(
                        models.Q(("decision", ""), _negated=True), ("decided_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="opinion_decided_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__in", ["partly", "rejected"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="opinion_turned_down_with_reason",
            ),
        ),
    ]
