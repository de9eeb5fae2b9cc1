"""Pauses, extensions, handovers, recurring work; time limits at full depth.

Why:      all limits of the rule book, and the clock of a case as the law knows it.
Before:   a deadline could only be moved by hand; a limit always had a known length.
Lock:     added columns are nullable or constant; indexes are built while writers wait.
Old code: keeps working but for the renamed table of the migration before.
Reverse:  drops pauses, extensions, handovers and recurring work.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0004_entry_levels"),
        ("identity", "0003_mandates"),
        ("obligations", "0004_due_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("length", models.PositiveSmallIntegerField(null=True)),
                ("until", models.DateField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("decided_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "lần gia hạn",
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
            ],
            options={
                "verbose_name": "lần bàn giao",
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
            ],
            options={
                "verbose_name": "lần tạm dừng",
            },
        ),
        migrations.CreateModel(
            name="Recurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("duty", models.CharField(max_length=300)),
                ("expected", models.CharField(blank=True, max_length=300)),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("month", "hằng tháng"),
                            ("quarter", "hằng quý"),
                            ("event", "trước mỗi sự kiện"),
                        ],
                        max_length=8,
                    ),
                ),
                ("day", models.PositiveSmallIntegerField(null=True)),
                ("limit_key", models.CharField(blank=True, max_length=60)),
                ("events", models.JSONField(default=list)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "việc định kỳ",
            },
        ),
        migrations.AlterModelOptions(
            name="duechange",
            options={"verbose_name": "lần thay đổi thời hạn"},
        ),
        migrations.RemoveConstraint(
            model_name="obligation",
            name="obligation_due_after_start",
        ),
        migrations.RemoveIndex(
            model_name="obligation",
            name="obligation_open_idx",
        ),
        migrations.AddField(
            model_name="obligation",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="calendar_version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="obligation",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="obligation",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="event_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="obligation",
            name="expected",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="obligation",
            name="length",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="obligation",
            name="occurrence",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="obligation",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="returned_for",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="pastcompletion",
            name="returned_for",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="alternatives",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="applies_to_running",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="certainty",
            field=models.CharField(
                choices=[
                    ("fixed", "đã xác định"),
                    ("by_case", "theo từng việc"),
                    ("unknown", "chưa xác định"),
                ],
                default="fixed",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="extension_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="extension_length",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="extension_times",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="pause",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="duechange",
            name="cause",
            field=models.CharField(
                choices=[
                    ("postponed", "lùi thời hạn"),
                    ("extended", "gia hạn"),
                    ("resumed", "hết tạm dừng"),
                    ("calendar", "lịch làm việc thay đổi"),
                    ("limit", "quy định về thời hạn thay đổi"),
                    ("set", "xác định thời hạn"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="duechange",
            name="due_after",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="duechange",
            name="due_before",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="duechange",
            name="obligation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="due_changes",
                to="obligations.obligation",
            ),
        ),
        migrations.AlterField(
            model_name="duechange",
            name="reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="timelimit",
            name="direction",
            field=models.CharField(
                choices=[
                    ("forward", "kể từ"),
                    ("backward", "chậm nhất trước"),
                    ("minimum", "ít nhất, kể từ"),
                    ("at_once", "ngay khi"),
                ],
                default="forward",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="timelimit",
            name="length",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="timelimit",
            name="owner",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="timelimit",
            name="unit",
            field=models.CharField(
                choices=[
                    ("calendar_day", "ngày"),
                    ("working_day", "ngày làm việc"),
                    ("working_morning", "buổi sáng ngày làm việc"),
                    ("working_hour", "giờ làm việc"),
                    ("natural_hour", "giờ"),
                    ("month", "tháng"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="duechange",
            index=models.Index(fields=["at"], name="due_change_at_idx"),
        ),
        migrations.AddConstraint(
            model_name="duechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cause__in", ["postponed", "extended"]), _negated=True),
                    ("due_after__gt", models.F("due_before")),
                    _connector="OR",
                ),
                name="due_change_moves_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="timelimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certainty", "fixed"), ("length__isnull", False)),
                    models.Q(
                        models.Q(("certainty", "fixed"), _negated=True), ("length__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="time_limit_known_has_a_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="timelimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed", True), models.Q(("owner", ""), _negated=True), _connector="OR"
                ),
                name="time_limit_unconfirmed_has_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="timelimit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.Func(models.F("key"), 0, function="hashtextextended"),
                            models.Func(models.F("key"), 0, function="hashtextextended"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("effective_from"),
                            models.F("effective_to"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="time_limit_versions_apart",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="obligation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="obligations.obligation",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.unit"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="obligation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handovers",
                to="obligations.obligation",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.unit"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="obligation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pauses",
                to="obligations.obligation",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recurrences",
                to="entries.entry",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.unit"
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="recurrence",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obligations",
                to="obligations.recurrence",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["limit"], name="obligation_limit_idx"),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(
                    ("done_at__isnull", True), ("reopened_at__isnull", False), _connector="OR"
                ),
                fields=["unit", "due_at", "id"],
                name="obligation_open_unit_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("done_at__isnull", True), ("reopened_at__isnull", False), _connector="OR"
                    ),
                    ("person__isnull", False),
                ),
                fields=["person", "due_at", "id"],
                name="obligation_open_person_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("done_at__isnull", True), ("reopened_at__isnull", False), _connector="OR"
                    ),
                    ("asked_by__isnull", False),
                ),
                fields=["asked_by", "due_at", "id"],
                name="obligation_open_asked_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(
                    ("done_at__isnull", True), ("reopened_at__isnull", False), _connector="OR"
                ),
                fields=["due_at"],
                name="obligation_open_due_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__isnull", True),
                    ("due_at__gte", models.F("started_at")),
                    ("event_at__isnull", False),
                    _connector="OR",
                ),
                name="obligation_due_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", True),
                    models.Q(
                        ("confirmed_at__gte", models.F("done_at")),
                        ("confirmed_by__isnull", False),
                        ("done_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="obligation_confirmed_when_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    ("done_by__isnull", True),
                    models.Q(("confirmed_by", models.F("done_by")), _negated=True),
                    _connector="OR",
                ),
                name="obligation_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recurrence__isnull", False)),
                fields=("recurrence", "occurrence"),
                name="obligation_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("length__isnull", False), ("until__isnull", True)),
                    models.Q(("length__isnull", True), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="extension_says_how_long",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("granted__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("granted__isnull", False)),
                    _connector="OR",
                ),
                name="extension_decided_or_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_at__isnull", True),
                    ("decided_at__gte", models.F("asked_at")),
                    _connector="OR",
                ),
                name="extension_decided_after_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="extension_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("obligation",),
                name="extension_one_asked_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_unit", models.F("to_unit")), _negated=True),
                    models.Q(("from_person__isnull", True), ("to_person__isnull", False)),
                    models.Q(("from_person__isnull", False), ("to_person__isnull", True)),
                    models.Q(("from_person", models.F("to_person")), _negated=True),
                    _connector="OR",
                ),
                name="handover_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="handover_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="pause_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("started_at")),
                    _connector="OR",
                ),
                name="pause_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("started_at__lte", models.F("due_at"))),
                name="pause_begins_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("obligation",),
                name="pause_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="recurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("day__isnull", True),
                        ("every", "event"),
                        models.Q(("limit_key", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("every", "event"), _negated=True),
                        ("day__gte", 1),
                        ("day__lte", 31),
                        ("limit_key", ""),
                    ),
                    _connector="OR",
                ),
                name="recurrence_knows_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="recurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="recurrence_dates_in_order",
            ),
        ),
    ]
