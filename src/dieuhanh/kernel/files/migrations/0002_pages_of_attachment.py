"""How many pages of an attachment can be looked at.

Why:      pages are shown beside the work, and counting them needs the whole file.
Before:   a file could only be carried away.
Lock:     brief: a column without default.
Old code: does not see the column and keeps working; its files have no preview.
Reverse:  drops the column: it can be counted again from the files.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="pages",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
