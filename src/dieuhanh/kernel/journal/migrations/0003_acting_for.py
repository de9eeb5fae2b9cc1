"""For whom somebody acted.

Why:      a person on leave is stood in for; the journal says who acted and for whom (VT-21).
Before:   a line named the actor only.
Lock:     ACCESS EXCLUSIVE on journal_line for an instant; constant defaults, no rewrite.
Old code: keeps inserting; the database fills both columns.
Reverse:  drops both columns; seals over lines that have them no longer hold.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="for_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="line",
            name="for_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
