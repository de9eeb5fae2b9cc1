"""Whether a form that is sent again says the same as before.

Why:      a form changed after the back button lost its changes in silence.
Before:   two sendings with one key could not be told apart.
Lock:     a column is added with a default: short exclusive lock.
Old code: writes no rows of this table and keeps working.
Reverse:  drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("personal", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentform",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
