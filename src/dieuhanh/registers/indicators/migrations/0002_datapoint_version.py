"""The version of a datapoint.

Why:      two people who correct one datapoint must not overwrite each other unseen.
Before:   the later correction won silently.
Lock:     adds a column with a constant default: no rewrite of the table.
Old code: does not write the column; its corrections leave the version as it is.
Reverse:  drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="datapoint",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
