"""The journal is searched by who, what and when.

Why:      a search by person, verb or day, and "since yesterday", read all lines.
Before:   nothing.
Lock:     writes to journal_line wait while four indexes are built, seconds per million lines.
Old code: works: it does not ask for them.
Reverse:  drops the four indexes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_acting_for"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["actor_id", "-id"], name="journal_line_actor_idx"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("for_id__isnull", False)),
                fields=["for_id", "-id"],
                name="journal_line_for_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["verb", "-id"], name="journal_line_verb_idx"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["at"], name="journal_line_at_idx"),
        ),
    ]
