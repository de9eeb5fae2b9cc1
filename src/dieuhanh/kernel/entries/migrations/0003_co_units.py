"""Units that take part in an entry beside the one that leads.

Why:      assignments have exactly one lead and any number of co-ordinating units (NV-04).
Before:   an entry knew its own unit only.
Lock:     none that matters; the table is new.
Old code: does not see the table and keeps working.
Reverse:  drops the table, and with it who took part.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entries", "0002_past_closings"), ("identity", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="co_units",
            field=models.ManyToManyField(
                blank=True, db_table="entries_co_unit", related_name="+", to="identity.unit"
            ),
        ),
    ]
