"""A handover names what changes; a recurring duty has its day.

Why:      a check that compares with nothing is neither true nor false, and passes.
Before:   a handover from a unit to itself, and a monthly duty without a day, were accepted.
Lock:     a short one; both tables are small and read once.
Old code: keeps working.
Reverse:  takes the former checks back.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0004_entry_levels"),
        ("identity", "0003_mandates"),
        ("obligations", "0005_depth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="handover",
            name="handover_changes_something",
        ),
        migrations.RemoveConstraint(
            model_name="recurrence",
            name="recurrence_knows_its_day",
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_unit", models.F("to_unit")), _negated=True),
                    models.Q(("from_person__isnull", True), ("to_person__isnull", False)),
                    models.Q(("from_person__isnull", False), ("to_person__isnull", True)),
                    models.Q(
                        ("from_person__isnull", False),
                        ("to_person__isnull", False),
                        models.Q(("from_person", models.F("to_person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="handover_changes_something",
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
                        ("day__isnull", False),
                        ("day__lte", 31),
                        ("limit_key", ""),
                    ),
                    _connector="OR",
                ),
                name="recurrence_knows_its_day",
            ),
        ),
    ]
