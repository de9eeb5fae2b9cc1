"""What the committee announces of its days, as it became known.

Why:      a notice that comes late moves the open due days; closed ones keep the calendar they had.
Before:   notices stood in a file that was read at start.
Lock:     none that matters; the table is new.
Old code: does not see the table and keeps working.
Reverse:  drops the table; the file of notices stays.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "announced",
                    models.CharField(
                        choices=[
                            ("off", "nghỉ"),
                            ("working", "làm việc, làm bù"),
                            ("withdrawn", "bãi bỏ thông báo trước"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=300)),
                ("confirmed", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "thông báo lịch làm việc",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="calendar_notice_says_why",
                    )
                ],
            },
        ),
    ]
