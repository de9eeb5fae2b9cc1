"""Notices, their delivery by mail, and reminders.

Why:      people are told of what is due, late, handed over, and the mail server may be away.
Before:   nobody was told anything; lists had to be opened.
Lock:     none that matters; the tables are new.
Old code: does not see the tables and keeps working.
Reverse:  drops the tables: notices and mails that wait are lost.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0001_initial"),
        ("obligations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("soon", "Sắp đến hạn"),
                            ("today", "Đến hạn hôm nay"),
                            ("late", "Quá hạn"),
                            ("escalated", "Quá hạn lâu ngày"),
                            ("urged", "Đôn đốc"),
                            ("assigned", "Được giao việc"),
                            ("handed_over", "Chuyển giao việc"),
                            ("extension_asked", "Đề nghị gia hạn"),
                            ("decided", "Quyết định về đề nghị gia hạn"),
                            ("returned", "Trả lại kết quả"),
                            ("paused", "Tạm dừng thời hạn"),
                            ("deadline_moved", "Thời hạn thay đổi"),
                            ("digest", "Bản tin đầu ngày"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("parts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entries.entry",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="obligations.obligation",
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
                "verbose_name": "thông báo",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("message_id", models.CharField(max_length=200, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Chờ gửi"),
                            ("sent", "Đã gửi"),
                            ("refused", "Bị từ chối"),
                            ("given_up", "Thôi không gửi nữa"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("reported_on", models.DateField(null=True)),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery",
                        to="notifications.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần chuyển thông báo",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("soon", "nhắc trước hạn"),
                            ("today", "nhắc ngày đến hạn"),
                            ("late", "nhắc khi quá hạn"),
                            ("head", "báo người đứng đầu đơn vị"),
                            ("agency", "báo người đứng đầu cơ quan"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("told", models.PositiveSmallIntegerField(default=0)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="obligations.obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhắc việc",
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-id"], name="notice_person_idx"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["person"], name="notice_unread_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="notice_told_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "queued")),
                fields=["next_at"],
                name="delivery_queued_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["refused", "given_up"])),
                fields=["settled_at"],
                name="delivery_failed_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state", "queued")),
                    models.Q(
                        models.Q(("state", "queued"), _negated=True), ("settled_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="delivery_settled_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("obligation", "stage", "due_at"), name="reminder_once_a_stage"
            ),
        ),
    ]
