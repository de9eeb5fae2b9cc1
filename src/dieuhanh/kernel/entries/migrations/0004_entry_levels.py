"""Entries restricted to their units; one index holds all that decides who may open an entry.

Why:      a level between personal and guarded; counts of a list read one index for everybody.
Before:   nothing.
Lock:     SHARE on entries_entry while the index is built: seconds for a million rows, no writes.
Old code: works on; it never writes the new level, and shows such an entry to its whole register.
Reverse:  restores the narrower index; give restricted entries another level before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0003_co_units"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_tally_idx"),
        migrations.AlterField(
            model_name="entry",
            name="confidentiality",
            field=models.CharField(
                choices=[
                    ("ordinary", "Thường"),
                    ("restricted", "Chỉ trong đơn vị"),
                    ("personal", "Có thông tin cá nhân"),
                    ("guarded", "Bảo vệ người tố cáo"),
                    ("secret", "Bí mật nhà nước"),
                ],
                default="ordinary",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["register", "kind", "opened_on", "confidentiality"],
                include=("unit", "id"),
                name="entry_tally_of_units_idx",
            ),
        ),
    ]
